/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-row-private.h"

#include <glib/gi18n-lib.h>

/* The row in the selection mode: a check mark at the start, and a press anywhere selects. Out of it a press with Ctrl begins it. */

static WtMessageSelection *
get_selection (WtMessageRow *self)
{
  return self->context != NULL ? wt_message_context_get_selection (self->context) : NULL;
}

static void
set_selecting (WtMessageRow *self, gboolean selecting)
{
  if (self->selecting == selecting)
    return;

  self->selecting = selecting;
  /* Nothing in it is pressed by a press that selects. */
  gtk_widget_set_can_target (self->bubble, !selecting);
  if (selecting && self->check == NULL)
    {
      self->check = g_object_new (GTK_TYPE_IMAGE, "accessible-role",
                                  GTK_ACCESSIBLE_ROLE_PRESENTATION, NULL);
      gtk_widget_add_css_class (self->check, "check");
      gtk_widget_insert_before (self->check, GTK_WIDGET (self), self->bubble);
    }
  gtk_widget_set_visible (self->check, selecting);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/* After the selection or the message is another. */
void
wt_message_row_update_selection (WtMessageRow *self)
{
  WtMessageSelection *selection = get_selection (self);
  gboolean selecting = selection != NULL && wt_message_selection_get_size (selection) > 0;
  gboolean selected = wt_message_row_is_selected (self);

  set_selecting (self, selecting);
  if (selected)
    gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");
  if (self->check != NULL)
    gtk_image_set_from_icon_name (GTK_IMAGE (self->check),
                                  selected ? "object-select-symbolic" : NULL);

  if (selecting)
    gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected,
                                 -1);
  else
    gtk_accessible_reset_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED);
}

/* Whether it is among the selected messages. */
gboolean
wt_message_row_is_selected (WtMessageRow *self)
{
  WtMessageSelection *selection = get_selection (self);

  return selection != NULL && self->message != NULL
         && wt_message_selection_contains (selection, wt_message_get_seq (self->message));
}

/* Selects it, or not any more; or everything from where the selection began up to it. */
void
wt_message_row_select (WtMessageRow *self, gboolean extend)
{
  WtMessageSelection *selection = get_selection (self);
  gint64 seq;
  gboolean fits;

  if (selection == NULL || self->message == NULL)
    return;

  seq = wt_message_get_seq (self->message);
  fits = extend ? wt_message_selection_extend (selection, seq)
                : wt_message_selection_toggle (selection, seq);
  if (!fits)
    {
      g_autofree char *words = g_strdup_printf (
          _ ("No more than %d messages can be selected at once"), WT_MESSAGE_SELECTION_MOST);

      wt_message_context_report (self->context, words);
    }
}

/* Once it is let go of: it may become a scroll, or a selection of several. */
static void
on_released (GtkGestureClick *gesture, int n_presses, double x, double y, WtMessageRow *self)
{
  GdkModifierType state = gtk_event_controller_get_current_event_state (
      GTK_EVENT_CONTROLLER (gesture));

  if (!gtk_widget_contains (GTK_WIDGET (self), x, y))
    return;
  if (self->selecting)
    wt_message_row_select (self, (state & GDK_SHIFT_MASK) != 0);
  else if ((state & GDK_CONTROL_MASK) != 0)
    wt_message_row_select (self, FALSE);
}

/* For the row's init. */
void
wt_message_row_init_select (WtMessageRow *self)
{
  GtkGesture *click = gtk_gesture_click_new ();

  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (click), GTK_PHASE_CAPTURE);
  g_signal_connect_object (click, "released", G_CALLBACK (on_released), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (click));
}

/* For the row's construction. */
void
wt_message_row_follow_selection (WtMessageRow *self)
{
  if (get_selection (self) != NULL)
    g_signal_connect_object (get_selection (self), "changed",
                             G_CALLBACK (wt_message_row_update_selection), self, G_CONNECT_SWAPPED);
}
