/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-message-context.h"
#include "wt-picture-canvas.h"

G_BEGIN_DECLS

/**
 * WtPictureViewer:
 *
 * A window to look at one picture: enlarge it, move it, save it, copy it, open it elsewhere.
 */
#define WT_TYPE_PICTURE_VIEWER (wt_picture_viewer_get_type ())
G_DECLARE_FINAL_TYPE (WtPictureViewer, wt_picture_viewer, WT, PICTURE_VIEWER, AdwWindow)

GtkWidget *wt_picture_viewer_new (WtMessageContext *context, WtMessage *message, guint position);
WtPictureCanvas *wt_picture_viewer_get_canvas (WtPictureViewer *self);
GdkPaintable *wt_picture_viewer_get_shown (WtPictureViewer *self);

G_END_DECLS
