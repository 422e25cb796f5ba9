/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to the layer. */
#define WT_TYPE_TUNNEL_PROXY (wt_tunnel_proxy_get_type ())
G_DECLARE_FINAL_TYPE (WtTunnelProxy, wt_tunnel_proxy, WT, TUNNEL_PROXY, GObject)

/* The scheme of the addresses that lead to it. */
#define WT_TUNNEL_SCHEME "wheatear-tunnel"

void wt_tunnel_proxy_register (void);

G_END_DECLS
