/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-cli-test.h"

#define URL "--url", "ws://127.0.0.1:1/ws"
#define WHO URL, "--key-env", "WT_TEST_BOB"

/* Each command line, its exit status, and what is said about it on standard error, or on standard output where the status is 0. */
static const struct
{
  const char *name;
  const char *arguments[14];
  int status;
  const char *says;
} rows[] = {
  { "nothing", { NULL }, 2, "--help" },
  { "help", { "--help" }, 0, "doctor" },
  { "version", { "--version" }, 0, "wheatear-cli 0." },
  { "unknown-command", { "sing" }, 2, "“sing” is no command" },
  { "send-help", { "send", "--help" }, 0, "--key-file" },
  { "send-help-with-mistakes", { "send", "--nonsense", "--help" }, 0, "--to-platform" },
  { "listen-help", { "listen", "-h" }, 0, "--json" },
  { "doctor-help", { "doctor", "--help" }, 0, "step by step" },
  { "account-help", { "account", "--help" }, 0, "remove" },
  { "account-add-help", { "account", "add", "--help" }, 0, "--target-file" },
  { "account-list-help", { "account", "list", "--help" }, 0, "--json" },
  { "account-remove-help", { "account", "remove", "--help" }, 0, "--yes" },
  { "history-help", { "history", "--help" }, 0, "--limit" },
  { "search-help", { "search", "--help" }, 0, "TEXT" },
  { "export-help", { "export", "--help" }, 0, "--format" },
  { "unknown-option", { "send", "--nonsense" }, 2, "--nonsense" },
  { "nobody", { "send", "--to", "x", "x" }, 2, "Say who connects" },
  { "no-target", { "send", WHO, "x" }, 2, "--to" },
  { "no-text", { "send", WHO, "--to", "x" }, 2, "nothing to send" },
  { "empty-text", { "send", WHO, "--to", "x", "" }, 2, "empty" },
  { "two-texts", { "send", WHO, "--to", "x", "a", "b" }, 2, "one TEXT only" },
  { "url", { "send", "--url", "http//x", "--to", "x", "x" }, 2, "wheatear-cli: " },
  { "url-scheme", { "doctor", "--url", "ftp://x/ws" }, 2, "ws://" },
  { "platform", { "doctor", WHO, "--platform", "a b" }, 2, "single word" },
  { "key-file", { "send", URL, "--key-file", "/nowhere/k", "--to", "x", "x" }, 2, "/nowhere/k" },
  { "key-env",
    { "send", URL, "--key-env", "WT_TEST_UNSET", "--to", "x", "x" },
    2,
    "WT_TEST_UNSET" },
  { "key-twice", { "send", WHO, "--key", "secret-key-1", "--to", "x", "x" }, 2, "in one way" },
  { "key-broken", { "doctor", URL, "--key", "secret\nkey" }, 2, "line break" },
  { "auth", { "doctor", WHO, "--auth", "body" }, 2, "header or query" },
  { "dialect", { "doctor", WHO, "--dialect", "klingon" }, 2, "maibot or guide" },
  { "fingerprint", { "doctor", WHO, "--trust", "12" }, 2, "SHA-256" },
  { "count", { "send", WHO, "--to", "x", "--count", "0", "x" }, 2, "--count" },
  { "rate", { "send", WHO, "--to", "x", "--rate", "-1", "x" }, 2, "--rate" },
  { "count-word", { "listen", WHO, "--count", "many" }, 2, "many" },
  { "group-name", { "send", WHO, "--to", "x", "--group-name", "g", "x" }, 2, "--group" },
  { "listen-words", { "listen", WHO, "x" }, 2, "options only" },
  { "account-and-url", { "send", WHO, "--account", "a", "--to", "x", "x" }, 2, "--url is not for" },
  { "profile-alone", { "listen", WHO, "--profile", "x" }, 2, "--account" },
  { "no-profile",
    { "listen", "--account", "a", "--profile", "/nowhere" },
    1,
    "no profile in /nowhere" },
  { "account-nothing", { "account" }, 2, "account add" },
  { "account-unknown", { "account", "burn" }, 2, "burn" },
  { "account-add-url", { "account", "add" }, 2, "--url is missing" },
  { "account-remove-name", { "account", "remove" }, 2, "NAME is missing" },
  { "history-name", { "history" }, 2, "CONVERSATION is missing" },
  { "search-text", { "search" }, 2, "TEXT is missing" },
  { "export-what", { "export", "--format", "jsonl", "--output", "x" }, 2, "--all" },
  { "export-both", { "export", "--all", "x", "--format", "jsonl", "--output", "x" }, 2, "--all" },
  { "export-format",
    { "export", "--all", "--format", "pdf", "--output", "x" },
    2,
    "jsonl or markdown" },
  { "export-output", { "export", "--all", "--format", "jsonl" }, 2, "--output is missing" },
};

static void
test_row (WtCliTest *test, gconstpointer data)
{
  gsize i = GPOINTER_TO_SIZE (data);
  g_autoptr (WtCliChild) child = wt_cli_child_start_with (test, NULL, rows[i].arguments);

  wt_cli_assert_status (child, rows[i].status);
  wt_cli_assert_says (rows[i].status == 0 ? child->output : child->errors, rows[i].says);
  g_assert_null (strstr (child->errors, "secret"));
  g_assert_cmpstr (rows[i].status == 0 ? child->errors : child->output, ==, "");
}

/* The words are in UTF-8, whatever the locale is. */
static void
test_plain_locale (WtCliTest *test, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = wt_cli_child_new_launcher (
      test, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GError) error = NULL;

  g_subprocess_launcher_setenv (launcher, "LC_ALL", "C", TRUE);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("WT_TEST_CLI_PROGRAM"), "send",
                                         "--url", test->url, "--key-file", test->alice, "--to", BOB,
                                         "--nickname", "爱丽丝", "你好", NULL);
  g_assert_no_error (error);
  wt_test_wait_until (test->received->len > 0);
  g_assert_cmpstr (test->received->str, ==, "[你好]");
  wt_test_wait_until (wt_api_server_get_n_connections (test->server) == 0);
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/cli/usage/", rows[i].name, NULL);

      g_test_add (path, WtCliTest, GSIZE_TO_POINTER (i), wt_cli_test_set_up, test_row,
                  wt_cli_test_tear_down);
    }
  g_test_add ("/cli/usage/plain-locale", WtCliTest, NULL, wt_cli_test_set_up, test_plain_locale,
              wt_cli_test_tear_down);
  return g_test_run ();
}
