/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-row-private.h"

/* Replying by a swipe towards the start: of a finger on the screen, or of two on a touchpad. */

/* How far, in pixels; less is an accident. */
#define SWIPE_DISTANCE 64

static void
set_swiped (WtMessageRow *self, gboolean swiped)
{
  if (self->swiped == swiped)
    return;

  self->swiped = swiped;
  if (swiped)
    gtk_widget_add_css_class (self->bubble, "swiped");
  else
    gtk_widget_remove_css_class (self->bubble, "swiped");
}

static gboolean
is_towards_start (WtMessageRow *self, GtkPanDirection direction)
{
  return gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL
             ? direction == GTK_PAN_DIRECTION_RIGHT
             : direction == GTK_PAN_DIRECTION_LEFT;
}

static void
on_pan (GtkGesturePan *pan, GtkPanDirection direction, double offset, WtMessageRow *self)
{
  set_swiped (self, is_towards_start (self, direction) && offset >= SWIPE_DISTANCE);
}

static void
finish (WtMessageRow *self)
{
  gboolean swiped = self->swiped;

  set_swiped (self, FALSE);
  if (swiped)
    gtk_widget_activate_action (GTK_WIDGET (self), "message.reply", NULL);
}

static void
on_pan_end (GtkGesture *gesture, GdkEventSequence *sequence, WtMessageRow *self)
{
  if (gtk_gesture_get_sequence_state (gesture, sequence) == GTK_EVENT_SEQUENCE_DENIED)
    set_swiped (self, FALSE);
  else
    finish (self);
}

static void
on_pan_cancel (WtMessageRow *self)
{
  set_swiped (self, FALSE);
}

/* Fingers that go to the left scroll to the right. */
static gboolean
on_scroll (GtkEventControllerScroll *scroll, double dx, double dy, WtMessageRow *self)
{
  gboolean rtl = gtk_widget_get_direction (GTK_WIDGET (self)) == GTK_TEXT_DIR_RTL;

  self->swipe += rtl ? -dx : dx;
  set_swiped (self, self->swipe >= SWIPE_DISTANCE);
  return GDK_EVENT_PROPAGATE;
}

static void
on_scroll_begin (WtMessageRow *self)
{
  self->swipe = 0;
}

static void
on_scroll_end (WtMessageRow *self)
{
  self->swipe = 0;
  finish (self);
}

/* For the row's init. */
void
wt_message_row_init_swipe (WtMessageRow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  GtkGesture *pan = gtk_gesture_pan_new (GTK_ORIENTATION_HORIZONTAL);
  GtkEventController *scroll = gtk_event_controller_scroll_new (
      GTK_EVENT_CONTROLLER_SCROLL_HORIZONTAL);

  gtk_gesture_single_set_touch_only (GTK_GESTURE_SINGLE (pan), TRUE);
  g_signal_connect_object (pan, "pan", G_CALLBACK (on_pan), self, 0);
  g_signal_connect_object (pan, "end", G_CALLBACK (on_pan_end), self, 0);
  g_signal_connect_object (pan, "cancel", G_CALLBACK (on_pan_cancel), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, GTK_EVENT_CONTROLLER (pan));

  g_signal_connect_object (scroll, "scroll", G_CALLBACK (on_scroll), self, 0);
  g_signal_connect_object (scroll, "scroll-begin", G_CALLBACK (on_scroll_begin), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (scroll, "scroll-end", G_CALLBACK (on_scroll_end), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_controller (widget, scroll);
}
