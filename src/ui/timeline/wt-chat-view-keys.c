/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-view-private.h"

/* Keys while the messages have the focus, or some are selected. Moving among them is the timeline view's affair. */

static WtMessageRow *
get_row (WtChatView *self, guint *position)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self->view))
      || !wt_timeline_view_get_row_position (self->view, focus, position))
    return NULL;
  return WT_MESSAGE_ROW (wt_timeline_view_get_row (self->view, *position));
}

static gboolean
act (WtChatView *self, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (self), action, NULL);
  return GDK_EVENT_STOP;
}

static gboolean
act_on_row (WtMessageRow *row, const char *action)
{
  gtk_widget_activate_action (GTK_WIDGET (row), action, NULL);
  return GDK_EVENT_STOP;
}

/* With Shift, the messages that the focus goes over are selected. Without anything GTK moves it. */
static gboolean
move (WtChatView *self,
      WtMessageRow *row,
      guint position,
      GdkModifierType modifiers,
      GtkDirectionType direction)
{
  WtMessageSelection *selection = wt_message_context_get_selection (self->context);

  if (modifiers != GDK_SHIFT_MASK)
    return GDK_EVENT_PROPAGATE;

  if (!wt_chat_view_is_selecting (self))
    wt_message_selection_toggle (selection, (gint64) position + 1);
  if (gtk_widget_child_focus (GTK_WIDGET (self->view), direction)
      && get_row (self, &position) != NULL)
    wt_message_selection_extend (selection, (gint64) position + 1);
  return GDK_EVENT_STOP;
}

/* Wherever in the chat the focus is. */
static gboolean
use_selection_key (WtChatView *self, guint keyval, GdkModifierType modifiers)
{
  if (modifiers == 0 && keyval == GDK_KEY_Escape)
    return act (self, "chat.end-selection");
  if (modifiers == 0 && (keyval == GDK_KEY_Delete || keyval == GDK_KEY_KP_Delete))
    return act (self, "chat.delete-selected");
  if (modifiers == GDK_CONTROL_MASK && gdk_keyval_to_lower (keyval) == GDK_KEY_c)
    return act (self, "chat.copy-selected");
  if (modifiers == GDK_CONTROL_MASK && gdk_keyval_to_lower (keyval) == GDK_KEY_a)
    return act (self, "chat.select-all");

  return GDK_EVENT_PROPAGATE;
}

static gboolean
use_row_key (WtChatView *self,
             WtMessageRow *row,
             guint position,
             guint keyval,
             GdkModifierType modifiers)
{
  if (modifiers == GDK_CONTROL_MASK && gdk_keyval_to_lower (keyval) == GDK_KEY_a)
    return act (self, "chat.select-all");
  if (keyval == GDK_KEY_Up || keyval == GDK_KEY_KP_Up)
    return move (self, row, position, modifiers, GTK_DIR_UP);
  if (keyval == GDK_KEY_Down || keyval == GDK_KEY_KP_Down)
    return move (self, row, position, modifiers, GTK_DIR_DOWN);
  if (modifiers != 0)
    return GDK_EVENT_PROPAGATE;

  switch (keyval)
    {
    case GDK_KEY_space:
    case GDK_KEY_KP_Space:
      return act_on_row (row, "message.select");
    case GDK_KEY_Delete:
    case GDK_KEY_KP_Delete:
      return act_on_row (row, "message.delete");
    case GDK_KEY_Return:
    case GDK_KEY_KP_Enter:
    case GDK_KEY_ISO_Enter:
      return act_on_row (row,
                         wt_chat_view_is_selecting (self) ? "message.select" : "message.reply");
    case GDK_KEY_Escape:
      return gtk_widget_grab_focus (GTK_WIDGET (wt_composer_get_text_view (self->composer)));
    default:
      return GDK_EVENT_PROPAGATE;
    }
}

/* What is typed while the messages have the focus is meant for the composer. */
static gboolean
on_key_pressed (GtkEventControllerKey *keys,
                guint keyval,
                guint keycode,
                GdkModifierType state,
                WtChatView *self)
{
  GtkWidget *text = GTK_WIDGET (wt_composer_get_text_view (self->composer));
  GdkModifierType modifiers = state & gtk_accelerator_get_default_mod_mask ();
  gunichar character = gdk_keyval_to_unicode (keyval);
  guint position;
  WtMessageRow *row = get_row (self, &position);

  if (wt_chat_view_is_selecting (self) && use_selection_key (self, keyval, modifiers))
    return GDK_EVENT_STOP;
  if (row == NULL)
    return GDK_EVENT_PROPAGATE;
  if (use_row_key (self, row, position, keyval, modifiers))
    return GDK_EVENT_STOP;
  if ((modifiers & ~(GdkModifierType) GDK_SHIFT_MASK) != 0 || character == 0
      || !g_unichar_isgraph (character) || !gtk_widget_grab_focus (text))
    return GDK_EVENT_PROPAGATE;

  return gtk_event_controller_key_forward (keys, text);
}

/* With the view and the composer made. */
void
wt_chat_view_init_keys (WtChatView *self)
{
  GtkEventController *keys = gtk_event_controller_key_new ();

  g_signal_connect_object (keys, "key-pressed", G_CALLBACK (on_key_pressed), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);
}
