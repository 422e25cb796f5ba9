/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "raw-server.h"

#include <string.h>
#include <sys/socket.h>

/* No blocking call of a script takes longer: then the test has failed already. */
#define DEADLINE_SECONDS 20

struct _RawServer
{
  GSocket *listener;
  GCancellable *cancellable;
  GThread *thread;
  RawScript script;
  gpointer data;
  gint connections;
};

struct _RawPeer
{
  GSocket *socket;
  GCancellable *cancellable;
  char *key; /* Sec-WebSocket-Key */
};

static void
serve (RawServer *self, GSocket *socket)
{
  RawPeer peer = { socket, self->cancellable, NULL };

  g_socket_set_timeout (socket, DEADLINE_SECONDS);
  self->script (&peer, self->data);
  g_free (peer.key);
}

static gpointer
run (gpointer data)
{
  RawServer *self = data;

  while (!g_cancellable_is_cancelled (self->cancellable))
    {
      g_autoptr (GSocket) socket = g_socket_accept (self->listener, self->cancellable, NULL);

      if (socket == NULL)
        break;
      g_atomic_int_inc (&self->connections);
      serve (self, socket);
      g_socket_close (socket, NULL);
    }
  return NULL;
}

RawServer *
raw_server_new (RawScript script, gpointer data)
{
  RawServer *self = g_new0 (RawServer, 1);
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, 0);
  g_autoptr (GError) error = NULL;

  self->listener = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                 &error);
  g_assert_no_error (error);
  g_socket_bind (self->listener, address, FALSE, &error);
  g_assert_no_error (error);
  g_socket_listen (self->listener, &error);
  g_assert_no_error (error);
  self->cancellable = g_cancellable_new ();
  self->script = script;
  self->data = data;
  self->thread = g_thread_new ("raw-server", run, self);
  return self;
}

void
raw_server_free (RawServer *self)
{
  g_cancellable_cancel (self->cancellable);
  g_thread_join (self->thread);
  g_object_unref (self->listener);
  g_object_unref (self->cancellable);
  g_free (self);
}

guint16
raw_server_get_port (RawServer *self)
{
  g_autoptr (GSocketAddress) address = g_socket_get_local_address (self->listener, NULL);

  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (address));
}

char *
raw_server_get_url (RawServer *self)
{
  return g_strdup_printf ("ws://127.0.0.1:%u/ws", raw_server_get_port (self));
}

guint
raw_server_get_connections (RawServer *self)
{
  return (guint) g_atomic_int_get (&self->connections);
}

gssize
raw_peer_read (RawPeer *self, gpointer buffer, gsize length)
{
  return g_socket_receive (self->socket, buffer, length, self->cancellable, NULL);
}

/* Up to the blank line; the caller frees it. */
char *
raw_peer_read_request (RawPeer *self)
{
  g_autoptr (GString) request = g_string_new (NULL);
  char c;
  const char *key;

  while (!g_str_has_suffix (request->str, "\r\n\r\n") && request->len < 65536
         && raw_peer_read (self, &c, 1) == 1)
    g_string_append_c (request, c);

  key = strstr (request->str, "Sec-WebSocket-Key: ");
  if (key != NULL)
    {
      key += strlen ("Sec-WebSocket-Key: ");
      g_free (self->key);
      self->key = g_strndup (key, strcspn (key, "\r"));
    }
  return g_string_free (g_steal_pointer (&request), FALSE);
}

void
raw_peer_write (RawPeer *self, gconstpointer data, gsize length)
{
  const char *p = data;

  while (length > 0)
    {
      gssize written = g_socket_send (self->socket, p, length, self->cancellable, NULL);

      /* The client may have had enough: that is what many tests are about. */
      if (written <= 0)
        return;
      p += written;
      length -= (gsize) written;
    }
}

void
raw_peer_write_text (RawPeer *self, const char *text)
{
  raw_peer_write (self, text, strlen (text));
}

/* Reads the request and accepts it. */
void
raw_peer_upgrade (RawPeer *self, const char *extra_headers)
{
  g_autofree char *request G_GNUC_UNUSED = raw_peer_read_request (self);
  g_autofree char *salted = g_strconcat (self->key != NULL ? self->key : "",
                                         "258EAFA5-E914-47DA-95CA-C5AB0DC85B11", NULL);
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA1);
  guint8 digest[20];
  gsize length = sizeof digest;
  g_autofree char *accept = NULL;
  g_autofree char *answer = NULL;

  g_checksum_update (checksum, (const guchar *) salted, -1);
  g_checksum_get_digest (checksum, digest, &length);
  accept = g_base64_encode (digest, length);
  answer = g_strdup_printf ("HTTP/1.1 101 Switching Protocols\r\n"
                            "Upgrade: websocket\r\nConnection: Upgrade\r\n"
                            "Sec-WebSocket-Accept: %s\r\n%s\r\n",
                            accept, extra_headers != NULL ? extra_headers : "");
  raw_peer_write_text (self, answer);
}

void
raw_peer_write_frame (RawPeer *self, guint8 first_byte, gconstpointer data, gsize length)
{
  guint8 header[10] = { first_byte };
  gsize used = 2;

  if (length < 126)
    header[1] = (guint8) length;
  else if (length < 65536)
    {
      header[1] = 126;
      header[2] = (guint8) (length >> 8);
      header[3] = (guint8) length;
      used = 4;
    }
  else
    {
      header[1] = 127;
      for (guint i = 0; i < 8; i++)
        header[2 + i] = (guint8) ((guint64) length >> (56 - 8 * i));
      used = 10;
    }
  raw_peer_write (self, header, used);
  raw_peer_write (self, data, length);
}

void
raw_peer_write_close (RawPeer *self, guint16 code, const char *reason)
{
  g_autoptr (GByteArray) payload = g_byte_array_new ();
  guint8 number[2] = { (guint8) (code >> 8), (guint8) code };

  g_byte_array_append (payload, number, 2);
  if (reason != NULL)
    g_byte_array_append (payload, (const guint8 *) reason, (guint) strlen (reason));
  raw_peer_write_frame (self, 0x88, payload->data, payload->len);
}

/* Until the client hangs up, or the server is freed. */
void
raw_peer_wait_for_end (RawPeer *self)
{
  char buffer[4096];

  while (raw_peer_read (self, buffer, sizeof buffer) > 0)
    ;
}

/* Closes so that the client sees a reset. */
void
raw_peer_reset (RawPeer *self)
{
  struct linger linger = { 1, 0 };

  setsockopt (g_socket_get_fd (self->socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  g_socket_close (self->socket, NULL);
}

/* Paces what is sent; nothing is waited for with it. Ends early when the server is freed. */
void
raw_peer_pause (RawPeer *self, guint milliseconds)
{
  GPollFD fd;

  if (!g_cancellable_make_pollfd (self->cancellable, &fd))
    return;
  g_poll (&fd, 1, (gint) milliseconds);
  g_cancellable_release_fd (self->cancellable);
}
