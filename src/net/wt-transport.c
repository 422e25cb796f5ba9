/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-transport.h"

G_DEFINE_ENUM_TYPE (WtConnectionState,
                    wt_connection_state,
                    G_DEFINE_ENUM_VALUE (WT_CONNECTION_OFFLINE, "offline"),
                    G_DEFINE_ENUM_VALUE (WT_CONNECTION_RESOLVING, "resolving"),
                    G_DEFINE_ENUM_VALUE (WT_CONNECTION_CONNECTING, "connecting"),
                    G_DEFINE_ENUM_VALUE (WT_CONNECTION_SECURING, "securing"),
                    G_DEFINE_ENUM_VALUE (WT_CONNECTION_UPGRADING, "upgrading"),
                    G_DEFINE_ENUM_VALUE (WT_CONNECTION_CONFIRMING, "confirming"),
                    G_DEFINE_ENUM_VALUE (WT_CONNECTION_ONLINE, "online"),
                    G_DEFINE_ENUM_VALUE (WT_CONNECTION_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (WT_CONNECTION_REFUSED, "refused"))

G_DEFINE_INTERFACE (WtTransport, wt_transport, G_TYPE_OBJECT)

enum
{
  STEP,
  OPENED,
  FRAME,
  IGNORED,
  ALIVE,
  PONG,
  CLOSED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static guint
new_signal (const char *name, GType parameter)
{
  return g_signal_new (name, WT_TYPE_TRANSPORT, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                       parameter == G_TYPE_NONE ? 0 : 1, parameter);
}

static void
wt_transport_default_init (WtTransportInterface *iface)
{
  /**
   * WtTransport::step:
   * @self: a transport
   * @step: from %WT_CONNECTION_RESOLVING to %WT_CONNECTION_UPGRADING
   *
   * A step of connecting begins. Steps may be left out, none comes twice or out of order.
   */
  signals[STEP] = new_signal ("step", WT_TYPE_CONNECTION_STATE);
  /**
   * WtTransport::opened:
   * @self: a transport
   *
   * The handshake succeeded; a bad key may still close the connection right away (wire.md, section 1).
   */
  signals[OPENED] = new_signal ("opened", G_TYPE_NONE);
  /**
   * WtTransport::frame:
   * @self: a transport
   * @frame: one text frame: UTF-8, not more than the transport's limit
   */
  signals[FRAME] = new_signal ("frame", G_TYPE_BYTES);
  /**
   * WtTransport::ignored:
   * @self: a transport
   *
   * A frame came that is not text.
   */
  signals[IGNORED] = new_signal ("ignored", G_TYPE_NONE);
  /**
   * WtTransport::alive:
   * @self: a transport
   *
   * Something was heard from the peer. With a frame, it comes before ::frame.
   */
  signals[ALIVE] = new_signal ("alive", G_TYPE_NONE);
  /**
   * WtTransport::pong:
   * @self: a transport
   *
   * The peer answered a ping; comes after ::alive.
   */
  signals[PONG] = new_signal ("pong", G_TYPE_NONE);
  /**
   * WtTransport::closed:
   * @self: a transport
   * @diagnosis: why; of the kind %WT_DIAGNOSIS_NONE after wt_transport_close()
   *
   * The attempt or connection is over; nothing else comes before the next wt_transport_open().
   */
  signals[CLOSED] = new_signal ("closed", WT_TYPE_DIAGNOSIS);
}

/**
 * wt_transport_open:
 * @self: a transport
 * @endpoint: where to
 * @uuid: the connection's name for the server (`x-uuid`)
 *
 * Begins to connect. What was open or closing before is given up without a further signal. Implementations emit
 * nothing before this returns.
 */
void
wt_transport_open (WtTransport *self, WtEndpoint *endpoint, const char *uuid)
{
  g_return_if_fail (WT_IS_TRANSPORT (self));
  g_return_if_fail (endpoint != NULL);
  g_return_if_fail (uuid != NULL);

  WT_TRANSPORT_GET_IFACE (self)->open (self, endpoint, uuid);
}

/**
 * wt_transport_send:
 * @self: a transport
 * @text: UTF-8, not more than %WT_PROTOCOL_MAX_BYTES
 * @error: return location for a #GError: %G_IO_ERROR_NOT_CONNECTED while not open, %G_IO_ERROR_MESSAGE_TOO_LARGE,
 *   %G_IO_ERROR_INVALID_DATA for what is not UTF-8
 *
 * Queues one text frame; frames leave in the order of the calls.
 *
 * Returns: whether it was queued
 */
gboolean
wt_transport_send (WtTransport *self, GBytes *text, GError **error)
{
  g_return_val_if_fail (WT_IS_TRANSPORT (self), FALSE);
  g_return_val_if_fail (text != NULL, FALSE);

  return WT_TRANSPORT_GET_IFACE (self)->send (self, text, error);
}

/**
 * wt_transport_close:
 * @self: a transport
 * @code: the WebSocket close code
 * @reason: (nullable): why, UTF-8; cut at 123 bytes
 *
 * Closes: what was sent leaves first, then the close frame. `closed` follows when the server has answered or some
 * seconds have passed. Nothing happens when nothing is open.
 */
void
wt_transport_close (WtTransport *self, guint16 code, const char *reason)
{
  g_return_if_fail (WT_IS_TRANSPORT (self));

  WT_TRANSPORT_GET_IFACE (self)->close (self, code, reason);
}

/**
 * wt_transport_check:
 * @self: a transport
 *
 * Asks the peer for a sign of life soon, where the transport can; `alive` tells that it came.
 */
void
wt_transport_check (WtTransport *self)
{
  g_return_if_fail (WT_IS_TRANSPORT (self));

  if (WT_TRANSPORT_GET_IFACE (self)->check != NULL)
    WT_TRANSPORT_GET_IFACE (self)->check (self);
}

/**
 * wt_transport_emit_step:
 * @self: a transport
 * @step: the step that begins
 */
void
wt_transport_emit_step (WtTransport *self, WtConnectionState step)
{
  g_signal_emit (self, signals[STEP], 0, step);
}

/**
 * wt_transport_emit_opened:
 * @self: a transport
 */
void
wt_transport_emit_opened (WtTransport *self)
{
  g_signal_emit (self, signals[OPENED], 0);
}

/**
 * wt_transport_emit_frame:
 * @self: a transport
 * @frame: one text frame
 */
void
wt_transport_emit_frame (WtTransport *self, GBytes *frame)
{
  g_signal_emit (self, signals[FRAME], 0, frame);
}

/**
 * wt_transport_emit_ignored:
 * @self: a transport
 */
void
wt_transport_emit_ignored (WtTransport *self)
{
  g_signal_emit (self, signals[IGNORED], 0);
}

/**
 * wt_transport_emit_alive:
 * @self: a transport
 */
void
wt_transport_emit_alive (WtTransport *self)
{
  g_signal_emit (self, signals[ALIVE], 0);
}

/**
 * wt_transport_emit_pong:
 * @self: a transport
 */
void
wt_transport_emit_pong (WtTransport *self)
{
  g_signal_emit (self, signals[PONG], 0);
}

/**
 * wt_transport_emit_closed:
 * @self: a transport
 * @diagnosis: why it closed
 */
void
wt_transport_emit_closed (WtTransport *self, WtDiagnosis *diagnosis)
{
  g_signal_emit (self, signals[CLOSED], 0, diagnosis);
}

/**
 * wt_transport_get_taken:
 * @self: a transport
 *
 * Returns: how many bytes the peer's system has confirmed since the connection was made, as they were on the wire:
 *   compressed and encrypted, say; 0 where that is not known
 */
guint64
wt_transport_get_taken (WtTransport *self)
{
  g_return_val_if_fail (WT_IS_TRANSPORT (self), 0);

  WtTransportInterface *iface = WT_TRANSPORT_GET_IFACE (self);

  return iface->get_taken != NULL ? iface->get_taken (self) : 0;
}

/**
 * wt_transport_get_saved:
 * @self: a transport
 *
 * Returns: by how many bytes compression has made smaller what was sent since the connection was made; less than 0 where it
 *   has made it larger
 */
gint64
wt_transport_get_saved (WtTransport *self)
{
  g_return_val_if_fail (WT_IS_TRANSPORT (self), 0);

  WtTransportInterface *iface = WT_TRANSPORT_GET_IFACE (self);

  return iface->get_saved != NULL ? iface->get_saved (self) : 0;
}
