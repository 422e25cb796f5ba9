/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sqlite3.h>

#include "wt-blobs.h"
#include "wt-cli-test.h"
#include "wt-segment.h"

static WtCliChild *
generate (WtCliTest *test, const char *profile, const char *seed, const char *messages)
{
  return wt_cli_child_run (test, "generate", "--messages", messages, "--conversations", "30",
                           "--in-one", "200", "--seed", seed, "--profile", profile, NULL);
}

static char *
ask (const char *profile, const char *sql)
{
  g_autofree char *path = g_build_filename (profile, "wheatear.db", NULL);
  GString *answer = g_string_new (NULL);
  sqlite3 *handle = NULL;
  sqlite3_stmt *statement = NULL;

  g_assert_cmpint (sqlite3_open_v2 (path, &handle, SQLITE_OPEN_READONLY, NULL), ==, SQLITE_OK);
  if (sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) != SQLITE_OK)
    g_error ("%s: %s", sql, sqlite3_errmsg (handle));
  while (sqlite3_step (statement) == SQLITE_ROW)
    for (int i = 0; i < sqlite3_column_count (statement); i++)
      {
        const char *text = (const char *) sqlite3_column_text (statement, i);

        g_string_append_printf (answer, "%s|", text != NULL ? text : "");
      }
  sqlite3_finalize (statement);
  sqlite3_close (handle);
  return g_string_free (answer, FALSE);
}

static void
check (const char *profile, const char *sql, const char *expected)
{
  g_autofree char *answer = ask (profile, sql);

  if (!g_str_equal (answer, expected))
    g_error ("%s: %s, not %s", sql, answer, expected);
}

/* Counted by somebody else than the store that counted them. */
static void
test_invariants (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = generate (test, test->profile, "5", "1500");
  const char *const p = test->profile;

  wt_cli_assert_status (child, 0);
  wt_cli_assert_says (child->errors, "Made 1500 messages in 30 conversations");
  check (p, "PRAGMA integrity_check", "ok|");
  check (p, "PRAGMA foreign_key_check", "");
  check (p, "SELECT count(*) FROM message", "1500|");
  check (p, "SELECT count(*) FROM conversation", "30|");
  check (p, "SELECT count(*) >= 200 FROM message WHERE conversation_id = 1", "1|");
  check (p, "SELECT min(last_seq) >= 1 FROM conversation", "1|");
  check (p,
         "SELECT count(*) FROM conversation c WHERE last_seq <> (SELECT count(*) FROM message m"
         " WHERE m.conversation_id = c.id) OR last_seq <> (SELECT max(seq) FROM message m"
         " WHERE m.conversation_id = c.id)",
         "0|");
  check (p,
         "SELECT count(*) FROM conversation c WHERE last_time <> (SELECT time FROM message m"
         " WHERE m.conversation_id = c.id AND seq = last_seq) OR unread <> (SELECT count(*) FROM"
         " message m WHERE m.conversation_id = c.id AND seq > read_seq AND direction = 0)"
         " OR mentions <> (SELECT count(*) FROM message m WHERE m.conversation_id = c.id"
         " AND seq > read_seq AND direction = 0 AND mentions_me)",
         "0|");
  check (p,
         "SELECT count(*) FROM message a JOIN message b ON b.id = a.id + 1 WHERE b.time < a.time",
         "0|");
  check (p,
         "SELECT count(*) FROM (SELECT conversation_id, author_id FROM message WHERE direction = 0"
         " EXCEPT SELECT conversation_id, user_id FROM member)",
         "0|");
  check (p, "SELECT count(*) FROM account WHERE enabled", "0|");
  check (p, "SELECT count(*) > 20, count(DISTINCT blob) > 5 FROM attachment WHERE state = 0",
         "1|1|");
  check (p, "SELECT count(*) > 0 FROM conversation WHERE unread > 0", "1|");
  check (p, "SELECT count(DISTINCT kind) FROM conversation", "2|");
}

/* What is found, is found by the program itself; each blob is where it is said to be. */
static void
test_usable (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = generate (test, test->profile, "5", "1500");
  g_autoptr (WtCliChild) chinese = NULL;
  g_autoptr (WtCliChild) prefix = NULL;
  g_autoptr (WtCliChild) history = NULL;
  g_autofree char *folder = g_build_filename (test->profile, "blobs", NULL);
  g_autoptr (WtBlobs) blobs = wt_blobs_new (folder);
  g_autofree char *names = NULL;
  g_auto (GStrv) list = NULL;
  GStatBuf info;

  wt_cli_assert_status (child, 0);
  chinese = wt_cli_child_run (test, "search", "小麦", "--profile", test->profile, NULL);
  wt_cli_assert_status (chinese, 0);
  wt_cli_assert_says (chinese->output, "小麦");
  prefix = wt_cli_child_run (test, "search", "harv", "--profile", test->profile, NULL);
  wt_cli_assert_says (prefix->output, "harvest");
  history = wt_cli_child_run (test, "history", "100000", "--profile", test->profile, NULL);
  wt_cli_assert_status (history, 0);
  names = ask (test->profile, "SELECT DISTINCT blob FROM attachment WHERE blob IS NOT NULL");
  list = g_strsplit (names, "|", -1);
  for (guint i = 0; list[i] != NULL && *list[i] != '\0'; i++)
    {
      g_autofree char *path = wt_blobs_get_path (blobs, list[i]);

      g_assert_cmpint (g_stat (path, &info), ==, 0);
      g_assert_cmpint (info.st_size, >, 100);
    }
}

static void
test_seed (WtCliTest *test, gconstpointer data)
{
  static const char all[]
      = "SELECT conversation_id, seq, direction, time, msg_id, digest, author_id, author_nickname,"
        " segments, mentions_me FROM message ORDER BY id";
  static const char chats[]
      = "SELECT peer_id, title, kind, pinned, archived, level, read_seq, draft FROM conversation";
  g_autofree char *other = g_build_filename (test->folder, "other", NULL);
  g_autoptr (WtCliChild) first = generate (test, test->profile, "7", "400");
  g_autoptr (WtCliChild) second = generate (test, other, "7", "400");
  g_autoptr (WtCliChild) third = NULL;
  g_autofree char *messages = NULL;
  g_autofree char *conversations = NULL;
  g_autofree char *different = NULL;

  wt_cli_assert_status (first, 0);
  wt_cli_assert_status (second, 0);
  messages = ask (test->profile, all);
  conversations = ask (test->profile, chats);
  check (other, all, messages);
  check (other, chats, conversations);

  /* A generated one is replaced. */
  third = generate (test, other, "8", "400");
  wt_cli_assert_status (third, 0);
  check (other, "SELECT count(*) FROM message", "400|");
  different = ask (other, all);
  g_assert_cmpstr (different, !=, messages);
}

static void
test_refused (WtCliTest *test, gconstpointer data)
{
  g_autofree char *database = g_build_filename (test->profile, "wheatear.db", NULL);
  g_autoptr (WtCliChild) account = wt_cli_child_run (test, "account", "add", "Mine", "--url",
                                                     test->url, "--key-file", test->alice,
                                                     "--profile", test->profile, NULL);
  g_autoptr (WtCliChild) child = NULL;
  g_autoptr (WtCliChild) none = NULL;
  g_autoptr (WtCliChild) no_profile = NULL;
  g_autoptr (WtCliChild) foreign = NULL;
  g_autofree char *before = NULL, *after = NULL;
  gsize length_before, length_after;

  wt_cli_assert_status (account, 0);
  g_assert_true (g_file_get_contents (database, &before, &length_before, NULL));
  child = generate (test, test->profile, "1", "300");
  wt_cli_assert_status (child, 1);
  wt_cli_assert_says (child->errors, "There are accounts of yours in");
  g_assert_true (g_file_get_contents (database, &after, &length_after, NULL));
  g_assert_cmpmem (before, length_before, after, length_after);

  none = generate (test, test->profile, "1", "0");
  wt_cli_assert_status (none, 2);
  no_profile = wt_cli_child_run (test, "generate", NULL);
  wt_cli_assert_status (no_profile, 2);
  wt_cli_assert_says (no_profile->errors, "--profile is missing.");

  /* Something else of that name is not touched either. */
  g_assert_true (g_file_set_contents (database, "not a database, but dear to somebody", -1, NULL));
  foreign = generate (test, test->profile, "1", "300");
  wt_cli_assert_status (foreign, 1);
  g_clear_pointer (&after, g_free);
  g_assert_true (g_file_get_contents (database, &after, NULL, NULL));
  g_assert_cmpstr (after, ==, "not a database, but dear to somebody");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name, function)                                                                        \
  g_test_add ("/cli/generate/" name, WtCliTest, NULL, wt_cli_test_set_up, function,                \
              wt_cli_test_tear_down)
  ADD ("invariants", test_invariants);
  ADD ("usable", test_usable);
  ADD ("seed", test_seed);
  ADD ("refused", test_refused);
  return g_test_run ();
}
