/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-media-error.h"

G_BEGIN_DECLS

GBytes *wt_base64_encode_file (const char *path,
                               gsize max_encoded,
                               GCancellable *cancellable,
                               GError **error);
gboolean wt_base64_decode_to_fd (GBytes *base64, int fd, gsize *written, GError **error);
GBytes *wt_base64_decode (GBytes *base64, gsize max_decoded, GError **error);
gsize wt_base64_encoded_length (gsize bytes);

G_END_DECLS
