/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-private.h"

/* Searching: in the open chat above its messages, everywhere in place of the list of chats. */

/* What was typed may be gone when the chat is another. */
static WtSearchBar *
get_bar (WtWindow *self)
{
  return self->chat != NULL && self->conversation != NULL ? wt_chat_view_get_search (self->chat)
                                                          : NULL;
}

static void
show_chat (WtWindow *self)
{
  adw_leaflet_set_visible_child (self->leaflet, self->chat_page);
}

static void
find (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  gboolean hidden = adw_leaflet_get_folded (self->leaflet)
                    && adw_leaflet_get_visible_child (self->leaflet) != self->chat_page;

  /* Where no chat is before the eyes, the list is what one looks through. */
  if (get_bar (self) == NULL || hidden)
    {
      gtk_widget_activate_action (widget, "win.focus-filter", NULL);
      return;
    }
  wt_search_bar_open (get_bar (self));
}

static void
go_to_date (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);

  if (get_bar (self) == NULL)
    return;
  show_chat (self);
  wt_search_bar_open_calendar (get_bar (self));
}

static void
step (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  WtSearchBar *bar = get_bar (self);

  if (bar == NULL)
    return;
  if (gtk_widget_get_visible (GTK_WIDGET (bar)))
    wt_search_bar_step (bar, g_str_equal (name, "win.find-next") ? 1 : -1);
  else
    wt_search_bar_open (bar);
}

static void
on_hit_chosen (WtWindow *self, WtSearchHit *hit)
{
  WtConversation *conversation = wt_search_hit_get_conversation (hit);
  WtConversationList *conversations = wt_profile_get_conversations (self->profile);

  if (wt_conversation_list_lookup (conversations, wt_conversation_get_id (conversation))
      != conversation)
    return;

  wt_chat_view_show_message (wt_window_need_chat (self), conversation, wt_search_hit_get_seq (hit),
                             wt_search_hit_get_typed (hit));
  wt_window_show_conversation (self, conversation);
  /* Beside the messages the list keeps the focus: one goes through it. */
  show_chat (self);
  if (adw_leaflet_get_folded (self->leaflet))
    wt_chat_view_focus_composer (self->chat);
}

static void
on_search_closed (WtWindow *self)
{
  GtkWidget *before = self->focus_before_search;

  wt_window_close_search (self);
  if (before == NULL || !gtk_widget_get_mapped (before) || !gtk_widget_grab_focus (before))
    wt_sidebar_focus_list (self->sidebar);
  else if (gtk_widget_is_ancestor (before, self->chat_page))
    show_chat (self);
  g_clear_weak_pointer (&self->focus_before_search);
}

static void
make_pane (WtWindow *self)
{
  self->search = WT_SEARCH_PANE (wt_search_pane_new (self->profile));
  wt_search_pane_set_show_end_buttons (self->search, adw_leaflet_get_folded (self->leaflet));
  g_signal_connect_object (self->search, "chosen", G_CALLBACK (on_hit_chosen), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->search, "closed", G_CALLBACK (on_search_closed), self,
                           G_CONNECT_SWAPPED);
  gtk_stack_add_named (self->side, GTK_WIDGET (self->search), "search");
}

static void
open_pane (WtWindow *self, const WtSearchFilter *filter, WtConversation *conversation)
{
  GtkRoot *root = GTK_ROOT (self);

  if (self->profile == NULL)
    return;
  if (self->search == NULL)
    make_pane (self);
  if (gtk_stack_get_visible_child (self->side) != GTK_WIDGET (self->search))
    g_set_weak_pointer (&self->focus_before_search, gtk_root_get_focus (root));
  gtk_stack_set_visible_child (self->side, GTK_WIDGET (self->search));
  wt_window_show_sidebar (self);
  wt_search_pane_open (self->search, filter, conversation);
}

static void
find_everywhere (GtkWidget *widget, const char *name, GVariant *parameter)
{
  open_pane (WT_WINDOW (widget), NULL, NULL);
}

static void
find_words (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (WtSearchFilter) filter = wt_search_filter_new ();

  filter->text = g_variant_dup_string (parameter, NULL);
  open_pane (WT_WINDOW (widget), filter, NULL);
}

static void
find_as_list (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  g_autoptr (WtSearchFilter) filter = NULL;

  if (get_bar (self) == NULL)
    return;
  filter = wt_search_filter_copy (wt_search_bar_get_filter (get_bar (self)));
  open_pane (self, filter, self->conversation);
}

/**
 * wt_window_find_links:
 * @self: a window
 *
 * Lists the messages of the open chat that have links in them.
 */
void
wt_window_find_links (WtWindow *self)
{
  g_autoptr (WtSearchFilter) filter = wt_search_filter_new ();

  filter->kinds = WT_SEARCH_LINKS;
  if (self->conversation != NULL)
    open_pane (self, filter, self->conversation);
}

/**
 * wt_window_close_search:
 * @self: a window
 *
 * Shows the list of chats where messages were searched.
 */
void
wt_window_close_search (WtWindow *self)
{
  gtk_stack_set_visible_child (self->side, GTK_WIDGET (self->sidebar));
}

/**
 * wt_window_install_search_actions:
 * @widget_class: the window's class
 *
 * For its class_init.
 */
void
wt_window_install_search_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.find", NULL, find);
  gtk_widget_class_install_action (widget_class, "win.find-next", NULL, step);
  gtk_widget_class_install_action (widget_class, "win.find-previous", NULL, step);
  gtk_widget_class_install_action (widget_class, "win.find-everywhere", NULL, find_everywhere);
  gtk_widget_class_install_action (widget_class, "win.find-words", "s", find_words);
  gtk_widget_class_install_action (widget_class, "win.find-as-list", NULL, find_as_list);
  gtk_widget_class_install_action (widget_class, "win.go-to-date", NULL, go_to_date);
}

/**
 * wt_window_update_search_actions:
 * @self: a window
 * @main: whether its chats are shown
 */
void
wt_window_update_search_actions (WtWindow *self, gboolean main)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean chat = main && self->conversation != NULL;

  gtk_widget_action_set_enabled (widget, "win.find", main);
  gtk_widget_action_set_enabled (widget, "win.find-everywhere", main);
  gtk_widget_action_set_enabled (widget, "win.find-words", main);
  gtk_widget_action_set_enabled (widget, "win.find-as-list", chat);
  gtk_widget_action_set_enabled (widget, "win.find-next", chat);
  gtk_widget_action_set_enabled (widget, "win.find-previous", chat);
  gtk_widget_action_set_enabled (widget, "win.go-to-date", chat);
}
