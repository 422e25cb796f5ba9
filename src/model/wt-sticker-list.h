/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-sticker.h"

G_BEGIN_DECLS

/**
 * WtStickerList:
 *
 * A #GListModel of #WtSticker: one's own stickers, the one used last first. Main thread only.
 *
 * Signals: `trouble` (#GError): something could not be stored or read.
 */
#define WT_TYPE_STICKER_LIST (wt_sticker_list_get_type ())
G_DECLARE_FINAL_TYPE (WtStickerList, wt_sticker_list, WT, STICKER_LIST, GObject)

WtStickerList *wt_sticker_list_new (WtDatabase *database, WtBlobs *blobs);

/* Adds what @media's blob is, a received sticker say; there already: it moves to the front. */
void wt_sticker_list_add_media_async (WtStickerList *self,
                                      const WtMedia *media,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
void wt_sticker_list_add_file_async (WtStickerList *self,
                                     GFile *file,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gboolean wt_sticker_list_add_finish (WtStickerList *self, GAsyncResult *result, GError **error);

void wt_sticker_list_touch (WtStickerList *self, WtSticker *sticker);
void wt_sticker_list_remove (WtStickerList *self, WtSticker *sticker);
WtSticker *wt_sticker_list_lookup (WtStickerList *self, const char *blob);

G_END_DECLS
