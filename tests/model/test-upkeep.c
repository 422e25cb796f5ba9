/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <utime.h>

#include "wt-attachment-clear.h"
#include "wt-media-error.h"
#include "wt-message-store.h"
#include "wt-model-test.h"
#include "wt-profile-upkeep.h"
#include "wt-test.h"

/* What a profile takes on the disk, being rid of it, and taking a copy along. */

#define WEB "https://host.example/a"

static char *
add_blob (WtModelFixture *fixture, const char *contents)
{
  g_autoptr (GBytes) bytes = g_bytes_new (contents, strlen (contents));
  g_autoptr (GError) error = NULL;
  char *blob = wt_blobs_add_bytes (wt_profile_get_blobs (fixture->profile), bytes, &error);

  g_assert_no_error (error);
  return blob;
}

static char *
get_path (WtModelFixture *fixture, const char *blob)
{
  return wt_blobs_get_path (wt_profile_get_blobs (fixture->profile), blob);
}

static gboolean
is_there (WtModelFixture *fixture, const char *blob)
{
  g_autofree char *path = get_path (fixture, blob);

  return g_file_test (path, G_FILE_TEST_IS_REGULAR);
}

/* As if it had come long ago. */
static void
age (WtModelFixture *fixture, const char *blob)
{
  g_autofree char *path = get_path (fixture, blob);
  struct utimbuf times = { 1000000000, 1000000000 };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static WtSegment *
make_segment (const char *blob, const char *url, const char *name)
{
  g_autoptr (WtMedia) media = wt_media_new ();

  media->blob = g_strdup (blob);
  media->url = g_strdup (url);
  media->name = g_strdup (name);
  return wt_segment_new_media (WT_SEGMENT_FILE, media);
}

/* A message with a file, as if it had been received. */
static void
receive (WtModelFixture *fixture, const char *blob, const char *url)
{
  g_autoptr (WtSegment) segment = make_segment (blob, url, "notes.txt");
  g_autoptr (WtMessageRecord) message = wt_message_record_new ();
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_attachment_record_free);
  WtAttachmentRecord *attachment = wt_attachment_record_new ();
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GError) error = NULL;

  message->msg_id = g_uuid_string_random ();
  message->digest = g_strdup ("00");
  message->text = g_strdup ("[notes.txt]");
  message->author_id = g_strdup ("peer");
  message->segments = wt_segment_to_storage (segment);
  attachment->kind = g_strdup ("file");
  attachment->blob = g_strdup (blob);
  attachment->url = g_strdup (url);
  g_ptr_array_add (attachments, attachment);
  wt_model_test_call (fixture, wt_message_store_add_async,
                      wt_profile_get_database (fixture->profile),
                      wt_conversation_get_record (fixture->conversation), message, attachments);
  stored = wt_message_store_add_finish (wt_profile_get_database (fixture->profile), fixture->result,
                                        &error);
  g_assert_no_error (error);
}

static WtUsage *
measure (WtModelFixture *fixture)
{
  g_autoptr (GError) error = NULL;
  WtUsage *usage = NULL;

  wt_model_test_call (fixture, wt_profile_measure_async, fixture->profile);
  usage = wt_profile_measure_finish (fixture->profile, fixture->result, &error);
  g_assert_no_error (error);
  return usage;
}

static gssize
clear (WtModelFixture *fixture, WtBlobHold least)
{
  g_autoptr (GError) error = NULL;
  gssize n_messages = -1;

  wt_model_test_call (fixture, wt_profile_clear_media_async, fixture->profile, least);
  n_messages = wt_profile_clear_media_finish (fixture->profile, fixture->result, &error);
  g_assert_no_error (error);
  return n_messages;
}

static void
test_measure (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *remote = add_blob (fixture, "four");
  g_autofree char *carried = add_blob (fixture, "fourteen");
  g_autofree char *unused = add_blob (fixture, "of no use");
  g_autofree char *folder = g_build_filename (fixture->folder, "downloads", NULL);
  g_autofree char *part = g_build_filename (folder, "1-0", NULL);
  g_autofree char *backup = g_build_filename (fixture->folder, "wheatear.db.schema1.bak", NULL);
  g_autoptr (WtUsage) usage = NULL;
  gint64 id = wt_conversation_get_record (fixture->conversation)->id;
  const guint64 *bytes = NULL;

  receive (fixture, remote, WEB);
  receive (fixture, remote, WEB);
  receive (fixture, carried, NULL);
  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (part, "par", -1, NULL));
  g_assert_true (g_file_set_contents (backup, "backup", -1, NULL));

  usage = measure (fixture);
  g_assert_cmpuint (usage->kinds[WT_USAGE_FILES].count, ==, 2);
  g_assert_cmpuint (usage->kinds[WT_USAGE_FILES].bytes, ==, 12);
  g_assert_cmpuint (usage->kinds[WT_USAGE_PICTURES].count, ==, 0);
  g_assert_cmpuint (usage->holds[WT_BLOB_HOLD_REMOTE].bytes, ==, 4);
  g_assert_cmpuint (usage->holds[WT_BLOB_HOLD_CARRIED].bytes, ==, 8);
  g_assert_cmpuint (usage->unused.count, ==, 1);
  g_assert_cmpuint (usage->unused.bytes, ==, 9);
  g_assert_cmpuint (usage->parts.bytes, ==, 3);
  g_assert_cmpuint (usage->backups.bytes, ==, 6);
  g_assert_cmpuint (usage->database.bytes, >, 4096);
  g_assert_cmpuint (wt_usage_get_total (usage), ==, 12 + 9 + 3 + 6 + usage->database.bytes);
  bytes = g_hash_table_lookup (usage->conversations, &id);
  g_assert_nonnull (bytes);
  g_assert_cmpuint (*bytes, ==, 12);
}

static void
test_measure_cancelled (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  wt_profile_measure_async (fixture->profile, cancellable, wt_model_test_on_ready, fixture);
  g_cancellable_cancel (cancellable);
  wt_model_test_wait (fixture);
  g_assert_null (wt_profile_measure_finish (fixture->profile, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static const WtMedia *
get_media (WtMessage *message)
{
  return wt_segment_get_media (wt_message_get_segment (message));
}

static void
test_clear (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *remote = add_blob (fixture, "remote");
  g_autofree char *carried = add_blob (fixture, "carried");
  g_autofree char *young = add_blob (fixture, "young");
  g_autoptr (WtTimeline) timeline = NULL;
  g_autoptr (WtMessage) first = NULL, second = NULL;

  receive (fixture, remote, WEB);
  receive (fixture, carried, NULL);
  receive (fixture, young, WEB);
  age (fixture, remote);
  age (fixture, carried);
  wt_model_test_reopen (fixture);
  timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
  first = wt_model_test_get_message (timeline, 0);
  second = wt_model_test_get_message (timeline, 1);
  g_assert_nonnull (get_media (first)->blob);

  g_assert_cmpint (clear (fixture, WT_BLOB_HOLD_REMOTE), ==, 2);
  /* Who looks sees it at once, with where to have it from again. */
  g_assert_null (get_media (first)->blob);
  g_assert_true (get_media (first)->removed);
  g_assert_cmpstr (get_media (first)->url, ==, WEB);
  g_assert_cmpstr (get_media (second)->blob, ==, carried);
  g_assert_false (is_there (fixture, remote));
  g_assert_true (is_there (fixture, carried));
  /* The message it was added for may be on its way. */
  g_assert_true (is_there (fixture, young));

  g_assert_cmpint (clear (fixture, WT_BLOB_HOLD_CARRIED), ==, 1);
  g_assert_false (is_there (fixture, carried));
  g_assert_true (get_media (second)->removed);
  g_assert_null (get_media (second)->url);
  g_assert_cmpint (clear (fixture, WT_BLOB_HOLD_CARRIED), ==, 0);

  g_clear_object (&first);
  g_clear_object (&timeline);
  wt_model_test_reopen (fixture);
  timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
  first = wt_model_test_get_message (timeline, 0);
  g_assert_true (get_media (first)->removed);
}

/* What was sent stays, also while it waits for a connection. */
static void
test_clear_sent (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *blob = add_blob (fixture, "mine");
  g_autoptr (WtSegment) segment = make_segment (blob, NULL, "mine.txt");

  wt_model_test_send (fixture, segment);
  age (fixture, blob);
  g_assert_cmpint (clear (fixture, WT_BLOB_HOLD_CARRIED), ==, 0);
  g_assert_true (is_there (fixture, blob));
}

/* The same contents came again while it was cleared: they are not taken from the new message. */
static void
test_clear_comes_again (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *blob = add_blob (fixture, "twice");
  g_autofree char *again = NULL;

  receive (fixture, blob, WEB);
  age (fixture, blob);
  g_clear_object (&fixture->result);
  wt_profile_clear_media_async (fixture->profile, WT_BLOB_HOLD_REMOTE, NULL, wt_model_test_on_ready,
                                fixture);
  again = add_blob (fixture, "twice");
  wt_model_test_wait (fixture);
  g_assert_cmpint (wt_profile_clear_media_finish (fixture->profile, fixture->result, NULL), ==, 1);
  g_assert_true (is_there (fixture, again));
  receive (fixture, again, NULL);
  g_assert_true (is_there (fixture, again));
}

/* Killed after the messages were changed and before the files were removed: they go later, and nothing is broken. */
static void
test_clear_killed (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *blob = add_blob (fixture, "left");
  g_autoptr (WtCleared) cleared = NULL;

  receive (fixture, blob, WEB);
  age (fixture, blob);
  wt_model_test_call (fixture, wt_attachment_clear_async,
                      wt_profile_get_database (fixture->profile), WT_BLOB_HOLD_REMOTE, NULL);
  cleared = wt_attachment_clear_finish (wt_profile_get_database (fixture->profile), fixture->result,
                                        NULL);
  g_assert_cmpuint (cleared->blobs->len, ==, 1);
  g_assert_true (is_there (fixture, blob));
  wt_model_test_reopen (fixture);
  wt_model_test_call (fixture, wt_profile_sweep_async, fixture->profile);
  g_assert_cmpint (wt_profile_sweep_finish (fixture->profile, fixture->result, NULL), ==, 1);
  g_assert_false (is_there (fixture, blob));
}

/* Exporting */

static void
on_progress (gint64 done, gpointer data)
{
  gint64 *seen = data;

  g_assert_cmpint (done, >=, *seen);
  *seen = done;
}

static char *
make_folder (WtModelFixture *fixture)
{
  char *folder = g_build_filename (fixture->folder, "out", NULL);

  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  return folder;
}

static WtExportReport *export(WtModelFixture *fixture,
                              WtConversation *conversation,
                              WtExportFormat format,
                              const char *folder,
                              GCancellable *cancellable,
                              GError **error)
{
  gint64 seen = 0;
  WtExportReport *report = NULL;

  g_clear_object (&fixture->result);
  wt_profile_export_async (fixture->profile, conversation, format, folder, on_progress, &seen,
                           cancellable, wt_model_test_on_ready, fixture);
  wt_model_test_wait (fixture);
  report = wt_profile_export_finish (fixture->profile, fixture->result, error);
  if (report != NULL)
    g_assert_cmpint (seen, ==, wt_profile_count_exported (fixture->profile, conversation));
  return report;
}

static void
reload (WtModelFixture *fixture)
{
  wt_model_test_reopen (fixture);
}

static void
test_export (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_folder (fixture);
  g_autofree char *blob = add_blob (fixture, "the notes");
  g_autofree char *gone = add_blob (fixture, "gone");
  g_autofree char *gone_path = get_path (fixture, gone);
  g_autofree char *text = NULL, *copy = NULL, *copied = NULL;
  g_autoptr (WtExportReport) one = NULL;
  g_autoptr (WtExportReport) all = NULL;
  g_autoptr (GError) error = NULL;

  receive (fixture, blob, NULL);
  receive (fixture, gone, NULL);
  g_unlink (gone_path);
  for (guint i = 0; i < 600; i++)
    receive (fixture, blob, NULL);
  reload (fixture);

  one = export(fixture, fixture->conversation, WT_EXPORT_FORMAT_JSONL, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (one->n_conversations, ==, 1);
  g_assert_cmpuint (one->n_missing, ==, 1);
  g_assert_true (g_file_get_contents (one->path, &text, NULL, NULL));
  g_assert_null (strstr (text, "my-secret-key"));
  g_assert_null (strstr (text, "peer-secret-key"));
  g_assert_nonnull (strstr (text, "\"position\":602"));
  copy = g_build_filename (folder, "Group-files", "notes.txt", NULL);
  g_assert_true (g_file_get_contents (copy, &copied, NULL, NULL));
  g_assert_cmpstr (copied, ==, "the notes");

  all = export(fixture, NULL, WT_EXPORT_FORMAT_MARKDOWN, folder, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (all->n_conversations, ==, 1);
  g_assert_true (g_file_test (all->path, G_FILE_TEST_IS_DIR));
  g_assert_cmpstr (all->path, !=, folder);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint count = 0;

  while (dir != NULL && g_dir_read_name (dir) != NULL)
    count++;
  return count;
}

static void
on_first_progress (gint64 done, gpointer data)
{
  g_cancellable_cancel (data);
}

/* Half of a conversation must not look like all of it. */
static void
test_export_cancelled (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = make_folder (fixture);
  g_autofree char *blob = add_blob (fixture, "the notes");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < 600; i++)
    receive (fixture, blob, NULL);
  reload (fixture);
  g_clear_object (&fixture->result);
  wt_profile_export_async (fixture->profile, fixture->conversation, WT_EXPORT_FORMAT_MARKDOWN,
                           folder, on_first_progress, cancellable, cancellable,
                           wt_model_test_on_ready, fixture);
  wt_model_test_wait (fixture);
  g_assert_null (wt_profile_export_finish (fixture->profile, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (count_files (folder), ==, 0);
}

static void
test_export_nowhere (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *folder = g_build_filename (fixture->folder, "not", "there", NULL);
  g_autoptr (GError) error = NULL;

  g_assert_null (
      export(fixture, fixture->conversation, WT_EXPORT_FORMAT_JSONL, folder, NULL, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
  g_clear_error (&error);
  g_assert_null (export(fixture, NULL, WT_EXPORT_FORMAT_JSONL, folder, NULL, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/upkeep/" name, WtModelFixture, NULL, wt_model_test_set_up, func,                   \
              wt_model_test_tear_down)
  ADD ("measure", test_measure);
  ADD ("measure-cancelled", test_measure_cancelled);
  ADD ("clear", test_clear);
  ADD ("clear-sent", test_clear_sent);
  ADD ("clear-comes-again", test_clear_comes_again);
  ADD ("clear-killed", test_clear_killed);
  ADD ("export", test_export);
  ADD ("export-cancelled", test_export_cancelled);
  ADD ("export-nowhere", test_export_nowhere);

  return g_test_run ();
}
