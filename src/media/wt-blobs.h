/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-base64.h"

G_BEGIN_DECLS

/**
 * WtBlobs: a folder of files named by their sha256. All calls but wt_blobs_new() and
 * wt_blobs_get_path() block: call them off the main thread. Thread-safe, and several processes may share
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

G_END_DECLS
