/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "wt-metered-stream.h"

G_BEGIN_DECLS

/**
 * WtUpgradeFunc:
 * @message: the handshake
 * @websocket: the WebSocket it became
 * @stream: its stream
 * @data: the caller's data
 */
typedef void (*WtUpgradeFunc) (SoupServerMessage *message,
                               SoupWebsocketConnection *websocket,
                               WtMeteredStream *stream,
                               gpointer data);

gboolean wt_upgrade_start (SoupServerMessage *message,
                           gsize max_message,
                           WtUpgradeFunc func,
                           gpointer data,
                           GDestroyNotify destroy);

G_END_DECLS
