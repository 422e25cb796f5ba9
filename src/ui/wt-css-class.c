/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-css-class.h"

/**
 * wt_css_class_set:
 * @widget: a widget
 * @css_class: a class of the style sheet
 * @set: whether the widget is to have it
 */
void
wt_css_class_set (GtkWidget *widget, const char *css_class, gboolean set)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (set)
    gtk_widget_add_css_class (widget, css_class);
  else
    gtk_widget_remove_css_class (widget, css_class);
}
