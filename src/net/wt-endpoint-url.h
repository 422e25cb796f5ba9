/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtEndpointUrl:
 * @tls: whether the scheme is wss
 * @host: a name in ASCII (IDN encoded), or an IP address without brackets
 * @port: from 1 to 65535
 * @path: percent-encoded, begins with a slash
 *
 * The parts of a server's address. Private to the layer.
 */
typedef struct
{
  gboolean tls;
  char *host;
  guint16 port;
  char *path;
} WtEndpointUrl;

WtEndpointUrl *wt_endpoint_url_parse (const char *text, GError **error);
char *wt_endpoint_url_to_string (const WtEndpointUrl *self);
void wt_endpoint_url_free (WtEndpointUrl *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtEndpointUrl, wt_endpoint_url_free)

G_END_DECLS
