/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-server-connection-private.h"

enum
{
  SIGNAL_FRAME,
  SIGNAL_BINARY,
  SIGNAL_CLOSED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WtServerConnection, wt_server_connection, G_TYPE_OBJECT)

static void
on_message (SoupWebsocketConnection *websocket, int type, GBytes *message, WtServerConnection *self)
{
  g_autoptr (WtServerConnection) keep G_GNUC_UNUSED = g_object_ref (self);

  if (self->closing)
    return;
  self->n_frames++;
  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    g_signal_emit (self, signals[SIGNAL_FRAME], 0, message);
  else
    g_signal_emit (self, signals[SIGNAL_BINARY], 0);
}

static void
on_error (SoupWebsocketConnection *websocket, GError *error, WtServerConnection *self)
{
  g_clear_pointer (&self->end_reason, g_free);
  self->end_reason = g_strdup (error->message);
}

static void
on_closed (SoupWebsocketConnection *websocket, WtServerConnection *self)
{
  guint16 code = soup_websocket_connection_get_close_code (websocket);
  const char *reason = soup_websocket_connection_get_close_data (websocket);
  g_autofree char *copy = NULL;

  if (code == 0)
    code = SOUP_WEBSOCKET_CLOSE_ABNORMAL;
  if (reason == NULL || *reason == '\0')
    reason = self->end_reason;
  copy = g_strdup (reason != NULL ? reason : "");
  wt_server_connection_end_later (self, 0, code, copy);
}

static gboolean
send_now (GBytes *frame, gpointer data)
{
  WtServerConnection *self = data;
  WtMeter *meter = wt_metered_stream_get_meter (self->stream);
  gsize size = g_bytes_get_size (frame);
  gsize queued = wt_meter_get_queued (meter);

  if (!wt_server_connection_is_open (self))
    return FALSE;
  if (size > self->max_queued || queued > self->max_queued - size)
    {
      wt_server_connection_drop (self, "reads too slowly: too much waits for it");
      return FALSE;
    }
  /* First, because libsoup may write the whole frame at once. */
  wt_meter_add_queued (meter, size);
  soup_websocket_connection_send_message (self->websocket, SOUP_WEBSOCKET_DATA_TEXT, frame);
  return wt_server_connection_is_open (self);
}

/* Emits #WtServerConnection::closed. */
void
wt_server_connection_emit_closed (WtServerConnection *self)
{
  g_signal_emit (self, signals[SIGNAL_CLOSED], 0, (guint) self->end_code, self->end_reason);
}

static void
wt_server_connection_dispose (GObject *object)
{
  WtServerConnection *self = WT_SERVER_CONNECTION (object);

  if (self->end_source != NULL)
    {
      g_source_destroy (self->end_source);
      g_clear_pointer (&self->end_source, g_source_unref);
    }
  if (self->stream != NULL)
    wt_meter_set_too_big_func (wt_metered_stream_get_meter (self->stream), NULL, NULL);
  if (self->websocket != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->websocket, self);
      if (!self->closed)
        wt_metered_stream_shut_down (self->stream);
    }
  g_clear_pointer (&self->line, wt_fault_line_free);
  g_clear_object (&self->websocket);
  g_clear_object (&self->stream);
  G_OBJECT_CLASS (wt_server_connection_parent_class)->dispose (object);
}

static void
wt_server_connection_finalize (GObject *object)
{
  WtServerConnection *self = WT_SERVER_CONNECTION (object);

  g_queue_clear_full (&self->held_acks, (GDestroyNotify) g_bytes_unref);
  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->user, g_free);
  g_clear_pointer (&self->platform, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->label, g_free);
  g_clear_pointer (&self->end_reason, g_free);
  G_OBJECT_CLASS (wt_server_connection_parent_class)->finalize (object);
}

static void
wt_server_connection_class_init (WtServerConnectionClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_server_connection_dispose;
  object_class->finalize = wt_server_connection_finalize;

  signals[SIGNAL_FRAME] = g_signal_new ("frame", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_BYTES);
  signals[SIGNAL_BINARY] = g_signal_new ("binary", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CLOSED] = g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                         NULL, NULL, NULL, G_TYPE_NONE, 2, G_TYPE_UINT,
                                         G_TYPE_STRING);
}

static void
wt_server_connection_init (WtServerConnection *self)
{
  g_queue_init (&self->held_acks);
  self->max_queued = G_MAXSIZE;
}

/**
 * wt_server_connection_new:
 * @websocket: an open WebSocket over @stream
 * @stream: its stream
 * @uuid: its name
 *
 * Returns: (transfer full): a connection of nobody yet
 */
WtServerConnection *
wt_server_connection_new (SoupWebsocketConnection *websocket,
                          WtMeteredStream *stream,
                          const char *uuid)
{
  WtServerConnection *self = g_object_new (WT_TYPE_SERVER_CONNECTION, NULL);

  self->websocket = g_object_ref (websocket);
  self->stream = g_object_ref (stream);
  self->uuid = g_strdup (uuid);
  wt_meter_set_too_big_func (wt_metered_stream_get_meter (stream), wt_server_connection_on_too_big,
                             self);
  g_signal_connect_object (websocket, "message", G_CALLBACK (on_message), self, 0);
  g_signal_connect_object (websocket, "error", G_CALLBACK (on_error), self, 0);
  g_signal_connect_object (websocket, "closed", G_CALLBACK (on_closed), self, 0);
  return self;
}

/**
 * wt_server_connection_set_identity:
 * @self: a connection
 * @user: whose it is
 * @platform: on which platform
 * @key: (nullable): with which key; a secret
 * @label: what the log calls the user
 */
void
wt_server_connection_set_identity (WtServerConnection *self,
                                   const char *user,
                                   const char *platform,
                                   const char *key,
                                   const char *label)
{
  g_return_if_fail (WT_IS_SERVER_CONNECTION (self));
  g_return_if_fail (self->user == NULL);

  self->user = g_strdup (user);
  self->platform = g_strdup (platform);
  self->key = g_strdup (key);
  self->label = g_strdup (label);
}

/**
 * wt_server_connection_set_faults:
 * @self: a connection
 * @faults: what goes wrong on it
 * @clock: for what comes late
 */
void
wt_server_connection_set_faults (WtServerConnection *self, WtFaults *faults, WtClock *clock)
{
  g_return_if_fail (WT_IS_SERVER_CONNECTION (self));
  g_return_if_fail (self->line == NULL);

  self->line = wt_fault_line_new (faults, clock, send_now, self);
  wt_meter_set_rate (wt_metered_stream_get_meter (self->stream), wt_faults_get_rate (faults));
  if (wt_faults_goes_silent (faults, 0))
    wt_server_connection_stall (self);
}

/**
 * wt_server_connection_set_max_queued:
 * @self: a connection
 * @bytes: how much may wait to be written before the connection is dropped
 */
void
wt_server_connection_set_max_queued (WtServerConnection *self, gsize bytes)
{
  g_return_if_fail (WT_IS_SERVER_CONNECTION (self));

  self->max_queued = bytes;
}

/**
 * wt_server_connection_get_uuid:
 * @self: a connection
 *
 * Returns: (transfer none): its name
 */
const char *
wt_server_connection_get_uuid (WtServerConnection *self)
{
  return self->uuid;
}

/**
 * wt_server_connection_get_user:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): whose it is; %NULL for one that was not let in
 */
const char *
wt_server_connection_get_user (WtServerConnection *self)
{
  return self->user;
}

/**
 * wt_server_connection_get_platform:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): the platform it came from
 */
const char *
wt_server_connection_get_platform (WtServerConnection *self)
{
  return self->platform;
}

/**
 * wt_server_connection_get_key:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): the key it came with: a secret
 */
const char *
wt_server_connection_get_key (WtServerConnection *self)
{
  return self->key;
}

/**
 * wt_server_connection_get_label:
 * @self: a connection
 *
 * Returns: (transfer none) (nullable): what the log calls its user
 */
const char *
wt_server_connection_get_label (WtServerConnection *self)
{
  return self->label;
}

/**
 * wt_server_connection_get_n_frames:
 * @self: a connection
 *
 * Returns: how many frames it has received, the present one included
 */
guint64
wt_server_connection_get_n_frames (WtServerConnection *self)
{
  return self->n_frames;
}

/**
 * wt_server_connection_get_queued:
 * @self: a connection
 *
 * Returns: bytes that wait to be written
 */
gsize
wt_server_connection_get_queued (WtServerConnection *self)
{
  return wt_meter_get_queued (wt_metered_stream_get_meter (self->stream));
}

/**
 * wt_server_connection_is_open:
 * @self: a connection
 *
 * Returns: whether it can be sent to
 */
gboolean
wt_server_connection_is_open (WtServerConnection *self)
{
  return !self->closing
         && soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN;
}

/**
 * wt_server_connection_is_silent:
 * @self: a connection
 *
 * Called once every keep-alive interval.
 *
 * Returns: whether nothing, not even a pong, has come for three of them; never for one stalled by a fault
 */
gboolean
wt_server_connection_is_silent (WtServerConnection *self)
{
  WtMeter *meter = wt_metered_stream_get_meter (self->stream);

  if (wt_meter_take_heard (meter) || wt_meter_is_stalled (meter))
    self->silent_turns = 0;
  else
    self->silent_turns++;
  return self->silent_turns >= 3;
}

/**
 * wt_server_connection_was_dropped:
 * @self: a connection
 *
 * Returns: whether wt_server_connection_drop() ended it
 */
gboolean
wt_server_connection_was_dropped (WtServerConnection *self)
{
  return self->dropped;
}

/**
 * wt_server_connection_send:
 * @self: a connection
 * @frame: an envelope, UTF-8
 * @is_ack: whether it is an ACK, which may be held back
 *
 * Sends one text frame. Where more waits than the limit allows, the connection is dropped.
 *
 * Returns: whether it is on its way
 */
gboolean
wt_server_connection_send (WtServerConnection *self, GBytes *frame, gboolean is_ack)
{
  g_return_val_if_fail (WT_IS_SERVER_CONNECTION (self), FALSE);

  if (!wt_server_connection_is_open (self))
    return FALSE;
  if (is_ack && self->hold_acks)
    {
      g_queue_push_tail (&self->held_acks, g_bytes_ref (frame));
      return TRUE;
    }
  if (self->line != NULL)
    return wt_fault_line_push (self->line, frame, is_ack);
  return send_now (frame, self);
}

/**
 * wt_server_connection_hold_acks:
 * @self: a connection
 * @hold: whether ACKs wait; at the end those that waited are sent
 */
void
wt_server_connection_hold_acks (WtServerConnection *self, gboolean hold)
{
  g_return_if_fail (WT_IS_SERVER_CONNECTION (self));

  self->hold_acks = hold;
  while (!hold && !g_queue_is_empty (&self->held_acks))
    {
      g_autoptr (GBytes) ack = g_queue_pop_head (&self->held_acks);

      wt_server_connection_send (self, ack, TRUE);
    }
}

/**
 * wt_server_connection_stall:
 * @self: a connection
 *
 * Leaves the socket open and neither reads nor writes any more: a half-open connection.
 */
void
wt_server_connection_stall (WtServerConnection *self)
{
  g_return_if_fail (WT_IS_SERVER_CONNECTION (self));

  wt_meter_stall (wt_metered_stream_get_meter (self->stream));
}
