/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-blobs.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/* What is sent is kept first: on other threads, for the session and the stickers. */

void wt_import_file_async (WtBlobs *blobs,
                           GFile *file,
                           WtSegmentKind kind,
                           guint longest_edge,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data);
void wt_import_bytes_async (WtBlobs *blobs,
                            GBytes *bytes,
                            const char *name,
                            WtSegmentKind kind,
                            guint longest_edge,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
WtMedia *wt_import_finish (WtBlobs *blobs, GAsyncResult *result, GError **error);

G_END_DECLS
