/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-application-private.h"

#include "wt-about.h"
#include "wt-install-paths.h"

static void
quit (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  g_application_quit (data);
}

static void
about (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  wt_about_present (gtk_application_get_active_window (data));
}

/* In a process of its own: the user's profile stays out of it. */
static void
try_demo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WtApplication *self = data;
  g_autofree char *program = wt_install_paths_self ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) demo = NULL;

  demo = g_subprocess_new (G_SUBPROCESS_FLAGS_NONE, &error, program != NULL ? program : "wheatear",
                           "--demo", NULL);
  if (demo == NULL && self->window != NULL)
    wt_window_toast (self->window, error->message);
}

static void
new_chat (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  wt_application_ask_for (data, WT_WISH_NEW_CHAT);
}

static void
preferences (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  wt_application_ask_for (data, WT_WISH_PREFERENCES);
}

static void
open_conversation (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  wt_application_open_conversation (data, g_variant_get_int64 (parameter));
}

/* From a notification: the window, if there is one, stays as it is. */
static void
mark_read (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WtApplication *self = data;
  WtConversation *conversation = NULL;

  if (self->profile != NULL && self->is_open)
    conversation = wt_conversation_list_lookup (wt_profile_get_conversations (self->profile),
                                                g_variant_get_int64 (parameter));
  if (conversation != NULL)
    wt_session_mark_read (
        wt_profile_get_session (self->profile, wt_conversation_get_account (conversation)),
        conversation, wt_conversation_get_last_seq (conversation));
}

static void
try_again (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WtApplication *self = data;

  if (self->window != NULL)
    wt_window_show_opening (self->window);
  wt_application_begin (self);
}

static void
on_folder_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish (GTK_WINDOW (source), result, &error) && self->window != NULL
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wt_window_toast (self->window, error->message);
}

static void
open_folder (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  WtApplication *self = data;
  g_autofree char *uri = NULL;

  if (self->profile == NULL || self->window == NULL)
    return;
  uri = g_filename_to_uri (wt_profile_get_folder (self->profile), NULL, NULL);
  if (uri != NULL)
    gtk_show_uri_full (GTK_WINDOW (self->window), uri, GDK_CURRENT_TIME, NULL, on_folder_shown,
                       g_object_ref (self));
}

/**
 * wt_application_set_may_retry:
 * @self: the application
 * @may_retry: whether opening the profile failed, and may be tried again
 */
void
wt_application_set_may_retry (WtApplication *self, gboolean may_retry)
{
  const char *const names[] = { "try-again", "open-folder" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_simple_action_set_enabled (
        G_SIMPLE_ACTION (g_action_map_lookup_action (G_ACTION_MAP (self), names[i])), may_retry);
}

static const GActionEntry actions[] = {
  { "quit", quit, NULL, NULL, NULL, { 0 } },
  { "about", about, NULL, NULL, NULL, { 0 } },
  { "new-chat", new_chat, NULL, NULL, NULL, { 0 } },
  { "preferences", preferences, NULL, NULL, NULL, { 0 } },
  { "try-demo", try_demo, NULL, NULL, NULL, { 0 } },
  { "try-again", try_again, NULL, NULL, NULL, { 0 } },
  { "open-folder", open_folder, NULL, NULL, NULL, { 0 } },
  { "open-conversation", open_conversation, "x", NULL, NULL, { 0 } },
  { "mark-read", mark_read, "x", NULL, NULL, { 0 } },
};

static const struct
{
  const char *action;
  const char *keys[4];
} accels[] = {
  { "app.quit", { "<Control>q", NULL } },
  { "window.close", { "<Control>w", NULL } },
  { "win.preferences", { "<Control>comma", NULL } },
  { "win.inspector", { "<Control><Shift>i", NULL } },
  { "win.shortcuts", { "<Control>question", "F1", NULL } },
  { "win.new-chat", { "<Control>n", NULL } },
  { "win.new-group", { "<Control><Shift>n", NULL } },
  { "win.focus-filter", { "<Control>k", NULL } },
  { "win.find", { "<Control>f", NULL } },
  { "win.find-everywhere", { "<Control><Shift>f", NULL } },
  { "win.find-next", { "<Control>g", NULL } },
  { "win.find-previous", { "<Control><Shift>g", NULL } },
  { "win.go-to-date", { "<Control>d", NULL } },
  { "win.toggle-details", { "F9", "<Alt>Return", NULL } },
  { "win.show-pane::chats", { "<Alt>1", NULL } },
  { "win.show-pane::groups", { "<Alt>2", NULL } },
  { "win.next-chat", { "<Alt>Down", NULL } },
  { "win.previous-chat", { "<Alt>Up", NULL } },
  { "win.back", { "<Alt>Left", NULL } },
  { "win.text-larger", { "<Control>plus", "<Control>equal", "<Control>KP_Add", NULL } },
  { "win.text-smaller", { "<Control>minus", "<Control>KP_Subtract", NULL } },
  { "win.text-normal", { "<Control>0", "<Control>KP_0", NULL } },
};

/**
 * wt_application_add_actions:
 * @self: the application
 *
 * Adds its actions, and the keys for its own and the window's.
 */
void
wt_application_add_actions (WtApplication *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self), actions, G_N_ELEMENTS (actions), self);
  for (guint i = 0; i < G_N_ELEMENTS (accels); i++)
    gtk_application_set_accels_for_action (GTK_APPLICATION (self), accels[i].action,
                                           (const char *const *) accels[i].keys);
}
