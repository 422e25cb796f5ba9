/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-tooltip.h"

static gboolean
on_query_tooltip (GtkWidget *widget,
                  int x,
                  int y,
                  gboolean keyboard,
                  GtkTooltip *tooltip,
                  gpointer owner)
{
  WtTooltipFunc func = (WtTooltipFunc) g_object_get_data (G_OBJECT (widget), "wt-tooltip");
  g_autofree char *text = func (owner, widget);

  gtk_tooltip_set_text (tooltip, text);
  return text != NULL;
}

/**
 * wt_tooltip_explain:
 * @widget: a widget
 * @func: says what its tooltip says
 * @owner: (type GObject): for @func; what @widget belongs to
 *
 * Gives it a tooltip whose text is made when it is asked for. Whenever the text of one is set, GTK asks the display where
 * the pointer is: too long for rows that come and go.
 */
void
wt_tooltip_explain (GtkWidget *widget, WtTooltipFunc func, gpointer owner)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (func != NULL);
  g_return_if_fail (G_IS_OBJECT (owner));

  g_object_set_data (G_OBJECT (widget), "wt-tooltip", (gpointer) func);
  gtk_widget_set_has_tooltip (widget, TRUE);
  g_signal_connect_object (widget, "query-tooltip", G_CALLBACK (on_query_tooltip), owner, 0);
}
