/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>
#include <sys/socket.h>

#include "wt-test-client.h"
#include "wt-test.h"

/* Clients that die before the server looks at them: what they sent is there, they are not. The server, in the same
 * thread, sees them only once they are gone, so each case is the same every time. */

#define HANDSHAKE                                                                                  \
  "GET /ws?platform=desk HTTP/1.1\r\nHost: 127.0.0.1\r\nUpgrade: websocket\r\n"                    \
  "Connection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n"                         \
  "Sec-WebSocket-Version: 13\r\n"
#define KEY "x-apikey: key-of-alice\r\n"
#define DEFLATE "Sec-WebSocket-Extensions: permessage-deflate\r\n"
/* A server that does not look lets no more than ten wait. */
#define TIMES 3

typedef enum
{
  DEATH_CLOSED, /* the system answers for it, until the server writes */
  DEATH_RESET,
  DEATH_HALF_CLOSED,
  N_DEATHS,
} Death;

static const struct
{
  const char *name;
  const char *text;
} cases[] = {
  { "nothing", "" },
  { "half-a-handshake", HANDSHAKE },
  { "handshake", HANDSHAKE KEY "\r\n" },
  { "handshake-deflate", HANDSHAKE KEY DEFLATE "\r\n" },
  { "handshake-of-a-stranger", HANDSHAKE "\r\n" },
  { "no-handshake", "GET /elsewhere HTTP/1.1\r\nHost: a\r\n\r\n" },
  { "frame", HANDSHAKE KEY "\r\n\x81\x82\x01\x02\x03\x04zz" },
  { "half-a-frame", HANDSHAKE KEY "\r\n\x81\xf0\x01" },
  { "goodbye", HANDSHAKE KEY "\r\n\x88\x80\x01\x02\x03\x04" },
  { "broken-frame", HANDSHAKE KEY "\r\n\xf1\x82\x01\x02\x03\x04zz" },
};

static GSocket *
call (WtApiServer *server, const char *text)
{
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM,
                                  G_SOCKET_PROTOCOL_DEFAULT, &error);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new_from_string (
      "127.0.0.1", wt_api_server_get_port (server));

  g_assert_no_error (error);
  g_socket_set_timeout (socket, 10);
  g_socket_connect (socket, address, NULL, &error);
  g_assert_no_error (error);
  if (*text != '\0')
    g_socket_send (socket, text, strlen (text), NULL, &error);
  g_assert_no_error (error);
  return socket;
}

static void
die (GSocket *socket, Death death)
{
  const struct linger at_once = { 1, 0 };

  if (death == DEATH_HALF_CLOSED)
    {
      g_socket_shutdown (socket, FALSE, TRUE, NULL);
      return;
    }
  if (death == DEATH_RESET)
    g_assert_cmpint (
        setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once), ==,
        0);
  g_socket_close (socket, NULL);
}

static void
test_hangup (gconstpointer data)
{
  const char *text = data;
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) other = wt_test_client_connect (server, "key-of-bob", "desk");
  g_autoptr (GPtrArray) sockets = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < TIMES * N_DEATHS; i++)
    {
      GSocket *socket = call (server, text);

      g_ptr_array_add (sockets, socket);
      die (socket, (Death) (i % N_DEATHS));
    }
  wt_test_client_settle (other, server);
  /* The half-closed ones, too: nobody answers a closing handshake for them. */
  g_ptr_array_set_size (sockets, 0);
  wt_test_wait_until (wt_api_server_get_n_connections (server) == 1);
  wt_test_client_settle (other, server);
  wt_test_server_free (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/server/hangup/", cases[i].name, NULL);

      g_test_add_data_func (path, cases[i].text, test_hangup);
    }
  return g_test_run ();
}
