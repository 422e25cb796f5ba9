/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

const char *wt_sniff_mime_type (const guint8 *data, gsize length);
char *wt_sniff_file (const char *path, GError **error);
gboolean wt_sniff_is_picture (const char *mime_type);
const char *wt_sniff_get_extension (const char *mime_type);

G_END_DECLS
