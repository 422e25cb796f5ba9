/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <errno.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "wt-store-test.h"
#include "wt-test.h"

/* This program starts itself as a writer that prints the msg_id of each message once it is said to
 * be stored, and kills it. Whatever was printed must be in the database, once. */

#define WRITER_OPTION "--writer"
#define DELETER_OPTION "--deleter"
#define ROUNDS 8

/* Deleted at once. */
#define MANY 2000

typedef struct
{
  guint waiting;
  guint next;
  const char *prefix;
  WtDatabase *db;
  WtConversationRecord *group;
} Writer;

static void add_one (Writer *writer);

static void
on_added (GObject *source, GAsyncResult *result, gpointer data)
{
  Writer *writer = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtStoredMessage) stored = wt_message_store_add_finish (WT_DATABASE (source), result,
                                                                    &error);
  g_autofree char *line = NULL;

  g_assert_no_error (error);
  line = g_strconcat (stored->message->msg_id, "\n", NULL);
  if (write (STDOUT_FILENO, line, strlen (line)) < 0)
    exit (2);
  add_one (writer);
}

static void
add_one (Writer *writer)
{
  g_autofree char *msg_id = g_strdup_printf ("%s-%u", writer->prefix, writer->next++);
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "你好 crash");

  wt_message_store_add_async (writer->db, writer->group, message, NULL, NULL, on_added, writer);
}

static int
run_writer (const char *path, const char *prefix)
{
  g_autoptr (WtDatabase) db = wt_database_new (path);
  g_autoptr (GError) error = NULL;
  Writer writer = { .prefix = prefix, .db = db };

  wt_store_test_open (db, &error);
  g_assert_no_error (error);
  writer.group = wt_store_test_new_group (1, "g");
  for (int i = 0; i < 20; i++)
    add_one (&writer);
  for (;;)
    g_main_context_iteration (NULL, TRUE);

  return 0;
}

static void
read_lines (int fd, GHashTable *claimed, guint most)
{
  g_autoptr (GString) text = g_string_new (NULL);
  guint lines = 0;
  char buffer[4096];

  for (;;)
    {
      gssize length = read (fd, buffer, most == 0 ? sizeof buffer : 64);
      char *newline = NULL;

      if (length < 0 && errno == EINTR)
        continue;
      if (length <= 0)
        break;
      g_string_append_len (text, buffer, length);
      while ((newline = strchr (text->str, '\n')) != NULL)
        {
          g_hash_table_add (claimed, g_strndup (text->str, (gsize) (newline - text->str)));
          g_string_erase (text, 0, newline - text->str + 1);
          lines++;
        }
      /* Not in the middle of a line, or its other half is taken for a whole one. */
      if (most != 0 && lines >= most && text->len == 0)
        break;
    }
}

static void
run_and_kill (WtStoreFixture *fixture, const char *prefix, GHashTable *claimed)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  char *argv[] = { program, (char *) WRITER_OPTION, fixture->path, (char *) prefix, NULL };
  g_autoptr (GError) error = NULL;
  GPid pid = 0;
  int out = -1;
  int status = 0;
  /* The writer goes on while it is being killed: where in its next transaction that meets it, nobody knows. */
  guint lines = (guint) g_test_rand_int_range (1, 400);

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            &out, NULL, &error);
  g_assert_no_error (error);
  read_lines (out, claimed, lines);
  g_assert_cmpint (kill (pid, SIGKILL), ==, 0);
  read_lines (out, claimed, 0);
  close (out);
  g_assert_cmpint (waitpid (pid, &status, 0), ==, pid);
  g_assert_true (WIFSIGNALED (status));
  g_assert_cmpint (WTERMSIG (status), ==, SIGKILL);
}

static void
assert_all_there (WtStoreFixture *fixture, GHashTable *claimed)
{
  g_autofree char *integrity = wt_store_test_query_text (fixture->db, "PRAGMA integrity_check");
  gint64 stored = wt_store_test_query (fixture->db, "SELECT count(*) FROM message");
  GHashTableIter iter;
  gpointer msg_id = NULL;

  g_assert_cmpstr (integrity, ==, "ok");
  g_hash_table_iter_init (&iter, claimed);
  while (g_hash_table_iter_next (&iter, &msg_id, NULL))
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM message WHERE msg_id = '%s'",
                                              (char *) msg_id);

      g_assert_cmpint (wt_store_test_query (fixture->db, sql), ==, 1);
    }
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT last_seq FROM conversation"), ==,
                   stored);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT max(seq) FROM message"), ==, stored);
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT unread FROM conversation"), ==,
                   stored);
  g_assert_cmpint (
      wt_store_test_query (
          fixture->db, "SELECT count(*) FROM message_search WHERE message_search MATCH 'crash'"),
      ==, stored);
}

static void
test_kill (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GHashTable) claimed = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  g_assert_cmpint (fixture->account_id, ==, 1);
  for (int round = 0; round < ROUNDS; round++)
    {
      g_autofree char *prefix = g_strdup_printf ("r%d", round);
      guint before = g_hash_table_size (claimed);

      wt_database_close (fixture->db);
      run_and_kill (fixture, prefix, claimed);
      g_assert_cmpint (g_hash_table_size (claimed), >, before);
      wt_store_test_reopen (fixture);
      assert_all_there (fixture, claimed);
    }
  g_test_message ("%u messages, all there", g_hash_table_size (claimed));
}

static int
run_deleter (const char *path)
{
  g_autoptr (WtDatabase) db = wt_database_new (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WtDeletedMessages) deleted = NULL;
  g_autoptr (GError) error = NULL;
  gint64 seqs[MANY];

  wt_store_test_open (db, &error);
  g_assert_no_error (error);
  for (guint i = 0; i < MANY; i++)
    seqs[i] = i + 1;
  if (write (STDOUT_FILENO, "now\n", 4) < 0)
    exit (2);
  wt_message_store_delete_many_async (db, 1, seqs, MANY, NULL, wt_store_test_on_ready, &result);
  wt_store_test_wait (&result);
  deleted = wt_message_store_delete_many_finish (db, result, &error);
  g_assert_no_error (error);
  if (write (STDOUT_FILENO, "done\n", 5) < 0)
    exit (2);
  wt_database_close (db);
  return 0;
}

/* Returns: whether it was done before it was killed */
static gboolean
delete_and_kill (WtStoreFixture *fixture, guint microseconds)
{
  g_autofree char *program = g_file_read_link ("/proc/self/exe", NULL);
  char *argv[] = { program, (char *) DELETER_OPTION, fixture->path, NULL };
  g_autoptr (GHashTable) said = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GError) error = NULL;
  GPid pid = 0;
  int out = -1;

  g_spawn_async_with_pipes (NULL, argv, NULL, G_SPAWN_DO_NOT_REAP_CHILD, NULL, NULL, &pid, NULL,
                            &out, NULL, &error);
  g_assert_no_error (error);
  read_lines (out, said, 1);
  g_usleep (microseconds);
  kill (pid, SIGKILL);
  read_lines (out, said, 0);
  close (out);
  g_assert_cmpint (waitpid (pid, NULL, 0), ==, pid);
  return g_hash_table_contains (said, "done");
}

/* Killed while many messages are deleted: all are there, also in the index, or none. */
static void
test_kill_deleting (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (1, "g");
  guint gone = 0;

  for (guint i = 0; i < MANY; i++)
    {
      g_autofree char *msg_id = g_strdup_printf ("m%u", i);
      g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "你好 crash");

      message->id = 0;
      wt_stored_message_free (wt_store_test_add (fixture->db, group, message, NULL, NULL));
    }
  for (guint round = 0; round < ROUNDS * 3 && gone == 0; round++)
    {
      gint64 deleted;
      gboolean done;

      wt_database_close (fixture->db);
      /* In small steps where most machines are at it; a slow one gets its time, too. */
      done = delete_and_kill (fixture,
                              round < ROUNDS * 2 ? round * 3000u : 48000u << (round - ROUNDS * 2));
      wt_store_test_reopen (fixture);
      deleted = wt_store_test_query (fixture->db, "SELECT sum (deleted) FROM message");
      g_assert_true (deleted == MANY || (deleted == 0 && !done));
      gone = (guint) deleted;
      g_assert_cmpint (
          wt_store_test_query (
              fixture->db,
              "SELECT count(*) FROM message_search WHERE message_search MATCH 'crash'"),
          ==, MANY - deleted);
      g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT unread FROM conversation"), ==,
                       MANY - deleted);
    }
  g_assert_cmpuint (gone, ==, MANY);
}

int
main (int argc, char **argv)
{
  if (argc == 3 && g_str_equal (argv[1], DELETER_OPTION))
    return run_deleter (argv[2]);
  if (argc == 4 && g_str_equal (argv[1], WRITER_OPTION))
    return run_writer (argv[2], argv[3]);

  g_test_init (&argc, &argv, NULL);
  g_test_add ("/crash/kill", WtStoreFixture, NULL, wt_store_test_set_up, test_kill,
              wt_store_test_tear_down);
  g_test_add ("/crash/kill-deleting", WtStoreFixture, NULL, wt_store_test_set_up,
              test_kill_deleting, wt_store_test_tear_down);

  return g_test_run ();
}
