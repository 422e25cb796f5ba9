/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtTooltipFunc:
 * @owner: what @widget belongs to
 * @widget: where the pointer rests
 *
 * Returns: (transfer full) (nullable): what to say there; %NULL: nothing
 */
typedef char *(*WtTooltipFunc) (gpointer owner, GtkWidget *widget);

void wt_tooltip_set_text (GtkWidget *widget, const char *text);
void wt_tooltip_explain (GtkWidget *widget, WtTooltipFunc func, gpointer owner);

G_END_DECLS
