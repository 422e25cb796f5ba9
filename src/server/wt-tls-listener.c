/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-tls-listener.h"

#include <gio/gnetworking.h>

/**
 * WtTlsListener:
 *
 * Shakes hands by TLS, and gives what comes of it to a #SoupServer. libsoup's own listener is not used for it: when
 * it stops, it lets go of connections whose handshake goes on, and libsoup 3.6 uses them when that ends.
 */
struct _WtTlsListener
{
  GObject parent_instance;

  SoupServer *soup;
  GTlsCertificate *certificate;
  GTlsDatabase *authorities;
  GSocketService *service;
  GCancellable *cancellable;
};

G_DEFINE_FINAL_TYPE (WtTlsListener, wt_tls_listener, G_TYPE_OBJECT)

/* The socket of a connection, kept with its remote address: that is what libsoup keeps of it. */
static G_DEFINE_QUARK (wt - tls - listener - socket, socket)

/* GLib leaves it to the server to take a client's certificate even where it is good. */
static gboolean
on_accept_certificate (GTlsConnection *connection,
                       GTlsCertificate *certificate,
                       GTlsCertificateFlags errors,
                       gpointer data)
{
  return errors == 0;
}

static GSocketConnection *
get_base (GTlsConnection *connection)
{
  g_autoptr (GSocketConnection) base = NULL;

  g_object_get (connection, "base-io-stream", &base, NULL);
  /* The TLS connection holds it. */
  return base;
}

static void
on_handshake (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtTlsListener) self = data;
  GTlsConnection *connection = G_TLS_CONNECTION (source);
  GSocketConnection *base = get_base (connection);
  g_autoptr (GSocketAddress) local = NULL;
  g_autoptr (GSocketAddress) remote = NULL;

  if (!g_tls_connection_handshake_finish (connection, result, NULL)
      || g_cancellable_is_cancelled (self->cancellable))
    return;
  local = g_socket_connection_get_local_address (base, NULL);
  remote = g_socket_connection_get_remote_address (base, NULL);
  if (local == NULL || remote == NULL)
    return;
  g_object_set_qdata_full (G_OBJECT (remote), socket_quark (),
                           g_object_ref (g_socket_connection_get_socket (base)), g_object_unref);
  soup_server_accept_iostream (self->soup, G_IO_STREAM (connection), local, remote, NULL);
}

static gboolean
on_incoming (GSocketService *service, GSocketConnection *base, GObject *source, WtTlsListener *self)
{
  static const char *const protocols[] = { "http/1.1", NULL };
  g_autoptr (GIOStream) connection = g_tls_server_connection_new (G_IO_STREAM (base),
                                                                  self->certificate, NULL);

  if (connection == NULL)
    return TRUE;
  g_object_set (connection, "database", self->authorities, "authentication-mode",
                self->authorities != NULL ? G_TLS_AUTHENTICATION_REQUIRED
                                          : G_TLS_AUTHENTICATION_NONE,
                "require-close-notify", FALSE, "advertised-protocols", protocols, NULL);
  g_signal_connect (connection, "accept-certificate", G_CALLBACK (on_accept_certificate), NULL);
  g_socket_set_option (g_socket_connection_get_socket (base), IPPROTO_TCP, TCP_NODELAY, TRUE, NULL);
  g_tls_connection_handshake_async (G_TLS_CONNECTION (connection), G_PRIORITY_DEFAULT,
                                    self->cancellable, on_handshake, g_object_ref (self));
  return TRUE;
}

static void
wt_tls_listener_dispose (GObject *object)
{
  WtTlsListener *self = WT_TLS_LISTENER (object);

  wt_tls_listener_stop (self);
  g_clear_object (&self->soup);
  g_clear_object (&self->certificate);
  g_clear_object (&self->authorities);
  g_clear_object (&self->service);
  g_clear_object (&self->cancellable);
  G_OBJECT_CLASS (wt_tls_listener_parent_class)->dispose (object);
}

static void
wt_tls_listener_class_init (WtTlsListenerClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_tls_listener_dispose;
}

static void
wt_tls_listener_init (WtTlsListener *self)
{
  self->cancellable = g_cancellable_new ();
  self->service = g_socket_service_new ();
  g_signal_connect_object (self->service, "incoming", G_CALLBACK (on_incoming), self, 0);
}

/**
 * wt_tls_listener_new:
 * @soup: who answers the requests
 * @certificate: the server's certificate, with its key
 * @authorities: (nullable): who signed the certificates that clients must have
 *
 * Returns: (transfer full): a listener that does not listen yet
 */
WtTlsListener *
wt_tls_listener_new (SoupServer *soup, GTlsCertificate *certificate, GTlsDatabase *authorities)
{
  g_return_val_if_fail (SOUP_IS_SERVER (soup), NULL);
  g_return_val_if_fail (G_IS_TLS_CERTIFICATE (certificate), NULL);

  WtTlsListener *self = g_object_new (WT_TYPE_TLS_LISTENER, NULL);

  self->soup = g_object_ref (soup);
  self->certificate = g_object_ref (certificate);
  g_set_object (&self->authorities, authorities);
  return self;
}

/**
 * wt_tls_listener_listen:
 * @self: a new listener
 * @address: where to
 * @error: return location for a #GIOError
 *
 * Begins to listen, in the thread-default main context.
 *
 * Returns: the port, or 0 with @error set
 */
guint16
wt_tls_listener_listen (WtTlsListener *self, GSocketAddress *address, GError **error)
{
  g_return_val_if_fail (WT_IS_TLS_LISTENER (self), 0);
  g_return_val_if_fail (G_IS_SOCKET_ADDRESS (address), 0);

  g_autoptr (GSocketAddress) taken = NULL;

  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), address,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &taken,
                                      error))
    return 0;
  g_socket_service_start (self->service);
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (taken));
}

/**
 * wt_tls_listener_stop:
 * @self: a listener
 *
 * Listens no more, and gives up every handshake that goes on. What was given to the server stays.
 */
void
wt_tls_listener_stop (WtTlsListener *self)
{
  g_return_if_fail (WT_IS_TLS_LISTENER (self));

  g_cancellable_cancel (self->cancellable);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
}

/**
 * wt_tls_listener_get_socket:
 * @message: a request, by TLS or without
 *
 * Returns: (transfer none) (nullable): the socket that it came by
 */
GSocket *
wt_tls_listener_get_socket (SoupServerMessage *message)
{
  g_return_val_if_fail (SOUP_IS_SERVER_MESSAGE (message), NULL);

  GSocket *socket = soup_server_message_get_socket (message);
  GSocketAddress *remote;

  if (socket != NULL)
    return socket;
  remote = soup_server_message_get_remote_address (message);
  return remote != NULL ? g_object_get_qdata (G_OBJECT (remote), socket_quark ()) : NULL;
}
