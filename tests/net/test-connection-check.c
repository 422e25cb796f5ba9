/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-connection-check.h"

#include "wt-api-server.h"
#include "wt-server-finder.h"
#include "wt-test.h"

#include <glib/gstdio.h>
#include <string.h>

typedef struct
{
  WtApiServer *server;
  GCancellable *cancellable;
  GAsyncResult *result;
  GString *steps; /* each outcome as it was notified */
} Fixture;

static const char *const state_names[] = {
  [WT_CONNECTION_RESOLVING] = "resolve", [WT_CONNECTION_CONNECTING] = "connect",
  [WT_CONNECTION_SECURING] = "tls",      [WT_CONNECTION_UPGRADING] = "upgrade",
  [WT_CONNECTION_CONFIRMING] = "key",    [WT_CONNECTION_ONLINE] = "answer",
};

static const char *const outcome_names[] = {
  [WT_STEP_PENDING] = "pending", [WT_STEP_RUNNING] = "runs",    [WT_STEP_PASSED] = "ok",
  [WT_STEP_FAILED] = "failed",   [WT_STEP_SKIPPED] = "skipped",
};

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->server = wt_api_server_new ();
  wt_api_server_add_key (fixture->server, "right", "alice");
  wt_api_server_listen (fixture->server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  fixture->cancellable = g_cancellable_new ();
  fixture->steps = g_string_new (NULL);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wt_api_server_stop (fixture->server);
  g_clear_object (&fixture->server);
  g_clear_object (&fixture->cancellable);
  g_clear_object (&fixture->result);
  g_string_free (fixture->steps, TRUE);
}

static void
on_result (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static void
on_outcome (WtConnectionStep *step, GParamSpec *pspec, Fixture *fixture)
{
  g_string_append_printf (fixture->steps, "%s=%s ",
                          state_names[wt_connection_step_get_state (step)],
                          outcome_names[wt_connection_step_get_outcome (step)]);
}

static WtConnectionCheck *
begin (Fixture *fixture, const char *url, const char *key, guint timeout_ms)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEndpoint) endpoint = wt_endpoint_new (url, WT_AUTH_HEADER, key, "wheatear", NULL,
                                                     &error);
  WtConnectionCheck *check = wt_connection_check_new (endpoint, timeout_ms);
  GListModel *steps = wt_connection_check_get_steps (check);

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (steps), ==, 6);
  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (WtConnectionStep) step = g_list_model_get_item (steps, i);

      g_assert_cmpint (wt_connection_step_get_outcome (step), ==, WT_STEP_PENDING);
      g_signal_connect (step, "notify::outcome", G_CALLBACK (on_outcome), fixture);
    }
  wt_connection_check_run_async (check, fixture->cancellable, on_result, &fixture->result);
  return check;
}

/* Whether it passes; where not, for which kind of reason. */
static void
expect (Fixture *fixture, const char *url, const char *key, const char *steps, const char *kind)
{
  WtConnectionCheck *check = begin (fixture, url, key, 200);
  g_autoptr (GError) error = NULL;
  WtDiagnosis *diagnosis;

  wt_test_wait_until (fixture->result != NULL);
  g_assert_cmpint (wt_connection_check_run_finish (check, fixture->result, &error), ==,
                   kind == NULL);
  g_assert_no_error (error);
  g_assert_cmpint (wt_connection_check_is_passed (check), ==, kind == NULL);
  g_assert_cmpstr (fixture->steps->str, ==, steps);
  diagnosis = wt_connection_check_get_diagnosis (check);
  g_assert_cmpstr (diagnosis != NULL ? wt_diagnosis_kind_to_nick (wt_diagnosis_get_kind (diagnosis))
                                     : NULL,
                   ==, kind);
  if (diagnosis != NULL)
    {
      g_autofree char *remedy = wt_diagnosis_get_remedy (diagnosis);

      g_assert_cmpuint (strlen (remedy), >, 20);
    }
  g_clear_object (&fixture->result);
  g_assert_finalize_object (check);
}

static void
test_good (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = wt_api_server_get_url (fixture->server);

  expect (fixture, url, "right",
          "resolve=runs resolve=ok connect=runs connect=ok tls=skipped upgrade=runs upgrade=ok "
          "key=runs key=ok answer=runs answer=ok ",
          NULL);
  /* It has said goodbye. */
  wt_test_wait_until (wt_api_server_get_n_connections (fixture->server) == 0);
  g_assert_cmpuint (wt_api_server_get_stats (fixture->server)->dropped, ==, 0);
}

/* The handshake succeeds, and then the server closes with 1000. */
static void
test_bad_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = wt_api_server_get_url (fixture->server);

  expect (fixture, url, "wrong",
          "resolve=runs resolve=ok connect=runs connect=ok tls=skipped upgrade=runs upgrade=ok "
          "key=runs key=failed ",
          "authentication");
}

static void
test_wrong_path (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = g_strdup_printf ("ws://127.0.0.1:%u/other",
                                          wt_api_server_get_port (fixture->server));

  expect (fixture, url, "right",
          "resolve=runs resolve=ok connect=runs connect=ok tls=skipped upgrade=runs "
          "upgrade=failed ",
          "http-status");
}

static void
test_nobody (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = wt_api_server_get_url (fixture->server);

  wt_api_server_stop (fixture->server);
  expect (fixture, url, "right", "resolve=runs resolve=ok connect=runs connect=failed ", "refused");
}

static void
test_untrusted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("wheatear-check-XXXXXX", NULL);
  g_autofree char *certificate = g_build_filename (folder, "server.pem", NULL);
  g_autofree char *key = g_build_filename (folder, "server.key", NULL);
  g_autofree char *command = g_strdup_printf (
      "openssl req -x509 -newkey rsa:2048 -nodes -keyout %s -out %s -subj /CN=localhost "
      "-addext subjectAltName=IP:127.0.0.1 -days 2",
      key, certificate);
  g_autofree char *output = NULL, *errors = NULL, *url = NULL;
  int status = 0;

  if (!g_spawn_command_line_sync (command, &output, &errors, &status, NULL) || status != 0)
    {
      g_rmdir (folder);
      g_test_skip ("no openssl to make a certificate");
      return;
    }
  wt_api_server_stop (fixture->server);
  wt_api_server_set_tls (fixture->server, certificate, key, NULL, &error);
  g_assert_no_error (error);
  wt_api_server_listen (fixture->server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  url = wt_api_server_get_url (fixture->server);
  expect (fixture, url, "right",
          "resolve=runs resolve=ok connect=runs connect=ok tls=runs tls=failed ",
          "tls-self-signed");
  g_unlink (certificate);
  g_unlink (key);
  g_rmdir (folder);
}

static void
test_no_ack (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = wt_api_server_get_url (fixture->server);

  wt_api_server_set_hold_acks (fixture->server, TRUE);
  expect (fixture, url, "right",
          "resolve=runs resolve=ok connect=runs connect=ok tls=skipped upgrade=runs upgrade=ok "
          "key=runs key=ok answer=runs answer=failed ",
          "no-ack");
}

/* One that takes its time is waited for, and can be given up. */
static void
test_cancel (Fixture *fixture, gconstpointer data)
{
  g_autofree char *url = wt_api_server_get_url (fixture->server);
  g_autoptr (WtConnectionCheck) check = NULL;
  g_autoptr (GError) error = NULL;

  wt_api_server_set_hold_acks (fixture->server, TRUE);
  check = begin (fixture, url, "right", 3600000);
  wt_test_wait_until (strstr (fixture->steps->str, "answer=runs") != NULL);
  g_cancellable_cancel (fixture->cancellable);
  wt_test_wait_until (fixture->result != NULL);
  g_assert_false (wt_connection_check_run_finish (check, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  wt_test_wait_until (wt_api_server_get_n_connections (fixture->server) == 0);
}

/* --- what is on this computer --- */

static void
on_found (WtServerFinder *finder, const char *url, GPtrArray *found)
{
  g_ptr_array_add (found, g_strdup (url));
}

static void
on_log (WtApiServer *server, const char *line, gpointer data)
{
  /* Nobody was named, and no key was sent. */
  g_assert_null (strstr (line, "right"));
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *connection, GObject *source, gpointer data)
{
  static const char answer[] = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi";
  g_autofree char *request = g_malloc (4096);

  g_input_stream_read (g_io_stream_get_input_stream (G_IO_STREAM (connection)), request, 4096, NULL,
                       NULL);
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)), answer,
                             strlen (answer), NULL, NULL, NULL);
  return TRUE;
}

static void
test_finder (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtServerFinder) finder = wt_server_finder_new ();
  g_autoptr (WtApiServer) open = wt_api_server_new ();
  g_autoptr (GSocketService) web = g_threaded_socket_service_new (2);
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *url = wt_api_server_get_url (fixture->server);
  g_autofree char *open_url = NULL;
  guint16 ports[4] = { 1, wt_api_server_get_port (fixture->server) };

  wt_api_server_set_allow_all (open, TRUE);
  g_assert_true (wt_api_server_listen (open, "127.0.0.1", 0, NULL));
  open_url = wt_api_server_get_url (open);
  ports[2] = wt_api_server_get_port (open);
  g_signal_connect (web, "run", G_CALLBACK (on_incoming), NULL);
  ports[3] = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (web), NULL, NULL);
  g_signal_connect (fixture->server, "log", G_CALLBACK (on_log), NULL);
  wt_server_finder_set_ports (finder, ports, G_N_ELEMENTS (ports));
  g_signal_connect (finder, "found", G_CALLBACK (on_found), found);

  wt_server_finder_start (finder);
  g_assert_true (wt_server_finder_is_searching (finder));
  wt_test_wait_until (!wt_server_finder_is_searching (finder));
  g_assert_cmpuint (found->len, ==, 2);
  g_assert_true (g_ptr_array_find_with_equal_func (found, url, g_str_equal, NULL));
  g_assert_true (g_ptr_array_find_with_equal_func (found, open_url, g_str_equal, NULL));

  /* Stopped, it finds nothing; and it can search again. */
  wt_server_finder_start (finder);
  wt_server_finder_stop (finder);
  wt_server_finder_start (finder);
  wt_test_wait_until (!wt_server_finder_is_searching (finder));
  g_assert_cmpuint (found->len, ==, 4);
  wt_api_server_stop (open);
  g_socket_service_stop (web);
  g_socket_listener_close (G_SOCKET_LISTENER (web));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/connection-check/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("good", test_good);
  ADD ("bad-key", test_bad_key);
  ADD ("wrong-path", test_wrong_path);
  ADD ("nobody", test_nobody);
  ADD ("untrusted", test_untrusted);
  ADD ("no-ack", test_no_ack);
  ADD ("cancel", test_cancel);
  ADD ("finder", test_finder);

  return g_test_run ();
}
