/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-upgrade.h"

#include "wt-bounded-deflate.h"
#include "wt-tls-listener.h"

typedef struct
{
  GList *extensions;
  gsize max_message;
  WtUpgradeFunc func;
  gpointer data;
  GDestroyNotify destroy;
} Upgrade;

static void
upgrade_free (gpointer data, GClosure *closure)
{
  Upgrade *upgrade = data;

  g_list_free_full (upgrade->extensions, g_object_unref);
  if (upgrade->destroy != NULL)
    upgrade->destroy (upgrade->data);
  g_free (upgrade);
}

static void
set_limits (SoupWebsocketConnection *websocket, gsize max_message)
{
  GObjectClass *klass = G_OBJECT_GET_CLASS (websocket);

  soup_websocket_connection_set_max_incoming_payload_size (websocket, max_message);
  /* Later libsoups bound the whole message, too, and by 128 KiB. */
  if (g_object_class_find_property (klass, "max-total-message-size") != NULL)
    g_object_set (websocket, "max-total-message-size", (guint64) max_message, NULL);
}

/* The answer to the handshake is written: the socket is a WebSocket's from here. */
static void
on_wrote_informational (SoupServerMessage *message, Upgrade *upgrade)
{
  g_autoptr (SoupServerMessage) keep G_GNUC_UNUSED = g_object_ref (message);
  g_autoptr (GSocket) socket = NULL;
  g_autoptr (GIOStream) base = NULL;
  g_autoptr (WtMeter) meter = NULL;
  g_autoptr (WtMeteredStream) stream = NULL;
  g_autoptr (SoupWebsocketConnection) websocket = NULL;

  g_set_object (&socket, wt_tls_listener_get_socket (message));
  base = soup_server_message_steal_connection (message);
  if (base == NULL)
    return;

  meter = wt_meter_new (upgrade->max_message);
  stream = wt_metered_stream_new (base, socket, meter);
  websocket = soup_websocket_connection_new (
      G_IO_STREAM (stream), soup_server_message_get_uri (message), SOUP_WEBSOCKET_CONNECTION_SERVER,
      NULL, NULL, g_steal_pointer (&upgrade->extensions));
  set_limits (websocket, upgrade->max_message);
  upgrade->func (message, websocket, stream, upgrade->data);
}

/* libsoup asks for the peer's address when the stream is taken from it, and warns where the peer is gone by then:
 * writing the answer may be what shows that it is. A socket keeps the address that was asked for once. */
static gboolean
is_there (SoupServerMessage *message)
{
  GSocket *socket = wt_tls_listener_get_socket (message);
  g_autoptr (GSocketAddress) address = NULL;

  if (socket != NULL)
    address = g_socket_get_remote_address (socket, NULL);
  return address != NULL;
}

/**
 * wt_upgrade_start:
 * @message: a request
 * @max_message: the longest message that is received, in bytes
 * @func: called when the WebSocket is there
 * @data: for @func
 * @destroy: (nullable): frees @data, also when it comes to nothing
 *
 * Answers a WebSocket's handshake (RFC 6455 section 4.2, RFC 7692). libsoup's own handler keeps the
 * extensions of all handshakes under way in one place, and gives no way to put a stream of ours between.
 *
 * Returns: %FALSE where it is no handshake or the client is gone; the response is set then
 */
gboolean
wt_upgrade_start (SoupServerMessage *message,
                  gsize max_message,
                  WtUpgradeFunc func,
                  gpointer data,
                  GDestroyNotify destroy)
{
  g_autoptr (GTypeClass) deflate = g_type_class_ref (WT_TYPE_BOUNDED_DEFLATE);
  g_autoptr (GPtrArray) supported = g_ptr_array_new ();
  Upgrade *upgrade = NULL;

  if (!is_there (message))
    {
      soup_server_message_set_status (message, SOUP_STATUS_BAD_REQUEST, NULL);
      if (destroy != NULL)
        destroy (data);
      return FALSE;
    }
  upgrade = g_new0 (Upgrade, 1);
  upgrade->max_message = max_message;
  upgrade->func = func;
  upgrade->data = data;
  upgrade->destroy = destroy;
  g_ptr_array_add (supported, deflate);
  if (!soup_websocket_server_process_handshake (message, NULL, NULL, supported,
                                                &upgrade->extensions))
    {
      upgrade_free (upgrade, NULL);
      return FALSE;
    }

  for (GList *l = upgrade->extensions; l != NULL; l = l->next)
    wt_bounded_deflate_set_limit (l->data, max_message);
  g_signal_connect_data (message, "wrote-informational", G_CALLBACK (on_wrote_informational),
                         upgrade, upgrade_free, 0);
  return TRUE;
}
