/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-shrinking.h"

#include <adwaita.h>

static void
wrap (GtkWidget *widget)
{
  if (GTK_IS_LABEL (widget) && gtk_label_get_ellipsize (GTK_LABEL (widget)) == PANGO_ELLIPSIZE_NONE)
    {
      gtk_label_set_wrap (GTK_LABEL (widget), TRUE);
      gtk_label_set_wrap_mode (GTK_LABEL (widget), PANGO_WRAP_WORD_CHAR);
      gtk_label_set_justify (GTK_LABEL (widget), GTK_JUSTIFY_CENTER);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wrap (child);
}

/* A dialog's name is shortened anyway, but asks for five letters by itself: the words beside it need that room more. */
static void
shorten (GtkWidget *widget)
{
  if (GTK_IS_BUTTON (widget) || ADW_IS_VIEW_SWITCHER (widget) || ADW_IS_WINDOW_TITLE (widget))
    return;
  if (GTK_IS_LABEL (widget) && gtk_label_get_ellipsize (GTK_LABEL (widget)) != PANGO_ELLIPSIZE_NONE)
    gtk_label_set_width_chars (GTK_LABEL (widget), -1);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    shorten (child);
}

/**
 * wt_shrinking_allow:
 * @root: a window, or a part of one
 *
 * Lets words give way where the letters are large and there is little room, in what @root consists of now: the titles in
 * header bars are shortened, and what stands on other buttons goes on in another line. By itself GTK makes the window
 * wider than the screen.
 */
void
wt_shrinking_allow (GtkWidget *root)
{
  g_return_if_fail (GTK_IS_WIDGET (root));

  if (ADW_IS_HEADER_BAR (root))
    {
      shorten (root);
      return;
    }
  /* Only plain buttons: what is made of other kinds has a layout of its own. */
  if (G_OBJECT_TYPE (root) == GTK_TYPE_BUTTON)
    {
      wrap (root);
      return;
    }
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    wt_shrinking_allow (child);
}
