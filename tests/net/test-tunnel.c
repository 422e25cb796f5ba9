/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-tunnel-proxy.h"
#include "wt-tunnel-resolver.h"

#include "wt-test.h"

#include <string.h>

typedef struct
{
  GProxyResolver *resolver;
  GSocketService *service;
  char *request;
  const char *answer;

  GSocketConnection *connection;
  GError *error;
  gboolean done;
} Fixture;

/* Like a proxy: reads the request's head, remembers it, and gives the answer. */
static gboolean
on_run (GThreadedSocketService *service,
        GSocketConnection *connection,
        GObject *source,
        gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (GDataInputStream) input = g_data_input_stream_new (
      g_io_stream_get_input_stream (G_IO_STREAM (connection)));
  g_autoptr (GString) head = g_string_new (NULL);

  g_data_input_stream_set_newline_type (input, G_DATA_STREAM_NEWLINE_TYPE_CR_LF);
  while (TRUE)
    {
      g_autofree char *line = g_data_input_stream_read_line (input, NULL, NULL, NULL);

      if (line == NULL || *line == '\0')
        break;
      g_string_append_printf (head, "%s\n", line);
    }
  g_output_stream_write_all (g_io_stream_get_output_stream (G_IO_STREAM (connection)),
                             fixture->answer, strlen (fixture->answer), NULL, NULL, NULL);
  g_atomic_pointer_set (&fixture->request, g_strdup (head->str));
  return TRUE;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GProxyResolver) simple = NULL;
  g_autofree char *uri = NULL;
  guint port;

  fixture->answer = data;
  fixture->service = g_threaded_socket_service_new (1);
  g_signal_connect (fixture->service, "run", G_CALLBACK (on_run), fixture);
  port = g_socket_listener_add_any_inet_port (G_SOCKET_LISTENER (fixture->service), NULL, &error);
  g_assert_no_error (error);
  uri = g_strdup_printf ("HTTP://user:word@127.0.0.1:%u", port);
  simple = g_simple_proxy_resolver_new (uri, NULL);
  fixture->resolver = wt_tunnel_resolver_new (simple);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_socket_service_stop (fixture->service);
  g_socket_listener_close (G_SOCKET_LISTENER (fixture->service));
  g_clear_object (&fixture->service);
  g_clear_object (&fixture->connection);
  g_clear_error (&fixture->error);
  g_clear_object (&fixture->resolver);
  g_clear_pointer (&fixture->request, g_free);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  fixture->connection = g_socket_client_connect_to_host_finish (G_SOCKET_CLIENT (source), result,
                                                                &fixture->error);
  fixture->done = TRUE;
}

static void
connect_through (Fixture *fixture)
{
  g_autoptr (GSocketClient) client = g_socket_client_new ();

  g_socket_client_set_proxy_resolver (client, fixture->resolver);
  /* As libsoup does: http:// proxies are its own business. */
  g_socket_client_add_application_proxy (client, "http");
  g_socket_client_connect_to_host_async (client, "bot.wheat.test:8090", 8090, NULL, on_connected,
                                         fixture);
  wt_test_wait_until (fixture->done);
}

static void
test_opened (Fixture *fixture, gconstpointer data)
{
  connect_through (fixture);

  g_assert_no_error (fixture->error);
  g_assert_nonnull (fixture->connection);
  wt_test_wait_until (g_atomic_pointer_get (&fixture->request) != NULL);
  g_assert_true (g_str_has_prefix (fixture->request, "CONNECT bot.wheat.test:8090 HTTP/1."));
  /* user:word */
  g_assert_nonnull (strstr (fixture->request, "\nProxy-Authorization: Basic dXNlcjp3b3Jk\n"));
}

static void
test_not_allowed (Fixture *fixture, gconstpointer data)
{
  connect_through (fixture);

  g_assert_null (fixture->connection);
  g_assert_error (fixture->error, G_IO_ERROR, G_IO_ERROR_PROXY_NOT_ALLOWED);
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  char ***proxies = data;
  g_autoptr (GError) error = NULL;

  *proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);
  g_assert_no_error (error);
}

/* Only what libsoup would keep for itself goes another way. */
static void
test_others (void)
{
  const char *const names[] = { "socks5://127.0.0.1:1080", "direct://", "https://127.0.0.1:3129" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GProxyResolver) simple = g_simple_proxy_resolver_new (names[i], NULL);
      g_autoptr (GProxyResolver) resolver = wt_tunnel_resolver_new (simple);
      g_autoptr (GError) error = NULL;
      g_auto (GStrv) later = NULL;
      g_auto (GStrv) now = g_proxy_resolver_lookup (resolver, "http://bot.wheat.test", NULL,
                                                    &error);

      g_assert_no_error (error);
      g_assert_cmpstr (now[0], ==, names[i]);
      g_proxy_resolver_lookup_async (resolver, "http://bot.wheat.test", NULL, on_looked_up, &later);
      wt_test_wait_until (later != NULL);
      g_assert_cmpstr (later[0], ==, names[i]);
      g_assert_true (g_proxy_resolver_is_supported (resolver));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add ("/net/tunnel/opened", Fixture, "HTTP/1.1 200 Connection established\r\n\r\n", set_up,
              test_opened, tear_down);
  g_test_add ("/net/tunnel/not-allowed", Fixture, "HTTP/1.1 403 Forbidden\r\n\r\n", set_up,
              test_not_allowed, tear_down);
  g_test_add_func ("/net/tunnel/others", test_others);
  return g_test_run ();
}
