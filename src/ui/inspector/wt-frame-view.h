/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-frame.h"

G_BEGIN_DECLS

/**
 * WtFrameView:
 *
 * All that is known about one frame of the inspector's. It follows what becomes of it.
 *
 * Signals: `pair` (guint64 serial): the other frame of a message and its acknowledgement is to be shown.
 */
#define WT_TYPE_FRAME_VIEW (wt_frame_view_get_type ())
G_DECLARE_FINAL_TYPE (WtFrameView, wt_frame_view, WT, FRAME_VIEW, GtkWidget)

GtkWidget *wt_frame_view_new (void);
void wt_frame_view_set_frame (WtFrameView *self, WtFrame *frame);
WtFrame *wt_frame_view_get_frame (WtFrameView *self);

G_END_DECLS
