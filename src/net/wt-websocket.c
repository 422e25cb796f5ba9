/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-websocket.h"

#include "wt-attempt.h"
#include "wt-protocol-error.h"

#include <glib/gi18n-lib.h>

/**
 * WtWebsocket:
 *
 * The #WtTransport of the program: WebSockets by libsoup, one #WtAttempt after another. Lives in the
 * thread-default main context of its creator, which need not be the main thread's.
 */
struct _WtWebsocket
{
  GObject parent_instance;

  WtAttempt *attempt;
  WtAttemptOptions options;
};

enum
{
  PROP_0,
  PROP_MAX_INCOMING_BYTES,
  PROP_PING_INTERVAL,
  PROP_CONNECT_TIMEOUT,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void wt_websocket_transport_init (WtTransportInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtWebsocket,
                               wt_websocket,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_TRANSPORT,
                                                      wt_websocket_transport_init))

static void
give_up (WtWebsocket *self)
{
  g_autoptr (WtAttempt) attempt = g_steal_pointer (&self->attempt);

  if (attempt != NULL)
    wt_attempt_abandon (attempt);
}

static void
wt_websocket_open (WtTransport *transport, WtEndpoint *endpoint, const char *uuid)
{
  WtWebsocket *self = WT_WEBSOCKET (transport);

  give_up (self);
  self->attempt = wt_attempt_new (transport, endpoint, uuid, &self->options);
  wt_attempt_start (self->attempt);
}

static gboolean
wt_websocket_send (WtTransport *transport, GBytes *text, GError **error)
{
  WtWebsocket *self = WT_WEBSOCKET (transport);

  if (self->attempt != NULL)
    return wt_attempt_send (self->attempt, text, error);
  g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED, _ ("There is no connection."));
  return FALSE;
}

static void
wt_websocket_close (WtTransport *transport, guint16 code, const char *reason)
{
  WtWebsocket *self = WT_WEBSOCKET (transport);

  if (self->attempt != NULL)
    wt_attempt_close (self->attempt, code, reason);
}

static void
wt_websocket_check (WtTransport *transport)
{
  WtWebsocket *self = WT_WEBSOCKET (transport);

  if (self->attempt != NULL)
    wt_attempt_check (self->attempt);
}

static guint64
wt_websocket_get_taken (WtTransport *transport)
{
  WtWebsocket *self = WT_WEBSOCKET (transport);

  return self->attempt != NULL ? wt_attempt_get_taken (self->attempt) : 0;
}

static gint64
wt_websocket_get_saved (WtTransport *transport)
{
  WtWebsocket *self = WT_WEBSOCKET (transport);

  return self->attempt != NULL ? wt_attempt_get_saved (self->attempt) : 0;
}

static void
wt_websocket_transport_init (WtTransportInterface *iface)
{
  iface->open = wt_websocket_open;
  iface->send = wt_websocket_send;
  iface->close = wt_websocket_close;
  iface->check = wt_websocket_check;
  iface->get_taken = wt_websocket_get_taken;
  iface->get_saved = wt_websocket_get_saved;
}

static void
wt_websocket_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtWebsocket *self = WT_WEBSOCKET (object);

  switch (id)
    {
    case PROP_MAX_INCOMING_BYTES:
      g_value_set_uint64 (value, self->options.max_incoming_bytes);
      break;
    case PROP_PING_INTERVAL:
      g_value_set_uint (value, self->options.ping_interval_seconds);
      break;
    case PROP_CONNECT_TIMEOUT:
      g_value_set_uint (value, self->options.connect_timeout_ms);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_websocket_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtWebsocket *self = WT_WEBSOCKET (object);

  switch (id)
    {
    case PROP_MAX_INCOMING_BYTES:
      self->options.max_incoming_bytes = g_value_get_uint64 (value);
      break;
    case PROP_PING_INTERVAL:
      self->options.ping_interval_seconds = g_value_get_uint (value);
      break;
    case PROP_CONNECT_TIMEOUT:
      self->options.connect_timeout_ms = g_value_get_uint (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_websocket_dispose (GObject *object)
{
  give_up (WT_WEBSOCKET (object));

  G_OBJECT_CLASS (wt_websocket_parent_class)->dispose (object);
}

static void
wt_websocket_class_init (WtWebsocketClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_websocket_get_property;
  object_class->set_property = wt_websocket_set_property;
  object_class->dispose = wt_websocket_dispose;

  /**
   * WtWebsocket:max-incoming-bytes:
   *
   * The most bytes of a message that is received, inflated and put together. A larger one closes the connection
   * with 1009.
   */
  properties[PROP_MAX_INCOMING_BYTES] = g_param_spec_uint64 (
      "max-incoming-bytes", NULL, NULL, 1, G_MAXINT, WT_PROTOCOL_MAX_BYTES, flags);
  /**
   * WtWebsocket:ping-interval:
   *
   * Seconds between pings; 0: none.
   */
  properties[PROP_PING_INTERVAL] = g_param_spec_uint ("ping-interval", NULL, NULL, 0, 3600, 20,
                                                      flags);
  /**
   * WtWebsocket:connect-timeout:
   *
   * How long connecting may take, from resolving to the upgrade, in milliseconds.
   */
  properties[PROP_CONNECT_TIMEOUT] = g_param_spec_uint ("connect-timeout", NULL, NULL, 1, G_MAXUINT,
                                                        15000, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wt_websocket_init (WtWebsocket *self)
{
}

/**
 * wt_websocket_new:
 * @max_incoming_bytes: the most bytes of a message that is received; the protocol's cap is %WT_PROTOCOL_MAX_BYTES
 * @ping_interval_seconds: seconds between pings; 0: none
 *
 * Implements wire.md's section 1 on the client's side.
 *
 * Returns: (transfer full): a transport that is closed
 */
WtWebsocket *
wt_websocket_new (guint64 max_incoming_bytes, guint ping_interval_seconds)
{
  return g_object_new (WT_TYPE_WEBSOCKET, "max-incoming-bytes", max_incoming_bytes, "ping-interval",
                       ping_interval_seconds, NULL);
}

/**
 * wt_websocket_get_is_compressing:
 * @self: a transport
 *
 * Returns: whether it is open and the server agreed to permessage-deflate
 */
gboolean
wt_websocket_get_is_compressing (WtWebsocket *self)
{
  g_return_val_if_fail (WT_IS_WEBSOCKET (self), FALSE);

  return self->attempt != NULL && wt_attempt_is_compressing (self->attempt);
}
