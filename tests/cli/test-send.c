/* SPDX-License-Identifier: GPL-3.0-or-later */
#define _GNU_SOURCE /* posix_openpt() */

#include <fcntl.h>
#include <glib-unix.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "wt-cli-test.h"
#include "wt-envelope.h"

#define SEND(test) "send", "--url", (test)->url, "--key-file", (test)->alice, "--to", BOB

static void
test_text (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = wt_cli_child_run (test, SEND (test), "hello 你好", NULL);

  wt_cli_assert_status (child, 0);
  wt_cli_assert_says (child->output, "acked after");
  g_assert_cmpstr (child->errors, ==, "");
  g_assert_cmpstr (test->received->str, ==, "[hello 你好]");
}

/* What the server got last. */
static void
keep_envelope (WtApiServer *server,
               const char *user,
               const char *platform,
               WtEnvelope *envelope,
               gpointer data)
{
  WtEnvelope **kept = data;

  g_clear_pointer (kept, wt_envelope_unref);
  *kept = wt_envelope_ref (envelope);
}

static void
test_parts (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtEnvelope) envelope = NULL;
  g_autofree char *file = wt_cli_test_write (test, "a file.txt", "contents", -1);
  g_autofree char *picture = wt_cli_test_write (
      test, "p.gif", "GIF89a\1\0\1\0\200\0\0\0\0\0\377\377\377,\0\0\0\0\1\0\1\0\0\2\2D\1\0;", 35);
  g_autoptr (WtCliChild) child = NULL;
  const WtPayload *payload;

  g_signal_connect (test->server, "received", G_CALLBACK (keep_envelope), &envelope);
  child = wt_cli_child_run (test, SEND (test), "--platform", "desk", "--to-platform", "other",
                            "--user-id", "me", "--nickname", "Me", "--group", "g1", "--group-name",
                            "The group", "--file", file, "--image", picture, "-f-text", NULL);
  wt_cli_assert_status (child, 2);
  g_clear_pointer (&child, wt_cli_child_free);
  child = wt_cli_child_run (test, SEND (test), "--platform", "desk", "--to-platform", "other",
                            "--user-id", "me", "--nickname", "Me", "--group", "g1", "--group-name",
                            "The group", "--file", file, "--image", picture, "--", "-text", NULL);
  wt_cli_assert_status (child, 0);
  g_signal_handlers_disconnect_by_data (test->server, &envelope);
  g_assert_cmpstr (wt_envelope_get_sender_user (envelope), ==, ALICE);
  payload = wt_envelope_get_payload (envelope);
  g_assert_cmpstr (payload->info->platform, ==, "desk");
  g_assert_cmpstr (payload->dim_api_key, ==, BOB);
  g_assert_cmpstr (payload->dim_platform, ==, "other");
  g_assert_cmpstr (payload->info->sender->user->user_id, ==, "me");
  g_assert_cmpstr (payload->info->sender->user->nickname, ==, "Me");
  g_assert_cmpstr (payload->info->sender->group->group_id, ==, "g1");
  g_assert_cmpstr (payload->info->sender->group->group_name, ==, "The group");
  g_assert_cmpuint (wt_segment_get_n_children (payload->segment), ==, 3);
  g_assert_cmpint (wt_segment_get_kind (wt_segment_get_child (payload->segment, 0)), ==,
                   WT_SEGMENT_IMAGE);
  g_assert_cmpstr (wt_segment_get_media (wt_segment_get_child (payload->segment, 1))->name, ==,
                   "a file.txt");
  g_assert_cmpstr (wt_segment_get_text (wt_segment_get_child (payload->segment, 2)), ==, "-text");
}

static void
test_standard_input (WtCliTest *test, gconstpointer data)
{
  const char *const arguments[] = { SEND (test), "-", NULL };
  g_autoptr (WtCliChild) child = wt_cli_child_start_with (test, "two\nlines\n", arguments);
  g_autoptr (WtCliChild) broken = NULL;

  wt_cli_assert_status (child, 0);
  g_assert_cmpstr (test->received->str, ==, "[two\nlines]");
  broken = wt_cli_child_start_with (test, "\xff\xfe", arguments);
  wt_cli_assert_status (broken, 1);
  wt_cli_assert_says (broken->errors, "UTF-8");
}

static void
test_many (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = wt_cli_child_run (test, SEND (test), "--count", "300",
                                                   "number {n}", NULL);
  g_autoptr (WtCliChild) paced = NULL;
  gint64 began;

  wt_cli_assert_status (child, 0);
  wt_cli_assert_says (child->output, "sent 300, acked 300, lost 0, round trip p50 ");
  wt_cli_assert_says (test->received->str, "[number 1][number 2]");
  wt_cli_assert_says (test->received->str, "[number 299][number 300]");
  /* No bar where nobody looks at it. */
  g_assert_cmpstr (child->errors, ==, "");

  began = g_get_monotonic_time ();
  paced = wt_cli_child_run (test, SEND (test), "--count", "11", "--rate", "20", "x", NULL);
  wt_cli_assert_status (paced, 0);
  g_assert_cmpint (g_get_monotonic_time () - began, >=, G_USEC_PER_SEC / 2);
}

static void
test_bad_key (WtCliTest *test, gconstpointer data)
{
  g_autofree char *wrong = wt_cli_test_write (test, "wrong.key", "another-secret-key", -1);
  g_autoptr (WtCliChild) child = wt_cli_child_run (test, "send", "--url", test->url, "--key-file",
                                                   wrong, "--to", BOB, "x", NULL);

  wt_cli_assert_status (child, 1);
  wt_cli_assert_says (child->errors, "The server does not accept the API key");
  wt_cli_assert_says (child->errors, "Check the API key");
  g_assert_null (strstr (child->errors, "another-secret-key"));
  g_assert_cmpstr (child->output, ==, "");
}

static void
test_no_server (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = wt_cli_child_run (test, "send", "--url", "ws://127.0.0.1:1/ws",
                                                   "--key-env", "WT_TEST_BOB", "--to", "x", "x",
                                                   NULL);

  wt_cli_assert_status (child, 1);
  wt_cli_assert_says (child->errors, "no server is listening on this port");
  wt_cli_assert_says (child->errors, "Check the port");
}

static void
test_no_ack (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = NULL;
  g_autoptr (WtCliChild) some = NULL;

  wt_cli_test_set_fault (test, "drop-ack=1");
  child = wt_cli_child_run (test, SEND (test), "--timeout", "1", "x", NULL);
  wt_cli_assert_status (child, 1);
  wt_cli_assert_says (child->errors, "The server did not acknowledge it within 1 second.");
  g_assert_cmpstr (test->received->str, ==, "[x]");

  some = wt_cli_child_run (test, SEND (test), "--timeout", "1", "--count", "5", "x", NULL);
  wt_cli_assert_status (some, 1);
  wt_cli_assert_says (some->output, "sent 5, acked 0, lost 5");
}

/* A connection that is lost is made again, and what was not acknowledged sent again. */
static void
test_cut (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = NULL;

  wt_cli_test_set_fault (test, "close-after=7:1011:cut");
  child = wt_cli_child_run (test, SEND (test), "--count", "20", "{n}", NULL);
  wt_cli_assert_status (child, 0);
  wt_cli_assert_says (child->output, "sent 20, acked 20, lost 0");
  wt_cli_assert_says (test->received->str, "[1][2][3]");
}

static void
test_key_on_command_line (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = wt_cli_child_run (test, "send", "--url", test->url, "--key", ALICE,
                                                   "--to", BOB, "x", NULL);
  g_autoptr (WtCliChild) listener = NULL;
  g_autofree char *path = NULL;
  g_autofree char *line = NULL;
  gsize length;

  wt_cli_assert_status (child, 0);
  wt_cli_assert_says (child->errors, "Warning: a key on the command line");
  g_assert_null (strstr (child->errors, ALICE));

  listener = wt_cli_child_start (test, "listen", "--url", test->url, "--key", ALICE, NULL);
  wt_test_wait_until (wt_api_server_get_n_connections (test->server) == 1);
  path = g_strdup_printf ("/proc/%s/cmdline", g_subprocess_get_identifier (listener->process));
  g_assert_true (g_file_get_contents (path, &line, &length, NULL));
  g_assert_null (g_strstr_len (line, (gssize) length, ALICE));
  for (gsize i = 0; i < length; i++)
    g_assert_false (g_str_has_prefix (line + i, ALICE));
  g_subprocess_send_signal (listener->process, SIGTERM);
  wt_cli_assert_status (listener, 0);
}

static void
test_target_elsewhere (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) file = wt_cli_child_run (test, "send", "--url", test->url, "--key-file",
                                                  test->alice, "--to-file", test->bob, "a", NULL);
  g_autoptr (WtCliChild) variable = wt_cli_child_run (test, "send", "--url", test->url,
                                                      "--key-file", test->alice, "--to-env",
                                                      "WT_TEST_BOB", "b", NULL);

  wt_cli_assert_status (file, 0);
  wt_cli_assert_status (variable, 0);
  g_assert_cmpstr (test->received->str, ==, "[a][b]");
}

static void
test_files (WtCliTest *test, gconstpointer data)
{
  g_autofree char *empty = wt_cli_test_write (test, "empty", "", 0);
  g_autofree char *words = wt_cli_test_write (test, "words.png", "no picture", -1);
  g_autofree char *large = wt_cli_test_write (test, "large", "x", 1);
  g_autoptr (WtCliChild) missing = wt_cli_child_run (test, SEND (test), "--file", "/nowhere/f",
                                                     NULL);
  g_autoptr (WtCliChild) no_file = wt_cli_child_run (test, SEND (test), "--file", test->folder,
                                                     NULL);
  g_autoptr (WtCliChild) nothing = wt_cli_child_run (test, SEND (test), "--file", empty, NULL);
  g_autoptr (WtCliChild) no_picture = wt_cli_child_run (test, SEND (test), "--image", words, NULL);
  g_autoptr (WtCliChild) too_large = NULL;

  wt_cli_assert_status (missing, 1);
  wt_cli_assert_says (missing->errors, "/nowhere/f cannot be read");
  wt_cli_assert_status (no_file, 1);
  wt_cli_assert_says (no_file->errors, "is no file");
  wt_cli_assert_status (nothing, 1);
  wt_cli_assert_says (nothing->errors, "is empty");
  wt_cli_assert_status (no_picture, 1);
  wt_cli_assert_says (no_picture->errors, "is no picture");

  g_assert_cmpint (truncate (large, 80 * 1024 * 1024), ==, 0);
  too_large = wt_cli_child_run (test, SEND (test), "--file", large, NULL);
  wt_cli_assert_status (too_large, 1);
  wt_cli_assert_says (too_large->errors, "is too large");
  g_assert_cmpstr (test->received->str, ==, "");
}

static void
test_interrupted (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = NULL;

  wt_cli_test_set_fault (test, "drop-ack=1");
  child = wt_cli_child_start (test, SEND (test), "x", NULL);
  wt_test_wait_until (g_str_equal (test->received->str, "[x]"));
  g_assert_cmpuint (wt_cli_test_count_files (test->temporary), ==, 1);
  g_subprocess_send_signal (child->process, GPOINTER_TO_INT (data));
  wt_cli_assert_status (child, 1);
  wt_cli_assert_says (child->errors, "Interrupted.");
}

static gboolean
on_wake (gpointer data)
{
  return G_SOURCE_CONTINUE;
}

/* The bar, on a terminal, and only there; no colour where none is wanted. */
static void
test_terminal (WtCliTest *test, gconstpointer data)
{
  int master = posix_openpt (O_RDWR | O_NOCTTY | O_CLOEXEC);
  g_autoptr (GSubprocessLauncher) launcher = wt_cli_child_new_launcher (
      test, G_SUBPROCESS_FLAGS_STDIN_PIPE);
  g_autoptr (GSubprocess) process = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  g_autoptr (GError) error = NULL;
  char buffer[4096];
  guint wake = 0;

  if (master < 0)
    {
      g_test_skip ("there is no pseudo terminal here");
      return;
    }
  wake = g_timeout_add (20, on_wake, NULL);
  g_assert_cmpint (grantpt (master), ==, 0);
  g_assert_cmpint (unlockpt (master), ==, 0);

  int slave = open (ptsname (master), O_RDWR | O_NOCTTY | O_CLOEXEC);

  g_assert_cmpint (slave, >=, 0);
  g_subprocess_launcher_take_stdout_fd (launcher, dup (slave));
  g_subprocess_launcher_take_stderr_fd (launcher, slave);
  process = g_subprocess_launcher_spawn (launcher, &error, g_getenv ("WT_TEST_CLI_PROGRAM"),
                                         SEND (test), "--count", "30", "--rate", "60", "x", NULL);
  g_assert_no_error (error);
  g_clear_object (&launcher);
  g_unix_set_fd_nonblocking (master, TRUE, NULL);
  while (strstr (seen->str, "lost 0") == NULL)
    {
      gssize got = 0;

      wt_test_wait_until ((got = read (master, buffer, sizeof buffer)) > 0);
      g_string_append_len (seen, buffer, got);
    }
  g_assert_nonnull (strstr (seen->str, "/30, "));
  g_assert_nonnull (strstr (seen->str, "\r["));
  g_assert_true (g_subprocess_wait (process, NULL, NULL));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
  g_source_remove (wake);
  close (master);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/cli/send/" path, WtCliTest, NULL, wt_cli_test_set_up, func, wt_cli_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("text", test_text);
  ADD ("parts", test_parts);
  ADD ("standard-input", test_standard_input);
  ADD ("many", test_many);
  ADD ("bad-key", test_bad_key);
  ADD ("no-server", test_no_server);
  ADD ("no-ack", test_no_ack);
  ADD ("cut", test_cut);
  ADD ("key-on-command-line", test_key_on_command_line);
  ADD ("target-elsewhere", test_target_elsewhere);
  ADD ("files", test_files);
  g_test_add ("/cli/send/sigint", WtCliTest, GINT_TO_POINTER (SIGINT), wt_cli_test_set_up,
              test_interrupted, wt_cli_test_tear_down);
  g_test_add ("/cli/send/sigterm", WtCliTest, GINT_TO_POINTER (SIGTERM), wt_cli_test_set_up,
              test_interrupted, wt_cli_test_tear_down);
  g_test_add ("/cli/send/sighup", WtCliTest, GINT_TO_POINTER (SIGHUP), wt_cli_test_set_up,
              test_interrupted, wt_cli_test_tear_down);
  ADD ("terminal", test_terminal);
  return g_test_run ();
}
