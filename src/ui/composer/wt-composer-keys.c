/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-composer-private.h"

static gboolean
is_enter (guint keyval)
{
  return keyval == GDK_KEY_Return || keyval == GDK_KEY_KP_Enter || keyval == GDK_KEY_ISO_Enter;
}

/* Whether this key is one that sends. */
static gboolean
is_sending_key (WtComposer *self, guint keyval, GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (!is_enter (keyval))
    return FALSE;

  return modifiers == GDK_CONTROL_MASK || (self->enter_sends && modifiers == 0);
}

static gboolean
is_recalling_key (WtComposer *self, guint keyval, GdkModifierType state)
{
  return (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
         && (state & gtk_accelerator_get_default_mod_mask ()) == 0 && wt_composer_is_empty (self)
         && self->last_sent != NULL;
}

/* -1 and 1 for the keys that page through the history while one writes, else 0. */
static int
get_paging (guint keyval, GdkModifierType state)
{
  if ((state & gtk_accelerator_get_default_mod_mask ()) != 0)
    return 0;
  if (keyval == GDK_KEY_Page_Up || keyval == GDK_KEY_KP_Page_Up)
    return -1;

  return keyval == GDK_KEY_Page_Down || keyval == GDK_KEY_KP_Page_Down ? 1 : 0;
}

/* The input method is asked before anything is done: while it composes, Enter and the arrows are its own
 * (timeline.md). Other keys are left to the text view, which asks it itself. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                WtComposer *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  gboolean sending = is_sending_key (self, keyval, state);
  int paging = get_paging (keyval, state);

  if (!sending && paging == 0 && !is_recalling_key (self, keyval, state))
    return GDK_EVENT_PROPAGATE;
  if (gtk_text_view_im_context_filter_keypress (self->view, event))
    return GDK_EVENT_STOP;

  if (sending)
    wt_composer_send (self);
  else if (paging != 0)
    g_signal_emit_by_name (self, "page", paging);
  else
    wt_composer_set_text (self, self->last_sent);

  return GDK_EVENT_STOP;
}

void
wt_composer_init_keys (WtComposer *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self->view), keys);
}
