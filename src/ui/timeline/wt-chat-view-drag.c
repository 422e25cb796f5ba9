/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-view-private.h"

/* Selecting messages by drawing the mouse over them. Within one message that selects its text; what leaves it selects messages. */

/* The message at that height, or the nearest one that shows; 0 without any. */
static gint64
find_seq (WtChatView *self, double y)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  guint first, last;
  gint64 seq = 0;

  if (!wt_timeline_view_get_visible_range (self->view, &first, &last))
    return 0;

  for (guint i = first; i <= last; i++)
    {
      GtkWidget *row = wt_timeline_view_get_row (self->view, i);
      graphene_rect_t bounds;

      if (row == NULL || !gtk_widget_compute_bounds (row, view, &bounds))
        continue;
      if (seq == 0 || y >= bounds.origin.y)
        seq = (gint64) i + 1;
    }
  return seq;
}

static gboolean
get_position (WtChatView *self, GdkEvent *event, double *x, double *y)
{
  GtkWidget *view = GTK_WIDGET (self->view);
  GtkNative *native = gtk_widget_get_native (view);
  double dx, dy;

  if (native == NULL || !gdk_event_get_position (event, x, y))
    return FALSE;

  gtk_native_get_surface_transform (native, &dx, &dy);
  return gtk_widget_translate_coordinates (GTK_WIDGET (native), view, *x - dx, *y - dy, x, y);
}

/* What was pressed forgets it: it is not clicked, and selects no text. */
static void
take_over (WtChatView *self, GtkWidget *pressed)
{
  for (; pressed != NULL && pressed != GTK_WIDGET (self->view);
       pressed = gtk_widget_get_parent (pressed))
    {
      g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (pressed);

      for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
        {
          g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

          if (GTK_IS_GESTURE (controller))
            gtk_event_controller_reset (controller);
        }
      if (GTK_IS_LABEL (pressed) && gtk_label_get_selectable (GTK_LABEL (pressed)))
        gtk_label_select_region (GTK_LABEL (pressed), 0, 0);
    }
}

static void
begin (WtChatView *self)
{
  WtMessageSelection *selection = wt_message_context_get_selection (self->context);

  self->dragging = TRUE;
  take_over (self, gtk_widget_pick (GTK_WIDGET (self->view), self->drag_x, self->drag_y,
                                    GTK_PICK_DEFAULT));
  if (!wt_message_selection_contains (selection, self->drag_seq))
    wt_message_selection_toggle (selection, self->drag_seq);
}

static void
on_moved (WtChatView *self, double y)
{
  gint64 seq = find_seq (self, y);

  if (seq == 0 || (!self->dragging && seq == self->drag_seq))
    return;

  if (!self->dragging)
    begin (self);
  wt_message_selection_extend (wt_message_context_get_selection (self->context), seq);
}

/* Sees everything before the rows do, and whatever a gesture of theirs has claimed. */
static gboolean
on_event (GtkEventControllerLegacy *controller, GdkEvent *event, WtChatView *self)
{
  GdkEventType type = gdk_event_get_event_type (event);
  double x, y;

  if (type == GDK_BUTTON_RELEASE || type == GDK_GRAB_BROKEN)
    self->drag_seq = 0;
  if ((type != GDK_BUTTON_PRESS && type != GDK_MOTION_NOTIFY)
      || !get_position (self, event, &x, &y))
    return GDK_EVENT_PROPAGATE;

  if (type == GDK_MOTION_NOTIFY)
    {
      if ((gdk_event_get_modifier_state (event) & GDK_BUTTON1_MASK) == 0)
        self->drag_seq = 0;
      else if (self->drag_seq > 0)
        on_moved (self, y);
      return GDK_EVENT_PROPAGATE;
    }

  self->dragging = FALSE;
  self->drag_seq = 0;
  if (self->prepared && gdk_button_event_get_button (event) == GDK_BUTTON_PRIMARY
      && (gdk_event_get_modifier_state (event) & (GDK_SHIFT_MASK | GDK_CONTROL_MASK)) == 0)
    {
      self->drag_x = x;
      self->drag_y = y;
      self->drag_seq = find_seq (self, y);
    }
  return GDK_EVENT_PROPAGATE;
}

/* With the view made. */
void
wt_chat_view_init_drag (WtChatView *self)
{
  GtkEventController *controller = gtk_event_controller_legacy_new ();

  gtk_event_controller_set_propagation_phase (controller, GTK_PHASE_CAPTURE);
  g_signal_connect_object (controller, "event", G_CALLBACK (on_event), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->view), controller);
}
