/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-alert.h"

/* Of either heading: more than one character in any size of text, less than any dialog. */
#define LEAST_WIDTH 120

static gboolean
is_heading (GtkWidget *widget)
{
  return GTK_IS_LABEL (widget)
         && (gtk_widget_has_css_class (widget, "title-2")
             || gtk_widget_has_css_class (widget, "title-4"));
}

static void
let_wrap (GtkWidget *widget)
{
  if (is_heading (widget))
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
      gtk_widget_set_size_request (widget, LEAST_WIDTH, -1);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    let_wrap (child);
}

/**
 * wt_alert_new:
 * @parent: (nullable): the window that it is about
 * @heading: its heading
 * @body: (nullable): what it says below
 *
 * A dialog with a heading, a text and answers. Newer libadwaitas have the heading twice, in one large line and smaller,
 * wrapped, and measure the one for what the other could do with, of which newer GTKs warn: here both may be as narrow.
 * Which one is shown is left to them.
 *
 * Returns: (transfer none): an #AdwMessageDialog, not yet shown
 */
GtkWidget *
wt_alert_new (GtkWindow *parent, const char *heading, const char *body)
{
  GtkWidget *self = adw_message_dialog_new (parent, heading, body);

  let_wrap (self);
  return self;
}
