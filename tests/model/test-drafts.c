/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <utime.h>

#include "wt-model-test.h"
#include "wt-profile-upkeep.h"
#include "wt-test.h"

/* What is attached to a message that is not sent. */

static char *
get_path (WtModelFixture *fixture, const char *blob)
{
  return wt_blobs_get_path (wt_profile_get_blobs (fixture->profile), blob);
}

static char *
attach (WtModelFixture *fixture, GPtrArray *attachments, const char *contents)
{
  WtDraftAttachment *attachment = wt_draft_attachment_new ();
  g_autoptr (GBytes) bytes = g_bytes_new (contents, strlen (contents));
  g_autoptr (GError) error = NULL;
  char *blob = wt_blobs_add_bytes (wt_profile_get_blobs (fixture->profile), bytes, &error);

  g_assert_no_error (error);
  attachment->plain = wt_media_new ();
  attachment->plain->blob = g_strdup (blob);
  attachment->plain->name = g_strdup_printf ("%s.txt", contents);
  attachment->plain->size = (gint64) strlen (contents);
  g_ptr_array_add (attachments, attachment);
  return blob;
}

static GPtrArray *
list (WtModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *attachments;

  wt_model_test_call (fixture, wt_session_list_draft_attachments_async, fixture->session,
                      fixture->conversation);
  attachments = wt_session_list_draft_attachments_finish (fixture->session, fixture->result,
                                                          &error);
  g_assert_no_error (error);
  return attachments;
}

static void
test_restart (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) attachments = wt_draft_attachments_new ();
  g_autofree char *first = attach (fixture, attachments, "first");
  g_autofree char *second = attach (fixture, attachments, "second");
  g_autoptr (GPtrArray) kept = NULL;

  wt_session_set_draft_attachments (fixture->session, fixture->conversation, attachments);
  wt_model_test_reopen (fixture);
  kept = list (fixture);
  g_assert_true (wt_draft_attachments_equal (kept, attachments));
}

/* Somebody cleaned the folder. */
static void
test_missing (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) attachments = wt_draft_attachments_new ();
  g_autofree char *first = attach (fixture, attachments, "first");
  g_autofree char *second = attach (fixture, attachments, "second");
  g_autofree char *path = get_path (fixture, first);
  g_autoptr (GPtrArray) kept = NULL;

  wt_session_set_draft (fixture->session, fixture->conversation, "words");
  wt_session_set_draft_attachments (fixture->session, fixture->conversation, attachments);
  wt_model_test_reopen (fixture);
  g_assert_cmpint (g_unlink (path), ==, 0);
  kept = list (fixture);
  g_ptr_array_remove_index (attachments, 0);
  g_assert_true (wt_draft_attachments_equal (kept, attachments));
  g_assert_cmpstr (wt_conversation_get_draft (fixture->conversation), ==, "words");
}

static void
sweep (WtModelFixture *fixture, const char *path)
{
  struct utimbuf long_ago = { 1000000000, 1000000000 };
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_utime (path, &long_ago), ==, 0);
  wt_model_test_call (fixture, wt_profile_sweep_async, fixture->profile);
  wt_profile_sweep_finish (fixture->profile, fixture->result, &error);
  g_assert_no_error (error);
}

static void
test_not_swept (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) attachments = wt_draft_attachments_new ();
  g_autoptr (GPtrArray) none = wt_draft_attachments_new ();
  g_autofree char *blob = attach (fixture, attachments, "first");
  g_autofree char *path = get_path (fixture, blob);

  wt_session_set_draft_attachments (fixture->session, fixture->conversation, attachments);
  sweep (fixture, path);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));
  wt_session_set_draft_attachments (fixture->session, fixture->conversation, none);
  sweep (fixture, path);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
}

static void
on_trouble (WtSession *session, GError *error, guint *count)
{
  *count += 1;
}

/* It goes with its conversation, and that is not worth a word. */
static void
test_deleted (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) attachments = wt_draft_attachments_new ();
  g_autofree char *blob = attach (fixture, attachments, "first");
  g_autoptr (GPtrArray) kept = NULL;
  guint n_troubles = 0;

  g_signal_connect (fixture->session, "trouble", G_CALLBACK (on_trouble), &n_troubles);
  wt_session_set_draft_attachments (fixture->session, fixture->conversation, attachments);
  wt_model_test_call (fixture, wt_session_delete_conversation_async, fixture->session,
                      fixture->conversation);
  g_assert_true (wt_session_delete_conversation_finish (fixture->session, fixture->result, NULL));
  wt_session_set_draft_attachments (fixture->session, fixture->conversation, attachments);
  kept = list (fixture);
  g_assert_cmpuint (kept->len, ==, 0);
  g_assert_cmpuint (n_troubles, ==, 0);
  g_signal_handlers_disconnect_by_data (fixture->session, &n_troubles);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/drafts/" name, WtModelFixture, NULL, wt_model_test_set_up, func,                   \
              wt_model_test_tear_down)
  ADD ("restart", test_restart);
  ADD ("missing", test_missing);
  ADD ("not-swept", test_not_swept);
  ADD ("deleted", test_deleted);
  return g_test_run ();
}
