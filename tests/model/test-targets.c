/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "wt-account-store.h"
#include "wt-conversation-store.h"
#include "wt-targets.h"
#include "wt-test.h"

/* An account with a target of its own, a conversation that the user set none for, and a file of secrets. */
typedef struct
{
  char *folder;
  char *secrets_path;
  WtDatabase *database;
  WtSecrets *secrets;
  WtAccount *account;
  WtConversation *conversation;
  WtTargets *targets;
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
store_secret (Fixture *fixture, const char *name, const char *value)
{
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  wt_secrets_store_async (fixture->secrets, name, "label", value, NULL, keep_result, fixture);
  wt_secrets_store_finish (fixture->secrets, wait (fixture), &error);
  g_assert_no_error (error);
}

static void
make_account (Fixture *fixture)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();
  g_autofree char *name = NULL;

  record->uuid = g_strdup ("u-1");
  record->url = g_strdup ("ws://127.0.0.1/ws");
  record->platform = g_strdup ("desk");
  record->user_id = g_strdup ("me");
  record->has_target = TRUE;
  wt_account_store_save_async (fixture->database, record, NULL, keep_result, fixture);
  record->id = wt_account_store_save_finish (fixture->database, wait (fixture), NULL);
  g_assert_cmpint (record->id, >, 0);
  fixture->account = wt_account_new (record);
  name = wt_account_dup_target_name (fixture->account);
  store_secret (fixture, name, "default-key");
}

/* What the disk says of the conversation; also makes it. */
static WtConversationRecord *
load_conversation (Fixture *fixture)
{
  g_autoptr (WtConversationRecord) wanted = wt_conversation_record_new ();
  g_autoptr (GError) error = NULL;
  WtConversationRecord *record;

  wanted->account_id = wt_account_get_id (fixture->account);
  wanted->platform = g_strdup ("desk");
  wanted->peer_id = g_strdup ("peer");
  g_clear_object (&fixture->result);
  wt_conversation_store_ensure_async (fixture->database, wanted, NULL, keep_result, fixture);
  record = wt_conversation_store_ensure_finish (fixture->database, wait (fixture), &error);
  g_assert_no_error (error);
  return record;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) record = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("wt-targets-XXXXXX", NULL);
  fixture->secrets_path = g_build_filename (fixture->folder, "secrets.ini", NULL);
  path = g_build_filename (fixture->folder, "wheatear.db", NULL);
  fixture->database = wt_database_new (path);
  wt_database_open_async (fixture->database, NULL, keep_result, fixture);
  wt_database_open_finish (fixture->database, wait (fixture), &error);
  g_assert_no_error (error);
  g_clear_object (&fixture->result);
  fixture->secrets = wt_secrets_new (fixture->secrets_path, NULL, TRUE);
  make_account (fixture);
  record = load_conversation (fixture);
  fixture->conversation = wt_conversation_new (fixture->account, record);
  fixture->targets = wt_targets_new (fixture->account, fixture->database, fixture->secrets);
}

static void
remove_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_remove (path);
    }
  g_rmdir (folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  g_assert_finalize_object (fixture->targets);
  wt_database_close (fixture->database);
  g_object_unref (fixture->conversation);
  g_object_unref (fixture->account);
  g_object_unref (fixture->secrets);
  g_object_unref (fixture->database);
  remove_files (fixture->folder);
  g_free (fixture->secrets_path);
  g_free (fixture->folder);
}

static char *
look_up (Fixture *fixture)
{
  g_autoptr (WtTarget) target = NULL;
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  wt_targets_lookup_async (fixture->targets, fixture->conversation, NULL, keep_result, fixture);
  target = wt_targets_lookup_finish (fixture->targets, wait (fixture), &error);
  g_assert_no_error (error);
  return g_steal_pointer (&target->key);
}

/* Nobody but the targets' own work holds them then. */
static void
wait_for_work (Fixture *fixture)
{
  g_clear_object (&fixture->result);
  wt_test_wait_until (G_OBJECT (fixture->targets)->ref_count == 1);
}

static void
test_learn (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) record = NULL;
  g_autofree char *before = look_up (fixture);
  g_autofree char *learned = NULL;
  g_autofree char *found = NULL;

  g_assert_cmpstr (before, ==, "default-key");
  wt_targets_learn (fixture->targets, fixture->conversation, "reply-key");
  learned = look_up (fixture);
  g_assert_cmpstr (learned, ==, "reply-key");

  wait_for_work (fixture);
  record = load_conversation (fixture);
  g_assert_nonnull (record->target_secret);
  wt_targets_forget (fixture->targets);
  found = look_up (fixture);
  g_assert_cmpstr (found, ==, "reply-key");
}

/* No conversation on the disk names a key that is not there: it would answer nobody after the next start. */
static void
test_key_not_stored (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) record = NULL;
  g_autofree char *learned = NULL;

  g_assert_cmpint (g_remove (fixture->secrets_path), ==, 0);
  g_assert_cmpint (g_mkdir (fixture->secrets_path, 0700), ==, 0);
  g_test_expect_message (NULL, G_LOG_LEVEL_MESSAGE, "A reply key was not stored: *");
  wt_targets_learn (fixture->targets, fixture->conversation, "reply-key");
  wait_for_work (fixture);
  g_test_assert_expected_messages ();
  record = load_conversation (fixture);
  g_assert_null (record->target_secret);
  /* This time, it answers all the same. */
  learned = look_up (fixture);
  g_assert_cmpstr (learned, ==, "reply-key");
}

/* The program ends right after the message came: nothing runs on this thread any more. */
static void
test_finish (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *text = NULL;

  wt_targets_learn (fixture->targets, fixture->conversation, "reply-key");
  wt_targets_finish (fixture->targets);
  g_assert_true (g_file_get_contents (fixture->secrets_path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "reply-key"));
  wait_for_work (fixture);

  g_autoptr (WtConversationRecord) record = load_conversation (fixture);

  g_assert_nonnull (record->target_secret);
}

/* As after a keyring was emptied. */
static void
test_key_is_gone (Fixture *fixture, gconstpointer data)
{
  g_autofree char *key = NULL;

  wt_targets_learn (fixture->targets, fixture->conversation, "reply-key");
  wait_for_work (fixture);
  g_clear_object (&fixture->result);
  wt_secrets_forget_async (fixture->secrets,
                           wt_conversation_get_record (fixture->conversation)->target_secret, NULL,
                           keep_result, fixture);
  wait (fixture);
  wt_targets_forget (fixture->targets);
  key = look_up (fixture);
  g_assert_cmpstr (key, ==, "default-key");
}

/* One that the user chose is not replaced by another behind the user's back. */
static void
test_chosen_key_is_gone (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (fixture->conversation));
  g_autoptr (WtTarget) target = NULL;
  g_autoptr (GError) error = NULL;

  record->target_secret = wt_targets_make_name ();
  wt_conversation_set_options (fixture->conversation, record);
  g_clear_object (&fixture->result);
  wt_targets_lookup_async (fixture->targets, fixture->conversation, NULL, keep_result, fixture);
  target = wt_targets_lookup_finish (fixture->targets, wait (fixture), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (target);
}

static void
change_account (Fixture *fixture, WtDialect dialect)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_copy (
      wt_account_get_record (fixture->account));

  record->has_target = FALSE;
  record->dialect = dialect;
  wt_account_update (fixture->account, record);
}

/* MaiBot takes every message for itself; another server has to be told whom it is for. */
static void
test_no_target (Fixture *fixture, gconstpointer data)
{
  g_autofree char *name = wt_account_dup_key_name (fixture->account);
  g_autoptr (WtTarget) target = NULL;
  g_autoptr (WtTarget) none = NULL;
  g_autoptr (GError) error = NULL;

  store_secret (fixture, name, "own-key");
  change_account (fixture, WT_DIALECT_MAIBOT);
  g_clear_object (&fixture->result);
  wt_targets_lookup_async (fixture->targets, fixture->conversation, NULL, keep_result, fixture);
  target = wt_targets_lookup_finish (fixture->targets, wait (fixture), &error);
  g_assert_no_error (error);
  g_assert_cmpstr (target->key, ==, "own-key");
  g_assert_cmpstr (target->platform, ==, "desk");

  change_account (fixture, WT_DIALECT_GUIDE);
  g_clear_object (&fixture->result);
  wt_targets_lookup_async (fixture->targets, fixture->conversation, NULL, keep_result, fixture);
  none = wt_targets_lookup_finish (fixture->targets, wait (fixture), &error);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
  g_assert_null (none);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/targets/learn", test_learn);
  ADD ("/targets/finish", test_finish);
  ADD ("/targets/key-not-stored", test_key_not_stored);
  ADD ("/targets/key-is-gone", test_key_is_gone);
  ADD ("/targets/no-target", test_no_target);
  ADD ("/targets/chosen-key-is-gone", test_chosen_key_is_gone);
  return g_test_run ();
}
