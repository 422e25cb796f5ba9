/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-message-context.h"
#include "wt-shared.h"

G_BEGIN_DECLS

/**
 * WtThumbnail:
 *
 * A square with a shared picture, loaded while it is on the screen.
 */
#define WT_TYPE_THUMBNAIL (wt_thumbnail_get_type ())
G_DECLARE_FINAL_TYPE (WtThumbnail, wt_thumbnail, WT, THUMBNAIL, GtkWidget)

/* Its side, unless it is given another, in the window's pixels. */
#define WT_THUMBNAIL_SIZE 84

GtkWidget *wt_thumbnail_new (void);
void wt_thumbnail_set_shared (WtThumbnail *self, WtShared *shared, WtMessageContext *context);
WtShared *wt_thumbnail_get_shared (WtThumbnail *self);
gboolean wt_thumbnail_get_painted (WtThumbnail *self);

G_END_DECLS
