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

/* -1 for Up, 1 for Down, else 0. */
static int
get_vertical (guint keyval)
{
  if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    return -1;

  return keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down ? 1 : 0;
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

typedef enum
{
  KEY_OTHER,
  KEY_MENTION,
  KEY_SEND,
  KEY_PAGE,
  KEY_RECALL,
  KEY_REPLY,
  KEY_CLOSE_REPLY,
  KEY_PASTE_TEXT,
} KeyUse;

static KeyUse
find_use (WtComposer *self, guint keyval, GdkModifierType state)
{
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();

  if (wt_composer_is_mention_key (self, keyval, state))
    return KEY_MENTION;
  if (is_sending_key (self, keyval, state))
    return KEY_SEND;
  if (get_paging (keyval, state) != 0)
    return KEY_PAGE;
  if (modifiers == 0 && get_vertical (keyval) != 0
      && wt_composer_can_recall (self, get_vertical (keyval)))
    return KEY_RECALL;
  if (modifiers == GDK_CONTROL_MASK && get_vertical (keyval) != 0)
    return KEY_REPLY;
  if (modifiers == 0 && keyval == GDK_KEY_Escape
      && wt_composition_get_reply (self->composition) != NULL)
    return KEY_CLOSE_REPLY;
  if (modifiers == (GDK_CONTROL_MASK | GDK_SHIFT_MASK) && gdk_keyval_to_lower (keyval) == GDK_KEY_v)
    return KEY_PASTE_TEXT;

  return KEY_OTHER;
}

static void
use_key (WtComposer *self, KeyUse use, guint keyval, GdkModifierType state)
{
  switch (use)
    {
    case KEY_MENTION:
      wt_composer_handle_mention_key (self, keyval);
      break;
    case KEY_SEND:
      wt_composer_send (self);
      break;
    case KEY_PAGE:
      g_signal_emit_by_name (self, "page", get_paging (keyval, state));
      break;
    case KEY_RECALL:
      wt_composer_recall (self, get_vertical (keyval));
      break;
    case KEY_REPLY:
      g_signal_emit_by_name (self, "reply", get_vertical (keyval));
      break;
    case KEY_CLOSE_REPLY:
      wt_composition_set_reply (self->composition, NULL);
      break;
    case KEY_PASTE_TEXT:
      wt_composer_paste_text (self);
      break;
    case KEY_OTHER:
    default:
      break;
    }
}

/* The input method is asked before anything is done: while it composes, Enter and the arrows are its own
 * (timeline.md). Other keys are left to the text view, which asks it itself. A key that it does not want may have ended what it
 * composed, as Korean ones do: then the text is another one, and so may be what the key is for. */
static gboolean
on_key_pressed (GtkEventControllerKey *controller,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                WtComposer *self)
{
  GdkEvent *event = gtk_event_controller_get_current_event (GTK_EVENT_CONTROLLER (controller));
  KeyUse use = find_use (self, keyval, state);

  if (use == KEY_OTHER)
    return GDK_EVENT_PROPAGATE;
  if (gtk_text_view_im_context_filter_keypress (self->view, event))
    return GDK_EVENT_STOP;

  use = find_use (self, keyval, state);
  if (use == KEY_OTHER)
    return GDK_EVENT_PROPAGATE;
  /* It let the key pass and composes on: still not a message. */
  if (use != KEY_SEND || !self->composing)
    use_key (self, use, keyval, state);
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
