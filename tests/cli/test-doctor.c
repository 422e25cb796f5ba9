/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <json-glib/json-glib.h>
#include <string.h>

#include "wt-cli-test.h"

static JsonObject *
get_object (WtCliChild *child, JsonNode **root)
{
  g_autoptr (GError) error = NULL;

  *root = json_from_string (child->output, &error);
  g_assert_no_error (error);
  return json_node_get_object (*root);
}

/* "resolve=ok connect=ok …" */
static char *
list_steps (JsonObject *object)
{
  JsonArray *steps = json_object_get_array_member (object, "steps");
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < json_array_get_length (steps); i++)
    {
      JsonObject *step = json_array_get_object_element (steps, i);

      g_string_append_printf (list, "%s%s=%s", i > 0 ? " " : "",
                              json_object_get_string_member (step, "step"),
                              json_object_get_string_member (step, "outcome"));
      g_assert_cmpint (json_object_get_int_member (step, "microseconds"), >=, 0);
    }
  return g_string_free (g_steal_pointer (&list), FALSE);
}

static void
expect (WtCliChild *child, int status, const char *steps, const char *kind)
{
  g_autoptr (JsonNode) root = NULL;
  g_autofree char *list = NULL;
  JsonObject *object;

  wt_cli_assert_status (child, status);
  object = get_object (child, &root);
  list = list_steps (object);
  g_assert_cmpstr (list, ==, steps);
  g_assert_cmpint (json_object_get_boolean_member (object, "ok"), ==, status == 0);
  if (kind == NULL)
    {
      g_assert_false (json_object_has_member (object, "kind"));
      return;
    }
  g_assert_cmpstr (json_object_get_string_member (object, "kind"), ==, kind);
  g_assert_cmpuint (strlen (json_object_get_string_member (object, "remedy")), >, 10);
  g_assert_null (strstr (child->output, "secret"));
}

static void
test_good (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) json = wt_cli_child_run (test, "doctor", "--url", test->url, "--key-file",
                                                  test->alice, "--json", NULL);
  g_autoptr (WtCliChild) text = wt_cli_child_run (test, "doctor", "--url", test->url, "--key-env",
                                                  "WT_TEST_BOB", "--auth", "query", NULL);
  g_auto (GStrv) lines = NULL;

  expect (json, 0, "resolve=ok connect=ok tls=not-needed upgrade=ok authentication=ok ping=ok",
          NULL);
  wt_cli_assert_status (text, 0);
  lines = g_strsplit (text->output, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 8);
  g_assert_cmpstr (lines[0], ==, test->url);
  for (guint i = 1; i < 7; i++)
    {
      /* Names, spans and outcomes each begin in the same column. */
      g_assert_true (g_str_has_prefix (lines[i], "  "));
      g_assert_cmpuint (strlen (lines[i]), >, 31);
      g_assert_cmpint (lines[i][30], ==, ' ');
      g_assert_cmpint (lines[i][31], !=, ' ');
    }
  g_assert_null (strstr (text->output, "\033"));
}

static void
test_refused (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) json = wt_cli_child_run (test, "doctor", "--url", "ws://127.0.0.1:1/ws",
                                                  "--json", NULL);
  g_autoptr (WtCliChild) text = wt_cli_child_run (test, "doctor", "--url", "ws://127.0.0.1:1/ws",
                                                  NULL);

  expect (json, 1,
          "resolve=ok connect=failed tls=not-reached upgrade=not-reached "
          "authentication=not-reached ping=not-reached",
          "refused");
  wt_cli_assert_status (text, 1);
  wt_cli_assert_says (text->output, "failed: The computer answers");
  wt_cli_assert_says (text->output, "What to do: Check the port");
}

static void
test_no_such_host (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) json = wt_cli_child_run (test, "doctor", "--url",
                                                  "ws://nowhere.invalid/ws", "--json", NULL);

  expect (json, 1,
          "resolve=failed connect=not-reached tls=not-reached upgrade=not-reached "
          "authentication=not-reached ping=not-reached",
          "dns");
  wt_cli_assert_says (json->errors, "Warning: ws:// is not encrypted");
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  const char *answer = data;
  GInputStream *in = g_io_stream_get_input_stream (G_IO_STREAM (connection));
  char request[4096];

  g_input_stream_read (in, request, sizeof request, NULL, NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer,
                             strlen (answer), NULL, NULL, NULL);
  g_io_stream_close (G_IO_STREAM (connection), NULL, NULL);
  return TRUE;
}

static void
test_web_server (WtCliTest *test, gconstpointer data)
{
  g_autoptr (GSocketService) service = g_threaded_socket_service_new (2);
  g_autoptr (GError) error = NULL;
  guint16 port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (service), NULL, &error);
  g_autofree char *url = g_strdup_printf ("ws://127.0.0.1:%u/ws", port);
  g_autoptr (WtCliChild) json = NULL;

  g_assert_no_error (error);
  g_signal_connect (
      service, "run", G_CALLBACK (on_incoming),
      (gpointer) "HTTP/1.1 200 OK\r\nContent-Length: 2\r\nConnection: close\r\n\r\nhi");
  json = wt_cli_child_run (test, "doctor", "--url", url, "--json", NULL);
  expect (json, 1,
          "resolve=ok connect=ok tls=not-needed upgrade=failed authentication=not-reached "
          "ping=not-reached",
          "not-api-server");
  g_socket_service_stop (service);
  g_socket_listener_close (G_SOCKET_LISTENER (service));
}

static void
test_bad_key (WtCliTest *test, gconstpointer data)
{
  g_autofree char *wrong = wt_cli_test_write (test, "wrong.key", "another-secret-key", -1);
  g_autoptr (WtCliChild) json = wt_cli_child_run (test, "doctor", "--url", test->url, "--key-file",
                                                  wrong, "--json", NULL);

  expect (json, 1,
          "resolve=ok connect=ok tls=not-needed upgrade=ok authentication=failed "
          "ping=not-reached",
          "authentication");
}

static void
test_status (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) json = NULL;

  wt_cli_test_set_fault (test, "reject-upgrade=503");
  json = wt_cli_child_run (test, "doctor", "--url", test->url, "--key-file", test->alice, "--json",
                           NULL);
  expect (json, 1,
          "resolve=ok connect=ok tls=not-needed upgrade=failed authentication=not-reached "
          "ping=not-reached",
          "http-status");
}

/* It answers the WebSocket's pings, but not what is said. */
static void
test_no_ack (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) json = NULL;

  wt_cli_test_set_fault (test, "drop-ack=1");
  json = wt_cli_child_run (test, "doctor", "--url", test->url, "--key-file", test->alice, "--json",
                           "--timeout", "0.5", NULL);
  expect (json, 1, "resolve=ok connect=ok tls=not-needed upgrade=ok authentication=ok ping=failed",
          "no-ack");
}

static void
test_silent (WtCliTest *test, gconstpointer data)
{
  g_autoptr (WtCliChild) json = NULL;

  wt_cli_test_set_fault (test, "half-open=1");
  json = wt_cli_child_run (test, "doctor", "--url", test->url, "--key-file", test->alice, "--json",
                           "--timeout", "0.5", NULL);
  expect (json, 1, "resolve=ok connect=ok tls=not-needed upgrade=ok authentication=ok ping=failed",
          "no-pong");
}

#define ADD(path, func)                                                                            \
  g_test_add ("/cli/doctor/" path, WtCliTest, NULL, wt_cli_test_set_up, func, wt_cli_test_tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  ADD ("good", test_good);
  ADD ("refused", test_refused);
  ADD ("no-such-host", test_no_such_host);
  ADD ("web-server", test_web_server);
  ADD ("bad-key", test_bad_key);
  ADD ("status", test_status);
  ADD ("no-ack", test_no_ack);
  ADD ("silent", test_silent);
  return g_test_run ();
}
