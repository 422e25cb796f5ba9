/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

#define WT_TYPE_TLS_LISTENER (wt_tls_listener_get_type ())

G_DECLARE_FINAL_TYPE (WtTlsListener, wt_tls_listener, WT, TLS_LISTENER, GObject)

WtTlsListener *
wt_tls_listener_new (SoupServer *soup, GTlsCertificate *certificate, GTlsDatabase *authorities);
guint16 wt_tls_listener_listen (WtTlsListener *self, GSocketAddress *address, GError **error);
void wt_tls_listener_stop (WtTlsListener *self);
GSocket *wt_tls_listener_get_socket (SoupServerMessage *message);

G_END_DECLS
