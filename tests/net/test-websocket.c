/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-websocket.h"

#include "polite-server.h"
#include "recorder.h"
#include "wt-connection.h"
#include "wt-protocol-error.h"
#include "wt-test.h"
#include "wt-worker.h"

#include <string.h>

#define UUID "0b1ae4ea-6f56-4d3c-9d9c-4f2f4d5c8a11"

typedef struct
{
  PoliteServer *server;
  Recorder *client;
  WtEndpoint *endpoint;
} Fixture;

static WtEndpoint *
new_endpoint (PoliteServer *server, WtAuthMode auth, const char *key, const char *platform)
{
  g_autofree char *url = polite_server_get_url (server);
  g_autoptr (GError) error = NULL;
  WtEndpoint *endpoint = wt_endpoint_new (url, auth, key, platform, NULL, &error);

  g_assert_no_error (error);
  return endpoint;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->server = polite_server_new (NULL);
  fixture->client = recorder_new (WT_TRANSPORT (wt_websocket_new (WT_PROTOCOL_MAX_BYTES, 1)));
  fixture->endpoint = new_endpoint (fixture->server, WT_AUTH_HEADER, "key-of-mine", "wheatear");
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->client, recorder_free);
  g_clear_pointer (&fixture->server, polite_server_free);
  g_clear_pointer (&fixture->endpoint, wt_endpoint_unref);
  recorder_drain ();
}

static void
open_and_wait (Fixture *fixture)
{
  guint connections = fixture->server->connections;
  guint opened = fixture->client->opened;

  wt_transport_open (fixture->client->transport, fixture->endpoint, UUID);
  wt_test_wait_until (fixture->client->opened > opened
                      && fixture->server->connections > connections);
}

static gboolean
send_text (Fixture *fixture, const char *text, GError **error)
{
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));

  return wt_transport_send (fixture->client->transport, frame, error);
}

static void
test_header_mode (Fixture *fixture, gconstpointer data)
{
  open_and_wait (fixture);
  g_assert_cmpstr (fixture->server->key, ==, "key-of-mine");
  g_assert_cmpstr (fixture->server->platform, ==, "wheatear");
  g_assert_cmpstr (fixture->server->uuid, ==, UUID);
  g_assert_null (fixture->server->query);
  g_assert_cmpstr (fixture->client->steps->str, ==, "resolving connecting upgrading opened ");
}

static void
test_query_mode (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->endpoint, wt_endpoint_unref);
  fixture->endpoint = new_endpoint (fixture->server, WT_AUTH_QUERY, "密 &key=", "平台");
  open_and_wait (fixture);
  g_assert_null (fixture->server->key);
  g_assert_null (fixture->server->platform);
  g_assert_cmpstr (fixture->server->uuid, ==, UUID);
  g_assert_cmpstr (fixture->server->query, ==,
                   "api_key=%E5%AF%86%20%26key%3D&platform=%E5%B9%B3%E5%8F%B0");
}

static void
test_empty_key (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->endpoint, wt_endpoint_unref);
  fixture->endpoint = new_endpoint (fixture->server, WT_AUTH_HEADER, "", "wheatear");
  open_and_wait (fixture);
  g_assert_null (fixture->server->key);
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  fixture->server->echo = TRUE;
  open_and_wait (fixture);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"n\":%u,\"麦\":\"穗\"}", i);

      g_assert_true (send_text (fixture, text, NULL));
    }
  wt_test_wait_until (fixture->client->frames->len == 500);
  for (guint i = 0; i < 500; i++)
    {
      g_autofree char *text = g_strdup_printf ("{\"n\":%u,\"麦\":\"穗\"}", i);
      GBytes *frame = g_ptr_array_index (fixture->client->frames, i);

      g_assert_cmpmem (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), text,
                       strlen (text));
    }
  g_assert_cmpuint (fixture->client->alive, >=, 500);
}

/* An ordinary picture is far above libsoup's own limit of 128 KiB. */
static void
test_large (Fixture *fixture, gconstpointer compress)
{
  guint32 seed = (guint32) g_test_rand_int () & G_MAXINT32;
  g_autoptr (GRand) rand = g_rand_new_with_seed (seed);
  gsize length = 8 * 1024 * 1024;
  gint64 before;
  char *text = g_malloc (length);
  g_autoptr (GBytes) frame = g_bytes_new_take (text, length);
  GBytes *echoed;

  g_test_message ("seed %u", seed);
  for (gsize i = 0; i < length; i++)
    text[i] = (char) ('0' + (g_rand_int (rand) & 63));
  if (!GPOINTER_TO_INT (compress))
    soup_server_remove_websocket_extension (fixture->server->server,
                                            SOUP_TYPE_WEBSOCKET_EXTENSION_DEFLATE);
  fixture->server->echo = TRUE;
  open_and_wait (fixture);
  g_assert_cmpint (wt_websocket_get_is_compressing (WT_WEBSOCKET (fixture->client->transport)), ==,
                   GPOINTER_TO_INT (compress));
  before = (gint64) wt_transport_get_taken (fixture->client->transport);
  g_assert_cmpint (wt_transport_get_saved (fixture->client->transport), ==, 0);
  g_assert_true (wt_transport_send (fixture->client->transport, frame, NULL));
  wt_test_wait_until (fixture->client->frames->len == 1);
  /* What the peer's system confirms in the end is known from the beginning, but for the frame's head and pings. */
  g_assert_cmpint (ABS ((gint64) wt_transport_get_taken (fixture->client->transport) - before
                        - ((gint64) length - wt_transport_get_saved (fixture->client->transport))),
                   <, 1024);
  g_assert_true ((wt_transport_get_saved (fixture->client->transport) > (gint64) length / 5)
                 == GPOINTER_TO_INT (compress));
  echoed = g_ptr_array_index (fixture->client->frames, 0);
  g_assert_true (g_bytes_equal (frame, echoed));
  g_assert_cmpuint (fixture->client->closed, ==, 0);
}

/* Both sides keep their windows from one message to the next. */
static void
test_compression (Fixture *fixture, gconstpointer data)
{
  fixture->server->echo = TRUE;
  open_and_wait (fixture);
  g_assert_nonnull (strstr (fixture->server->extensions, "permessage-deflate"));
  g_assert_true (wt_websocket_get_is_compressing (WT_WEBSOCKET (fixture->client->transport)));
  for (guint length = 0; length < 3000; length += 61)
    {
      g_autofree char *text = g_strnfill (length, 'a');

      g_assert_true (send_text (fixture, text, NULL));
    }
  wt_test_wait_until (fixture->client->frames->len == 50);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *text = g_strnfill (i * 61, 'a');
      GBytes *frame = g_ptr_array_index (fixture->client->frames, i);

      g_assert_cmpmem (g_bytes_get_data (frame, NULL), g_bytes_get_size (frame), text, i * 61);
    }
}

static void
test_send_errors (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  gsize length = WT_PROTOCOL_MAX_BYTES + 1;
  g_autoptr (GBytes) huge = NULL;

  g_assert_false (send_text (fixture, "{}", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_clear_error (&error);

  open_and_wait (fixture);
  g_assert_false (send_text (fixture, "\xff", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA);
  g_clear_error (&error);

  huge = g_bytes_new_take (g_malloc0 (length), length);
  g_assert_false (wt_transport_send (fixture->client->transport, huge, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE);
  g_assert_nonnull (strstr (error->message, "100.0"));
  g_clear_error (&error);

  g_assert_true (send_text (fixture, "still here", &error));
  wt_test_wait_until (fixture->server->texts->len == 1);

  wt_transport_close (fixture->client->transport, 1000, NULL);
  g_assert_false (send_text (fixture, "{}", &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
}

/* What was sent leaves before the close frame. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  open_and_wait (fixture);
  for (guint i = 0; i < 100; i++)
    g_assert_true (send_text (fixture, "{}", NULL));
  wt_transport_close (fixture->client->transport, 1000, "bye");
  wt_transport_close (fixture->client->transport, 1000, "again");
  g_assert_cmpuint (fixture->client->closed, ==, 0);
  wt_test_wait_until (fixture->client->closed == 1 && fixture->server->closed == 1);
  g_assert_cmpuint (fixture->server->texts->len, ==, 100);
  g_assert_cmpuint (fixture->server->close_code, ==, 1000);
  g_assert_cmpstr (fixture->server->close_reason, ==, "bye");
  recorder_assert_kind (fixture->client, WT_DIAGNOSIS_NONE);
  g_assert_true (wt_diagnosis_is_clean (fixture->client->diagnosis));
}

static void
test_long_close_reason (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) reason = g_string_new ("x");

  while (reason->len < 1000)
    g_string_append (reason, "麦");
  open_and_wait (fixture);
  wt_transport_close (fixture->client->transport, 1000, reason->str);
  wt_test_wait_until (fixture->server->closed == 1);
  g_assert_cmpuint (strlen (fixture->server->close_reason), ==, 121);
}

static void
test_close_while_connecting (Fixture *fixture, gconstpointer data)
{
  wt_transport_open (fixture->client->transport, fixture->endpoint, UUID);
  wt_transport_close (fixture->client->transport, 1000, NULL);
  g_assert_cmpuint (fixture->client->closed, ==, 0);
  wt_test_wait_until (fixture->client->closed == 1);
  recorder_assert_kind (fixture->client, WT_DIAGNOSIS_NONE);
  g_assert_cmpuint (fixture->client->opened, ==, 0);
}

/* The old one's end is not told once the new one has begun. */
static void
test_reopen (Fixture *fixture, gconstpointer data)
{
  for (guint i = 1; i <= 5; i++)
    {
      open_and_wait (fixture);
      wt_transport_close (fixture->client->transport, 1000, NULL);
    }
  open_and_wait (fixture);
  wt_test_wait_until (fixture->server->closed == 5);
  g_assert_true (send_text (fixture, "{}", NULL));
  wt_test_wait_until (fixture->server->texts->len == 1);
  g_assert_cmpuint (fixture->client->closed, ==, 0);

  /* Given up before anything happened, or while connecting. */
  wt_transport_open (fixture->client->transport, fixture->endpoint, UUID);
  wt_transport_open (fixture->client->transport, fixture->endpoint, UUID);
  g_main_context_iteration (NULL, FALSE);
  open_and_wait (fixture);
  g_assert_cmpuint (fixture->client->closed, ==, 0);
}

static void
test_pong (Fixture *fixture, gconstpointer data)
{
  open_and_wait (fixture);
  wt_test_wait_until (fixture->client->alive >= 1);
  g_assert_cmpuint (fixture->client->frames->len, ==, 0);
}

static void
test_check (Fixture *fixture, gconstpointer data)
{
  g_clear_pointer (&fixture->client, recorder_free);
  fixture->client = recorder_new (WT_TRANSPORT (wt_websocket_new (WT_PROTOCOL_MAX_BYTES, 3600)));
  wt_transport_check (fixture->client->transport);
  open_and_wait (fixture);
  wt_transport_check (fixture->client->transport);
  wt_test_wait_until (fixture->client->alive >= 1);
}

static void
test_dispose_while_open (Fixture *fixture, gconstpointer data)
{
  open_and_wait (fixture);
  g_assert_finalize_object (g_steal_pointer (&fixture->client->transport));
  wt_test_wait_until (fixture->server->closed == 1);
  g_assert_cmpuint (fixture->server->close_code, ==, 1001);
}

static void
on_destroy (Fixture *fixture)
{
  g_clear_object (&fixture->client->transport);
}

/* The last reference goes in a handler of each signal. */
static void
test_dispose_in_handlers (Fixture *fixture, gconstpointer data)
{
  static const char *const names[] = { "step", "opened", "frame", "ignored", "alive", "closed" };

  fixture->server->echo = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      guint connections = fixture->server->connections;

      g_test_message ("%s", names[i]);
      g_clear_pointer (&fixture->client, recorder_free);
      fixture->client = recorder_new (WT_TRANSPORT (wt_websocket_new (WT_PROTOCOL_MAX_BYTES, 1)));
      g_signal_connect_swapped (fixture->client->transport, names[i], G_CALLBACK (on_destroy),
                                fixture);
      wt_transport_open (fixture->client->transport, fixture->endpoint, UUID);
      wt_test_wait_until (fixture->client->transport == NULL || fixture->client->opened == 1);
      if (fixture->client->transport == NULL)
        continue;
      wt_test_wait_until (fixture->server->connections > connections);
      soup_websocket_connection_send_text (fixture->server->peer, "{}");
      soup_websocket_connection_send_binary (fixture->server->peer, "\0", 1);
      wt_test_wait_until (fixture->client->transport == NULL || fixture->client->ignored == 1);
      if (fixture->client->transport != NULL)
        wt_transport_close (fixture->client->transport, 1000, NULL);
      wt_test_wait_until (fixture->client->transport == NULL);
    }
}

static void
test_new_destroy (Fixture *fixture, gconstpointer data)
{
  wt_transport_close (fixture->client->transport, 1000, NULL);
}

static void
on_worker_closed (WtTransport *transport, WtDiagnosis *diagnosis, gint *done)
{
  g_atomic_int_set (done, 1);
  g_main_context_wakeup (NULL);
}

typedef struct
{
  WtEndpoint *endpoint;
  WtTransport *transport;
  gint done;
} Elsewhere;

static gboolean
open_elsewhere (gpointer data)
{
  Elsewhere *elsewhere = data;

  elsewhere->transport = WT_TRANSPORT (wt_websocket_new (WT_PROTOCOL_MAX_BYTES, 1));
  g_signal_connect (elsewhere->transport, "closed", G_CALLBACK (on_worker_closed),
                    &elsewhere->done);
  wt_transport_open (elsewhere->transport, elsewhere->endpoint, UUID);
  return G_SOURCE_REMOVE;
}

static gboolean
close_elsewhere (gpointer data)
{
  Elsewhere *elsewhere = data;

  g_clear_object (&elsewhere->transport);
  g_atomic_int_set (&elsewhere->done, 2);
  g_main_context_wakeup (NULL);
  return G_SOURCE_REMOVE;
}

/* Not in the main thread, whose context runs the server here. */
static void
test_thread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtWorker) worker = wt_worker_new ("net");
  Elsewhere elsewhere = { fixture->endpoint, NULL, 0 };

  wt_worker_invoke (worker, open_elsewhere, &elsewhere, NULL);
  wt_test_wait_until (fixture->server->peer != NULL);
  soup_websocket_connection_close (fixture->server->peer, 1001, NULL);
  wt_test_wait_until (g_atomic_int_get (&elsewhere.done) == 1);
  wt_test_wait_until (fixture->server->closed == 1);
  wt_worker_invoke (worker, close_elsewhere, &elsewhere, NULL);
  wt_test_wait_until (g_atomic_int_get (&elsewhere.done) == 2);
  wt_worker_stop (worker);
}

/* The whole machine over the real transport, by the real clock. */
static void
test_connection (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtClock) clock = wt_clock_new ();
  WtConnection *connection = wt_connection_new (fixture->client->transport, clock);

  wt_connection_set_seed (connection, 1);
  wt_connection_set_endpoint (connection, fixture->endpoint);
  wt_connection_start (connection);
  wt_test_wait_until (wt_connection_get_state (connection) == WT_CONNECTION_ONLINE);
  g_assert_cmpstr (fixture->server->uuid, ==, wt_connection_get_uuid (connection));
  soup_websocket_connection_close (fixture->server->peer, 1001, NULL);
  wt_test_wait_until (wt_connection_get_state (connection) == WT_CONNECTION_WAITING);
  wt_test_wait_until (wt_connection_get_state (connection) == WT_CONNECTION_ONLINE);
  g_assert_cmpuint (fixture->server->connections, ==, 2);
  soup_websocket_connection_close (fixture->server->peer, 1000, "Authentication failed: 认证失败");
  wt_test_wait_until (wt_connection_get_state (connection) == WT_CONNECTION_REFUSED);
  g_assert_finalize_object (connection);
}

#define ADD(path, function, data)                                                                  \
  g_test_add ("/net/websocket/" path, Fixture, data, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("new-destroy", test_new_destroy, NULL);
  ADD ("header-mode", test_header_mode, NULL);
  ADD ("query-mode", test_query_mode, NULL);
  ADD ("empty-key", test_empty_key, NULL);
  ADD ("order", test_order, NULL);
  ADD ("large", test_large, GINT_TO_POINTER (FALSE));
  ADD ("large-compressed", test_large, GINT_TO_POINTER (TRUE));
  ADD ("compression", test_compression, NULL);
  ADD ("send-errors", test_send_errors, NULL);
  ADD ("close", test_close, NULL);
  ADD ("long-close-reason", test_long_close_reason, NULL);
  ADD ("close-while-connecting", test_close_while_connecting, NULL);
  ADD ("reopen", test_reopen, NULL);
  ADD ("pong", test_pong, NULL);
  ADD ("check", test_check, NULL);
  ADD ("dispose-while-open", test_dispose_while_open, NULL);
  ADD ("dispose-in-handlers", test_dispose_in_handlers, NULL);
  ADD ("thread", test_thread, NULL);
  ADD ("connection", test_connection, NULL);

  return g_test_run ();
}
