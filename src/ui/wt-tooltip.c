/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-tooltip.h"

/**
 * wt_tooltip_set_text:
 * @widget: a widget
 * @text: (nullable): what its tooltip says; %NULL: it has none
 *
 * As gtk_widget_set_tooltip_text(), for rows that come and go: GTK asks the display where the pointer is whenever a text is
 * set, another one or not, and waits for the answer.
 */
void
wt_tooltip_set_text (GtkWidget *widget, const char *text)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), text) != 0)
    gtk_widget_set_tooltip_text (widget, text);
}

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
 * Gives it a tooltip whose text is made when it is asked for: where it is another one for each row, see wt_tooltip_set_text().
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
