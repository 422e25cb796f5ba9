/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-attempt.h"

#include "wt-deflate.h"
#include "wt-handshake.h"
#include "wt-progress.h"
#include "wt-protocol-error.h"

#include <glib/gi18n-lib.h>
#include <libsoup/soup.h>
#include <string.h>

/**
 * WtAttempt:
 *
 * One WebSocket, from its first packet to its last: a #WtWebsocket uses one after another. It keeps itself alive
 * as long as it has something to finish; its owner may go before it, or give it up for the next one.
 */
struct _WtAttempt
{
  GObject parent_instance;

  /* owned */
  WtEndpoint *endpoint;
  GMainContext *context;
  GCancellable *cancellable; /* of the handshake */
  WtHandshake *handshake;
  SoupWebsocketConnection *connection;
  GSocket *socket;
  GSource *timeout; /* of closing */
  GSource *watch;

  /* borrowed: NULL once this attempt's outcome concerns nobody */
  WtTransport *owner;

  WtAttemptOptions options;
  WtProgress progress;
  gboolean closing;  /* by wt_attempt_close() */
  gboolean checking; /* pings more often until something is heard */
  gboolean finished;
  gboolean in_call; /* of libsoup's by a method: what it emits meanwhile is told later */
  GError *later;    /* the error of such a call */
};

G_DEFINE_FINAL_TYPE (WtAttempt, wt_attempt, G_TYPE_OBJECT)

/* How long a server may take to answer a close. */
#define CLOSE_TIMEOUT_MS 5000
#define CHECK_INTERVAL_SECONDS 1
#define MAX_REASON_BYTES 123

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

/* Runs @func in this attempt's context; the source keeps the attempt alive. */
static GSource *
add_timeout (WtAttempt *self, guint milliseconds, GSourceFunc func)
{
  GSource *source = milliseconds == 0 ? g_idle_source_new () : g_timeout_source_new (milliseconds);

  g_source_set_priority (source, G_PRIORITY_DEFAULT);
  g_source_set_callback (source, func, g_object_ref (self), g_object_unref);
  g_source_attach (source, self->context);
  return source;
}

static gboolean
on_release (gpointer data)
{
  WtAttempt *self = data;

  g_clear_object (&self->connection);
  return G_SOURCE_REMOVE;
}

/* Lets go of the socket; not at once, since libsoup may be calling right now. */
static void
release (WtAttempt *self, gboolean at_once)
{
  g_autoptr (GSource) source = NULL;

  clear_source (&self->timeout);
  clear_source (&self->watch);
  g_cancellable_cancel (self->cancellable);
  if (self->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->connection, self);
  /* libsoup would say goodbye to a dead peer, and wait for it, under TLS. */
  if (at_once && self->socket != NULL)
    g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
  source = add_timeout (self, 0, on_release);
}

/* Tells the owner how it ended, once. */
static void
finish (WtAttempt *self, WtDiagnosis *diagnosis)
{
  g_autoptr (WtAttempt) keep G_GNUC_UNUSED = g_object_ref (self);
  WtTransport *owner = g_steal_pointer (&self->owner);

  if (self->finished)
    return;
  self->finished = TRUE;
  if (owner != NULL)
    wt_transport_emit_closed (owner, diagnosis);
}

static void
fail (WtAttempt *self, WtDiagnosis *diagnosis)
{
  g_autoptr (WtAttempt) keep G_GNUC_UNUSED = g_object_ref (self);

  release (self, TRUE);
  finish (self, diagnosis);
}

static void
fail_for_error (WtAttempt *self, const GError *error)
{
  g_autofree char *message = wt_endpoint_redact (self->endpoint, error->message);
  g_autoptr (GError) redacted = g_error_new_literal (error->domain, error->code, message);
  g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new_for_error (redacted);

  fail (self, diagnosis);
}

/* --- open --- */

static WtDiagnosis *
diagnose_close (WtAttempt *self)
{
  guint16 code = soup_websocket_connection_get_close_code (self->connection);
  const char *reason = soup_websocket_connection_get_close_data (self->connection);
  g_autofree char *redacted = reason != NULL ? wt_endpoint_redact (self->endpoint, reason) : NULL;

  if (self->closing)
    return wt_diagnosis_new_closed (code != 0);
  return wt_diagnosis_new_for_close (code, redacted, code != 0);
}

static gboolean
on_close_timeout (gpointer data)
{
  WtAttempt *self = data;
  g_autoptr (WtDiagnosis) diagnosis = diagnose_close (self);

  fail (self, diagnosis);
  return G_SOURCE_REMOVE;
}

static void
on_closed (SoupWebsocketConnection *connection, gpointer data)
{
  WtAttempt *self = data;
  g_autoptr (WtDiagnosis) diagnosis = diagnose_close (self);

  release (self, FALSE);
  finish (self, diagnosis);
}

/* Emitted for either side's close frame; the server's is the end, though its socket may linger. */
static void
on_closing (SoupWebsocketConnection *connection, gpointer data)
{
  WtAttempt *self = data;
  g_autoptr (WtDiagnosis) diagnosis = NULL;

  if (self->closing || self->finished || soup_websocket_connection_get_close_code (connection) == 0)
    return;
  diagnosis = diagnose_close (self);
  clear_source (&self->watch);
  clear_source (&self->timeout);
  self->timeout = add_timeout (self, CLOSE_TIMEOUT_MS, on_close_timeout);
  finish (self, diagnosis);
}

static void
fail_while_open (WtAttempt *self, const GError *error)
{
  g_autoptr (WtDiagnosis) diagnosis = NULL;

  if (!self->closing && soup_websocket_connection_get_close_code (self->connection) == 0)
    {
      fail_for_error (self, error);
      return;
    }
  diagnosis = diagnose_close (self);
  fail (self, diagnosis);
}

static gboolean
on_later (gpointer data)
{
  WtAttempt *self = data;
  g_autoptr (GError) error = g_steal_pointer (&self->later);

  if (error != NULL && self->connection != NULL)
    fail_while_open (self, error);
  return G_SOURCE_REMOVE;
}

static void
on_error (SoupWebsocketConnection *connection, GError *error, gpointer data)
{
  WtAttempt *self = data;
  g_autoptr (GSource) source = NULL;

  if (!self->in_call)
    {
      fail_while_open (self, error);
      return;
    }
  if (self->later == NULL)
    {
      self->later = g_error_copy (error);
      source = add_timeout (self, 0, on_later);
    }
}

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
  note_alive (data);
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
  g_signal_connect_object (connection, "closing", G_CALLBACK (on_closing), self, 0);
  g_signal_connect_object (connection, "closed", G_CALLBACK (on_closed), self, 0);
  g_signal_connect_object (connection, "error", G_CALLBACK (on_error), self, 0);
  soup_websocket_connection_set_keepalive_interval (connection, interval);
  if (interval > 0)
    {
      if (self->socket != NULL)
        wt_progress_update (&self->progress, self->socket);
      self->watch = add_timeout (self, MAX (interval * 1000 / 4, 250), on_watch);
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
    fail (self, diagnosis);
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

  clear_source (&self->timeout);
  clear_source (&self->watch);
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
  g_autoptr (GSource) source G_GNUC_UNUSED = add_timeout (self, 0, on_start);
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
 * wt_attempt_close:
 * @self: an attempt
 * @code: the WebSocket close code
 * @reason: (nullable): why; cut at 123 bytes
 *
 * Closes, or stops connecting. Emits `closed` later, not before this returns.
 */
void
wt_attempt_close (WtAttempt *self, guint16 code, const char *reason)
{
  g_autofree char *cut = NULL;
  const char *end = NULL;

  if (self->closing || self->finished)
    return;
  self->closing = TRUE;
  if (self->connection == NULL)
    {
      g_cancellable_cancel (self->cancellable);
      return;
    }

  if (reason != NULL
      && !g_utf8_validate (reason, (gssize) strnlen (reason, MAX_REASON_BYTES), &end))
    cut = g_strndup (reason, (gsize) (end - reason));
  else if (reason != NULL)
    cut = g_strndup (reason, MAX_REASON_BYTES);
  clear_source (&self->watch);
  clear_source (&self->timeout);
  self->timeout = add_timeout (self, CLOSE_TIMEOUT_MS, on_close_timeout);
  self->in_call = TRUE;
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, code, cut);
  self->in_call = FALSE;
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
