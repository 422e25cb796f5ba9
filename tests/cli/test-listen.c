/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <signal.h>
#include <string.h>

#include "wt-cli-test.h"

#define LISTEN(test) "listen", "--url", (test)->url, "--key-file", (test)->alice
#define TEXT(text) "{\"type\":\"text\",\"data\":\"" text "\"}"
/* Escape sequences of both kinds, overrides and isolates, line ends of all kinds, a bell. */
#define HOSTILE                                                                                    \
  "\\u001b[2J\\u001b]0;x\\u0007 \\u009b31m \\u202etxt.exe\\u202c \\u2066x\\u2069 \\r\\n \\u2028 "  \
  "\\u200b \\u0000 \\u007f \\ud83d"

static void
wait_for_listener (WtCliTest *test)
{
  wt_test_wait_until (wt_api_server_get_n_connections (test->server) == 1);
}

static void
test_text (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = wt_cli_child_start (test, LISTEN (test), "--count", "3", NULL);
  g_auto (GStrv) lines = NULL;

  wait_for_listener (test);
  wt_cli_test_say (test, "1", "\"Bob\"", NULL, TEXT ("hello"));
  wt_cli_test_say (test, "2", "\"Bob\"", "\"Friends\"", "{\"type\":\"image\",\"data\":\"AAAA\"}");
  /* A repeat is acknowledged, not shown. */
  wt_cli_test_say (test, "1", "\"Bob\"", NULL, TEXT ("hello"));
  wt_cli_test_say (test, "3", "\"Bob\"", NULL, TEXT ("two\\nlines"));
  wt_cli_assert_status (child, 0);
  wt_test_wait_until (test->acks == 4);
  wt_cli_assert_says (child->errors, "Online.");
  lines = g_strsplit (child->output, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  wt_cli_assert_says (lines[0], "\tBob\tBob: hello");
  wt_cli_assert_says (lines[1], "\tFriends\tBob: [Picture]");
  wt_cli_assert_says (lines[2], "\tBob\tBob: two\\nlines");
  g_assert_cmpstr (lines[3], ==, "");
}

static void
test_json (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = wt_cli_child_start (test, LISTEN (test), "--json", "--count", "3",
                                                     NULL);
  g_autofree char *words = g_strnfill (3000, 'x');
  g_autofree char *large = g_strdup_printf (TEXT ("%s.!"), words);
  g_auto (GStrv) lines = NULL;

  wait_for_listener (test);
  wt_cli_test_say (test, "1", "\"Bob\"", NULL, TEXT ("my api_key=" BOB "!"));
  wt_cli_test_say (test, "1", "\"Bob\"", NULL, TEXT ("my api_key=" BOB "!"));
  wt_cli_test_say (test, "2", "\"" HOSTILE "\"", "\"" HOSTILE "\"", TEXT (HOSTILE));
  wt_cli_test_say (test, "3", "\"Bob\"", NULL, large);
  wt_cli_assert_status (child, 0);
  wt_test_wait_until (test->acks == 4);
  wt_cli_assert_safe (child->output, child->output_length);
  g_assert_null (strstr (child->output, ALICE));
  g_assert_null (strstr (child->output, BOB));
  lines = g_strsplit (child->output, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 4);
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (JsonNode) root = json_from_string (lines[i], &error);
      JsonObject *envelope;
      g_autofree char *id = g_strdup_printf ("%u", i + 1);

      g_assert_no_error (error);
      envelope = json_node_get_object (root);
      g_assert_cmpstr (json_object_get_string_member (envelope, "msg_id"), ==, id);
      g_assert_cmpstr (json_object_get_string_member (
                           json_object_get_object_member (envelope, "meta"), "sender_user"),
                       ==, "•••");
    }
  /* A text is not cut for its length. */
  wt_cli_assert_says (lines[2], words);
}

static void
test_hostile (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = wt_cli_child_start (test, LISTEN (test), "--count", "2", NULL);
  const char *const frames[] = {
    "not json \033[31m",
    "{\"msg_id\":\"b\",\"type\":\"sys_std\",\"payload\":{\"" HOSTILE "\":1}}",
    "{\"msg_id\":\"c\",\"type\":\"" HOSTILE "\",\"payload\":{}}",
    "{\"msg_id\":\"d\",\"type\":\"sys_std\",\"payload\":{\"message_info\":\"" HOSTILE "\"}}",
  };

  wait_for_listener (test);
  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autoptr (GBytes) frame = g_bytes_new (frames[i], strlen (frames[i]));
      g_autoptr (GHashTable) sent G_GNUC_UNUSED = wt_api_server_send (test->server, "alice",
                                                                      "wheatear-cli", frame);
    }
  wt_cli_test_say (test, "1", "\"" HOSTILE "\"", "\"" HOSTILE "\"", TEXT (HOSTILE));
  wt_cli_test_say (test, "2", "\"Bob\"", NULL,
                   "{\"type\":\"file\",\"data\":{\"name\":\"" HOSTILE "\",\"base64\":\"AAAA\"}}");
  wt_cli_assert_status (child, 0);
  wt_cli_assert_safe (child->output, child->output_length);
  wt_cli_assert_safe (child->errors, strlen (child->errors));
  wt_cli_assert_says (child->output, "\\x1b[2J");
  wt_cli_assert_says (child->output, "\\u202etxt.exe");
  wt_cli_assert_says (child->errors, "Something arrived that is no message");
}

static void
test_reconnects (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = wt_cli_child_start (test, LISTEN (test), "--count", "2", NULL);

  wait_for_listener (test);
  wt_cli_test_say (test, "1", "\"Bob\"", NULL, TEXT ("before"));
  wt_test_wait_until (test->acks == 1);
  wt_api_server_disconnect_all (test->server, 1011, "restart \033[1m");
  wt_test_wait_until (wt_api_server_get_stats (test->server)->connections == 2);
  wt_cli_test_say (test, "2", "\"Bob\"", NULL, TEXT ("after"));
  wt_cli_assert_status (child, 0);
  wt_cli_assert_says (child->output, "Bob: before\n");
  wt_cli_assert_says (child->output, "Bob: after\n");
  wt_cli_assert_says (child->errors, "The server closed the connection: “restart");
  wt_cli_assert_says (child->errors, "Trying again in ");
  wt_cli_assert_safe (child->errors, strlen (child->errors));
}

static void
test_bad_key (WtCliTest *test, gconstpointer data)
{
  g_autofree char *wrong = wt_cli_test_write (test, "wrong.key", "another-secret-key", -1);
  g_autoptr (WtCliChild) child = wt_cli_child_run (test, "listen", "--url", test->url, "--key-file",
                                                   wrong, NULL);

  wt_cli_assert_status (child, 1);
  wt_cli_assert_says (child->errors, "The server does not accept the API key");
}

static void
test_timeout (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = wt_cli_child_run (test, LISTEN (test), "--timeout", "1", NULL);
  g_autoptr (WtCliChild) counting = wt_cli_child_run (test, LISTEN (test), "--timeout", "1",
                                                      "--count", "1", NULL);
  g_autoptr (WtCliChild) nobody = wt_cli_child_run (test, "listen", "--url", "ws://127.0.0.1:1/ws",
                                                    "--key-file", test->alice, "--timeout", "1",
                                                    NULL);

  wt_cli_assert_status (child, 0);
  wt_cli_assert_status (counting, 1);
  wt_cli_assert_says (counting->errors, "The time is up after 0 of 1 messages.");
  wt_cli_assert_status (nobody, 1);
  wt_cli_assert_says (nobody->errors, "no server is listening");
}

static void
test_signal (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) child = wt_cli_child_start (test, LISTEN (test), NULL);

  wait_for_listener (test);
  g_assert_cmpuint (wt_cli_test_count_files (test->temporary), ==, 1);
  g_subprocess_send_signal (child->process, GPOINTER_TO_INT (data));
  wt_cli_assert_status (child, 0);
  wt_test_wait_until (wt_api_server_get_n_connections (test->server) == 0);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (g_subprocess_wait_finish (G_SUBPROCESS (source), result, NULL));
  *(gboolean *) data = TRUE;
}

/* As in `wheatear-cli listen | head -1`. */
static void
test_reader_gone (WtCliTest *test, gconstpointer data)
{
  g_autoptr (GSubprocessLauncher) launcher = wt_cli_child_new_launcher (
      test, G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_SILENCE);
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = g_subprocess_launcher_spawn (
      launcher, &error, g_getenv ("WT_TEST_CLI_PROGRAM"), LISTEN (test), NULL);
  gboolean ended = FALSE;

  g_assert_no_error (error);
  wait_for_listener (test);
  g_subprocess_wait_async (process, NULL, on_ended, &ended);
  g_assert_true (g_input_stream_close (g_subprocess_get_stdout_pipe (process), NULL, NULL));
  wt_test_wait_until (ended);
  g_assert_true (g_subprocess_get_if_exited (process));
  g_assert_cmpint (g_subprocess_get_exit_status (process), ==, 0);
}

#define ADD(path, func)                                                                            \
  g_test_add ("/cli/listen/" path, WtCliTest, NULL, wt_cli_test_set_up, func, wt_cli_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("text", test_text);
  ADD ("json", test_json);
  ADD ("hostile", test_hostile);
  ADD ("reconnects", test_reconnects);
  ADD ("bad-key", test_bad_key);
  ADD ("timeout", test_timeout);
  g_test_add ("/cli/listen/sigint", WtCliTest, GINT_TO_POINTER (SIGINT), wt_cli_test_set_up,
              test_signal, wt_cli_test_tear_down);
  g_test_add ("/cli/listen/sigterm", WtCliTest, GINT_TO_POINTER (SIGTERM), wt_cli_test_set_up,
              test_signal, wt_cli_test_tear_down);
  ADD ("reader-gone", test_reader_gone);
  return g_test_run ();
}
