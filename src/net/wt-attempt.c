/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-attempt-private.h"

#include "wt-deflate.h"
#include "wt-protocol-error.h"

#include <glib/gi18n-lib.h>

/**
 * WtAttempt:
 *
 * One WebSocket, from its first packet to its last: a #WtWebsocket uses one after another. It keeps itself alive
 * as long as it has something to finish; its owner may go before it, or give it up for the next one.
 */
G_DEFINE_FINAL_TYPE (WtAttempt, wt_attempt, G_TYPE_OBJECT)

#define CHECK_INTERVAL_SECONDS 1

void
wt_attempt_clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Runs @func in this attempt's context; the source keeps the attempt alive. */
GSource *
wt_attempt_add_timeout (WtAttempt *self, guint milliseconds, GSourceFunc func)
{
  GSource *source = milliseconds == 0 ? g_idle_source_new () : g_timeout_source_new (milliseconds);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
  return source;
}

/* --- open --- */

static void
note_alive (WtAttempt *self)
{
  if (self->checking && self->connection != NULL)
    {
      self->checking = FALSE;
      soup_websocket_connection_set_keepalive_interval (self->connection,
                                                        self->options.ping_interval_seconds);
    }
  if (self->owner != NULL)
    wt_transport_emit_alive (self->owner);
}

static void
on_message (SoupWebsocketConnection *connection, gint type, GBytes *frame, gpointer data)
{
  WtAttempt *self = data;

  if (self->finished || self->closing)
    return;
  note_alive (self);
  if (self->owner == NULL)
    return;
  if (type == SOUP_WEBSOCKET_DATA_TEXT)
    wt_transport_emit_frame (self->owner, frame);
  else
    wt_transport_emit_ignored (self->owner);
}

static void
on_pong (SoupWebsocketConnection *connection, GBytes *payload, gpointer data)
{
  WtAttempt *self = data;

  note_alive (self);
  if (self->owner != NULL)
    wt_transport_emit_pong (self->owner);
}

static gboolean
on_watch (gpointer data)
{
  WtAttempt *self = data;

  if (self->socket != NULL && wt_progress_update (&self->progress, self->socket))
    note_alive (self);
  return self->watch != NULL ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
open_connection (WtAttempt *self, SoupWebsocketConnection *connection)
{
  guint interval = self->options.ping_interval_seconds;

  self->connection = g_object_ref (connection);
  soup_websocket_connection_set_max_incoming_payload_size (connection,
                                                           self->options.max_incoming_bytes);
  wt_deflate_set_limit (connection, self->options.max_incoming_bytes);
  g_signal_connect_object (connection, "message", G_CALLBACK (on_message), self, 0);
  g_signal_connect_object (connection, "pong", G_CALLBACK (on_pong), self, 0);
  g_signal_connect_object (connection, "closing", G_CALLBACK (wt_attempt_on_closing), self, 0);
  g_signal_connect_object (connection, "closed", G_CALLBACK (wt_attempt_on_closed), self, 0);
  g_signal_connect_object (connection, "error", G_CALLBACK (wt_attempt_on_error), self, 0);
  soup_websocket_connection_set_keepalive_interval (connection, interval);
  if (interval > 0)
    {
      if (self->socket != NULL)
        wt_progress_update (&self->progress, self->socket);
      self->watch = wt_attempt_add_timeout (self, MAX (interval * 1000 / 4, 250), on_watch);
    }
  if (self->owner != NULL)
    wt_transport_emit_opened (self->owner);
}

/* --- connecting --- */

static void
on_step (WtHandshake *handshake, WtConnectionState step, gpointer data)
{
  WtAttempt *self = data;

  if (self->owner != NULL && !self->closing)
    wt_transport_emit_step (self->owner, step);
}

static void
on_handshaken (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtAttempt) self = data;
  g_autoptr (WtDiagnosis) diagnosis = NULL;
  g_autoptr (SoupWebsocketConnection) connection = wt_handshake_run_finish (
      WT_HANDSHAKE (source), result, &self->socket, &diagnosis);

  if (self->closing || self->owner == NULL)
    {
      g_clear_pointer (&diagnosis, wt_diagnosis_unref);
      diagnosis = wt_diagnosis_new_closed (FALSE);
    }
  if (diagnosis != NULL)
    wt_attempt_fail (self, diagnosis);
  else
    open_connection (self, connection);
}

static gboolean
on_start (gpointer data)
{
  WtAttempt *self = data;

  g_signal_connect_object (self->handshake, "step", G_CALLBACK (on_step), self, 0);
  wt_handshake_run_async (self->handshake, self->cancellable, on_handshaken, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
wt_attempt_dispose (GObject *object)
{
  WtAttempt *self = WT_ATTEMPT (object);

  wt_attempt_clear_source (&self->timeout);
  wt_attempt_clear_source (&self->watch);
  g_clear_object (&self->connection);
  g_clear_object (&self->handshake);
  g_clear_object (&self->socket);
  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->endpoint, wt_endpoint_unref);
  g_clear_error (&self->later);
  g_clear_pointer (&self->context, g_main_context_unref);

  G_OBJECT_CLASS (wt_attempt_parent_class)->dispose (object);
}

static void
wt_attempt_class_init (WtAttemptClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_attempt_dispose;
}

static void
wt_attempt_init (WtAttempt *self)
{
  self->context = g_main_context_ref_thread_default ();
  self->cancellable = g_cancellable_new ();
}

/**
 * wt_attempt_new:
 * @owner: the transport it emits for; borrowed: call wt_attempt_abandon() before it goes
 * @endpoint: where to
 * @uuid: the connection's name for the server
 * @options: limits and times
 *
 * Returns: (transfer full): an attempt that has not begun
 */
WtAttempt *
wt_attempt_new (WtTransport *owner,
                WtEndpoint *endpoint,
                const char *uuid,
                const WtAttemptOptions *options)
{
  WtAttempt *self = g_object_new (WT_TYPE_ATTEMPT, NULL);

  self->owner = owner;
  self->endpoint = wt_endpoint_ref (endpoint);
  self->handshake = wt_handshake_new (endpoint, uuid, options->connect_timeout_ms);
  self->options = *options;
  return self;
}

/**
 * wt_attempt_start:
 * @self: an attempt
 *
 * Begins to connect, in the next round of the main context.
 */
void
wt_attempt_start (WtAttempt *self)
{
  g_autoptr (GSource) source G_GNUC_UNUSED = wt_attempt_add_timeout (self, 0, on_start);
}

/**
 * wt_attempt_send:
 * @self: an attempt
 * @text: see wt_transport_send()
 * @error: see wt_transport_send()
 *
 * Returns: whether @text was queued
 */
gboolean
wt_attempt_send (WtAttempt *self, GBytes *text, GError **error)
{
  gsize length;
  const char *data = g_bytes_get_data (text, &length);

  if (length > WT_PROTOCOL_MAX_BYTES)
    {
      g_autofree char *size = g_format_size_full (length, G_FORMAT_SIZE_IEC_UNITS);
      g_autofree char *most = g_format_size_full (WT_PROTOCOL_MAX_BYTES, G_FORMAT_SIZE_IEC_UNITS);

      g_set_error (error, G_IO_ERROR, G_IO_ERROR_MESSAGE_TOO_LARGE,
                   _ ("The message has %s, but the server takes at most %s."), size, most);
      return FALSE;
    }
  if (self->finished || self->closing || self->connection == NULL
      || soup_websocket_connection_get_state (self->connection) != SOUP_WEBSOCKET_STATE_OPEN)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED,
                           _ ("There is no connection."));
      return FALSE;
    }
  /* A server would drop the connection for it. */
  if (length > 0 && !g_utf8_validate_len (data, length, NULL))
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA,
                           _ ("The message is not valid text."));
      return FALSE;
    }
  self->in_call = TRUE;
  soup_websocket_connection_send_message (self->connection, SOUP_WEBSOCKET_DATA_TEXT, text);
  self->in_call = FALSE;
  return TRUE;
}

/**
 * wt_attempt_check:
 * @self: an attempt
 *
 * Pings soon, and every second until something is heard.
 */
void
wt_attempt_check (WtAttempt *self)
{
  if (self->connection == NULL || self->finished || self->closing || self->checking)
    return;
  self->checking = TRUE;
  /* What came before is no sign of life. */
  if (self->socket != NULL)
    wt_progress_update (&self->progress, self->socket);
  soup_websocket_connection_set_keepalive_interval (self->connection, CHECK_INTERVAL_SECONDS);
}

/**
 * wt_attempt_abandon:
 * @self: an attempt
 *
 * Emits nothing any more. An open connection is closed; one that is closing may finish that.
 */
void
wt_attempt_abandon (WtAttempt *self)
{
  self->owner = NULL;
  if (self->connection == NULL)
    g_cancellable_cancel (self->cancellable);
  else if (!self->finished)
    wt_attempt_close (self, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

/**
 * wt_attempt_is_compressing:
 * @self: an attempt
 *
 * Returns: whether it is open and the server agreed to permessage-deflate
 */
gboolean
wt_attempt_is_compressing (WtAttempt *self)
{
  return self->connection != NULL && wt_deflate_is_compressing (self->connection);
}

/**
 * wt_attempt_get_taken:
 * @self: an attempt
 *
 * Returns: see wt_transport_get_taken()
 */
guint64
wt_attempt_get_taken (WtAttempt *self)
{
  return self->socket != NULL ? wt_progress_get_taken (self->socket) : 0;
}

/**
 * wt_attempt_get_saved:
 * @self: an attempt
 *
 * Returns: see wt_transport_get_saved()
 */
gint64
wt_attempt_get_saved (WtAttempt *self)
{
  return self->connection != NULL ? wt_deflate_get_saved (self->connection) : 0;
}
