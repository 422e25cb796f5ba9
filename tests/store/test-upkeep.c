/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "wt-attachment-clear.h"
#include "wt-segment.h"
#include "wt-sticker-store.h"
#include "wt-store-test.h"
#include "wt-test.h"

/* What takes space, and giving it back. */

#define WEB "https://host.example/a"

static char *
name_blob (const char *prefix, guint number)
{
  return g_strdup_printf ("%s%062x", prefix, number);
}

/* A message that holds one blob, with or without an address. */
static gint64
add_media (WtStoreFixture *fixture,
           WtDirection direction,
           WtSegmentKind kind,
           const char *blob,
           const char *url)
{
  static guint count;
  static const char *const kinds[] = {
    [WT_SEGMENT_IMAGE] = "image",
    [WT_SEGMENT_EMOJI] = "emoji",
    [WT_SEGMENT_VOICE] = "voice",
    [WT_SEGMENT_FILE] = "file",
  };
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autofree char *msg_id = g_strdup_printf ("media-%u", count++);
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "[x]");
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_attachment_record_free);
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autoptr (WtSegment) segment = NULL;
  WtAttachmentRecord *attachment = wt_attachment_record_new ();
  g_autoptr (WtStoredMessage) stored = NULL;

  media->blob = g_strdup (blob);
  media->url = g_strdup (url);
  media->size = 10;
  media->width = 64;
  media->height = 32;
  segment = wt_segment_new_media (kind, media);
  message->direction = direction;
  g_free (message->segments);
  message->segments = wt_segment_to_storage (segment);
  attachment->kind = g_strdup (kinds[kind]);
  attachment->blob = g_strdup (blob);
  attachment->url = g_strdup (url);
  g_ptr_array_add (attachments, attachment);
  stored = wt_store_test_add (fixture->db, group, message, attachments, NULL);
  return stored->message->id;
}

static GHashTable *
list_uses (WtStoreFixture *fixture, const char *prefix)
{
  g_autoptr (GError) error = NULL;
  GHashTable *uses = NULL;

  wt_store_test_call (result, wt_attachment_usage_list_async, fixture->db, prefix);
  uses = wt_attachment_usage_list_finish (fixture->db, result, &error);
  g_assert_no_error (error);
  return uses;
}

static void
assert_use (GHashTable *uses, const char *blob, WtUsageKind kind, WtBlobHold hold)
{
  const WtBlobUse *use = g_hash_table_lookup (uses, blob);

  g_assert_nonnull (use);
  g_assert_cmpint (use->kind, ==, kind);
  g_assert_cmpint (use->hold, ==, hold);
}

static void
add_sticker (WtStoreFixture *fixture, const char *blob)
{
  g_autofree char *sql = g_strdup_printf (
      "INSERT INTO sticker VALUES ('%s', 'image/png', 1, 1, 1, 1) RETURNING 1", blob);

  g_assert_cmpint (wt_store_test_query (fixture->db, sql), ==, 1);
}

static void
test_usage (WtStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *remote = name_blob ("aa", 1);
  g_autofree char *carried = name_blob ("aa", 2);
  g_autofree char *own = name_blob ("aa", 3);
  g_autofree char *sticker = name_blob ("aa", 4);
  g_autofree char *both = name_blob ("aa", 5);
  g_autofree char *other = name_blob ("ab", 6);
  g_autofree char *unsafe = name_blob ("aa", 7);
  g_autoptr (GHashTable) uses = NULL;
  g_autoptr (GHashTable) none = NULL;

  add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_IMAGE, remote, WEB);
  add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_VOICE, carried, NULL);
  add_media (fixture, WT_DIRECTION_OUT, WT_SEGMENT_FILE, own, WEB);
  add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_EMOJI, sticker, WEB);
  add_sticker (fixture, sticker);
  add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_FILE, both, WEB);
  add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_IMAGE, both, NULL);
  add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_IMAGE, other, NULL);
  add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_FILE, unsafe, "file:///etc/passwd");

  uses = list_uses (fixture, "aa");
  g_assert_cmpuint (g_hash_table_size (uses), ==, 6);
  assert_use (uses, remote, WT_USAGE_PICTURES, WT_BLOB_HOLD_REMOTE);
  assert_use (uses, carried, WT_USAGE_VOICE, WT_BLOB_HOLD_CARRIED);
  assert_use (uses, own, WT_USAGE_FILES, WT_BLOB_HOLD_OWN);
  assert_use (uses, sticker, WT_USAGE_STICKERS, WT_BLOB_HOLD_OWN);
  assert_use (uses, both, WT_USAGE_PICTURES, WT_BLOB_HOLD_CARRIED);
  assert_use (uses, unsafe, WT_USAGE_FILES, WT_BLOB_HOLD_CARRIED);
  none = list_uses (fixture, "ff");
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
}

/* All steps; how many messages they changed. */
static guint
clear_all (WtStoreFixture *fixture, WtBlobHold least, GPtrArray *blobs, guint *n_steps)
{
  g_autofree char *last = NULL;
  guint n_messages = 0;

  *n_steps = 0;
  do
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WtCleared) cleared = NULL;

      wt_store_test_call (result, wt_attachment_clear_async, fixture->db, least, last);
      cleared = wt_attachment_clear_finish (fixture->db, result, &error);
      g_assert_no_error (error);
      n_messages += cleared->messages->len;
      for (guint i = 0; i < cleared->blobs->len; i++)
        g_ptr_array_add (blobs, g_strdup (g_ptr_array_index (cleared->blobs, i)));
      g_free (last);
      last = g_steal_pointer (&cleared->last);
      g_assert_cmpuint (++*n_steps, <, 1000);
    }
  while (last != NULL);
  return n_messages;
}

static WtSegment *
load_segment (WtStoreFixture *fixture, gint64 id)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT segments FROM message WHERE id = %" G_GINT64_FORMAT, id);
  g_autofree char *text = wt_store_test_query_text (fixture->db, sql);
  g_autoptr (GError) error = NULL;
  WtSegment *segment = wt_segment_from_storage (text, &error);

  g_assert_no_error (error);
  return segment;
}

static void
assert_media (WtStoreFixture *fixture, gint64 id, const char *blob, const char *url)
{
  g_autoptr (WtSegment) segment = load_segment (fixture, id);
  const WtMedia *media = wt_segment_get_media (segment);

  g_assert_cmpstr (media->blob, ==, blob);
  g_assert_cmpstr (media->url, ==, url);
  g_assert_cmpint (media->removed, ==, blob == NULL);
  /* Its place in the chat stays as it is. */
  g_assert_cmpint (media->width, ==, 64);
}

static void
test_clear_remote (WtStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *a = name_blob ("aa", 1);
  g_autofree char *b = name_blob ("bb", 2);
  g_autofree char *c = name_blob ("cc", 3);
  g_autofree char *d = name_blob ("dd", 4);
  gint64 remote = add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_IMAGE, a, WEB);
  gint64 carried = add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_IMAGE, b, NULL);
  gint64 sent = add_media (fixture, WT_DIRECTION_OUT, WT_SEGMENT_IMAGE, c, WEB);
  gint64 came_back = add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_IMAGE, c, WEB);
  gint64 sticker = add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_EMOJI, d, WEB);
  g_autoptr (GPtrArray) blobs = g_ptr_array_new_with_free_func (g_free);
  guint n_steps;

  add_sticker (fixture, d);
  g_assert_cmpuint (clear_all (fixture, WT_BLOB_HOLD_REMOTE, blobs, &n_steps), ==, 1);
  g_assert_cmpuint (blobs->len, ==, 1);
  g_assert_cmpstr (g_ptr_array_index (blobs, 0), ==, a);
  assert_media (fixture, remote, NULL, WEB);
  assert_media (fixture, carried, b, NULL);
  assert_media (fixture, sent, c, WEB);
  assert_media (fixture, came_back, c, WEB);
  assert_media (fixture, sticker, d, WEB);
  g_assert_cmpint (
      wt_store_test_query (fixture->db, "SELECT count(*) FROM attachment WHERE state = 3"), ==, 1);

  /* Only when asked for. */
  g_assert_cmpuint (clear_all (fixture, WT_BLOB_HOLD_CARRIED, blobs, &n_steps), ==, 1);
  assert_media (fixture, carried, NULL, NULL);
  assert_media (fixture, sent, c, WEB);
  assert_media (fixture, sticker, d, WEB);
  g_assert_cmpuint (clear_all (fixture, WT_BLOB_HOLD_CARRIED, blobs, &n_steps), ==, 0);
}

static void
test_clear_restored (WtStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *blob = name_blob ("aa", 1);
  gint64 id = add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_IMAGE, blob, WEB);
  g_autoptr (GPtrArray) blobs = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (WtSegment) segment = NULL;
  g_autoptr (WtMedia) media = NULL;
  g_autoptr (WtMessageRecord) message = NULL;
  guint n_steps;

  clear_all (fixture, WT_BLOB_HOLD_REMOTE, blobs, &n_steps);
  segment = load_segment (fixture, id);
  media = wt_media_copy (wt_segment_get_media (segment));
  g_assert_true (media->removed);
  media->blob = g_strdup (blob);
  wt_store_test_call (result, wt_message_store_set_media_async, fixture->db, id, 0, media);
  message = wt_message_store_set_media_finish (fixture->db, result, NULL);
  g_assert_nonnull (message);
  assert_media (fixture, id, blob, WEB);
  g_assert_cmpint (
      wt_store_test_query (fixture->db, "SELECT count(*) FROM attachment WHERE state = 0"), ==, 1);
}

/* What a bot sends again and again is cleared in steps, and every message of it. */
static void
test_clear_many (WtStoreFixture *fixture, gconstpointer data)
{
  g_autofree char *popular = name_blob ("aa", 1);
  g_autoptr (GPtrArray) blobs = g_ptr_array_new_with_free_func (g_free);
  guint n_steps;

  for (guint i = 0; i < 450; i++)
    add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_EMOJI, popular, WEB);
  for (guint i = 0; i < 150; i++)
    {
      g_autofree char *blob = name_blob ("bb", i);

      add_media (fixture, WT_DIRECTION_IN, WT_SEGMENT_FILE, blob, WEB);
    }
  g_assert_cmpuint (clear_all (fixture, WT_BLOB_HOLD_REMOTE, blobs, &n_steps), ==, 600);
  g_assert_cmpuint (n_steps, >, 2);
  g_assert_cmpuint (blobs->len, ==, 151);
  g_assert_cmpint (
      wt_store_test_query (fixture->db, "SELECT count(*) FROM attachment WHERE blob IS NOT NULL"),
      ==, 0);
}

/* Compacting */

static void
fill (WtStoreFixture *fixture, guint count)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autofree char *padding = g_strnfill (4000, 'x');

  for (guint i = 0; i < count; i++)
    {
      g_autofree char *msg_id = g_strdup_printf ("m%u", i);
      g_autofree char *text = g_strdup_printf ("麦子 word%u %s", i, padding);
      g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, text);
      g_autoptr (WtStoredMessage) stored = wt_store_test_add (fixture->db, group, message, NULL,
                                                              NULL);

      g_assert_nonnull (stored);
    }
}

static void
delete_half (WtStoreFixture *fixture, guint count)
{
  for (guint i = 1; i <= count; i += 2)
    {
      g_auto (GStrv) blobs = NULL;

      wt_store_test_call (result, wt_message_store_delete_async, fixture->db, i);
      blobs = wt_message_store_delete_finish (fixture->db, result, NULL);
      g_assert_nonnull (blobs);
    }
}

static gint64
compact (WtStoreFixture *fixture, GError **error)
{
  wt_store_test_call (result, wt_database_compact_async, fixture->db);
  return wt_database_compact_finish (fixture->db, result, error);
}

static gint64
get_size (WtStoreFixture *fixture)
{
  GStatBuf info;

  g_assert_cmpint (g_stat (fixture->path, &info), ==, 0);
  return info.st_size;
}

static void
assert_whole (WtStoreFixture *fixture, guint count)
{
  g_autofree char *integrity = wt_store_test_query_text (fixture->db, "PRAGMA integrity_check");

  g_assert_cmpstr (integrity, ==, "ok");
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM message"), ==, count);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT rowid FROM message_search"
                                                     " WHERE message_search MATCH 'word3'"),
                   ==, 4);
}

static void
test_compact (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gint64 before, freed;

  fill (fixture, 200);
  delete_half (fixture, 200);
  wt_store_test_reopen (fixture);
  before = get_size (fixture);
  freed = compact (fixture, &error);
  g_assert_no_error (error);
  g_assert_cmpint (freed, >, 100 * 4000);
  g_assert_cmpint (get_size (fixture), <=, before - freed + 4096);
  assert_whole (fixture, 200);
  wt_store_test_reopen (fixture);
  assert_whole (fixture, 200);
}

/* What is given while it runs waits, and is stored; what was given before is in it. */
static void
test_compact_busy (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (GAsyncResult) compacted = NULL;
  g_autoptr (WtMessageRecord) before = wt_store_test_new_message ("before", "before");
  g_autoptr (WtMessageRecord) after = wt_store_test_new_message ("after", "after");
  g_autoptr (GAsyncResult) added_before = NULL, added_after = NULL;
  g_autoptr (WtStoredMessage) first = NULL, second = NULL;

  fill (fixture, 50);
  wt_message_store_add_async (fixture->db, group, before, NULL, NULL, wt_store_test_on_ready,
                              &added_before);
  wt_database_compact_async (fixture->db, NULL, wt_store_test_on_ready, &compacted);
  wt_message_store_add_async (fixture->db, group, after, NULL, NULL, wt_store_test_on_ready,
                              &added_after);
  wt_test_wait_until (added_after != NULL);
  g_assert_nonnull (added_before);
  g_assert_nonnull (compacted);
  first = wt_message_store_add_finish (fixture->db, added_before, NULL);
  second = wt_message_store_add_finish (fixture->db, added_after, NULL);
  g_assert_cmpint (second->message->seq, ==, first->message->seq + 1);
  g_assert_cmpint (wt_database_compact_finish (fixture->db, compacted, NULL), >=, 0);
  assert_whole (fixture, 52);
}

static void
limit_files (rlim_t bytes)
{
  struct rlimit limit;

  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &limit), ==, 0);
  limit.rlim_cur = MIN (bytes, limit.rlim_max);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static void
on_trouble (WtDatabase *db, const GError *error, guint *n_troubles)
{
  (*n_troubles)++;
}

/* No room for it: all is as it was, nobody else is told of trouble, and what comes next is stored. */
static void
test_compact_full (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  guint n_troubles = 0;

  signal (SIGXFSZ, SIG_IGN);
  fill (fixture, 200);
  g_signal_connect (fixture->db, "trouble", G_CALLBACK (on_trouble), &n_troubles);
  limit_files (100 * 1024);
  g_assert_cmpint (compact (fixture, &error), ==, -1);
  limit_files (RLIM_INFINITY);
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FULL);
  assert_whole (fixture, 200);
  g_assert_cmpuint (n_troubles, ==, 0);
  g_signal_handlers_disconnect_by_func (fixture->db, on_trouble, &n_troubles);

  g_clear_error (&error);
  g_assert_cmpint (compact (fixture, &error), >=, 0);
  g_assert_no_error (error);
  assert_whole (fixture, 200);
}

static void
test_compact_cancelled (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  fill (fixture, 50);
  wt_database_compact_async (fixture->db, cancellable, wt_store_test_on_ready, &result);
  g_cancellable_cancel (cancellable);
  wt_store_test_wait (&result);
  /* Where it was over before, it is. */
  if (wt_database_compact_finish (fixture->db, result, &error) < 0)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_whole (fixture, 50);
}

static gpointer
run_for_ever (WtDatabase *db, gpointer data, GError **error)
{
  wt_database_exec (db,
                    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n)"
                    " SELECT max (i) FROM n",
                    error);
  return NULL;
}

/* Who ends the program does not wait for what takes long. */
static void
test_alone_closed (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wt_database_run_with_flags_async (fixture->db, WT_DATABASE_ALONE, run_for_ever, NULL, NULL, NULL,
                                    NULL, test_alone_closed, wt_store_test_on_ready, &result);
  wt_database_close (fixture->db);
  wt_store_test_wait (&result);
  g_assert_null (wt_database_run_finish (fixture->db, result, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED);
}

static void
test_alone_cancelled (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wt_database_run_with_flags_async (fixture->db, WT_DATABASE_ALONE, run_for_ever, NULL, NULL, NULL,
                                    cancellable, test_alone_cancelled, wt_store_test_on_ready,
                                    &result);
  g_cancellable_cancel (cancellable);
  wt_store_test_wait (&result);
  g_assert_null (wt_database_run_finish (fixture->db, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM account"), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/upkeep/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                   \
              wt_store_test_tear_down)
  ADD ("usage", test_usage);
  ADD ("clear-remote", test_clear_remote);
  ADD ("clear-restored", test_clear_restored);
  ADD ("clear-many", test_clear_many);
  ADD ("compact", test_compact);
  ADD ("compact-busy", test_compact_busy);
  ADD ("compact-full", test_compact_full);
  ADD ("compact-cancelled", test_compact_cancelled);
  ADD ("alone-closed", test_alone_closed);
  ADD ("alone-cancelled", test_alone_cancelled);

  return g_test_run ();
}
