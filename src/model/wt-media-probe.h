/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-segment.h"

G_BEGIN_DECLS

gboolean wt_media_probe (WtSegmentKind kind,
                         const char *path,
                         WtMedia *media,
                         GCancellable *cancellable,
                         GError **error);
void wt_media_probe_extent (WtSegmentKind kind,
                            const char *path,
                            WtMedia *media,
                            GCancellable *cancellable);

G_END_DECLS
