/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-transport.h"

G_BEGIN_DECLS

#define WT_TYPE_WEBSOCKET (wt_websocket_get_type ())
G_DECLARE_FINAL_TYPE (WtWebsocket, wt_websocket, WT, WEBSOCKET, GObject)

WtWebsocket *wt_websocket_new (guint64 max_incoming_bytes, guint ping_interval_seconds);
gboolean wt_websocket_get_is_compressing (WtWebsocket *self);

G_END_DECLS
