/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>

#include "wt-test-client.h"
#include "wt-test.h"

/* The program as it is started by others. */
typedef struct
{
  GSubprocess *process;
  GDataInputStream *out;
  char *line; /* the last one from its standard output */
  char *errors;
  gboolean ended;
} Program;

static void
on_line (GObject *source, GAsyncResult *result, gpointer data)
{
  Program *program = data;

  g_free (g_steal_pointer (&program->line));
  program->line = g_data_input_stream_read_line_finish (program->out, result, NULL, NULL);
}

static void
on_ended (GObject *source, GAsyncResult *result, gpointer data)
{
  Program *program = data;

  g_assert_true (g_subprocess_wait_finish (program->process, result, NULL));
  program->ended = TRUE;
}

static Program *
program_start (const char *first, ...)
{
  Program *program = g_new0 (Program, 1);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;
  va_list list;

  g_ptr_array_add (arguments, (gpointer) g_getenv ("WT_TEST_SERVER_PROGRAM"));
  va_start (list, first);
  for (const char *next = first; next != NULL; next = va_arg (list, const char *))
    g_ptr_array_add (arguments, (gpointer) next);
  va_end (list);
  g_ptr_array_add (arguments, NULL);
  program->process = g_subprocess_newv (
      (const char *const *) arguments->pdata,
      G_SUBPROCESS_FLAGS_STDOUT_PIPE | G_SUBPROCESS_FLAGS_STDERR_PIPE, &error);
  g_assert_no_error (error);
  program->out = g_data_input_stream_new (g_subprocess_get_stdout_pipe (program->process));
  g_subprocess_wait_async (program->process, NULL, on_ended, program);
  return program;
}

static const char *
program_read_line (Program *program)
{
  g_clear_pointer (&program->line, g_free);
  g_data_input_stream_read_line_async (program->out, 0, NULL, on_line, program);
  wt_test_wait_until (program->line != NULL);
  return program->line;
}

/* Its exit status; program->errors is what it wrote on standard error. */
static int
program_end (Program *program)
{
  GInputStream *errors = g_subprocess_get_stderr_pipe (program->process);
  g_autoptr (GString) text = g_string_new (NULL);
  char buffer[4096];
  gssize got;

  wt_test_wait_until (program->ended);
  while ((got = g_input_stream_read (errors, buffer, sizeof buffer, NULL, NULL)) > 0)
    g_string_append_len (text, buffer, got);
  program->errors = g_string_free (g_steal_pointer (&text), FALSE);
  return g_subprocess_get_if_exited (program->process)
             ? g_subprocess_get_exit_status (program->process)
             : -1;
}

static void
program_free (Program *program)
{
  if (!program->ended)
    {
      g_subprocess_force_exit (program->process);
      wt_test_wait_until (program->ended);
    }
  g_clear_object (&program->out);
  g_clear_object (&program->process);
  g_clear_pointer (&program->line, g_free);
  g_clear_pointer (&program->errors, g_free);
  g_free (program);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Program, program_free)

static char *
read_url (Program *program)
{
  const char *line = program_read_line (program);

  g_assert_true (g_str_has_prefix (line, "listening ws"));
  return g_strdup (line + strlen ("listening "));
}

static void
test_serves (gconstpointer data)
{
  int signal = GPOINTER_TO_INT (data);
  g_autoptr (Program) program = program_start ("--port", "0", "--key", "a-secret-key=with=alice",
                                               "--bot", "echo", NULL);
  g_autofree char *url = read_url (program);
  WtTestLogin good = { .key = "a-secret-key=with", .platform = "p" };
  WtTestLogin bad = { .key = "another-secret" };
  g_autoptr (WtTestClient) client = wt_test_client_start_url (url, &good);
  g_autoptr (WtTestClient) refused = wt_test_client_start_url (url, &bad);
  g_autofree char *message = wt_test_make_message ("m", "a-secret-key=with", "echo", "p",
                                                   "{\"type\":\"text\",\"data\":\"x\"}");
  g_autoptr (JsonNode) answer = NULL;

  g_assert_true (g_str_has_prefix (url, "ws://127.0.0.1:"));
  g_assert_true (g_str_has_suffix (url, "/ws"));
  g_assert_no_error (client->error);
  wt_test_client_send (client, message);
  answer = wt_test_client_take_type (client, "sys_std");
  wt_test_wait_until (refused->closed);
  g_assert_true (g_str_has_prefix (soup_websocket_connection_get_close_data (refused->websocket),
                                   "Authentication failed: "));

  g_subprocess_send_signal (program->process, signal);
  wt_test_wait_until (client->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (client->websocket), ==, 1001);
  g_assert_cmpint (program_end (program), ==, 0);
  g_test_message ("%s", program->errors);
  g_assert_nonnull (strstr (program->errors, "alice"));
  g_assert_null (strstr (program->errors, "secret"));
}

static void
test_open (void)
{
  g_autoptr (Program) program = program_start ("--port", "0", "--path", "/other", NULL);
  g_autofree char *url = read_url (program);
  WtTestLogin login = { .key = "my-secret" };
  g_autoptr (WtTestClient) client = wt_test_client_start_url (url, &login);

  g_assert_true (g_str_has_suffix (url, "/other"));
  g_assert_no_error (client->error);
  wt_test_client_send (client, "{\"msg_id\":\"1\",\"type\":\"x\",\"payload\":{}}");
  wt_test_wait_until (wt_test_client_count_acks (client, "1") == 1);
  g_subprocess_send_signal (program->process, SIGTERM);
  g_assert_cmpint (program_end (program), ==, 0);
  g_assert_null (strstr (program->errors, "secret"));
}

static void
test_demo (void)
{
  g_autoptr (Program) program = program_start ("--port", "0", "--demo", "--key", "demo-key=demo",
                                               NULL);
  g_autofree char *url = read_url (program);
  WtTestLogin login = { .key = "demo-key", .platform = "wheatear-demo" };
  g_autoptr (WtTestClient) client = wt_test_client_start_url (url, &login);

  client->auto_ack = TRUE;
  g_assert_cmpstr (program_read_line (program), ==, "demo complete");
  g_subprocess_send_signal (program->process, SIGTERM);
  g_assert_cmpint (program_end (program), ==, 0);
}

static void
test_key_file (void)
{
  g_autofree char *file = NULL;
  int fd = g_file_open_tmp ("wt-keys-XXXXXX", &file, NULL);
  g_autoptr (Program) program = NULL;
  g_autofree char *url = NULL;
  WtTestLogin login = { .key = "filed-key", .platform = "p" };
  g_autoptr (WtTestClient) client = NULL;

  g_assert_cmpint (fd, >=, 0);
  g_close (fd, NULL);
  g_assert_true (g_file_set_contents (file, "# keys\n\nfiled-key=bob\n", -1, NULL));
  program = program_start ("--port", "0", "--key-file", file, "--fault", "duplicate=1", "--seed",
                           "5", NULL);
  url = read_url (program);
  client = wt_test_client_start_url (url, &login);
  wt_test_client_send (client, "{\"msg_id\":\"1\",\"type\":\"x\",\"payload\":{}}");
  wt_test_wait_until (wt_test_client_count_acks (client, "1") == 2);
  g_remove (file);
}

static const struct
{
  const char *name;
  const char *arguments[4];
  int status;
  const char *says;
} bad[] = {
  { "unknown-option", { "--nonsense" }, 2, "nonsense" },
  { "stray-word", { "hello" }, 2, "hello" },
  { "port-word", { "--port", "http" }, 2, "http" },
  { "port-large", { "--port", "65536" }, 2, "65535" },
  { "port-negative", { "--port", "-1" }, 2, "65535" },
  { "path", { "--path", "ws" }, 2, "slash" },
  { "key-without-user", { "--key", "lonely-secret" }, 2, "KEY=USER" },
  { "key-empty", { "--key", "=user" }, 2, "KEY=USER" },
  { "key-file", { "--key-file", "/nowhere/keys" }, 2, "/nowhere/keys" },
  { "tls-key-alone", { "--tls-key", "k.pem" }, 2, "--tls-certificate" },
  { "client-ca-alone", { "--client-ca", "c.pem" }, 2, "--tls-certificate" },
  { "certificate", { "--tls-certificate", "/nowhere/c.pem" }, 2, "/nowhere/c.pem" },
  { "bot", { "--bot", "parrot" }, 2, "parrot" },
  { "fault", { "--fault", "drop-ack=2" }, 2, "drop-ack" },
  { "fault-unknown", { "--fault", "flood" }, 2, "flood" },
  { "host", { "--host", "256.1.1.1.invalid" }, 1, "cannot listen" },
};

static void
test_bad_option (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  const char *const *a = bad[row].arguments;
  g_autoptr (Program) program = program_start (a[0], a[1], NULL);

  g_assert_cmpint (program_end (program), ==, bad[row].status);
  g_test_message ("%s", program->errors);
  g_assert_true (g_str_has_prefix (program->errors, "wheatear-server: "));
  g_assert_nonnull (strstr (program->errors, bad[row].says));
  g_assert_null (strstr (program->errors, "secret"));
}

static void
test_busy_port (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autofree char *port = g_strdup_printf ("%u", wt_api_server_get_port (server));
  g_autoptr (Program) program = program_start ("--port", port, NULL);

  g_assert_cmpint (program_end (program), ==, 1);
  g_assert_nonnull (strstr (program->errors, "another program uses it"));
  g_assert_nonnull (strstr (program->errors, port));
  wt_test_server_free (server);
}

static void
test_version (void)
{
  g_autoptr (Program) program = program_start ("--version", NULL);

  g_assert_true (g_str_has_prefix (program_read_line (program), "wheatear-server "));
  g_assert_cmpint (program_end (program), ==, 0);
}

static void
test_help (void)
{
  g_autoptr (Program) program = program_start ("--help", NULL);
  g_autoptr (GString) help = g_string_new (NULL);
  char buffer[4096];
  gssize got;

  while (
      (got = g_input_stream_read (G_INPUT_STREAM (program->out), buffer, sizeof buffer, NULL, NULL))
      > 0)
    g_string_append_len (help, buffer, got);
  g_assert_cmpint (program_end (program), ==, 0);
  g_assert_nonnull (strstr (help->str, "--tls-certificate"));
  g_assert_nonnull (strstr (help->str, "--to echo"));
  g_assert_nonnull (strstr (help->str, "reject-upgrade=STATUS"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/server/program/sigterm", GINT_TO_POINTER (SIGTERM), test_serves);
  g_test_add_data_func ("/server/program/sigint", GINT_TO_POINTER (SIGINT), test_serves);
  g_test_add_func ("/server/program/open", test_open);
  g_test_add_func ("/server/program/demo", test_demo);
  g_test_add_func ("/server/program/key-file", test_key_file);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autofree char *path = g_strconcat ("/server/program/bad/", bad[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_bad_option);
    }
  g_test_add_func ("/server/program/busy-port", test_busy_port);
  g_test_add_func ("/server/program/version", test_version);
  g_test_add_func ("/server/program/help", test_help);
  return g_test_run ();
}
