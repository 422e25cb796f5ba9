/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-attempt-private.h"

#include <string.h>

/* How long a server may take to answer a close. */
#define CLOSE_TIMEOUT_MS 5000
#define MAX_REASON_BYTES 123

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

  wt_attempt_clear_source (&self->timeout);
  wt_attempt_clear_source (&self->watch);
  g_cancellable_cancel (self->cancellable);
  if (self->connection == NULL)
    return;
  g_signal_handlers_disconnect_by_data (self->connection, self);
  /* libsoup would say goodbye to a dead peer, and wait for it, under TLS. */
  if (at_once && self->socket != NULL)
    g_socket_shutdown (self->socket, TRUE, TRUE, NULL);
  source = wt_attempt_add_timeout (self, 0, on_release);
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

void
wt_attempt_fail (WtAttempt *self, WtDiagnosis *diagnosis)
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

  wt_attempt_fail (self, diagnosis);
}

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

  wt_attempt_fail (self, diagnosis);
  return G_SOURCE_REMOVE;
}

void
wt_attempt_on_closed (SoupWebsocketConnection *connection, gpointer data)
{
  WtAttempt *self = data;
  g_autoptr (WtDiagnosis) diagnosis = diagnose_close (self);

  release (self, FALSE);
  finish (self, diagnosis);
}

/* Emitted for either side's close frame; the server's is the end, though its socket may linger. */
void
wt_attempt_on_closing (SoupWebsocketConnection *connection, gpointer data)
{
  WtAttempt *self = data;
  g_autoptr (WtDiagnosis) diagnosis = NULL;

  if (self->closing || self->finished || soup_websocket_connection_get_close_code (connection) == 0)
    return;
  diagnosis = diagnose_close (self);
  wt_attempt_clear_source (&self->watch);
  wt_attempt_clear_source (&self->timeout);
  self->timeout = wt_attempt_add_timeout (self, CLOSE_TIMEOUT_MS, on_close_timeout);
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
  wt_attempt_fail (self, diagnosis);
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

void
wt_attempt_on_error (SoupWebsocketConnection *connection, GError *error, gpointer data)
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
      source = wt_attempt_add_timeout (self, 0, on_later);
    }
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
  wt_attempt_clear_source (&self->watch);
  wt_attempt_clear_source (&self->timeout);
  self->timeout = wt_attempt_add_timeout (self, CLOSE_TIMEOUT_MS, on_close_timeout);
  self->in_call = TRUE;
  if (soup_websocket_connection_get_state (self->connection) == SOUP_WEBSOCKET_STATE_OPEN)
    soup_websocket_connection_close (self->connection, code, cut);
  self->in_call = FALSE;
}
