/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "wt-schema.h"
#include "wt-search-store.h"
#include "wt-store-test.h"

#define NOBODY 65534

#define FIRST_MIGRATION "CREATE TABLE a (n INTEGER)"
#define SECOND_MIGRATION "ALTER TABLE a ADD COLUMN m TEXT; UPDATE a SET m = n"

/* A file, two pictures in a list, something broken, and a tombstone. */
#define SENT_IN_1                                                                                  \
  "INSERT INTO message (id, account_id, conversation_id, seq, direction, delivery, deleted,"       \
  " mentions_me, peer_time, time, attempts, acked_time, rtt, msg_id, digest, segments) VALUES"     \
  " (3, 1, 1, 3, 1, 3, 0, 0, 1, 1, 1, 0, -1, 'o3', 'd3', '{\"v\":1,\"segment\":{\"type\":"         \
  "\"file\",\"media\":{\"blob\":\"aaa\",\"name\":\"notes.txt\",\"size\":5}}}'),"                   \
  " (4, 1, 1, 4, 1, 3, 0, 0, 1, 1, 1, 0, -1, 'o4', 'd4', '{\"v\":1,\"segment\":{\"type\":"         \
  "\"seglist\",\"children\":[{\"type\":\"image\",\"media\":{\"blob\":\"bbb\",\"size\":7}},"        \
  "{\"type\":\"text\",\"text\":\"blob\"},{\"type\":\"emoji\",\"media\":{\"blob\":\"ccc\"}}]}}'),"  \
  " (5, 1, 1, 5, 1, 3, 0, 0, 1, 1, 1, 0, -1, 'o5', 'd5', '{\"blob\":'),"                           \
  " (6, 1, 1, 6, 1, 3, 1, 0, 1, 1, 1, 0, -1, 'o6', 'd6', NULL)"

typedef struct
{
  char *folder;
  char *path;
  WtDatabase *db;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->folder = wt_store_test_make_folder ();
  fixture->path = g_build_filename (fixture->folder, "wheatear.db", NULL);
  fixture->db = wt_database_new (fixture->path);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (g_steal_pointer (&fixture->db));
  wt_store_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
  g_clear_pointer (&fixture->path, g_free);
}

static sqlite3 *
open_raw (const char *path)
{
  sqlite3 *handle = NULL;

  g_assert_cmpint (sqlite3_open (path, &handle), ==, SQLITE_OK);
  return handle;
}

static void
exec_raw (sqlite3 *handle, const char *sql)
{
  g_autofree char *message = NULL;
  char *failure = NULL;

  sqlite3_exec (handle, sql, NULL, NULL, &failure);
  message = g_strdup (failure);
  sqlite3_free (failure);
  g_assert_cmpstr (message, ==, NULL);
}

static void
write_raw (const char *path, const char *sql)
{
  sqlite3 *handle = open_raw (path);

  exec_raw (handle, sql);
  g_assert_cmpint (sqlite3_close (handle), ==, SQLITE_OK);
}

static int
append_row (gpointer data, int columns, char **values, char **names)
{
  GString *text = data;

  for (int i = 0; i < columns; i++)
    g_string_append_printf (text, "%s|", values[i] != NULL ? values[i] : "NULL");
  g_string_append_c (text, '\n');
  return 0;
}

static char *
read_raw (const char *path, const char *sql)
{
  sqlite3 *handle = open_raw (path);
  GString *text = g_string_new (NULL);

  g_assert_cmpint (sqlite3_exec (handle, sql, append_row, text, NULL), ==, SQLITE_OK);
  sqlite3_close (handle);

  return g_string_free (text, FALSE);
}

/* Without comments and spaces: what differs in those alone is the same schema. */
static char *
read_schema (const char *path)
{
  g_autofree char *text = read_raw (
      path, "SELECT type, name, tbl_name, sql FROM sqlite_schema ORDER BY type, name");
  g_autoptr (GRegex) comments = g_regex_new ("--[^\n]*|[ \n]+", 0, 0, NULL);

  return g_regex_replace_literal (comments, text, -1, 0, " ", 0, NULL);
}

static char *
read_file (const char *path, gsize *length)
{
  char *bytes = NULL;
  g_autoptr (GError) error = NULL;

  g_file_get_contents (path, &bytes, length, &error);
  g_assert_no_error (error);
  return bytes;
}

static char *
load_fixture (int version)
{
  g_autofree char *name = g_strdup_printf ("schema-%d.sql", version);
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "store", name, NULL);

  return read_file (path, NULL);
}

static void
assert_files (const char *folder, const char *only)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name = NULL;

  while ((name = g_dir_read_name (dir)) != NULL)
    g_assert_cmpstr (name, ==, only);
}

static void
test_fixtures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *fresh = NULL;
  g_autoptr (GError) error = NULL;

  wt_store_test_open (fixture->db, &error);
  g_assert_no_error (error);
  wt_database_close (fixture->db);
  fresh = read_schema (fixture->path);

  for (int version = 1; version <= WT_SCHEMA_VERSION; version++)
    {
      g_autofree char *sql = load_fixture (version);
      g_autofree char *path = g_strdup_printf ("%s/fixture-%d.db", fixture->folder, version);
      g_autofree char *migrated = NULL;
      WtDatabase *db = wt_database_new (path);

      write_raw (path, sql);
      wt_store_test_open (db, &error);
      g_assert_no_error (error);
      g_assert_cmpint (wt_store_test_query (db, "PRAGMA user_version"), ==, WT_SCHEMA_VERSION);
      g_assert_cmpint (wt_store_test_query (db, "SELECT count(*) FROM pragma_foreign_key_check"),
                       ==, 0);
      g_assert_finalize_object (db);
      migrated = read_schema (path);
      g_assert_cmpstr (migrated, ==, fresh);
    }
}

static void
test_fixture_content (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (1);
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GPtrArray) found = NULL;
  g_autoptr (GError) error = NULL;
  WtSearchQuery query = { .text = "你好", .limit = 10 };
  WtConversationRecord *conversation = NULL;
  WtMessageRecord *message = NULL;

  write_raw (fixture->path, sql);
  wt_store_test_open (fixture->db, &error);
  g_assert_no_error (error);

  wt_store_test_call (listed, wt_conversation_store_list_async, fixture->db, 1);
  conversations = wt_conversation_store_list_finish (fixture->db, listed, NULL);
  g_assert_cmpint (conversations->len, ==, 2);
  conversation = g_ptr_array_index (conversations, 0);
  g_assert_cmpstr (conversation->title, ==, "麦麦");
  g_assert_cmpstr (conversation->draft, ==, "草稿");
  g_assert_cmpint (conversation->unread, ==, 1);
  g_assert_true (conversation->pinned);

  wt_store_test_call (loaded, wt_message_store_load_async, fixture->db, 1, 1, 10);
  messages = wt_message_store_load_finish (fixture->db, loaded, NULL);
  g_assert_cmpint (messages->len, ==, 2);
  message = g_ptr_array_index (messages, 0);
  g_assert_cmpint (message->delivery, ==, WT_DELIVERY_ACKED);
  g_assert_cmpint (message->rtt, ==, 500000);
  g_assert_cmpstr (message->text, ==, "Good morning");

  wt_store_test_call (searched, wt_search_store_search_async, fixture->db, &query);
  found = wt_search_store_search_finish (fixture->db, searched, NULL);
  g_assert_cmpint (found->len, ==, 1);
}

/* What the first version had is there after the migration, and a copy of the file as it was beside it. */
static void
test_from_1_to_2 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (1);
  g_autofree char *backup = g_strconcat (fixture->path, ".schema1.bak", NULL);
  g_autofree char *kept = NULL;
  g_autofree char *there = NULL;
  g_autoptr (GError) error = NULL;

  write_raw (fixture->path, sql);
  write_raw (fixture->path, SENT_IN_1);
  wt_store_test_open (fixture->db, &error);
  g_assert_no_error (error);
  g_assert_cmpint (wt_store_test_query (fixture->db, "PRAGMA user_version"), ==, WT_SCHEMA_VERSION);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM sticker"), ==, 0);
  /* What was sent has its attachments, too; what cannot be read has none. */
  there = wt_store_test_query_text (
      fixture->db, "SELECT group_concat(message_id || ' ' || position || ' ' || kind || ' ' || blob"
                   " || ' ' || size || ' ' || coalesce (name, '-') || ' ' || state, '; ')"
                   " FROM (SELECT * FROM attachment ORDER BY message_id, position)");
  g_assert_cmpstr (there, ==,
                   "2 0 image c0ffee 1024 - 0; 3 0 file aaa 5 notes.txt 0; 4 0 image bbb 7 - 0;"
                   " 4 1 emoji ccc -1 - 0");
  kept = read_raw (backup, "SELECT user_version, (SELECT count(*) FROM attachment),"
                           " (SELECT count(*) FROM sqlite_schema WHERE name = 'sticker')"
                           " FROM pragma_user_version");
  g_assert_cmpstr (kept, ==, "1|1|0|\n");
}

/* Who muted a chat still hears nothing of it; attachments know where they are. */
static void
test_from_2_to_3 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (2);
  g_autofree char *levels = NULL;
  g_autoptr (GError) error = NULL;

  write_raw (fixture->path, sql);
  wt_store_test_open (fixture->db, &error);
  g_assert_no_error (error);
  levels = wt_store_test_query_text (
      fixture->db, "SELECT group_concat(id || ' ' || level || ' ' || coalesce (name, '-'), '; ')"
                   " FROM (SELECT * FROM conversation ORDER BY id)");
  g_assert_cmpstr (levels, ==, "1 0 -; 2 2 -");
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT conversation_id FROM attachment"), ==,
                   1);
}

/* Each conversation is written as before: as its account says. */
static void
test_from_3_to_4 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (3);
  g_autofree char *dialects = NULL;
  g_autoptr (GError) error = NULL;

  write_raw (fixture->path, sql);
  wt_store_test_open (fixture->db, &error);
  g_assert_no_error (error);
  dialects = wt_store_test_query_text (
      fixture->db,
      "SELECT group_concat(dialect, ' ') FROM (SELECT * FROM conversation ORDER BY id)");
  g_assert_cmpstr (dialects, ==, "-1 -1");
}

static void
test_from_4_to_5 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (4);
  g_autofree char *draft = NULL;
  g_autoptr (GError) error = NULL;

  write_raw (fixture->path, sql);
  wt_store_test_open (fixture->db, &error);
  g_assert_no_error (error);
  draft = wt_store_test_query_text (fixture->db, "SELECT draft FROM conversation WHERE id = 1");
  g_assert_cmpstr (draft, ==, "草稿");
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM draft_attachment"), ==,
                   0);
}

/* Neither a text nor a digest is kept twice; what says more than its text stays as it is, and a repeat is known. */
static void
test_from_5_to_6 (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (5);
  g_autofree char *kept = NULL;
  g_autoptr (GError) error = NULL;

  write_raw (fixture->path, sql);
  write_raw (fixture->path, "UPDATE message SET digest = 'out-1', text = 'a \"b\" \\ 你',"
                            " segments = '{\"v\":1,\"segment\":{\"type\":\"text\",\"text\":\"a "
                            "\\\"b\\\" \\\\ 你\"}}' WHERE id = 1;"
                            "UPDATE message SET digest = "
                            "'0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef'"
                            " WHERE id = 2;"
                            "INSERT INTO message SELECT 3, 1, 1, 3, 0, 0, 0, 1, peer_time, time, "
                            "0, 0, -1, 'in-2', 'd', 'b', 'p', 'a', NULL, NULL,"
                            " NULL, 'x/y', "
                            "'{\"v\":1,\"segment\":{\"type\":\"seglist\",\"children\":[{\"type\":"
                            "\"text\",\"text\":\"x/y\"}]}}',"
                            " NULL FROM message WHERE id = 2");
  wt_store_test_open (fixture->db, &error);
  g_assert_no_error (error);
  kept = wt_store_test_query_text (
      fixture->db,
      "SELECT group_concat(digest || ' ' || text || ' ' || coalesce (segments, '-'), ';')"
      " FROM (SELECT * FROM message ORDER BY id)");
  g_assert_cmpstr (kept, ==,
                   " a \"b\" \\ 你 -;0123456789abcdef0123456789abcdef 你好，@Me "
                   "{\"type\":\"seglist\"};d x/y []");
}

static void
assert_refused (Fixture *fixture, WtDatabaseError code)
{
  gsize before_length = 0;
  gsize after_length = 0;
  g_autofree char *before = read_file (fixture->path, &before_length);
  g_autofree char *after = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (wt_store_test_open (fixture->db, &error));
  g_assert_error (error, WT_DATABASE_ERROR, (int) code);
  g_assert_nonnull (strstr (error->message, fixture->path));
  after = read_file (fixture->path, &after_length);
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
test_newer (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (WT_SCHEMA_VERSION);

  write_raw (fixture->path, sql);
  write_raw (fixture->path, "PRAGMA journal_mode = WAL; PRAGMA user_version = 1000");
  assert_refused (fixture, WT_DATABASE_ERROR_NEWER);
  assert_files (fixture->folder, "wheatear.db");

  /* It may be tried again, when somebody has put an older copy in its place. */
  write_raw (fixture->path, "PRAGMA user_version = " G_STRINGIFY (WT_SCHEMA_VERSION));
  g_assert_true (wt_store_test_open (fixture->db, NULL));
}

/* The number is in the log only: the newer program was killed. */
static void
test_newer_in_log (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (WT_SCHEMA_VERSION);
  g_autofree char *log = g_strconcat (fixture->path, "-wal", NULL);
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  g_autofree char *file = NULL;
  gsize file_length = 0;
  gsize before_length = 0;
  gsize after_length = 0;
  sqlite3 *handle = NULL;

  write_raw (fixture->path, sql);
  handle = open_raw (fixture->path);
  exec_raw (handle, "PRAGMA journal_mode = WAL; PRAGMA wal_autocheckpoint = 0");
  file = read_file (fixture->path, &file_length);
  exec_raw (handle, "PRAGMA user_version = 1000");
  before = read_file (log, &before_length);
  g_assert_cmpint (before_length, >, 0);
  sqlite3_db_config (handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);
  sqlite3_close (handle);
  g_assert_true (g_file_set_contents (log, before, (gssize) before_length, NULL));
  g_assert_true (g_file_set_contents (fixture->path, file, (gssize) file_length, NULL));

  assert_refused (fixture, WT_DATABASE_ERROR_NEWER);
  after = read_file (log, &after_length);
  g_assert_cmpmem (before, before_length, after, after_length);
}

static void
test_not_ours (Fixture *fixture, gconstpointer data)
{
  write_raw (fixture->path, "CREATE TABLE t (n INTEGER)");
  assert_refused (fixture, WT_DATABASE_ERROR_CORRUPT);
  write_raw (fixture->path, "PRAGMA application_id = 1");
  assert_refused (fixture, WT_DATABASE_ERROR_CORRUPT);
  write_raw (fixture->path, "PRAGMA application_id = 0; PRAGMA user_version = 1");
  assert_refused (fixture, WT_DATABASE_ERROR_CORRUPT);
  write_raw (fixture->path, "PRAGMA user_version = -5");
  assert_refused (fixture, WT_DATABASE_ERROR_CORRUPT);
  assert_files (fixture->folder, "wheatear.db");
}

static void
test_corrupt (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (1);
  g_autofree char *bytes = NULL;
  gsize length = 0;

  g_assert_true (g_file_set_contents (fixture->path, "short", 5, NULL));
  assert_refused (fixture, WT_DATABASE_ERROR_CORRUPT);

  bytes = g_strnfill (8192, 'x');
  g_assert_true (g_file_set_contents (fixture->path, bytes, 8192, NULL));
  assert_refused (fixture, WT_DATABASE_ERROR_CORRUPT);

  /* Cut off after the header. */
  g_unlink (fixture->path);
  write_raw (fixture->path, sql);
  g_clear_pointer (&bytes, g_free);
  bytes = read_file (fixture->path, &length);
  g_assert_true (g_file_set_contents (fixture->path, bytes, 200, NULL));
  assert_refused (fixture, WT_DATABASE_ERROR_CORRUPT);

  /* The schema's page overwritten. */
  memset (bytes + 100, 0xff, 3000);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  assert_refused (fixture, WT_DATABASE_ERROR_CORRUPT);
}

static void
test_damaged_page (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (1);
  g_autofree char *bytes = NULL;
  gsize length = 0;
  g_autoptr (GPtrArray) messages = NULL;
  g_autoptr (GError) error = NULL;

  /* All but the schema's pages: opens, and then says so; no crash. */
  write_raw (fixture->path, sql);
  bytes = read_file (fixture->path, &length);
  memset (bytes + 8192, 0xff, length - 8192);
  g_assert_true (g_file_set_contents (fixture->path, bytes, (gssize) length, NULL));
  if (wt_store_test_open (fixture->db, &error))
    {
      wt_store_test_call (loaded, wt_message_store_load_async, fixture->db, 1, 1, 10);
      messages = wt_message_store_load_finish (fixture->db, loaded, &error);
    }
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CORRUPT);
}

static void
test_unusable_paths (Fixture *fixture, gconstpointer data)
{
  g_autofree char *below_file = g_build_filename (fixture->path, "sub", "wheatear.db", NULL);
  g_autofree char *folder = g_build_filename (fixture->folder, "folder", NULL);
  const char *paths[] = { below_file, folder, "/proc/wheatear/wheatear.db" };

  g_assert_true (g_file_set_contents (fixture->path, "", 0, NULL));
  g_assert_cmpint (g_mkdir (folder, 0700), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (paths); i++)
    {
      g_autoptr (WtDatabase) db = wt_database_new (paths[i]);
      g_autoptr (GError) error = NULL;

      g_assert_false (wt_store_test_open (db, &error));
      g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED);
    }
}

/* Root may write everywhere: become somebody else meanwhile. */
static gboolean
become_nobody (Fixture *fixture)
{
  if (geteuid () != 0)
    return TRUE;

  return chown (fixture->folder, NOBODY, NOBODY) == 0 && chown (fixture->path, NOBODY, NOBODY) == 0
         && seteuid (NOBODY) == 0;
}

static void
become_root (void)
{
  if (getuid () == 0)
    g_assert_cmpint (seteuid (0), ==, 0);
}

static void
test_read_only_folder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sql = load_fixture (1);

  write_raw (fixture->path, sql);
  if (!become_nobody (fixture))
    {
      g_test_skip ("root may write everywhere, and cannot become anybody else here");
      return;
    }

  g_assert_cmpint (g_chmod (fixture->folder, 0500), ==, 0);
  g_assert_false (wt_store_test_open (fixture->db, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_READ_ONLY);
  g_clear_error (&error);
  g_assert_cmpint (g_chmod (fixture->folder, 0700), ==, 0);

  g_assert_cmpint (g_chmod (fixture->path, 0400), ==, 0);
  g_assert_false (wt_store_test_open (fixture->db, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_READ_ONLY);
  g_clear_error (&error);

  g_assert_cmpint (g_chmod (fixture->path, 0600), ==, 0);
  g_assert_true (wt_store_test_open (fixture->db, NULL));
  wt_database_close (fixture->db);
  become_root ();
}

static void
test_locked (Fixture *fixture, gconstpointer data)
{
  g_autofree char *sql = load_fixture (1);
  g_autoptr (GError) error = NULL;
  sqlite3 *other = NULL;

  write_raw (fixture->path, sql);
  other = open_raw (fixture->path);
  exec_raw (other, "BEGIN EXCLUSIVE");
  g_assert_false (wt_store_test_open (fixture->db, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_BUSY);
  sqlite3_close (other);
  g_assert_true (wt_store_test_open (fixture->db, NULL));
}

static void
test_migration (Fixture *fixture, gconstpointer data)
{
  static const char *const two[] = { FIRST_MIGRATION, SECOND_MIGRATION, NULL };
  static const char *const broken[] = { FIRST_MIGRATION, SECOND_MIGRATION,
                                        "UPDATE a SET n = 0; UPDATE nothing SET m = n", NULL };
  static const char *const one[] = { FIRST_MIGRATION, NULL };
  g_autofree char *backup = g_strconcat (fixture->path, ".schema1.bak", NULL);
  g_autofree char *second = g_strconcat (fixture->path, ".schema2.bak", NULL);
  g_autofree char *kept = NULL;
  g_autofree char *migrated = NULL;
  g_autoptr (GError) error = NULL;
  GStatBuf info;
  sqlite3 *handle = open_raw (fixture->path);

  exec_raw (handle, "PRAGMA journal_mode = WAL");
  wt_schema_upgrade (handle, fixture->path, one, &error);
  g_assert_no_error (error);
  g_assert_false (g_file_test (backup, G_FILE_TEST_EXISTS));
  exec_raw (handle, "INSERT INTO a VALUES (1), (2)");

  wt_schema_upgrade (handle, fixture->path, two, &error);
  g_assert_no_error (error);
  migrated = read_raw (fixture->path, "SELECT a.*, user_version FROM a, pragma_user_version");
  g_assert_cmpstr (migrated, ==, "1|1|2|\n2|2|2|\n");
  kept = read_raw (backup, "SELECT a.*, user_version FROM a, pragma_user_version");
  g_assert_cmpstr (kept, ==, "1|1|\n2|1|\n");
  g_assert_cmpint (g_stat (backup, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);

  /* One that fails changes nothing; the copy stays. */
  g_assert_false (wt_schema_upgrade (handle, fixture->path, broken, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED);
  g_clear_error (&error);
  g_clear_pointer (&migrated, g_free);
  migrated = read_raw (fixture->path, "SELECT a.*, user_version FROM a, pragma_user_version");
  g_assert_cmpstr (migrated, ==, "1|1|2|\n2|2|2|\n");
  g_assert_true (g_file_test (second, G_FILE_TEST_EXISTS));

  /* And an older program refuses. */
  g_assert_false (wt_schema_upgrade (handle, fixture->path, one, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NEWER);
  sqlite3_close (handle);
}

/* Without a backup there is no migration. */
static void
test_migration_without_backup (Fixture *fixture, gconstpointer data)
{
  static const char *const two[] = { FIRST_MIGRATION, SECOND_MIGRATION, NULL };
  static const char *const one[] = { FIRST_MIGRATION, NULL };
  g_autofree char *backup = g_strconcat (fixture->path, ".schema1.bak.part", NULL);
  g_autofree char *inside = g_build_filename (backup, "file", NULL);
  g_autofree char *version = NULL;
  g_autoptr (GError) error = NULL;
  sqlite3 *handle = open_raw (fixture->path);

  wt_schema_upgrade (handle, fixture->path, one, &error);
  g_assert_no_error (error);
  g_assert_cmpint (g_mkdir_with_parents (inside, 0700), ==, 0);
  g_assert_false (wt_schema_upgrade (handle, fixture->path, two, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED);
  sqlite3_close (handle);
  version = read_raw (fixture->path, "PRAGMA user_version");
  g_assert_cmpstr (version, ==, "1|\n");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func) g_test_add ("/schema/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("fixtures", test_fixtures);
  ADD ("fixture-content", test_fixture_content);
  ADD ("from-1-to-2", test_from_1_to_2);
  ADD ("from-2-to-3", test_from_2_to_3);
  ADD ("from-3-to-4", test_from_3_to_4);
  ADD ("from-4-to-5", test_from_4_to_5);
  ADD ("from-5-to-6", test_from_5_to_6);
  ADD ("newer", test_newer);
  ADD ("newer-in-log", test_newer_in_log);
  ADD ("not-ours", test_not_ours);
  ADD ("corrupt", test_corrupt);
  ADD ("damaged-page", test_damaged_page);
  ADD ("unusable-paths", test_unusable_paths);
  ADD ("read-only-folder", test_read_only_folder);
  ADD ("locked", test_locked);
  ADD ("migration", test_migration);
  ADD ("migration-without-backup", test_migration_without_backup);

  return g_test_run ();
}
