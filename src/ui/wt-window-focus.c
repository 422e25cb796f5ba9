/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-private.h"

/* The keyboard is never without a place: what had it may be a message in passing, or a row that is deleted. */

static GtkWidget *
find_pane (WtWindow *self, GtkWidget *widget)
{
  GtkWidget *const panes[] = { GTK_WIDGET (self->details), GTK_WIDGET (self->chat),
                               GTK_WIDGET (self->side) };

  for (guint i = 0; i < G_N_ELEMENTS (panes); i++)
    if (panes[i] != NULL && gtk_widget_is_ancestor (widget, panes[i]))
      return panes[i];
  return NULL;
}

static void
focus_last_pane (WtWindow *self)
{
  if (self->focus_pane == NULL || !gtk_widget_get_mapped (self->focus_pane))
    return;

  if (self->focus_pane == GTK_WIDGET (self->chat))
    wt_chat_view_focus_composer (self->chat);
  else
    gtk_widget_child_focus (self->focus_pane, GTK_DIR_TAB_FORWARD);
}

static gboolean
give_back (gpointer data)
{
  WtWindow *self = data;

  self->focus_source = 0;
  if (gtk_root_get_focus (GTK_ROOT (self)) == NULL)
    focus_last_pane (self);
  return G_SOURCE_REMOVE;
}

/* Not at once: the focus is nowhere for a moment when it goes from one place to the next. */
static void
on_focus (WtWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));
  GtkWidget *pane = focus != NULL ? find_pane (self, focus) : NULL;

  if (pane != NULL)
    self->focus_pane = pane;
  if (focus == NULL && self->focus_source == 0)
    self->focus_source = g_idle_add (give_back, self);
}

/**
 * wt_window_init_focus:
 * @self: a window
 */
void
wt_window_init_focus (WtWindow *self)
{
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (on_focus), NULL);
}

/**
 * wt_window_leave_toast:
 * @self: a window
 *
 * For when a toast is about to go: what GTK would choose then, if the keyboard is there, is far from where one was.
 */
void
wt_window_leave_toast (WtWindow *self)
{
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->toasts))
      && !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->pages)))
    focus_last_pane (self);
}

/**
 * wt_window_dispose_focus:
 * @self: a window on its way out
 */
void
wt_window_dispose_focus (WtWindow *self)
{
  g_signal_handlers_disconnect_by_func (self, on_focus, NULL);
  g_clear_handle_id (&self->focus_source, g_source_remove);
  self->focus_pane = NULL;
}
