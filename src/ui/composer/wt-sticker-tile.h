/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-picture-loader.h"
#include "wt-sticker.h"

G_BEGIN_DECLS

/**
 * WtStickerTile:
 *
 * A sticker to choose.
 *
 * Actions: `sticker.remove`.
 */
#define WT_TYPE_STICKER_TILE (wt_sticker_tile_get_type ())
G_DECLARE_FINAL_TYPE (WtStickerTile, wt_sticker_tile, WT, STICKER_TILE, GtkWidget)

GtkWidget *wt_sticker_tile_new (WtPictureLoader *loader);
void wt_sticker_tile_set_sticker (WtStickerTile *self, WtSticker *sticker);
WtSticker *wt_sticker_tile_get_sticker (WtStickerTile *self);
void wt_sticker_tile_open_menu (WtStickerTile *self);

G_END_DECLS
