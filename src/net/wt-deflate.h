/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Private to the layer. */
#define WT_TYPE_DEFLATE (wt_deflate_get_type ())
G_DECLARE_FINAL_TYPE (WtDeflate, wt_deflate, WT, DEFLATE, SoupWebsocketExtension)

void wt_deflate_install (SoupSession *session);
void wt_deflate_accept (SoupMessage *message);
void wt_deflate_set_limit (SoupWebsocketConnection *connection, guint64 most_bytes);
gboolean wt_deflate_is_compressing (SoupWebsocketConnection *connection);
gint64 wt_deflate_get_saved (SoupWebsocketConnection *connection);

G_END_DECLS
