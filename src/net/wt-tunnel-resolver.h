/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to the layer. */
#define WT_TYPE_TUNNEL_RESOLVER (wt_tunnel_resolver_get_type ())
G_DECLARE_FINAL_TYPE (WtTunnelResolver, wt_tunnel_resolver, WT, TUNNEL_RESOLVER, GObject)

GProxyResolver *wt_tunnel_resolver_new (GProxyResolver *resolver);

G_END_DECLS
