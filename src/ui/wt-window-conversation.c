/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-private.h"

#include "wt-conversation-menu.h"
#include "wt-display-text.h"
#include "wt-session-words.h"

#include <glib/gi18n-lib.h>

/* The conversation that is open. */

#define TITLE_CHARACTERS 100

static char *
make_subtitle (WtWindow *self)
{
  WtAccount *account = wt_conversation_get_account (self->conversation);
  WtSession *session = wt_profile_get_session (self->profile, account);
  WtConnectionState state = session != NULL ? wt_session_get_state (session)
                                            : WT_CONNECTION_OFFLINE;
  const WtConversationRecord *record = wt_conversation_get_record (self->conversation);

  if (state != WT_CONNECTION_ONLINE)
    return g_strdup (wt_session_words_state (state));
  if (g_list_model_get_n_items (wt_profile_get_sessions (self->profile)) > 1)
    return wt_account_dup_display_name (account);
  if (record->kind == WT_CONVERSATION_GROUP)
    return g_strdup (_ ("Group"));
  return g_strcmp0 (record->peer_id, wt_conversation_get_title (self->conversation)) != 0
             ? wt_display_text_line (record->peer_id, TITLE_CHARACTERS)
             : g_strdup ("");
}

/* Where letters are larger than this, and nothing is beside the chat, its title needs the room of the buttons. */
#define LARGE_TEXT 1.5
#define NORMAL_DPI (96 * PANGO_SCALE)

/*
 * wt_window_update_chat_buttons:
 * @self: a window
 *
 * For when there may be another amount of room above the chat. What has no button there is in the menu.
 */
void
wt_window_update_chat_buttons (WtWindow *self)
{
  gboolean shown = self->conversation != NULL;
  int dpi = NORMAL_DPI;

  if (self->leaflet == NULL || self->chat_menu == NULL)
    return;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-xft-dpi", &dpi, NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->chat_menu), shown);
  if (adw_leaflet_get_folded (self->leaflet) && dpi > LARGE_TEXT * NORMAL_DPI)
    shown = FALSE;
  gtk_widget_set_visible (self->search_button, shown);
  gtk_widget_set_visible (self->details_button, shown);
}

/*
 * wt_window_update_chat_title:
 * @self: a window
 *
 * Says above the conversation whose it is, and how it stands with the connection.
 */
void
wt_window_update_chat_title (WtWindow *self)
{
  wt_account_mark_set_account (
      self->chat_mark,
      self->conversation != NULL ? wt_conversation_get_account (self->conversation) : NULL);
  wt_window_update_chat_buttons (self);
  if (self->conversation == NULL)
    {
      adw_window_title_set_title (self->chat_title, "");
      adw_window_title_set_subtitle (self->chat_title, "");
      return;
    }

  g_autofree char *title = wt_display_text_line (wt_conversation_get_title (self->conversation),
                                                 TITLE_CHARACTERS);
  g_autofree char *subtitle = make_subtitle (self);

  adw_window_title_set_title (self->chat_title, title);
  adw_window_title_set_subtitle (self->chat_title, subtitle);
}

static void
make_menu (GtkMenuButton *button, gpointer data)
{
  WtWindow *self = data;
  g_autoptr (GMenuModel) menu = NULL;
  g_autoptr (GMenu) search = g_menu_new ();

  if (self->conversation == NULL)
    return;
  menu = wt_conversation_menu_new (self->conversation);
  g_menu_append (search, _ ("Search This Chat"), "win.find");
  g_menu_prepend_section (G_MENU (menu), NULL, G_MENU_MODEL (search));
  gtk_menu_button_set_menu_model (button, menu);
}

/*
 * wt_window_init_chat_menu:
 * @self: a window
 *
 * Lets the menu of the chat be made whenever it is asked for: to make one takes longer than to open a chat should.
 */
void
wt_window_init_chat_menu (WtWindow *self)
{
  gtk_menu_button_set_create_popup_func (self->chat_menu, make_menu, self, NULL);
}

/*
 * wt_window_update_seen:
 * @self: a window
 *
 * Tells the notifier what the user has before the eyes.
 */
void
wt_window_update_seen (WtWindow *self)
{
  GtkWidget *visible = adw_leaflet_get_visible_child (self->leaflet);
  gboolean hidden = adw_leaflet_get_folded (self->leaflet) && visible != self->chat_page;
  /* One that is closed and goes on in the background may stay active. */
  gboolean seen = gtk_window_is_active (GTK_WINDOW (self))
                  && gtk_widget_get_visible (GTK_WIDGET (self)) && !hidden;

  if (self->notifier != NULL)
    wt_notifier_set_seen (self->notifier, seen ? self->conversation : NULL);
}

static void
on_chat_trouble (WtWindow *self, const char *text)
{
  wt_window_toast (self, text);
}

/**
 * wt_window_need_chat:
 * @self: a window with a profile
 *
 * Returns: (transfer none): where it shows a conversation
 */
WtChatView *
wt_window_need_chat (WtWindow *self)
{
  if (self->chat == NULL)
    {
      self->chat = WT_CHAT_VIEW (wt_chat_view_new (self->profile, self->settings));
      g_signal_connect_object (self->chat, "trouble", G_CALLBACK (on_chat_trouble), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (self->chat, "deleted", G_CALLBACK (wt_window_take_deletion), self,
                               G_CONNECT_SWAPPED);
      adw_bin_set_child (self->chat_bin, GTK_WIDGET (self->chat));
    }
  return self->chat;
}

/**
 * wt_window_show_conversation:
 * @self: a window
 * @conversation: (nullable): what to show beside the list
 */
void
wt_window_show_conversation (WtWindow *self, WtConversation *conversation)
{
  if (!g_set_object (&self->conversation, conversation))
    return;

  g_signal_group_set_target (self->conversation_signals, conversation);
  if (self->chat != NULL || conversation != NULL)
    wt_chat_view_set_conversation (wt_window_need_chat (self), conversation);
  gtk_stack_set_visible_child_name (self->chat_stack, conversation != NULL ? "chat" : "none");
  wt_sidebar_set_current (self->sidebar, conversation);
  if (conversation != NULL)
    g_settings_set_int64 (self->settings, "last-conversation",
                          wt_conversation_get_id (conversation));
  wt_window_update_chat_title (self);
  wt_window_update_seen (self);
  wt_window_update_actions (self);
  wt_window_update_details (self);
}

/**
 * wt_window_show_sidebar:
 * @self: a window
 *
 * Goes back to the list where it is folded away.
 */
void
wt_window_show_sidebar (WtWindow *self)
{
  if (gtk_stack_get_visible_child (self->pages) == GTK_WIDGET (self->leaflet))
    adw_leaflet_set_visible_child (self->leaflet, GTK_WIDGET (self->side));
}

/**
 * wt_window_close_conversation:
 * @self: a window
 */
void
wt_window_close_conversation (WtWindow *self)
{
  wt_window_show_conversation (self, NULL);
  wt_window_show_sidebar (self);
}

/**
 * wt_window_open_conversation:
 * @self: a window with a profile
 * @conversation: one of the profile's
 *
 * Shows it, and its pane in the list, ready for writing.
 */
void
wt_window_open_conversation (WtWindow *self, WtConversation *conversation)
{
  g_return_if_fail (WT_IS_WINDOW (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));

  gboolean group = wt_conversation_get_kind (conversation) == WT_CONVERSATION_GROUP;

  wt_window_close_search (self);
  wt_sidebar_show_pane (self->sidebar, group ? "groups" : "chats");
  wt_window_show_conversation (self, conversation);
  adw_leaflet_set_visible_child (self->leaflet, self->chat_page);
  if (self->chat != NULL)
    wt_chat_view_focus_composer (self->chat);
}

/**
 * wt_window_get_conversation:
 * @self: a window
 *
 * Returns: (transfer none) (nullable): the conversation that is open
 */
WtConversation *
wt_window_get_conversation (WtWindow *self)
{
  g_return_val_if_fail (WT_IS_WINDOW (self), NULL);

  return self->conversation;
}
