/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-composer-attachment.h"
#include "wt-picture-loader.h"

G_BEGIN_DECLS

/**
 * WtComposerItem:
 *
 * One attachment in the tray.
 *
 * Signals: `remove`; `move` (int): by so many places, towards the start if negative; `drop` (#WtComposerAttachment): that one is
 * dropped here.
 */
#define WT_TYPE_COMPOSER_ITEM (wt_composer_item_get_type ())
G_DECLARE_FINAL_TYPE (WtComposerItem, wt_composer_item, WT, COMPOSER_ITEM, GtkWidget)

GtkWidget *wt_composer_item_new (WtComposerAttachment *attachment, WtPictureLoader *loader);
WtComposerAttachment *wt_composer_item_get_attachment (WtComposerItem *self);

G_END_DECLS
