/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-line-label.h"

/**
 * wt_line_label_new:
 * @css_class: (nullable): of the label
 *
 * A line of somebody's text, from the start of the room that it gets, and with an ellipsis where that is too little. It never wraps,
 * and so is cheap to measure, whatever it says.
 *
 * Returns: (transfer floating): an empty label
 */
GtkWidget *
wt_line_label_new (const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  gtk_label_set_single_line_mode (GTK_LABEL (label), TRUE);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}
