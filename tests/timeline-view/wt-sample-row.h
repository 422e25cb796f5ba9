/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

#include "wt-sample-model.h"

G_BEGIN_DECLS

/* A row as high as its item says, with a button in it. */
#define WT_TYPE_SAMPLE_ROW (wt_sample_row_get_type ())
G_DECLARE_FINAL_TYPE (WtSampleRow, wt_sample_row, WT, SAMPLE_ROW, GtkWidget)

GtkWidget *wt_sample_row_new (void);
void wt_sample_row_set_item (WtSampleRow *self, WtSampleItem *item);
WtSampleItem *wt_sample_row_get_item (WtSampleRow *self);
void wt_sample_row_set_previous (WtSampleRow *self, GObject *previous);
GObject *wt_sample_row_get_previous (WtSampleRow *self);
GtkWidget *wt_sample_row_get_button (WtSampleRow *self);

G_END_DECLS
