/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-server-connection-private.h"

#include <string.h>

/* How long a peer that is being closed has to answer, where libsoup does not see to it, in milliseconds. */
#define CLOSE_WAIT_MS 2000
#define LONGEST_REASON 123
#define CLOSE_FRAME 0x88
#define TOO_BIG "message over the limit"

static gboolean
on_end (gpointer data)
{
  WtServerConnection *self = data;
  g_autoptr (WtServerConnection) keep G_GNUC_UNUSED = g_object_ref (self);

  g_clear_pointer (&self->end_source, g_source_unref);
  if (self->closed)
    return G_SOURCE_REMOVE;

  self->closing = TRUE;
  self->closed = TRUE;
  wt_metered_stream_shut_down (self->stream);
  wt_server_connection_emit_closed (self);
  return G_SOURCE_REMOVE;
}

/* Ends the connection from the main loop, never under libsoup's feet. */
void
wt_server_connection_end_later (WtServerConnection *self,
                                guint milliseconds,
                                guint16 code,
                                const char *reason)
{
  if (self->closed)
    return;
  if (self->end_source != NULL)
    {
      g_source_destroy (self->end_source);
      g_clear_pointer (&self->end_source, g_source_unref);
    }
  g_clear_pointer (&self->end_reason, g_free);
  self->end_code = code;
  self->end_reason = g_strdup (reason);
  self->end_source = g_timeout_source_new (milliseconds);
  g_source_set_callback (self->end_source, on_end, self, NULL);
  g_source_attach (self->end_source, g_main_context_get_thread_default ());
}

/* The peer's message is over the limit. */
void
wt_server_connection_on_too_big (gpointer data)
{
  WtServerConnection *self = data;

  wt_server_connection_close (self, SOUP_WEBSOCKET_CLOSE_TOO_BIG, TOO_BIG);
  /* Its answer would come after the rest of the message, which may never end. */
  wt_server_connection_end_later (self, CLOSE_WAIT_MS, SOUP_WEBSOCKET_CLOSE_TOO_BIG, TOO_BIG);
}

static gboolean
is_known_to_libsoup (guint16 code)
{
  return (code >= 1000 && code <= 1003) || (code >= 1007 && code <= 1011)
         || (code >= 3000 && code <= 4999);
}

/* A close frame with a code that libsoup does not write, 1012 (restart) among them. */
static gboolean
write_close_frame (WtServerConnection *self, guint16 code, const char *reason)
{
  guint8 frame[4 + LONGEST_REASON] = { CLOSE_FRAME };
  gsize length = strlen (reason);

  frame[1] = (guint8) (2 + length);
  frame[2] = (guint8) (code >> 8);
  frame[3] = (guint8) (code & 0xff);
  memcpy (frame + 4, reason, length);
  return wt_meter_get_queued (wt_metered_stream_get_meter (self->stream)) == 0
         && wt_metered_stream_write_past (self->stream, frame, 4 + length);
}

/**
 * wt_server_connection_close:
 * @self: a connection
 * @code: the close code; 1006 for none: the socket just ends
 * @reason: (nullable): UTF-8, cut to 123 bytes
 *
 * Closes by the closing handshake. `closed` follows.
 */
void
wt_server_connection_close (WtServerConnection *self, guint16 code, const char *reason)
{
  g_return_if_fail (WT_IS_SERVER_CONNECTION (self));

  g_autofree char *valid = g_utf8_make_valid (reason != NULL ? reason : "", -1);

  if (self->closing)
    return;
  if (strlen (valid) > LONGEST_REASON)
    *g_utf8_find_prev_char (valid, valid + LONGEST_REASON + 1) = '\0';

  if (wt_meter_is_stalled (wt_metered_stream_get_meter (self->stream)))
    {
      wt_server_connection_drop (self, valid);
      return;
    }
  /* The client was first: libsoup answers it, and `closed` follows. */
  if (soup_websocket_connection_get_state (self->websocket) != SOUP_WEBSOCKET_STATE_OPEN)
    return;
  self->closing = TRUE;
  if (is_known_to_libsoup (code))
    {
      soup_websocket_connection_close (self->websocket, code, valid);
      return;
    }
  if (code == SOUP_WEBSOCKET_CLOSE_ABNORMAL || !write_close_frame (self, code, valid))
    {
      wt_server_connection_end_later (self, 0, SOUP_WEBSOCKET_CLOSE_ABNORMAL, valid);
      return;
    }
  wt_meter_discard_input (wt_metered_stream_get_meter (self->stream));
  wt_server_connection_end_later (self, CLOSE_WAIT_MS, code, valid);
}

/**
 * wt_server_connection_drop:
 * @self: a connection
 * @why: for the log
 *
 * Ends the socket at once, without a close frame. `closed` follows, with 1006.
 */
void
wt_server_connection_drop (WtServerConnection *self, const char *why)
{
  g_return_if_fail (WT_IS_SERVER_CONNECTION (self));

  self->closing = TRUE;
  self->dropped = TRUE;
  wt_server_connection_end_later (self, 0, SOUP_WEBSOCKET_CLOSE_ABNORMAL, why);
}
