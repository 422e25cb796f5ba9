/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-private.h"

#include "wt-account-dialog.h"
#include "wt-check-dialog.h"
#include "wt-inspector-window.h"
#include "wt-new-chat-dialog.h"
#include "wt-preferences.h"

#include <glib/gi18n-lib.h>

static gboolean
is_ready (WtWindow *self)
{
  return self->profile != NULL
         && gtk_stack_get_visible_child (self->pages) != GTK_WIDGET (self->opening);
}

static WtConversation *
look_up (WtWindow *self, gint64 id)
{
  return self->profile != NULL
             ? wt_conversation_list_lookup (wt_profile_get_conversations (self->profile), id)
             : NULL;
}

static WtSession *
find_session (WtWindow *self, gint64 account_id)
{
  GListModel *sessions = wt_profile_get_sessions (self->profile);

  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (sessions, i);

      if (wt_account_get_id (wt_session_get_account (session)) == account_id)
        return g_steal_pointer (&session);
    }
  return NULL;
}

static void
present (WtWindow *self, GtkWidget *dialog)
{
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Accounts */

static void
add_account (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  GtkWidget *dialog = wt_account_dialog_new (self->profile, NULL);

  wt_account_dialog_set_remote_pictures (
      WT_ACCOUNT_DIALOG (dialog),
      (WtRemotePictures) g_settings_get_enum (self->settings, "remote-pictures"));
  if (parameter != NULL)
    wt_account_dialog_set_url (WT_ACCOUNT_DIALOG (dialog), g_variant_get_string (parameter, NULL));
  present (self, dialog);
}

static void
edit_account (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  g_autoptr (WtSession) session = find_session (self, g_variant_get_int64 (parameter));

  if (session != NULL)
    present (self, wt_account_dialog_new (self->profile, wt_session_get_account (session)));
}

static void
check_account (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  g_autoptr (WtSession) session = find_session (self, g_variant_get_int64 (parameter));

  if (session != NULL)
    present (self, wt_check_dialog_new (self->profile, wt_session_get_account (session)));
}

static void
review_certificate (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  g_autoptr (WtSession) session = find_session (self, g_variant_get_int64 (parameter));

  if (session != NULL)
    wt_window_ask_for_trust (self, session);
}

static void
retry_account (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (WtSession) session = find_session (WT_WINDOW (widget),
                                                g_variant_get_int64 (parameter));

  if (session == NULL)
    return;
  /* One that was never started, or was stopped, does not retry by itself. */
  if (wt_session_get_state (session) == WT_CONNECTION_OFFLINE)
    wt_session_start (session);
  else
    wt_session_retry_now (session);
}

/* Conversations */

static void
on_ready (WtWindow *self, WtConversation *conversation)
{
  wt_window_open_conversation (self, conversation);
}

static void
ask_for_conversation (WtWindow *self, WtConversationKind kind)
{
  GtkWidget *dialog = wt_new_chat_dialog_new (self->profile, kind);

  g_signal_connect_object (dialog, "ready", G_CALLBACK (on_ready), self, G_CONNECT_SWAPPED);
  present (self, dialog);
}

static void
new_chat (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_for_conversation (WT_WINDOW (widget), WT_CONVERSATION_DIRECT);
}

static void
new_group (GtkWidget *widget, const char *name, GVariant *parameter)
{
  ask_for_conversation (WT_WINDOW (widget), WT_CONVERSATION_GROUP);
}

static void
mark_read (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  WtConversation *conversation = look_up (self, g_variant_get_int64 (parameter));

  if (conversation != NULL)
    wt_session_mark_read (
        wt_profile_get_session (self->profile, wt_conversation_get_account (conversation)),
        conversation, wt_conversation_get_last_seq (conversation));
}

/* Going about */

static void
back (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);

  /* First what covers the chat: its own button may have had no room. */
  if (adw_flap_get_folded (self->flap) && adw_flap_get_reveal_flap (self->flap))
    adw_flap_set_reveal_flap (self->flap, FALSE);
  else
    wt_window_show_sidebar (self);
}

static void
focus_filter (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);

  wt_window_show_sidebar (self);
  wt_window_close_search (self);
  wt_sidebar_focus_filter (self->sidebar);
}

static void
show_pane (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);

  wt_window_show_sidebar (self);
  wt_window_close_search (self);
  wt_sidebar_show_pane (self->sidebar, g_variant_get_string (parameter, NULL));
}

static void
go_beside (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  g_autoptr (WtConversation) beside = wt_sidebar_get_beside (
      self->sidebar, g_str_equal (name, "win.next-chat") ? 1 : -1);

  if (beside != NULL)
    wt_window_open_conversation (self, beside);
}

static void
preferences (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);

  present (self, wt_preferences_new (self->settings, is_ready (self) ? self->profile : NULL));
}

static void
accounts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  GtkWidget *window = wt_preferences_new (self->settings, self->profile);

  wt_preferences_show_page (WT_PREFERENCES (window), "accounts");
  present (self, window);
}

/* The view's own bounds are those of the setting. */
#define SCALE_STEP 0.1
#define SCALE_LEAST 0.5
#define SCALE_MOST 3.0

static void
scale_text (GtkWidget *widget, const char *name, GVariant *parameter)
{
  GSettings *settings = WT_WINDOW (widget)->settings;
  double scale = g_settings_get_double (settings, "text-scale");

  if (g_str_equal (name, "win.text-normal"))
    scale = 1;
  else
    scale += g_str_equal (name, "win.text-larger") ? SCALE_STEP : -SCALE_STEP;
  /* A tenth is no binary fraction. */
  scale = (int) (scale * 10 + 0.5) / 10.0;
  g_settings_set_double (settings, "text-scale", CLAMP (scale, SCALE_LEAST, SCALE_MOST));
}

static void
show_archived (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);
  WtConversationList *list = wt_profile_get_conversations (self->profile);
  guint chats = wt_conversation_list_get_archived (list, WT_CONVERSATION_DIRECT);
  guint groups = wt_conversation_list_get_archived (list, WT_CONVERSATION_GROUP);
  gboolean in_groups = g_strcmp0 (wt_sidebar_get_pane (self->sidebar), "groups") == 0;

  if (chats == 0 && groups == 0)
    {
      wt_window_toast (self, _ ("No chat is archived"));
      return;
    }
  wt_window_show_sidebar (self);
  wt_window_close_search (self);
  if ((in_groups ? groups : chats) == 0)
    wt_sidebar_show_pane (self->sidebar, in_groups ? "chats" : "groups");
  wt_sidebar_show_archived (self->sidebar);
}

/* One, however often it is asked for; it goes with the window. */
static void
inspector (GtkWidget *widget, const char *name, GVariant *parameter)
{
  WtWindow *self = WT_WINDOW (widget);

  if (self->inspector == NULL)
    {
      g_set_weak_pointer (&self->inspector,
                          wt_inspector_window_new (wt_profile_get_sessions (self->profile)));
      g_signal_connect_object (self, "destroy", G_CALLBACK (gtk_window_destroy), self->inspector,
                               G_CONNECT_SWAPPED);
    }
  gtk_window_present (GTK_WINDOW (self->inspector));
}

/* Made when it is asked for: GTK would make its hundreds of widgets with each window. */
static void
shortcuts (GtkWidget *widget, const char *name, GVariant *parameter)
{
  g_autoptr (GtkBuilder) builder = gtk_builder_new_from_resource (
      "/io/github/wheatear_im/Wheatear/help-overlay.ui");

  present (WT_WINDOW (widget), GTK_WIDGET (gtk_builder_get_object (builder, "help_overlay")));
}

/**
 * wt_window_install_actions:
 * @widget_class: the window's class
 *
 * For its class_init.
 */
void
wt_window_install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.add-account", NULL, add_account);
  gtk_widget_class_install_action (widget_class, "win.add-found-account", "s", add_account);
  gtk_widget_class_install_action (widget_class, "win.edit-account", "x", edit_account);
  gtk_widget_class_install_action (widget_class, "win.check-account", "x", check_account);
  gtk_widget_class_install_action (widget_class, "win.retry-account", "x", retry_account);
  gtk_widget_class_install_action (widget_class, "win.review-certificate", "x", review_certificate);
  gtk_widget_class_install_action (widget_class, "win.new-chat", NULL, new_chat);
  gtk_widget_class_install_action (widget_class, "win.new-group", NULL, new_group);
  gtk_widget_class_install_action (widget_class, "win.mark-read", "x", mark_read);
  gtk_widget_class_install_action (widget_class, "win.back", NULL, back);
  gtk_widget_class_install_action (widget_class, "win.focus-filter", NULL, focus_filter);
  gtk_widget_class_install_action (widget_class, "win.show-pane", "s", show_pane);
  gtk_widget_class_install_action (widget_class, "win.next-chat", NULL, go_beside);
  gtk_widget_class_install_action (widget_class, "win.previous-chat", NULL, go_beside);
  gtk_widget_class_install_action (widget_class, "win.preferences", NULL, preferences);
  gtk_widget_class_install_action (widget_class, "win.inspector", NULL, inspector);
  gtk_widget_class_install_action (widget_class, "win.shortcuts", NULL, shortcuts);
  gtk_widget_class_install_action (widget_class, "win.accounts", NULL, accounts);
  gtk_widget_class_install_action (widget_class, "win.show-archived", NULL, show_archived);
  gtk_widget_class_install_action (widget_class, "win.text-larger", NULL, scale_text);
  gtk_widget_class_install_action (widget_class, "win.text-smaller", NULL, scale_text);
  gtk_widget_class_install_action (widget_class, "win.text-normal", NULL, scale_text);
}

/**
 * wt_window_update_actions:
 * @self: a window
 *
 * Enables the actions that can be taken at this moment.
 */
void
wt_window_update_actions (WtWindow *self)
{
  gboolean ready = is_ready (self);
  gboolean main = g_strcmp0 (gtk_stack_get_visible_child_name (self->pages), "main") == 0;
  gboolean account = ready
                     && g_list_model_get_n_items (wt_profile_get_sessions (self->profile)) > 0;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add-account", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.inspector", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.accounts", account);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.add-found-account", ready);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.edit-account", account);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.check-account", account);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.retry-account", account);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.review-certificate", account);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-chat", account);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.new-group", account);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.focus-filter", main);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-pane", main);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-archived", main);
  wt_window_update_search_actions (self, main);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.toggle-details",
                                 main && self->conversation != NULL);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.next-chat", main);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.previous-chat", main);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.back",
                                 main && adw_leaflet_get_folded (self->leaflet));
}
