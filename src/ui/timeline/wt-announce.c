/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-announce.h"

/* GTK can announce from 4.14 on. Before that the one thing a screen reader says by itself is that what has the focus is described
 * otherwise; the description goes away again, for it is none. This file is the only one that tells the versions apart. */

#if GTK_CHECK_VERSION(4, 14, 0)

/**
 * wt_announce:
 * @widget: a widget in the window it is about
 * @words: what to say
 *
 * Has a screen reader say something without moving the focus.
 */
void
wt_announce (GtkWidget *widget, const char *words)
{
  G_GNUC_BEGIN_IGNORE_DEPRECATIONS
  gtk_accessible_announce (GTK_ACCESSIBLE (widget), words,
                           GTK_ACCESSIBLE_ANNOUNCEMENT_PRIORITY_MEDIUM);
  G_GNUC_END_IGNORE_DEPRECATIONS
}

#else

#define KEPT_MS 1000

static gboolean
forget (gpointer data)
{
  gtk_accessible_reset_property (GTK_ACCESSIBLE (data), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION);
  return G_SOURCE_REMOVE;
}

void
wt_announce (GtkWidget *widget, const char *words)
{
  GtkRoot *root = gtk_widget_get_root (widget);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL)
    return;

  gtk_accessible_update_property (GTK_ACCESSIBLE (focus), GTK_ACCESSIBLE_PROPERTY_DESCRIPTION,
                                  words, -1);
  g_timeout_add_full (G_PRIORITY_DEFAULT, KEPT_MS, forget, g_object_ref (focus), g_object_unref);
}

#endif
