/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-segment.h"
#include "wt-sticker-store.h"

G_BEGIN_DECLS

/**
 * WtSticker:
 *
 * A sticker of one's own.
 *
 * Properties (read-only, constant): `blob`, `path` (where its picture is), `mime-type`, `width`, `height` (pixels, 0 unknown).
 */
#define WT_TYPE_STICKER (wt_sticker_get_type ())
G_DECLARE_FINAL_TYPE (WtSticker, wt_sticker, WT, STICKER, GObject)

WtSticker *wt_sticker_new (const WtStickerRecord *record, const char *path);
const WtStickerRecord *wt_sticker_get_record (WtSticker *self);
const char *wt_sticker_get_blob (WtSticker *self);
const char *wt_sticker_get_path (WtSticker *self);
const char *wt_sticker_get_mime_type (WtSticker *self);
int wt_sticker_get_width (WtSticker *self);
int wt_sticker_get_height (WtSticker *self);
WtMedia *wt_sticker_dup_media (WtSticker *self);

G_END_DECLS
