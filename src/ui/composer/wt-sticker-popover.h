/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-picture-loader.h"
#include "wt-sticker-list.h"

G_BEGIN_DECLS

/**
 * WtStickerPopover:
 *
 * One's own stickers, and the faces.
 *
 * Signals: `sticker` (#WtSticker): to be sent. `face` (char *id): to be written. `trouble` (char *words).
 */
#define WT_TYPE_STICKER_POPOVER (wt_sticker_popover_get_type ())
G_DECLARE_FINAL_TYPE (WtStickerPopover, wt_sticker_popover, WT, STICKER_POPOVER, GtkPopover)

GtkWidget *wt_sticker_popover_new (WtStickerList *stickers, WtPictureLoader *loader);

G_END_DECLS
