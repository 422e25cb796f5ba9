/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chaos-disk.h"

#include <glib/gstdio.h>
#include <sqlite3.h>
#include <stdio.h>
#include <string.h>

static sqlite3_stmt *
prepare (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = NULL;

  if (sqlite3_prepare_v2 (db, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (db));
  return statement;
}

static char *
query_text (sqlite3 *db, const char *sql)
{
  sqlite3_stmt *statement = prepare (db, sql);
  char *text = NULL;

  if (sqlite3_step (statement) == SQLITE_ROW)
    text = g_strdup ((const char *) sqlite3_column_text (statement, 0));
  sqlite3_finalize (statement);
  return text;
}

static gint64
query (sqlite3 *db, const char *sql)
{
  g_autofree char *text = query_text (db, sql);

  return text != NULL ? g_ascii_strtoll (text, NULL, 10) : 0;
}

static sqlite3 *
try_database (const char *path, int flags)
{
  sqlite3 *db = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &db, flags, NULL), ==, SQLITE_OK);
  sqlite3_busy_timeout (db, 3000);
  /* What is in the log stays there, for the program under test to find. */
  sqlite3_db_config (db, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  if (sqlite3_exec (db, "SELECT count(*) FROM sqlite_master", NULL, NULL, NULL) != SQLITE_OK)
    g_clear_pointer (&db, sqlite3_close);
  return db;
}

/* NULL where there is none yet. */
static sqlite3 *
open_database (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "wheatear.db", NULL);
  sqlite3 *db;

  if (!g_file_test (path, G_FILE_TEST_EXISTS))
    return NULL;
  db = try_database (path, SQLITE_OPEN_READONLY);
  /* Before the first switch to a write-ahead log a journal may have to be rolled back. */
  if (db == NULL)
    db = try_database (path, SQLITE_OPEN_READWRITE);
  g_assert_nonnull (db);
  if (query (db, "SELECT count(*) FROM sqlite_master WHERE name = 'message'") == 0)
    g_clear_pointer (&db, sqlite3_close);
  return db;
}

static void
check_whole (sqlite3 *db)
{
  g_autofree char *integrity = query_text (db, "PRAGMA integrity_check");
  g_autofree char *foreign = query_text (db, "PRAGMA foreign_key_check");

  g_assert_cmpstr (integrity, ==, "ok");
  g_assert_cmpstr (foreign, ==, NULL);
  g_assert_cmpint (query (db, "SELECT count(*) FROM account"), <=, 1);
  g_assert_cmpint (query (db, "SELECT count(*) - count(DISTINCT msg_id) FROM message"), ==, 0);
  g_assert_cmpint (
      query (db, "SELECT count(*) FROM conversation AS c WHERE last_seq <> (SELECT count(*) FROM"
                 " message WHERE conversation_id = c.id) OR last_seq <> (SELECT"
                 " coalesce(max(seq), 0) FROM message WHERE conversation_id = c.id) OR unread <>"
                 " (SELECT count(*) FROM message WHERE conversation_id = c.id AND direction = 0"
                 " AND seq > c.read_seq)"),
      ==, 0);
  /* Contentless, so that the rows are all there is to ask for. */
  g_assert_cmpint (query (db, "SELECT count(*) FROM message WHERE deleted = 0 AND text <> '' AND"
                              " id NOT IN (SELECT rowid FROM message_search)"),
                   ==, 0);
}

static char *
get_blob_path (const char *folder, const char *blob)
{
  char shelf[3] = { blob[0], blob[1], '\0' };

  return g_build_filename (folder, "blobs", shelf, blob, NULL);
}

/* Every file that is said to be kept is there, and what it is said to be. */
static void
check_blobs (sqlite3 *db, const char *folder)
{
  sqlite3_stmt *statement = prepare (db, "SELECT blob FROM attachment WHERE state = 0");

  while (sqlite3_step (statement) == SQLITE_ROW)
    {
      const char *blob = (const char *) sqlite3_column_text (statement, 0);
      g_autofree char *path = NULL, *contents = NULL, *checksum = NULL;
      g_autoptr (GError) error = NULL;
      gsize length;

      g_assert_nonnull (blob);
      path = get_blob_path (folder, blob);
      g_file_get_contents (path, &contents, &length, &error);
      g_assert_no_error (error);
      checksum = g_compute_checksum_for_data (G_CHECKSUM_SHA256, (const guchar *) contents, length);
      g_assert_cmpstr (checksum, ==, blob);
    }
  sqlite3_finalize (statement);
}

static void
take_message (sqlite3_stmt *statement, guint conversation, WtChaosStored *stored)
{
  const char *msg_id = (const char *) sqlite3_column_text (statement, 1);
  const char *text = (const char *) sqlite3_column_text (statement, 2);
  int delivery = sqlite3_column_int (statement, 3);
  g_autofree char *wanted = NULL;

  if (sqlite3_column_int (statement, 0) == 0)
    {
      wanted = g_strdup_printf ("in-%u-%u", conversation, ++stored->last_in);
      g_assert_cmpstr (msg_id, ==, wanted);
    }
  else
    {
      wanted = g_strdup_printf ("out %u %u", conversation, ++stored->last_out);
      g_assert_cmpstr (text, ==, wanted);
      stored->acked += delivery == 3 ? 1 : 0;
      stored->failed += delivery == 4 ? 1 : 0;
    }
  stored->deleted += sqlite3_column_int (statement, 4) != 0 ? 1 : 0;
}

static void
check_conversation (sqlite3 *db, guint conversation, WtChaosStored *stored)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT direction, msg_id, text, delivery, deleted FROM message WHERE conversation_id ="
      " (SELECT id FROM conversation WHERE peer_id = 'peer-%u') ORDER BY seq",
      conversation);
  g_autofree char *unread = g_strdup_printf (
      "SELECT unread FROM conversation WHERE peer_id = 'peer-%u'", conversation);
  sqlite3_stmt *statement = prepare (db, sql);

  while (sqlite3_step (statement) == SQLITE_ROW)
    take_message (statement, conversation, stored);
  sqlite3_finalize (statement);
  stored->unread = (guint) query (db, unread);
}

/* Fails the test where something is not as it may be after any end of the program. */
void
wt_chaos_disk_check (const char *folder, WtChaosStored *stored, guint n_conversations)
{
  sqlite3 *db = open_database (folder);

  memset (stored, 0, n_conversations * sizeof *stored);
  if (db == NULL)
    return;
  check_whole (db);
  check_blobs (db, folder);
  for (guint i = 0; i < n_conversations; i++)
    check_conversation (db, i, &stored[i]);
  g_assert_cmpint (query (db, "SELECT count(*) FROM conversation"), <=, n_conversations);
  sqlite3_close (db);
}

void
wt_chaos_disk_remove (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      if (g_file_test (path, G_FILE_TEST_IS_DIR) && !g_file_test (path, G_FILE_TEST_IS_SYMLINK))
        wt_chaos_disk_remove (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}
