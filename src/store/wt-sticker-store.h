/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"

G_BEGIN_DECLS

/**
 * WtStickerRecord:
 * @blob: SHA-256, hexadecimal: the name in the blob folder
 * @mime_type: (nullable): as sniffed
 * @width: pixels, 0 where unknown
 * @height: pixels, 0 where unknown
 * @added: when it was added, microseconds since the epoch
 * @used: when it was added or sent last, microseconds since the epoch
 *
 * A sticker of one's own.
 */
typedef struct
{
  char *blob;
  char *mime_type;
  int width;
  int height;
  gint64 added;
  gint64 used;
} WtStickerRecord;

WtStickerRecord *wt_sticker_record_new (void);
WtStickerRecord *wt_sticker_record_copy (const WtStickerRecord *self);
void wt_sticker_record_free (WtStickerRecord *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtStickerRecord, wt_sticker_record_free)

void wt_sticker_store_list_async (WtDatabase *db,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
/* Returns: (transfer full) (element-type WtStickerRecord): the one used last first */
GPtrArray *wt_sticker_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Adds a sticker, or, where it is one already, makes it the one used last. */
void wt_sticker_store_save_async (WtDatabase *db,
                                  const WtStickerRecord *record,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
gboolean wt_sticker_store_save_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* finish returns the blob in a list where nothing uses it any more, else an empty list. */
void wt_sticker_store_remove_async (WtDatabase *db,
                                    const char *blob,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
GStrv wt_sticker_store_remove_finish (WtDatabase *db, GAsyncResult *result, GError **error);

G_END_DECLS
