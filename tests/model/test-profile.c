/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <utime.h>

#include "wt-message-store.h"
#include "wt-profile.h"
#include "wt-test-folder.h"
#include "wt-test.h"

/* What a profile does by itself: removing what no message uses, and watching its storage. */

typedef struct
{
  char *folder;
  WtProfile *profile;
  GAsyncResult *result;
} Fixture;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_set_object (&fixture->result, result);
}

static GAsyncResult *
wait (Fixture *fixture)
{
  wt_test_wait_until (fixture->result != NULL);
  return fixture->result;
}

static void
open_profile (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;

  fixture->profile = wt_profile_new (fixture->folder);
  g_clear_object (&fixture->result);
  wt_profile_open_async (fixture->profile, NULL, keep_result, fixture);
  wt_profile_open_finish (fixture->profile, wait (fixture), &error);
  g_assert_no_error (error);
}

static void
close_profile (Fixture *fixture)
{
  wt_profile_close (fixture->profile);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->profile);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = g_dir_make_tmp ("wheatear-profile-XXXXXX", NULL);
  open_profile (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_profile (fixture);
  wt_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static char *
add_blob (Fixture *fixture, const char *text, gboolean old)
{
  WtBlobs *blobs = wt_profile_get_blobs (fixture->profile);
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  char *blob = wt_blobs_add_bytes (blobs, bytes, NULL);
  g_autofree char *path = wt_blobs_get_path (blobs, blob);
  time_t then = (time_t) (g_get_real_time () / G_USEC_PER_SEC) - 2 * WT_BLOBS_GUARD_SECONDS;
  struct utimbuf times = { then, then };

  g_assert_cmpint (old ? g_utime (path, &times) : 0, ==, 0);
  return blob;
}

static gboolean
exists (Fixture *fixture, const char *blob)
{
  g_autofree char *path = wt_blobs_get_path (wt_profile_get_blobs (fixture->profile), blob);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

static WtSession *
add_account (Fixture *fixture)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();
  g_autoptr (GError) error = NULL;
  WtSession *session;

  record->url = g_strdup ("ws://127.0.0.1:1/ws");
  record->platform = g_strdup ("desk");
  record->user_id = g_strdup ("me-id");
  g_clear_object (&fixture->result);
  wt_profile_save_account_async (fixture->profile, record, "key", NULL, NULL, keep_result, fixture);
  session = wt_profile_save_account_finish (fixture->profile, wait (fixture), &error);
  g_assert_no_error (error);
  return session;
}

/* A message with the blob, stored. */
static void
add_message (Fixture *fixture, WtAccount *account, const char *blob)
{
  WtDatabase *database = wt_profile_get_database (fixture->profile);
  g_autoptr (WtConversationRecord) conversation = wt_conversation_record_new ();
  g_autoptr (WtMessageRecord) message = wt_message_record_new ();
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_attachment_record_free);
  WtAttachmentRecord *attachment = wt_attachment_record_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (WtStoredMessage) stored = NULL;

  attachment->kind = g_strdup ("image");
  attachment->blob = g_strdup (blob);
  g_ptr_array_add (attachments, attachment);
  conversation->account_id = wt_account_get_id (account);
  conversation->platform = g_strdup ("desk");
  conversation->peer_id = g_strdup ("peer");
  message->direction = WT_DIRECTION_IN;
  message->delivery = WT_DELIVERY_RECEIVED;
  message->msg_id = g_strdup (blob);
  message->digest = g_strdup (blob);
  g_clear_object (&fixture->result);
  wt_message_store_add_async (database, conversation, message, attachments, NULL, keep_result,
                              fixture);
  stored = wt_message_store_add_finish (database, wait (fixture), &error);
  g_assert_no_error (error);
}

static gssize
sweep (Fixture *fixture)
{
  g_autoptr (GError) error = NULL;
  gssize n_unused;

  g_clear_object (&fixture->result);
  wt_profile_sweep_async (fixture->profile, NULL, keep_result, fixture);
  n_unused = wt_profile_sweep_finish (fixture->profile, wait (fixture), &error);
  g_assert_no_error (error);
  return n_unused;
}

static void
test_sweep (Fixture *fixture, gconstpointer data)
{
  WtSession *session = add_account (fixture);
  g_autofree char *unused = add_blob (fixture, "unused", TRUE);
  g_autofree char *coming = add_blob (fixture, "coming", FALSE);
  g_autofree char *used = add_blob (fixture, "used", TRUE);

  add_message (fixture, wt_session_get_account (session), used);
  g_assert_cmpint (sweep (fixture), ==, 1);
  g_assert_false (exists (fixture, unused));
  g_assert_true (exists (fixture, coming));
  g_assert_true (exists (fixture, used));
  g_assert_cmpint (sweep (fixture), ==, 0);

  /* With the account its messages go, and then what they used. */
  g_clear_object (&fixture->result);
  wt_profile_remove_account_async (fixture->profile, wt_session_get_account (session), NULL,
                                   keep_result, fixture);
  g_assert_true (wt_profile_remove_account_finish (fixture->profile, wait (fixture), NULL));
  g_assert_cmpint (sweep (fixture), ==, 1);
  g_assert_false (exists (fixture, used));
}

/* A message that cannot be stored yet has blobs and no row. */
static void
test_sweep_in_trouble (Fixture *fixture, gconstpointer data)
{
  g_autofree char *waiting = add_blob (fixture, "waiting", TRUE);
  g_autoptr (GError) error = g_error_new_literal (WT_DATABASE_ERROR, WT_DATABASE_ERROR_FULL,
                                                  "full");

  g_signal_emit_by_name (wt_profile_get_database (fixture->profile), "trouble", error);
  g_assert_nonnull (wt_profile_get_storage_problem (fixture->profile));
  g_assert_cmpint (sweep (fixture), ==, 0);
  g_assert_true (exists (fixture, waiting));
}

static void
test_many (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) blobs = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < 450; i++)
    {
      g_autofree char *text = g_strdup_printf ("blob %u", i);

      g_ptr_array_add (blobs, add_blob (fixture, text, TRUE));
    }
  /* Where writing them took long, the profile itself has begun with it. */
  g_assert_cmpint (sweep (fixture), <=, 450);
  for (guint i = 0; i < blobs->len; i++)
    wt_test_wait_until (!exists (fixture, g_ptr_array_index (blobs, i)));
  g_assert_cmpint (sweep (fixture), ==, 0);
}

static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *unused = add_blob (fixture, "unused", TRUE);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  wt_profile_sweep_async (fixture->profile, cancellable, keep_result, fixture);
  g_cancellable_cancel (cancellable);
  g_assert_cmpint (wt_profile_sweep_finish (fixture->profile, wait (fixture), &error), ==, -1);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (exists (fixture, unused));
}

/* Opening has it done soon. */
static void
test_by_itself (Fixture *fixture, gconstpointer data)
{
  g_autofree char *unused = add_blob (fixture, "unused", TRUE);

  wt_test_wait_until (!exists (fixture, unused));
}

/* Who sets a database aside may put it back: what it used is still there then. */
static void
test_set_aside (Fixture *fixture, gconstpointer data)
{
  WtSession *session = add_account (fixture);
  g_autofree char *used = add_blob (fixture, "used", TRUE);
  g_autofree char *path = g_build_filename (fixture->folder, "wheatear.db", NULL);
  g_autofree char *aside = g_strconcat (path, ".aside", NULL);

  add_message (fixture, wt_session_get_account (session), used);
  close_profile (fixture);
  g_assert_cmpint (g_rename (path, aside), ==, 0);
  open_profile (fixture);
  g_assert_cmpint (sweep (fixture), ==, 0);
  g_assert_true (exists (fixture, used));
  close_profile (fixture);
  g_assert_cmpint (g_rename (aside, path), ==, 0);
  open_profile (fixture);
  g_assert_cmpint (sweep (fixture), ==, 0);
  g_assert_true (exists (fixture, used));
}

static void
on_problem (WtProfile *profile, GParamSpec *pspec, guint *n_changes)
{
  (*n_changes)++;
}

static sqlite3 *
hold (Fixture *fixture)
{
  sqlite3 *holder = NULL;

  g_assert_cmpint (
      sqlite3_open (wt_database_get_path (wt_profile_get_database (fixture->profile)), &holder), ==,
      SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (holder, "BEGIN EXCLUSIVE", NULL, NULL, NULL), ==, SQLITE_OK);
  return holder;
}

/* It is one problem for as long as it lasts, however often it is met, and ends by itself. */
static void
test_storage_problem (Fixture *fixture, gconstpointer data)
{
  guint n_changes = 0;
  sqlite3 *holder;

  g_signal_connect (fixture->profile, "notify::storage-problem", G_CALLBACK (on_problem),
                    &n_changes);
  g_assert_null (wt_profile_get_storage_problem (fixture->profile));
  holder = hold (fixture);
  for (guint i = 0; i < 3; i++)
    {
      g_clear_object (&fixture->result);
      wt_profile_sweep_async (fixture->profile, NULL, keep_result, fixture);
      g_assert_cmpint (wt_profile_sweep_finish (fixture->profile, wait (fixture), NULL), ==, -1);
    }
  wt_test_wait_until (wt_profile_get_storage_problem (fixture->profile) != NULL);
  g_assert_error (wt_profile_get_storage_problem (fixture->profile), WT_DATABASE_ERROR,
                  WT_DATABASE_ERROR_BUSY);
  sqlite3_close (holder);
  wt_test_wait_until (wt_profile_get_storage_problem (fixture->profile) == NULL);
  g_assert_cmpuint (n_changes, ==, 2);
  g_signal_handlers_disconnect_by_func (fixture->profile, on_problem, &n_changes);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, func) g_test_add ("/profile/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("sweep", test_sweep);
  ADD ("sweep-in-trouble", test_sweep_in_trouble);
  ADD ("sweep-many", test_many);
  ADD ("sweep-cancel", test_cancel);
  ADD ("sweep-by-itself", test_by_itself);
  ADD ("sweep-set-aside", test_set_aside);
  ADD ("storage-problem", test_storage_problem);

  return g_test_run ();
}
