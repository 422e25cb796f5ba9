/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-window-private.h"

#include "wt-error-words.h"
#include "wt-shrinking.h"
#include "wt-welcome-page.h"

#include <glib/gi18n-lib.h>

G_DEFINE_FINAL_TYPE (WtWindow, wt_window, ADW_TYPE_APPLICATION_WINDOW)

/* What there is */

static void
update_title (WtWindow *self)
{
  WtConversationList *conversations = self->profile != NULL
                                          ? wt_profile_get_conversations (self->profile)
                                          : NULL;
  const char *name = self->demo ? _ ("Wheatear Demo") : _ ("Wheatear");
  g_autofree char *title = NULL;
  guint unread = 0;

  if (conversations != NULL)
    unread = wt_conversation_list_get_unread (conversations, WT_CONVERSATION_DIRECT)
             + wt_conversation_list_get_unread (conversations, WT_CONVERSATION_GROUP);
  /* TRANSLATORS: the window's title with the number of unread messages */
  title = unread > 0 ? g_strdup_printf (_ ("(%u) %s"), unread, name) : g_strdup (name);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
update_page (WtWindow *self)
{
  guint accounts = g_list_model_get_n_items (wt_profile_get_sessions (self->profile));
  GtkWidget *before = gtk_stack_get_visible_child (self->pages);
  GtkWidget *page = GTK_WIDGET (self->leaflet);

  if (accounts == 0 && !self->demo)
    {
      if (self->welcome == NULL)
        {
          self->welcome = g_object_new (WT_TYPE_WELCOME_PAGE, NULL);
          gtk_stack_add_named (self->pages, self->welcome, "welcome");
        }
      page = self->welcome;
    }
  gtk_stack_set_visible_child (self->pages, page);
  wt_window_update_actions (self);
  if (page != before && page == self->welcome)
    wt_welcome_page_focus (WT_WELCOME_PAGE (page));
}

static WtOpeningPage *
need_opening (WtWindow *self)
{
  if (self->opening == NULL)
    {
      self->opening = WT_OPENING_PAGE (wt_opening_page_new ());
      gtk_stack_add_named (self->pages, GTK_WIDGET (self->opening), "opening");
    }
  gtk_stack_set_visible_child (self->pages, GTK_WIDGET (self->opening));
  return self->opening;
}

static void
on_sessions_changed (WtWindow *self)
{
  update_page (self);
  wt_window_update_chat_title (self);
}

/* The conversation that is open may be deleted, or its account removed. */
static void
on_conversations_changed (WtWindow *self)
{
  WtConversationList *conversations = wt_profile_get_conversations (self->profile);

  if (self->conversation != NULL
      && wt_conversation_list_lookup (conversations, wt_conversation_get_id (self->conversation))
             != self->conversation)
    wt_window_close_conversation (self);
}

static void
on_visible_child (WtWindow *self)
{
  gboolean folded = adw_leaflet_get_folded (self->leaflet);

  wt_sidebar_set_show_end_buttons (self->sidebar, folded);
  if (self->search != NULL)
    wt_search_pane_set_show_end_buttons (self->search, folded);
  wt_window_update_chat_buttons (self);
  wt_window_update_seen (self);
  wt_window_update_actions (self);
}

static void
on_chosen (WtWindow *self, WtConversation *conversation)
{
  wt_window_open_conversation (self, conversation);
}

/* Where both are beside each other, going through the list shows what one comes to; else Enter opens it. */
static void
on_looked_at (WtWindow *self, WtConversation *conversation)
{
  if (!adw_leaflet_get_folded (self->leaflet))
    wt_window_show_conversation (self, conversation);
}

/* Life */

/* What stands in the bar is not said in passing as well, by each message that meets it. */
static gboolean
is_standing (WtWindow *self, const GError *error)
{
  const GError *problem = wt_profile_get_storage_problem (self->profile);

  return problem != NULL && g_error_matches (problem, error->domain, error->code);
}

static void
on_trouble (WtWindow *self, const GError *error)
{
  g_autofree char *words = wt_error_words_sentence (error);

  if (!is_standing (self, error))
    wt_window_toast (self, words);
}

static void
save_state (WtWindow *self)
{
  int width = 0, height = 0;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_delay (self->settings);
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_int (self->settings, "window-width", CLAMP (width, 360, 10000));
  g_settings_set_int (self->settings, "window-height", CLAMP (height, 294, 10000));
  if (wt_sidebar_get_pane (self->sidebar) != NULL)
    g_settings_set_string (self->settings, "sidebar-pane", wt_sidebar_get_pane (self->sidebar));
  g_settings_apply (self->settings);
}

static gboolean
wt_window_close_request (GtkWindow *window)
{
  WtWindow *self = WT_WINDOW (window);

  if (self->chat != NULL)
    wt_chat_view_save_draft (self->chat);
  wt_window_commit_deletion (self);
  save_state (self);
  return GTK_WINDOW_CLASS (wt_window_parent_class)->close_request (window);
}

static void
wt_window_map (GtkWidget *widget)
{
  WtWindow *self = WT_WINDOW (widget);

  if (self->profile == NULL && self->opening == NULL)
    wt_window_show_opening (self);
  GTK_WIDGET_CLASS (wt_window_parent_class)->map (widget);
}

static void
wt_window_system_setting_changed (GtkWidget *widget, GtkSystemSetting setting)
{
  GTK_WIDGET_CLASS (wt_window_parent_class)->system_setting_changed (widget, setting);
  if (setting == GTK_SYSTEM_SETTING_DPI)
    wt_window_update_chat_buttons (WT_WINDOW (widget));
}

static void
wt_window_dispose (GObject *object)
{
  WtWindow *self = WT_WINDOW (object);

  g_clear_handle_id (&self->chat_source, g_source_remove);
  wt_window_commit_deletion (self);
  wt_window_dispose_focus (self);
  g_clear_object (&self->conversation_signals);
  g_clear_weak_pointer (&self->focus_before_search);
  g_clear_weak_pointer (&self->inspector);
  if (self->watch != NULL)
    g_signal_handlers_disconnect_by_data (self->watch, self);
  if (self->profile != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->profile, self);
      g_signal_handlers_disconnect_by_data (wt_profile_get_conversations (self->profile), self);
    }
  g_clear_object (&self->watch);
  g_clear_object (&self->conversation);
  g_clear_object (&self->notifier);
  g_clear_object (&self->profile);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (wt_window_parent_class)->dispose (object);
}

static void
wt_window_class_init (WtWindowClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = wt_window_dispose;
  widget_class->map = wt_window_map;
  widget_class->system_setting_changed = wt_window_system_setting_changed;
  GTK_WINDOW_CLASS (klass)->close_request = wt_window_close_request;

  g_type_ensure (WT_TYPE_ACCOUNT_MARK);
  g_type_ensure (WT_TYPE_SIDEBAR);
  g_type_ensure (WT_TYPE_STORAGE_BAR);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               "/io/github/wheatear_im/Wheatear/wt-window.ui");
  gtk_widget_class_bind_template_child (widget_class, WtWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, pages);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, storage_bar);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, leaflet);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, side);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, sidebar);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, chat_page);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, chat_title);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, chat_mark);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, chat_menu);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, search_button);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, details_button);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, chat_stack);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, chat_bin);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, flap);
  gtk_widget_class_bind_template_child (widget_class, WtWindow, details_bin);
  gtk_widget_class_bind_template_callback (widget_class, on_visible_child);
  gtk_widget_class_bind_template_callback (widget_class, on_chosen);
  gtk_widget_class_bind_template_callback (widget_class, on_looked_at);
  gtk_widget_class_bind_template_callback (widget_class, wt_window_update_details);
  gtk_widget_class_bind_template_callback (widget_class, wt_window_fold_details);
  wt_window_install_actions (widget_class);
  wt_window_install_delete (widget_class);
  wt_window_install_details (widget_class);
  wt_window_install_search_actions (widget_class);
}

static void
wt_window_init (WtWindow *self)
{
  self->conversation_signals = g_signal_group_new (WT_TYPE_CONVERSATION);
  g_signal_group_connect_object (self->conversation_signals, "notify::title",
                                 G_CALLBACK (wt_window_update_chat_title), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->conversation_signals, "notify::level",
                                 G_CALLBACK (wt_window_update_chat_title), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->conversation_signals, "notify::pinned",
                                 G_CALLBACK (wt_window_update_chat_title), self, G_CONNECT_SWAPPED);
  g_signal_group_connect_object (self->conversation_signals, "notify::archived",
                                 G_CALLBACK (wt_window_update_chat_title), self, G_CONNECT_SWAPPED);
  gtk_widget_init_template (GTK_WIDGET (self));
  wt_window_init_chat_menu (self);
  g_signal_connect (self, "notify::is-active", G_CALLBACK (wt_window_update_seen), NULL);
  g_signal_connect (self, "notify::visible", G_CALLBACK (wt_window_update_seen), NULL);
  wt_shrinking_allow (GTK_WIDGET (self));
}

/**
 * wt_window_new:
 * @application: the application
 * @settings: the program's settings
 *
 * Returns: (transfer none): a window that waits for its profile
 */
WtWindow *
wt_window_new (GtkApplication *application, GSettings *settings)
{
  WtWindow *self = g_object_new (WT_TYPE_WINDOW, "application", application, NULL);
  g_autofree char *pane = g_settings_get_string (settings, "sidebar-pane");

  self->settings = g_object_ref (settings);
  gtk_window_set_default_size (GTK_WINDOW (self), g_settings_get_int (settings, "window-width"),
                               g_settings_get_int (settings, "window-height"));
  if (g_settings_get_boolean (settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));
  wt_sidebar_show_pane (self->sidebar, pane);
  on_visible_child (self);
  return self;
}

/* The first chat that is opened is there as soon as the next ones. */
static gboolean
make_chat (gpointer data)
{
  WtWindow *self = data;

  self->chat_source = 0;
  wt_window_need_chat (self);
  return G_SOURCE_REMOVE;
}

/**
 * wt_window_set_profile:
 * @self: a window without a profile
 * @profile: an open profile
 * @notifier: (nullable): to be told what the user sees
 */
void
wt_window_set_profile (WtWindow *self, WtProfile *profile, WtNotifier *notifier)
{
  g_return_if_fail (WT_IS_WINDOW (self));
  g_return_if_fail (WT_IS_PROFILE (profile));
  g_return_if_fail (self->profile == NULL);

  WtConversationList *conversations = wt_profile_get_conversations (profile);
  WtConversation *last;

  self->profile = g_object_ref (profile);
  g_set_object (&self->notifier, notifier);
  self->watch = wt_session_watch_new (wt_profile_get_sessions (profile));
  wt_storage_bar_set_profile (self->storage_bar, profile);
  wt_sidebar_set_profile (self->sidebar, profile, self->watch, self->settings);
  wt_window_init_details (self);
  wt_window_init_focus (self);

  g_signal_connect_object (profile, "trouble", G_CALLBACK (on_trouble), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->watch, "changed", G_CALLBACK (on_sessions_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (conversations, "items-changed", G_CALLBACK (on_conversations_changed),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (conversations, "notify", G_CALLBACK (update_title), self,
                           G_CONNECT_SWAPPED);
  update_title (self);
  update_page (self);

  last = wt_conversation_list_lookup (conversations,
                                      g_settings_get_int64 (self->settings, "last-conversation"));
  if (last != NULL)
    wt_window_show_conversation (self, last);
  else
    self->chat_source = g_idle_add_full (G_PRIORITY_LOW, make_chat, self, NULL);
}

/**
 * wt_window_set_demo:
 * @self: a window
 * @demo: whether what it shows is a demo
 */
void
wt_window_set_demo (WtWindow *self, gboolean demo)
{
  g_return_if_fail (WT_IS_WINDOW (self));

  self->demo = demo;
  wt_sidebar_set_demo (self->sidebar, demo);
  update_title (self);
}

/**
 * wt_window_show_opening:
 * @self: a window without a profile
 *
 * Shows that it is being opened.
 */
void
wt_window_show_opening (WtWindow *self)
{
  g_return_if_fail (WT_IS_WINDOW (self));

  wt_opening_page_show_opening (need_opening (self));
}

/**
 * wt_window_show_failure:
 * @self: a window
 * @title: what happened
 * @advice: what it means and what to do
 *
 * Shows this and nothing else from now on, with a button to try again where the application can.
 */
void
wt_window_show_failure (WtWindow *self, const char *title, const char *advice)
{
  g_return_if_fail (WT_IS_WINDOW (self));

  wt_opening_page_show_failure (need_opening (self), title, advice);
  wt_window_update_actions (self);
}

static void
add_toast (WtWindow *self, const char *text, guint seconds)
{
  g_autofree char *escaped = g_markup_escape_text (text, -1);
  AdwToast *toast = adw_toast_new (escaped);

  adw_toast_set_timeout (toast, seconds);
  adw_toast_overlay_add_toast (self->toasts, toast);
}

/**
 * wt_window_toast:
 * @self: a window
 * @text: what to say in passing; not markup
 */
void
wt_window_toast (WtWindow *self, const char *text)
{
  g_return_if_fail (WT_IS_WINDOW (self));

  add_toast (self, text, 5);
}

/**
 * wt_window_toast_until_closed:
 * @self: a window
 * @text: what to say until the user closes it; not markup
 */
void
wt_window_toast_until_closed (WtWindow *self, const char *text)
{
  g_return_if_fail (WT_IS_WINDOW (self));

  add_toast (self, text, 0);
}
