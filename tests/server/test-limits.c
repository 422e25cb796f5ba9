/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-test-client.h"
#include "wt-test.h"

#define LIMIT (256 * 1024)

static WtApiServer *
make_server (gsize max_message, gsize max_queued)
{
  WtApiServer *server = wt_api_server_new ();
  g_autoptr (GError) error = NULL;

  wt_api_server_set_allow_all (server, TRUE);
  if (max_message > 0)
    wt_api_server_set_max_message (server, max_message);
  if (max_queued > 0)
    wt_api_server_set_max_queued (server, max_queued);
  wt_api_server_listen (server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  return server;
}

static char *
make_frame (gsize size)
{
  static const char head[] = "{\"msg_id\":\"big\",\"type\":\"x\",\"payload\":\"";
  g_autofree char *filler = g_strnfill (size - strlen (head) - 2, 'a');

  return g_strconcat (head, filler, "\"}", NULL);
}

static void
test_message_limit (gconstpointer data)
{
  gboolean deflate = GPOINTER_TO_INT (data);
  WtTestLogin login = { .key = "k", .deflate = deflate };
  WtApiServer *server = make_server (LIMIT, 0);
  g_autoptr (WtTestClient) fits = wt_test_client_start (server, &login);
  g_autoptr (WtTestClient) exceeds = wt_test_client_start (server, &login);
  g_autofree char *exact = make_frame (LIMIT);
  g_autofree char *larger = make_frame (LIMIT + 1);

  wt_test_client_send (fits, exact);
  wt_test_client_settle (fits, server);
  g_assert_cmpuint (wt_test_client_count_acks (fits, "big"), ==, 1);

  wt_test_client_send (exceeds, larger);
  wt_test_wait_until (exceeds->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (exceeds->websocket), ==, 1009);
  g_assert_cmpuint (wt_api_server_get_stats (server)->frames, ==, 2);
  wt_test_client_settle (fits, server);
  wt_test_server_free (server);
}

/* A few kilobytes that would be many megabytes. */
static void
test_deflate_bomb (void)
{
  WtTestLogin login = { .key = "k", .deflate = TRUE };
  WtApiServer *server = make_server (LIMIT, 0);
  g_autoptr (WtTestClient) client = wt_test_client_start (server, &login);
  g_autofree char *bomb = make_frame (16 << 20);

  wt_test_client_send (client, bomb);
  wt_test_wait_until (client->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (client->websocket), ==, 1009);
  g_assert_cmpuint (wt_api_server_get_stats (server)->frames, ==, 0);
  wt_test_server_free (server);
}

/* Many messages over one connection, so that each builds on the ones before it. */
static void
test_deflate_goes_on (void)
{
  WtTestLogin login = { .key = "k", .deflate = TRUE };
  WtApiServer *server = make_server (0, 0);
  g_autoptr (WtTestClient) client = wt_test_client_start (server, &login);

  g_assert_nonnull (soup_websocket_connection_get_extensions (client->websocket));
  for (guint i = 0; i < 200; i++)
    {
      g_autofree char *text = g_strdup_printf (
          "{\"msg_id\":\"m-%u\",\"type\":\"x\",\"payload\":\"%0*u\"}", i, i * 50, i);

      wt_test_client_send (client, text);
    }
  wt_test_wait_until (client->frames->len == 200);
  g_assert_cmpuint (wt_api_server_get_stats (server)->ignored, ==, 0);
  g_assert_cmpuint (wt_test_client_count_acks (client, "m-199"), ==, 1);
  wt_test_server_free (server);
}

/* A client that writes WebSocket frames by hand. */
typedef struct
{
  GSocketConnection *connection;
  GOutputStream *out;
  GInputStream *in;
} RawClient;

static void
raw_client_free (RawClient *raw)
{
  g_clear_object (&raw->connection);
  g_free (raw);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (RawClient, raw_client_free)

static void
raw_write (RawClient *raw, gconstpointer bytes, gsize length)
{
  const guint8 *next = bytes;

  while (length > 0)
    {
      g_autoptr (GError) error = NULL;
      gssize put = g_pollable_output_stream_write_nonblocking (G_POLLABLE_OUTPUT_STREAM (raw->out),
                                                               next, length, NULL, &error);

      if (put > 0)
        {
          next += put;
          length -= (gsize) put;
        }
      else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_WOULD_BLOCK))
        return;
      else
        g_main_context_iteration (NULL, FALSE);
    }
}

static void
on_raw_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  RawClient *raw = data;

  raw->connection = g_socket_client_connect_finish (G_SOCKET_CLIENT (source), result, NULL);
}

static RawClient *
raw_client_new (WtApiServer *server, const char *key, const char *extensions)
{
  RawClient *raw = g_new0 (RawClient, 1);
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  guint64 before = wt_api_server_get_stats (server)->connections;
  g_autofree char *request = g_strdup_printf (
      "GET /ws?api_key=%s HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\n"
      "Upgrade: websocket\r\nSec-WebSocket-Version: 13\r\n"
      "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n%s\r\n",
      key, extensions);

  g_socket_client_connect_to_host_async (client, "127.0.0.1", wt_api_server_get_port (server), NULL,
                                         on_raw_connected, raw);
  wt_test_wait_until (raw->connection != NULL);
  raw->out = g_io_stream_get_output_stream (G_IO_STREAM (raw->connection));
  raw->in = g_io_stream_get_input_stream (G_IO_STREAM (raw->connection));
  raw_write (raw, request, strlen (request));
  wt_test_wait_until (wt_api_server_get_stats (server)->connections > before);
  return raw;
}

/* A masked frame with a mask of zeros. */
static void
raw_send (RawClient *raw, guint8 first, gconstpointer payload, gsize length)
{
  guint8 header[14] = { first, 0x80 | 127 };

  for (guint i = 0; i < 8; i++)
    header[2 + i] = (guint8) ((guint64) length >> (8 * (7 - i)));
  if (length < 126)
    {
      header[1] = (guint8) (0x80 | length);
      memset (header + 2, 0, 4);
    }
  raw_write (raw, header, length < 126 ? 6 : 14);
  raw_write (raw, payload, length);
}

static void
test_endless_fragments (void)
{
  WtApiServer *server = make_server (LIMIT, 0);
  g_autoptr (RawClient) raw = raw_client_new (server, "k", "");
  g_autofree char *piece = g_strnfill (70000, 'a');

  raw_send (raw, 0x01, "{", 1);
  for (guint i = 0; i < 400 && wt_api_server_get_n_connections (server) > 0; i++)
    raw_send (raw, 0x00, piece, 70000);
  wt_test_wait_until (wt_api_server_get_n_connections (server) == 0);
  g_assert_cmpuint (wt_api_server_get_stats (server)->frames, ==, 0);
  wt_test_server_free (server);
}

static void
test_announced_size (void)
{
  static const guint8 header[] = { 0x81, 0xff, 0x7f, 0xff, 0xff, 0xff, 0xff,
                                   0xff, 0xff, 0xff, 0,    0,    0,    0 };
  WtApiServer *server = make_server (0, 0);
  g_autoptr (RawClient) raw = raw_client_new (server, "k", "");

  raw_write (raw, header, sizeof header);
  wt_test_wait_until (wt_api_server_get_n_connections (server) == 0);
  wt_test_server_free (server);
}

static const struct
{
  const char *name;
  const char *extensions;
  guint8 bytes[16];
  gsize length;
} garbage[] = {
  { "unmasked", "", { 0x81, 0x02, 'h', 'i' }, 4 },
  { "reserved-bits", "", { 0xf1, 0x80, 0, 0, 0, 0 }, 6 },
  { "unknown-opcode", "", { 0x83, 0x80, 0, 0, 0, 0 }, 6 },
  { "not-utf8", "", { 0x81, 0x81, 0, 0, 0, 0, 0xff }, 7 },
  { "continuation-first", "", { 0x80, 0x81, 0, 0, 0, 0, 'x' }, 7 },
  { "http-again", "", "GET / HTTP/1.1\r", 15 },
  { "not-deflated",
    "Sec-WebSocket-Extensions: permessage-deflate\r\n",
    { 0xc1, 0x84, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff },
    10 },
  { "compressed-without-asking", "", { 0xc1, 0x82, 0, 0, 0, 0, 'h', 'i' }, 8 },
};

static void
test_garbage (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  WtApiServer *server = make_server (0, 0);
  g_autoptr (WtTestClient) other = wt_test_client_connect (server, "other", "p");
  g_autoptr (RawClient) raw = raw_client_new (server, "k", garbage[row].extensions);

  raw_write (raw, garbage[row].bytes, garbage[row].length);
  wt_test_client_settle (other, server);
  g_assert_cmpuint (wt_api_server_get_stats (server)->frames, ==, 1);
  g_clear_object (&raw->connection);
  wt_test_wait_until (wt_api_server_get_n_connections (server) == 1);
  wt_test_server_free (server);
}

/* To the user's one connection; whether it went. */
static gboolean
send_to (WtApiServer *server, const char *user, GBytes *frame)
{
  g_autoptr (GHashTable) results = wt_api_server_send (server, user, NULL, frame);
  GHashTableIter iter;
  gpointer sent;

  g_assert_cmpuint (g_hash_table_size (results), ==, 1);
  g_hash_table_iter_init (&iter, results);
  g_hash_table_iter_next (&iter, NULL, &sent);
  return GPOINTER_TO_INT (sent);
}

/* Somebody who never reads is dropped; the one who writes, and the memory, are well. */
static void
test_slow_receiver (void)
{
  WtApiServer *server = make_server (0, 8 << 20);
  g_autoptr (RawClient) slow G_GNUC_UNUSED = raw_client_new (server, "slow", "");
  g_autofree char *filler = g_strnfill (1 << 20, 'a');
  g_autofree char *text = g_strdup_printf ("{\"x\":\"%s\"}", filler);
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));
  guint sent = 0;

  while (send_to (server, "slow", frame))
    {
      g_assert_cmpuint (++sent, <, 32);
      g_main_context_iteration (NULL, FALSE);
    }
  g_assert_cmpuint (sent, >=, 7);
  wt_test_wait_until (wt_api_server_get_n_connections (server) == 0);
  g_assert_cmpuint (wt_api_server_get_stats (server)->dropped, ==, 1);
  wt_test_server_free (server);
}

/* Somebody who reads may be sent far more than the limit, in time. */
static void
test_steady_receiver (gconstpointer data)
{
  WtTestLogin login = { .key = "steady", .platform = "p", .deflate = GPOINTER_TO_INT (data) };
  WtApiServer *server = make_server (0, 1 << 20);
  g_autoptr (WtTestClient) steady = wt_test_client_start (server, &login);
  g_autofree char *filler = g_strnfill (100000, 'a');
  g_autofree char *text = g_strdup_printf ("{\"x\":\"%s\"}", filler);
  g_autoptr (GBytes) frame = g_bytes_new (text, strlen (text));

  wt_test_wait_until (wt_api_server_get_stats (server)->connections == 1);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (GHashTable) results = wt_api_server_send (server, "steady", "p", frame);

      g_assert_cmpuint (g_hash_table_size (results), ==, 1);
      wt_test_wait_until (steady->frames->len == i + 1);
    }
  g_assert_cmpuint (wt_api_server_get_stats (server)->dropped, ==, 0);
  wt_test_server_free (server);
}

static void
test_most_connections (void)
{
  WtApiServer *server = make_server (0, 0);
  WtTestLogin login = { .key = "k" };
  g_autoptr (WtTestClient) one = NULL;
  g_autoptr (WtTestClient) two = NULL;

  wt_api_server_set_max_connections (server, 1);
  one = wt_test_client_connect (server, "k", "p");
  two = wt_test_client_start (server, &login);
  g_assert_cmpuint (two->status, ==, 503);
  wt_test_client_settle (one, server);
  wt_test_server_free (server);
}

static void
test_silent_client (void)
{
  g_autoptr (GError) error = NULL;
  WtApiServer *server = wt_api_server_new ();
  g_autoptr (RawClient) raw = NULL;
  g_autoptr (WtTestClient) alive = NULL;

  wt_api_server_set_allow_all (server, TRUE);
  wt_api_server_set_keepalive (server, 1);
  g_assert_true (wt_api_server_listen (server, "127.0.0.1", 0, &error));
  raw = raw_client_new (server, "k", "");
  alive = wt_test_client_connect (server, "alive", "p");
  wt_test_wait_until (wt_api_server_get_n_connections (server) == 1);
  g_assert_cmpuint (wt_api_server_get_stats (server)->dropped, ==, 1);
  wt_test_client_settle (alive, server);
  wt_test_server_free (server);
}

/* One who never stops sending does not keep the others from their turn. */
static void
test_flood (void)
{
  WtApiServer *server = make_server (0, 0);
  g_autoptr (RawClient) flood = raw_client_new (server, "k", "");
  g_autoptr (WtTestClient) other = wt_test_client_connect (server, "other", "p");
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 0; i < 4000; i++)
    {
      const guint8 ignored[] = { 0x81, 0x84, 0, 0, 0, 0, 'n', 'u', 'l', 'l' };

      g_string_append_len (many, (const char *) ignored, sizeof ignored);
    }
  raw_write (flood, many->str, many->len);
  wt_test_client_settle (other, server);
  wt_test_wait_until (wt_api_server_get_stats (server)->ignored == 4000);
  g_clear_object (&flood->connection);
  wt_test_server_free (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/server/limits/message", GINT_TO_POINTER (FALSE), test_message_limit);
  g_test_add_data_func ("/server/limits/message-deflated", GINT_TO_POINTER (TRUE),
                        test_message_limit);
  g_test_add_func ("/server/limits/deflate-bomb", test_deflate_bomb);
  g_test_add_func ("/server/limits/deflate-goes-on", test_deflate_goes_on);
  g_test_add_func ("/server/limits/endless-fragments", test_endless_fragments);
  g_test_add_func ("/server/limits/announced-size", test_announced_size);
  for (gsize i = 0; i < G_N_ELEMENTS (garbage); i++)
    {
      g_autofree char *path = g_strconcat ("/server/limits/garbage/", garbage[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_garbage);
    }
  g_test_add_func ("/server/limits/slow-receiver", test_slow_receiver);
  g_test_add_data_func ("/server/limits/steady-receiver", GINT_TO_POINTER (FALSE),
                        test_steady_receiver);
  g_test_add_data_func ("/server/limits/steady-receiver-deflated", GINT_TO_POINTER (TRUE),
                        test_steady_receiver);
  g_test_add_func ("/server/limits/most-connections", test_most_connections);
  g_test_add_func ("/server/limits/silent-client", test_silent_client);
  g_test_add_func ("/server/limits/flood", test_flood);
  return g_test_run ();
}
