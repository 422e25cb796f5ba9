/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-connection.h"
#include "wt-outbox.h"
#include "wt-websocket.h"

/* Linked with --wrap: the waits of the client under test are a tenth of what they are, in the same
 * proportion, so that a test sees the ends of many of them. */

#define ACK_TIMEOUT_MS 2000
#define MOST_TIMEOUTS 5
#define WINDOW 32
#define CONFIRM_GRACE_MS 40
#define PING_INTERVAL_MS 1000
#define PONG_TIMEOUT_MS 1500

WtOutbox *
__real_wt_outbox_new (WtClock *clock, WtBlobs *blobs, const WtOutboxFuncs *funcs, gpointer data);
WtOutbox *
__wrap_wt_outbox_new (WtClock *clock, WtBlobs *blobs, const WtOutboxFuncs *funcs, gpointer data);
WtConnection *__real_wt_connection_new (WtTransport *transport, WtClock *clock);
WtConnection *__wrap_wt_connection_new (WtTransport *transport, WtClock *clock);
WtWebsocket *__real_wt_websocket_new (guint64 max_incoming_bytes, guint ping_interval_seconds);
WtWebsocket *__wrap_wt_websocket_new (guint64 max_incoming_bytes, guint ping_interval_seconds);

WtOutbox *
__wrap_wt_outbox_new (WtClock *clock, WtBlobs *blobs, const WtOutboxFuncs *funcs, gpointer data)
{
  WtOutbox *outbox = __real_wt_outbox_new (clock, blobs, funcs, data);

  wt_outbox_set_limits (outbox, ACK_TIMEOUT_MS, MOST_TIMEOUTS, WINDOW);
  return outbox;
}

WtConnection *
__wrap_wt_connection_new (WtTransport *transport, WtClock *clock)
{
  WtConnection *connection = __real_wt_connection_new (transport, clock);

  g_object_set (connection, "confirm-grace", CONFIRM_GRACE_MS, "ping-interval", PING_INTERVAL_MS,
                "pong-timeout", PONG_TIMEOUT_MS, NULL);
  return connection;
}

WtWebsocket *
__wrap_wt_websocket_new (guint64 max_incoming_bytes, guint ping_interval_seconds)
{
  return __real_wt_websocket_new (max_incoming_bytes, PING_INTERVAL_MS / 1000);
}
