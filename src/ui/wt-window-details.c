/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-private.h"

#include "wt-room-layout.h"

#include <glib/gi18n-lib.h>

/* The details pane, and what is decided about a conversation. */

static WtConversation *
look_up (WtWindow *self, gint64 id)
{
  return self->profile != NULL
             ? wt_conversation_list_lookup (wt_profile_get_conversations (self->profile), id)
             : NULL;
}

static WtSession *
get_session (WtWindow *self, WtConversation *conversation)
{
  return wt_profile_get_session (self->profile, wt_conversation_get_account (conversation));
}

static void
set_flag (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  gboolean on = FALSE;
  gint64 id = 0;
  WtConversation *conversation;

  g_variant_get (parameter, "(xb)", &id, &on);
  conversation = look_up (self, id);
  if (conversation == NULL)
    return;

  const WtConversationRecord *record = wt_conversation_get_record (conversation);
  gboolean archiving = g_str_equal (name, "win.set-archived");

  wt_session_set_flags (get_session (self, conversation), conversation,
                        archiving ? record->pinned : on, archiving ? on : record->archived);
}

static void
set_level (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  gint64 id = 0;
  int level = 0;
  WtConversation *conversation;

  g_variant_get (parameter, "(xi)", &id, &level);
  conversation = look_up (self, id);
  if (conversation != NULL && level >= WT_LEVEL_ALL && level <= WT_LEVEL_NONE)
    wt_session_set_level (get_session (self, conversation), conversation, (WtLevel) level);
}

static void
show_details (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  WtConversation *conversation = look_up (self, g_variant_get_int64 (parameter));

  if (conversation == NULL)
    return;
  if (conversation != self->conversation
      || adw_leaflet_get_visible_child (self->leaflet) != self->chat_page)
    wt_window_open_conversation (self, conversation);
  adw_flap_set_reveal_flap (self->flap, TRUE);
}

static void
toggle_details (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);

  if (self->conversation == NULL)
    return;
  adw_flap_set_reveal_flap (self->flap, !adw_flap_get_reveal_flap (self->flap));
  if (adw_flap_get_reveal_flap (self->flap))
    wt_details_pane_focus (self->details);
}

static void
on_mention (WtWindow *self, WtMember *member)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  wt_chat_view_mention (self->chat, member);
}

static void
on_closed (WtWindow *self)
{
  adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
on_chat (WtWindow *self, WtConversation *conversation)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  wt_window_open_conversation (self, conversation);
}

/* Folded over the messages, the pane makes way for what is to be seen there. */
static void
on_done (WtWindow *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

static void
make_details (WtWindow *self)
{
  WtMessageContext *context = wt_chat_view_get_context (self->chat);

  self->details = WT_DETAILS_PANE (wt_details_pane_new (self->profile, context));
  gtk_widget_set_hexpand (GTK_WIDGET (self->details), FALSE);
  adw_bin_set_child (self->details_bin, GTK_WIDGET (self->details));
  g_signal_connect_object (self->details, "mention", G_CALLBACK (on_mention), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "chat", G_CALLBACK (on_chat), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "closed", G_CALLBACK (on_closed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "links", G_CALLBACK (wt_window_find_links), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->details, "done", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (context, "jump", G_CALLBACK (on_done), self, G_CONNECT_SWAPPED);
}

/**
 * wt_window_update_details:
 * @self: a window
 *
 * For when the pane comes or goes, or another conversation is opened: nothing is made and read for a pane that nobody sees.
 */
void
wt_window_update_details (WtWindow *self)
{
  gboolean shown = adw_flap_get_reveal_flap (self->flap);
  GtkWidget *focus = gtk_root_get_focus (GTK_ROOT (self));

  if (self->details == NULL && shown && self->conversation != NULL)
    make_details (self);
  if (self->details == NULL)
    return;
  /* Or a screen reader finds it beside the messages all the same. */
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->details_bin), GTK_ACCESSIBLE_STATE_HIDDEN,
                               !shown, -1);
  if (!shown && focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (self->details)))
    wt_chat_view_focus_composer (self->chat);
  wt_details_pane_set_conversation (self->details, shown ? self->conversation : NULL);
  if (self->conversation == NULL)
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/**
 * wt_window_fold_details:
 * @self: a window
 *
 * A pane that had its place beside the messages does not cover them when there is no place any more.
 */
void
wt_window_fold_details (WtWindow *self)
{
  if (adw_flap_get_folded (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
}

/**
 * wt_window_init_details:
 * @self: a window with its settings
 */
void
wt_window_init_details (WtWindow *self)
{
  GtkLayoutManager *room = gtk_widget_get_layout_manager (adw_flap_get_content (self->flap));

  g_settings_bind (self->settings, "text-scale", room, "scale", G_SETTINGS_BIND_GET);
  gtk_accessible_update_state (GTK_ACCESSIBLE (self->details_bin), GTK_ACCESSIBLE_STATE_HIDDEN,
                               TRUE, -1);
}

/**
 * wt_window_install_details:
 * @widget_class: the window's class
 *
 * For its class_init.
 */
void
wt_window_install_details (GtkWidgetClass *widget_class)
{
  g_type_ensure (WT_TYPE_ROOM_LAYOUT);
  gtk_widget_class_install_action (widget_class, "win.set-level", "(xi)", set_level);
  gtk_widget_class_install_action (widget_class, "win.set-pinned", "(xb)", set_flag);
  gtk_widget_class_install_action (widget_class, "win.set-archived", "(xb)", set_flag);
  gtk_widget_class_install_action (widget_class, "win.show-details", "x", show_details);
  gtk_widget_class_install_action (widget_class, "win.toggle-details", NULL, toggle_details);
}
