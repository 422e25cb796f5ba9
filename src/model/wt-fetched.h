/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/* What a download needs from the disk, on other threads. For WtFetch. */

void wt_fetched_prepare_async (const char *path,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data);
gboolean wt_fetched_prepare_finish (GAsyncResult *result, GError **error);

void wt_fetched_keep_async (WtBlobs *blobs,
                            WtSegmentKind kind,
                            const WtMedia *media,
                            const char *path,
                            const char *suggested_name,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
WtMedia *wt_fetched_keep_finish (GAsyncResult *result, GError **error);

void wt_fetched_discard (const char *path);
void wt_fetched_remove_parts (const char *folder);

G_END_DECLS
