/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* memmem() */

#include <glib/gstdio.h>
#include <json-glib/json-glib.h>
#include <string.h>

#include "wt-cli-test.h"
#include "wt-profile.h"

#define TEXT(text) "{\"type\":\"text\",\"data\":\"" text "\"}"
#define HOSTILE "\\u001b[2J \\u009b31m \\u202etxt \\r\\n# x <b> \\u2028 ../../../etc"
#define PNG                                                                                        \
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+"                                  \
  "M9QDwADhgGAWjR9awAAAABJRU5ErkJggg=="

static void
add_account (WtCliTest *test, const char *name)
{
  g_autoptr (WtCliChild) child = wt_cli_child_run (
      test, "account", "add", name, "--url", test->url, "--key-file", test->alice, "--user-id",
      "alice-id", "--nickname", "Alice", "--profile", test->profile, NULL);

  wt_cli_assert_status (child, 0);
  wt_cli_assert_says (child->output, "Added account ");
  wt_cli_assert_says (child->errors, "secrets.ini, which only you can read");
}

/* Text, a picture and a file, in a direct chat and in a group. */
static void
fill (WtCliTest *test)
{
  g_autoptr (WtCliChild) listener = NULL;
  g_autoptr (WtCliChild) sender = NULL;

  add_account (test, "Work");
  listener = wt_cli_child_start (test, "listen", "--account", "Work", "--profile", test->profile,
                                 "--count", "4", NULL);
  wt_test_wait_until (wt_api_server_get_n_connections (test->server) == 1);
  wt_cli_test_say (test, "1", "\"Bob\"", NULL, TEXT ("good morning, 早上好"));
  wt_cli_test_say (test, "2", "\"Bob\"", NULL,
                   "{\"type\":\"seglist\",\"data\":[{\"type\":\"image\",\"data\":\"" PNG
                   "\"},{\"type\":\"file\",\"data\":{\"name\":\"../../evil\\u202e.sh\",\"base64\":"
                   "\"aGVsbG8=\"}}]}");
  wt_cli_test_say (test, "3", "\"" HOSTILE "\"", "\"" HOSTILE "\"", TEXT (HOSTILE));
  wt_cli_test_say (test, "4", "\"Bob\"", "\"Friends\"", TEXT ("to all"));
  wt_cli_assert_status (listener, 0);
  wt_test_wait_until (test->acks == 4);
  sender = wt_cli_child_run (test, "send", "--account", "Work", "--profile", test->profile, "--to",
                             "Bob", "an answer", NULL);
  wt_cli_assert_status (sender, 0);
  g_assert_cmpstr (test->received->str, ==, "[an answer]");
}

static char *
read_database (WtCliTest *test, gsize *length)
{
  g_autofree char *path = g_build_filename (test->profile, "wheatear.db", NULL);
  char *contents;

  g_assert_true (g_file_get_contents (path, &contents, length, NULL));
  return contents;
}

static void
test_accounts (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) again = NULL;
  g_autoptr (WtCliChild) list = NULL;
  g_autoptr (WtCliChild) json = NULL;
  g_autoptr (WtCliChild) unknown = NULL;
  g_autoptr (WtCliChild) removed = NULL;
  g_autoptr (WtCliChild) left = NULL;
  g_autofree char *line = g_strdup_printf ("1\tWork\t%s\twheatear-cli\talice-id\n", test->url);
  g_autofree char *secrets = g_build_filename (test->profile, "secrets.ini", NULL);
  GStatBuf info;

  add_account (test, "Work");
  g_assert_cmpint (g_stat (secrets, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_stat (test->profile, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0700);
  again = wt_cli_child_run (test, "account", "add", "Work", "--url", test->url, "--key-file",
                            test->alice, "--profile", test->profile, NULL);
  wt_cli_assert_status (again, 1);
  wt_cli_assert_says (again->errors, "already");
  add_account (test, "Home");
  list = wt_cli_child_run (test, "account", "list", "--profile", test->profile, NULL);
  wt_cli_assert_status (list, 0);
  g_assert_true (g_str_has_prefix (list->output, line));
  wt_cli_assert_says (list->output, "\n2\tHome\t");
  json = wt_cli_child_run (test, "account", "list", "--json", "--profile", test->profile, NULL);
  wt_cli_assert_says (json->output, "\"name\":\"Work\"");
  g_assert_null (strstr (json->output, ALICE));

  unknown = wt_cli_child_run (test, "account", "remove", "Nobody", "--profile", test->profile,
                              NULL);
  wt_cli_assert_status (unknown, 1);
  wt_cli_assert_says (unknown->errors, "There is no account “Nobody”. There is: “Work”, “Home”.");
  removed = wt_cli_child_run (test, "account", "remove", "1", "--profile", test->profile, NULL);
  wt_cli_assert_status (removed, 0);
  left = wt_cli_child_run (test, "account", "list", "--profile", test->profile, NULL);
  g_assert_true (g_str_has_prefix (left->output, "2\tHome\t"));
}

static void
test_read (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) history = NULL;
  g_autoptr (WtCliChild) last = NULL;
  g_autoptr (WtCliChild) json = NULL;
  g_autoptr (WtCliChild) unknown = NULL;
  g_autoptr (WtCliChild) chinese = NULL;
  g_autoptr (WtCliChild) none = NULL;
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  gsize length_before;
  gsize length_after;

  fill (test);
  before = read_database (test, &length_before);
  history = wt_cli_child_run (test, "history", "Bob", "--profile", test->profile, NULL);
  wt_cli_assert_status (history, 0);
  wt_cli_assert_says (history->output, "\tBob: good morning, 早上好\n");
  wt_cli_assert_says (history->output, "\tAlice: an answer\n");
  g_assert_null (strstr (history->output, "to all"));
  last = wt_cli_child_run (test, "history", "bob-id", "--limit", "1", "--profile", test->profile,
                           NULL);
  g_assert_null (strstr (last->output, "good morning"));
  wt_cli_assert_says (last->output, "an answer");
  json = wt_cli_child_run (test, "history", "Bob", "--json", "--profile", test->profile, NULL);
  wt_cli_assert_status (json, 0);
  wt_cli_assert_safe (json->output, json->output_length);
  wt_cli_assert_says (json->output, "\"delivery\":\"acked\"");
  unknown = wt_cli_child_run (test, "history", "Nobody", "--profile", test->profile, NULL);
  wt_cli_assert_status (unknown, 1);
  wt_cli_assert_says (unknown->errors, "There is no such conversation.");
  wt_cli_assert_says (unknown->errors, "“Bob”");
  chinese = wt_cli_child_run (test, "search", "早上", "--profile", test->profile, NULL);
  wt_cli_assert_status (chinese, 0);
  wt_cli_assert_says (chinese->output, "\tBob\tBob: good morning");
  none = wt_cli_child_run (test, "search", "unsaid", "--profile", test->profile, NULL);
  wt_cli_assert_status (none, 0);
  g_assert_cmpstr (none->output, ==, "");
  after = read_database (test, &length_after);
  g_assert_cmpmem (before, length_before, after, length_after);
}

/* While the window has it open and is online. */
static void
test_window_open (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtProfile) profile = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WtCliChild) history = NULL;
  g_autoptr (WtCliChild) sender = NULL;
  g_autoptr (WtCliChild) later = NULL;

  fill (test);
  profile = wt_profile_new (test->profile);
  wt_profile_open_async (profile, NULL, wt_cli_test_keep_result, &result);
  wt_test_wait_until (result != NULL);
  g_assert_true (wt_profile_open_finish (profile, result, NULL));
  wt_profile_start (profile);
  wt_test_wait_until (wt_api_server_get_n_connections (test->server) == 1);
  wt_cli_test_say (test, "9", "\"Bob\"", NULL, TEXT ("while it is open"));
  wt_test_wait_until (test->acks == 5);
  history = wt_cli_child_run (test, "history", "Bob", "--profile", test->profile, NULL);
  wt_cli_assert_status (history, 0);
  wt_cli_assert_says (history->output, "while it is open");
  sender = wt_cli_child_run (test, "send", "--account", "Work", "--profile", test->profile, "--to",
                             "Bob", "from the terminal", NULL);
  wt_cli_assert_status (sender, 0);
  wt_cli_test_say (test, "10", "\"Bob\"", NULL, TEXT ("and after it"));
  wt_test_wait_until (test->acks == 6);
  later = wt_cli_child_run (test, "search", "after", "--in", "Bob", "--profile", test->profile,
                            NULL);
  wt_cli_assert_says (later->output, "and after it");
  wt_profile_close (profile);
}

static void
test_hostile (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) found = NULL;
  g_autoptr (WtCliChild) json = NULL;
  g_autoptr (WtCliChild) unknown = NULL;

  fill (test);
  found = wt_cli_child_run (test, "search", "txt", "--profile", test->profile, NULL);
  wt_cli_assert_status (found, 0);
  wt_cli_assert_says (found->output, "\\x1b[2J");
  wt_cli_assert_safe (found->output, found->output_length);
  json = wt_cli_child_run (test, "search", "txt", "--json", "--profile", test->profile, NULL);
  wt_cli_assert_status (json, 0);
  wt_cli_assert_says (json->output, "\\u001b[2J");
  wt_cli_assert_safe (json->output, json->output_length);
  /* All the titles are in what it says. */
  unknown = wt_cli_child_run (test, "history", "Nobody", "--profile", test->profile, NULL);
  wt_cli_assert_says (unknown->errors, "\\x1b[2J");
  wt_cli_assert_safe (unknown->errors, strlen (unknown->errors));
}

static char *
read_file (const char *folder, const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  char *contents = NULL;

  if (!g_file_get_contents (path, &contents, NULL, NULL))
    g_error ("there is no %s", path);
  return contents;
}

static void
check_lines (const char *text)
{
  g_auto (GStrv) lines = g_strsplit (text, "\n", -1);

  for (char **line = lines; **line != '\0'; line++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = json_from_string (*line, &error);
      JsonObject *object;

      g_assert_no_error (error);
      object = json_node_get_object (root);
      g_assert_cmpint (json_object_get_int_member (object, "position"), ==, line - lines + 1);
    }
}

static void
test_export_json (WtCliTest *test, gconstpointer data)
{
  g_autofree char *output = g_build_filename (test->folder, "out", "jsonl", NULL);
  g_autoptr (WtCliChild) all = NULL;
  g_autoptr (WtCliChild) again = NULL;
  g_autofree char *bob = NULL;
  g_autofree char *same = NULL;
  g_autofree char *file = NULL;
  g_autofree char *whole = NULL;
  gsize length;

  fill (test);
  all = wt_cli_child_run (test, "export", "--all", "--format", "jsonl", "--output", output,
                          "--profile", test->profile, NULL);
  wt_cli_assert_status (all, 0);
  wt_cli_assert_safe (all->output, all->output_length);
  bob = read_file (output, "Bob.jsonl");
  wt_cli_assert_safe (bob, strlen (bob));
  check_lines (bob);
  wt_cli_assert_says (bob, "\"file\":\"Bob-files/image.png\"");
  file = read_file (output, "Bob-files/evil.sh");
  g_assert_cmpstr (file, ==, "hello");

  /* Nothing is written over. */
  again = wt_cli_child_run (test, "export", "Bob", "--format", "jsonl", "--output", output,
                            "--profile", test->profile, NULL);
  wt_cli_assert_status (again, 0);
  wt_cli_assert_says (again->output, "Bob-2.jsonl");
  same = read_file (output, "Bob.jsonl");
  g_assert_cmpstr (bob, ==, same);
  whole = wt_cli_test_read_all (output, &length);
  g_assert_null (memmem (whole, length, ALICE, strlen (ALICE)));
  g_assert_null (memmem (whole, length, BOB, strlen (BOB)));
}

static void
test_export_markdown (WtCliTest *test, gconstpointer data)
{
  g_autofree char *output = g_build_filename (test->folder, "out", NULL);
  g_autoptr (WtCliChild) all = NULL;
  g_autofree char *bob = NULL;
  g_autofree char *whole = NULL;
  gsize length;

  fill (test);
  all = wt_cli_child_run (test, "export", "--all", "--format", "markdown", "--output", output,
                          "--account", "Work", "--profile", test->profile, NULL);
  wt_cli_assert_status (all, 0);
  bob = read_file (output, "Bob.md");
  g_assert_true (g_str_has_prefix (bob, "# Bob\n"));
  wt_cli_assert_says (bob, "good morning, 早上好");
  wt_cli_assert_says (bob, "![image.png](Bob-files/image.png)");
  wt_cli_assert_says (bob, "**Alice**");
  whole = wt_cli_test_read_all (output, &length);
  g_assert_null (memmem (whole, length, "\033", 1));
  g_assert_null (memmem (whole, length, "\342\200\256", 3));
  g_assert_nonnull (memmem (whole, length, "\\<b\\>", 5));
  g_assert_null (memmem (whole, length, BOB, strlen (BOB)));
}

/* A symbolic link that waits in the folder is not followed. */
static void
test_export_link (WtCliTest *test, gconstpointer data)
{
  g_autofree char *output = g_build_filename (test->folder, "out", NULL);
  g_autofree char *link = g_build_filename (output, "Bob.md", NULL);
  g_autofree char *victim = wt_cli_test_write (test, "victim", "untouched", -1);
  g_autofree char *contents = NULL;
  g_autoptr (WtCliChild) child = NULL;
  g_autoptr (GFile) file = g_file_new_for_path (link);

  fill (test);
  g_assert_cmpint (g_mkdir (output, 0700), ==, 0);
  g_assert_true (g_file_make_symbolic_link (file, victim, NULL, NULL));
  child = wt_cli_child_run (test, "export", "Bob", "--format", "markdown", "--output", output,
                            "--profile", test->profile, NULL);
  wt_cli_assert_status (child, 0);
  wt_cli_assert_says (child->output, "Bob-2.md");
  g_assert_true (g_file_get_contents (victim, &contents, NULL, NULL));
  g_assert_cmpstr (contents, ==, "untouched");
}

static void
test_send_by_name (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) unknown = NULL;
  g_autoptr (WtCliChild) key = NULL;
  g_autoptr (WtCliChild) platform = NULL;
  g_autofree char *whole = NULL;
  gsize length;

  fill (test);
  unknown = wt_cli_child_run (test, "send", "--account", "Nobody", "--profile", test->profile,
                              "--to", "Bob", "x", NULL);
  wt_cli_assert_status (unknown, 1);
  wt_cli_assert_says (unknown->errors, "There is no account “Nobody”");
  key = wt_cli_child_run (test, "send", "--account", "1", "--profile", test->profile, "--to",
                          "a-third-secret-key", "x", NULL);
  wt_cli_assert_status (key, 0);
  wt_cli_assert_says (key->errors, "it is taken as a key");
  g_assert_null (strstr (key->errors, "a-third-secret-key"));
  platform = wt_cli_child_run (test, "send", "--account", "Work", "--profile", test->profile,
                               "--to", "Bob", "--to-platform", "p", "x", NULL);
  wt_cli_assert_status (platform, 2);

  /* Keys are in one place only. */
  g_autofree char *secrets = g_build_filename (test->profile, "secrets.ini", NULL);

  g_unlink (secrets);
  whole = wt_cli_test_read_all (test->profile, &length);
  g_assert_nonnull (memmem (whole, length, "good morning", 12));
  g_assert_null (memmem (whole, length, "a-third-secret-key", 18));
  g_assert_null (memmem (whole, length, ALICE, strlen (ALICE)));
}

static void
test_stays_queued (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = NULL;
  g_autoptr (WtCliChild) history = NULL;

  fill (test);
  wt_cli_test_set_fault (test, "drop-ack=1");
  child = wt_cli_child_run (test, "send", "--account", "Work", "--profile", test->profile, "--to",
                            "Bob", "--timeout", "1", "in vain", NULL);
  wt_cli_assert_status (child, 1);
  wt_cli_assert_says (child->errors, "stays queued");
  history = wt_cli_child_run (test, "history", "Bob", "--profile", test->profile, NULL);
  wt_cli_assert_says (history->output, "Alice: in vain (");
}

static void
test_doctor (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = NULL;

  add_account (test, "Work");
  child = wt_cli_child_run (test, "doctor", "--account", "Work", "--profile", test->profile, NULL);
  wt_cli_assert_status (child, 0);
}

/* The schema's number in the file's header. */
static void
test_newer_schema (WtCliTest *test, gconstpointer data)
{
  const char *const commands[][6] = {
    { "history", "Bob" },
    { "search", "x" },
    { "account", "list" },
    { "listen", "--account", "Work" },
  };
  g_autofree char *path = g_build_filename (test->profile, "wheatear.db", NULL);
  g_autofree char *contents = NULL;
  g_autofree char *after = NULL;
  gsize length;
  gsize length_after;

  add_account (test, "Work");
  contents = read_database (test, &length);
  contents[60 + 3] = 99;
  g_assert_true (g_file_set_contents (path, contents, (gssize) length, NULL));
  for (gsize i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *arguments[8] = { NULL };
      guint n = 0;
      g_autoptr (WtCliChild) child = NULL;

      for (; commands[i][n] != NULL; n++)
        arguments[n] = commands[i][n];
      arguments[n++] = "--profile";
      arguments[n++] = test->profile;
      child = wt_cli_child_start_with (test, NULL, arguments);
      wt_cli_assert_status (child, 1);
      wt_cli_assert_says (child->errors, "newer version of Wheatear");
    }
  after = read_database (test, &length_after);
  g_assert_cmpmem (contents, length, after, length_after);
}

static void
test_not_a_database (WtCliTest *test, gconstpointer data)
{
  g_autofree char *path = g_build_filename (test->profile, "wheatear.db", NULL);
  g_autoptr (WtCliChild) child = NULL;

  g_assert_cmpint (g_mkdir (test->profile, 0700), ==, 0);
  g_assert_true (g_file_set_contents (path, "not a database", -1, NULL));
  child = wt_cli_child_run (test, "history", "Bob", "--profile", test->profile, NULL);
  wt_cli_assert_status (child, 1);
  wt_cli_assert_says (child->errors, "damaged, or is not Wheatear's");
}

#define ADD(path, func)                                                                            \
  g_test_add ("/cli/profile/" path, WtCliTest, NULL, wt_cli_test_set_up, func,                     \
              wt_cli_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("accounts", test_accounts);
  ADD ("read", test_read);
  ADD ("window-open", test_window_open);
  ADD ("hostile", test_hostile);
  ADD ("export-json", test_export_json);
  ADD ("export-markdown", test_export_markdown);
  ADD ("export-link", test_export_link);
  ADD ("send-by-name", test_send_by_name);
  ADD ("stays-queued", test_stays_queued);
  ADD ("doctor", test_doctor);
  ADD ("newer-schema", test_newer_schema);
  ADD ("not-a-database", test_not_a_database);
  return g_test_run ();
}
