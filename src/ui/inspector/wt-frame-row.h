/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-frame.h"

G_BEGIN_DECLS

/**
 * WtFrameRow:
 *
 * One frame in the inspector's list, always as high. It follows what becomes of the frame.
 */
#define WT_TYPE_FRAME_ROW (wt_frame_row_get_type ())
G_DECLARE_FINAL_TYPE (WtFrameRow, wt_frame_row, WT, FRAME_ROW, GtkWidget)

GtkWidget *wt_frame_row_new (void);
void wt_frame_row_set_frame (WtFrameRow *self, WtFrame *frame);

G_END_DECLS
