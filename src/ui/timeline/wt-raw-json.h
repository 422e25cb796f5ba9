/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-segment.h"

G_BEGIN_DECLS

char *wt_raw_json_make_pretty (const char *json);
GtkWidget *wt_raw_json_view_new (const char *pretty, const char *label);
GtkWidget *wt_raw_json_copy_button_new (const char *text);
GtkWidget *wt_raw_json_window_new (WtSegment *segment);

G_END_DECLS
