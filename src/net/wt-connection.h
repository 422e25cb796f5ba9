/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-clock.h"
#include "wt-transport.h"

G_BEGIN_DECLS

/**
 * WtConnection: keeps one endpoint connected: opens the transport, waits out the confirming grace, watches for a dead
 * peer, reconnects with backoff, stops where retrying cannot mend. Lives in the thread-default main context of
 * the thread that made it.
 *
 * Properties: `state` (#WtConnectionState), `diagnosis` (#WtDiagnosis, nullable: why the last attempt or connection ended;
 * cleared when online), `retry-at` (monotonic microseconds by its clock, or 0). Signals: `frame` (#GBytes), in order.
 */
#define WT_TYPE_CONNECTION (wt_connection_get_type ())
G_DECLARE_FINAL_TYPE (WtConnection, wt_connection, WT, CONNECTION, GObject)

WtConnection *wt_connection_new (WtTransport *transport, WtClock *clock);
void wt_connection_set_endpoint (WtConnection *self, WtEndpoint *endpoint);
void wt_connection_start (WtConnection *self);
void wt_connection_retry_now (WtConnection *self);
void wt_connection_stop (WtConnection *self);
gboolean wt_connection_send (WtConnection *self, GBytes *text, GError **error);
WtConnectionState wt_connection_get_state (WtConnection *self);
WtDiagnosis *wt_connection_get_diagnosis (WtConnection *self);
gint64 wt_connection_get_retry_at (WtConnection *self);
const char *wt_connection_get_uuid (WtConnection *self);
gboolean wt_connection_is_open (WtConnection *self);
guint64 wt_connection_get_taken (WtConnection *self);
gint64 wt_connection_get_saved (WtConnection *self);
gboolean wt_connection_is_closing (WtConnection *self);
WtEndpoint *wt_connection_get_endpoint (WtConnection *self);
guint64 wt_connection_get_ignored (WtConnection *self);
void wt_connection_network_changed (WtConnection *self);
void wt_connection_set_seed (WtConnection *self, guint32 seed);

G_END_DECLS
