/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "wt-clock.h"
#include "wt-faults.h"
#include "wt-metered-stream.h"

G_BEGIN_DECLS

/**
 * WtServerConnection: one client's connection, seen from the server.
 *
 * Signals: `frame` (#GBytes: one text frame), `binary` (a frame that is not text), and once `closed` (close code, or 1006
 * without a close frame; reason), never from within a call.
 */
#define WT_TYPE_SERVER_CONNECTION (wt_server_connection_get_type ())
G_DECLARE_FINAL_TYPE (WtServerConnection, wt_server_connection, WT, SERVER_CONNECTION, GObject)

WtServerConnection *wt_server_connection_new (SoupWebsocketConnection *websocket,
                                              WtMeteredStream *stream,
                                              const char *uuid);
void wt_server_connection_set_identity (WtServerConnection *self,
                                        const char *user,
                                        const char *platform,
                                        const char *key,
                                        const char *label);
void wt_server_connection_set_faults (WtServerConnection *self, WtFaults *faults, WtClock *clock);
void wt_server_connection_set_max_queued (WtServerConnection *self, gsize bytes);

const char *wt_server_connection_get_uuid (WtServerConnection *self);
const char *wt_server_connection_get_user (WtServerConnection *self);
const char *wt_server_connection_get_platform (WtServerConnection *self);
const char *wt_server_connection_get_key (WtServerConnection *self);
const char *wt_server_connection_get_label (WtServerConnection *self);
guint64 wt_server_connection_get_n_frames (WtServerConnection *self);
gsize wt_server_connection_get_queued (WtServerConnection *self);
gboolean wt_server_connection_is_open (WtServerConnection *self);
gboolean wt_server_connection_is_silent (WtServerConnection *self);
gboolean wt_server_connection_was_dropped (WtServerConnection *self);

gboolean wt_server_connection_send (WtServerConnection *self, GBytes *frame, gboolean is_ack);
void wt_server_connection_hold_acks (WtServerConnection *self, gboolean hold);
void wt_server_connection_stall (WtServerConnection *self);
void wt_server_connection_close (WtServerConnection *self, guint16 code, const char *reason);
void wt_server_connection_drop (WtServerConnection *self, const char *why);

G_END_DECLS
