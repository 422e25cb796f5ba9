/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "polite-server.h"

#include "request-count.h"

#include <string.h>

static void
on_message (SoupWebsocketConnection *peer, gint type, GBytes *frame, PoliteServer *self)
{
  g_ptr_array_add (self->texts, g_bytes_ref (frame));
  if (self->echo)
    soup_websocket_connection_send_message (peer, type, frame);
}

static void
on_closed (SoupWebsocketConnection *peer, PoliteServer *self)
{
  self->closed++;
  self->close_code = soup_websocket_connection_get_close_code (peer);
  g_free (self->close_reason);
  self->close_reason = g_strdup (soup_websocket_connection_get_close_data (peer));
  g_object_unref (peer);
  if (self->peer == peer)
    self->peer = NULL;
}

static void
take (char **member, SoupMessageHeaders *headers, const char *name)
{
  g_free (*member);
  *member = g_strdup (soup_message_headers_get_one (headers, name));
}

static void
on_websocket (SoupServer *server,
              SoupServerMessage *message,
              const char *path,
              SoupWebsocketConnection *peer,
              gpointer data)
{
  PoliteServer *self = data;
  SoupMessageHeaders *headers = soup_server_message_get_request_headers (message);

  self->connections++;
  take (&self->key, headers, "x-apikey");
  take (&self->platform, headers, "x-platform");
  take (&self->uuid, headers, "x-uuid");
  take (&self->extensions, headers, "Sec-WebSocket-Extensions");
  g_free (self->query);
  self->query = g_strdup (g_uri_get_query (soup_server_message_get_uri (message)));

  /* Kept until it is closed; self->peer is borrowed. */
  self->peer = g_object_ref (peer);
  soup_websocket_connection_set_max_incoming_payload_size (peer, 200 * 1024 * 1024);
  g_signal_connect (peer, "message", G_CALLBACK (on_message), self);
  g_signal_connect (peer, "closed", G_CALLBACK (on_closed), self);
}

PoliteServer *
polite_server_new (GTlsCertificate *certificate)
{
  PoliteServer *self = g_new0 (PoliteServer, 1);
  g_autoptr (GError) error = NULL;

  self->texts = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->server = soup_server_new ("tls-certificate", certificate, NULL);
  request_count_watch (&self->requests, self->server);
  soup_server_add_websocket_handler (self->server, "/ws", NULL, NULL, on_websocket, self, NULL);
  soup_server_listen_local (
      self->server, 0,
      SOUP_SERVER_LISTEN_IPV4_ONLY | (certificate != NULL ? SOUP_SERVER_LISTEN_HTTPS : 0), &error);
  g_assert_no_error (error);
  return self;
}

/* Waits until the clients' sides are gone, in a test that closed them. */
void
polite_server_free (PoliteServer *self)
{
  gint64 deadline = g_get_monotonic_time () + 10 * G_TIME_SPAN_SECOND;

  while (self->closed < self->connections && g_get_monotonic_time () < deadline)
    g_main_context_iteration (g_main_context_get_thread_default (), FALSE);
  g_assert_cmpuint (self->closed, ==, self->connections);
  request_count_wait (&self->requests);

  soup_server_disconnect (self->server);
  g_object_unref (self->server);
  g_ptr_array_unref (self->texts);
  g_free (self->query);
  g_free (self->key);
  g_free (self->platform);
  g_free (self->uuid);
  g_free (self->extensions);
  g_free (self->close_reason);
  g_free (self);
}

char *
polite_server_get_url (PoliteServer *self)
{
  GSList *uris = soup_server_get_uris (self->server);
  GUri *uri = uris->data;
  char *url = g_strdup_printf ("%s://127.0.0.1:%d/ws",
                               strcmp (g_uri_get_scheme (uri), "https") == 0 ? "wss" : "ws",
                               g_uri_get_port (uri));

  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return url;
}
