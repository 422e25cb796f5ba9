/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to the layer, but for tests. */
gboolean wt_address_is_public (GInetAddress *address);
GInetAddress *wt_address_new_from_host (const char *host);

G_END_DECLS
