/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-frame-filter.h"

G_BEGIN_DECLS

/**
 * WtFrameFilterButton:
 *
 * A button whose popover sets what a #WtFrameFilter lets pass, but for the text. It stands out while not everything passes.
 */
#define WT_TYPE_FRAME_FILTER_BUTTON (wt_frame_filter_button_get_type ())
G_DECLARE_FINAL_TYPE (WtFrameFilterButton,
                      wt_frame_filter_button,
                      WT,
                      FRAME_FILTER_BUTTON,
                      GtkWidget)

GtkWidget *wt_frame_filter_button_new (WtFrameFilter *filter, GListModel *sessions);
void wt_frame_filter_button_reset (WtFrameFilterButton *self);

G_END_DECLS
