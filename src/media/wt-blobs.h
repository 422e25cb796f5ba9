/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-base64.h"

G_BEGIN_DECLS

/* A blob that was added so recently is not removed: the message that it was added for may be on its way. */
#define WT_BLOBS_GUARD_SECONDS (10 * 60)

/* A temporary file that nothing was written to for so long has no writer any more. */
#define WT_BLOBS_STALE_SECONDS (60 * 60)

/**
 * WtBlobsFunc:
 * @blob: a blob's name; %NULL for a file that is not whole yet, or was left so
 * @size: bytes
 * @data: the caller's
 */
typedef void (*WtBlobsFunc) (const char *blob, gint64 size, gpointer data);

/**
 * WtBlobs: a folder of files named by their sha256. All calls but wt_blobs_new(), wt_blobs_get_path()
 * and wt_blobs_take_left() block: call them off the main thread. Thread-safe, and several processes may share
 * a folder.
 */
#define WT_TYPE_BLOBS (wt_blobs_get_type ())
G_DECLARE_FINAL_TYPE (WtBlobs, wt_blobs, WT, BLOBS, GObject)

WtBlobs *wt_blobs_new (const char *folder);
char *wt_blobs_add_base64 (WtBlobs *self, GBytes *base64, gint64 *size, GError **error);
char *wt_blobs_add_bytes (WtBlobs *self, GBytes *bytes, GError **error);
char *wt_blobs_add_file (WtBlobs *self,
                         const char *path,
                         gint64 *size,
                         GCancellable *cancellable,
                         GError **error);
char *wt_blobs_get_path (WtBlobs *self, const char *blob);
GBytes *wt_blobs_load_base64 (WtBlobs *self, const char *blob, gsize max_encoded, GError **error);
gboolean wt_blobs_remove (WtBlobs *self, const char *blob, GError **error);
gboolean wt_blobs_probe (WtBlobs *self, gsize bytes, GError **error);
GStrv wt_blobs_take_left (WtBlobs *self);
gboolean wt_blobs_keep_present (WtBlobs *self, GError **error);
guint wt_blobs_remove_temporaries (WtBlobs *self);
void wt_blobs_measure (WtBlobs *self, const char *shelf, WtBlobsFunc func, gpointer data);
GStrv wt_blobs_list_old (WtBlobs *self, GCancellable *cancellable, GError **error);

G_END_DECLS
