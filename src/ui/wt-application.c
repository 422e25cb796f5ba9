/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-application-private.h"

#include "wt-error-words.h"
#include "wt-heap.h"
#include "wt-profile-lock.h"
#include "wt-settings.h"
#include "wt-version.h"

#include <errno.h>
#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>

G_DEFINE_FINAL_TYPE (WtApplication, wt_application, ADW_TYPE_APPLICATION)

/* Exit statuses. */
#define EXIT_USAGE 2

/* A profile is open before one could read that it is being opened, as a rule: the window waits for it so long before it
 * says so. */
#define PATIENCE_MS 150

/* Style */

static void
apply_style (WtApplication *self)
{
  AdwStyleManager *manager = adw_application_get_style_manager (ADW_APPLICATION (self));
  g_autofree char *style = g_settings_get_string (self->settings, "style");
  AdwColorScheme scheme = ADW_COLOR_SCHEME_DEFAULT;

  if (g_str_equal (style, "light"))
    scheme = ADW_COLOR_SCHEME_FORCE_LIGHT;
  else if (g_str_equal (style, "dark"))
    scheme = ADW_COLOR_SCHEME_FORCE_DARK;
  adw_style_manager_set_color_scheme (manager, scheme);
}

/* GTK reads the icon theme in a thread as soon as there is a display, and drops what it has read as it itself and then
 * libadwaita add folders; the next time it would read it when the first icon is drawn. So its thread is set off again,
 * as by a change of the theme. */
static void
read_icon_theme (void)
{
  g_object_notify (G_OBJECT (gtk_settings_get_default ()), "gtk-icon-theme-name");
}

/* Opening */

static void
present (WtApplication *self)
{
  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->window != NULL)
    gtk_window_present (GTK_WINDOW (self->window));
}

static void
on_patience_ends (gpointer data)
{
  WtApplication *self = data;

  self->patience = 0;
  present (self);
}

/* There is something to show now. */
static void
end_patience (WtApplication *self)
{
  if (self->patience != 0)
    present (self);
}

/**
 * wt_application_tell_failure:
 * @self: the application
 * @error: why nothing can be shown
 * @folder: (nullable) (type filename): where it happened
 *
 * Says in the window what happened and what to do. Nothing is tried again by itself.
 */
void
wt_application_tell_failure (WtApplication *self, const GError *error, const char *folder)
{
  g_autofree char *title = wt_error_words_title (error);
  g_autofree char *advice = wt_error_words_advice (error, folder);

  self->failure = EXIT_FAILURE;
  wt_application_set_may_retry (self, !self->is_demo);
  /* It can be said only in a window, which is not there at once; nor any more, where the user closed it. */
  if (self->window == NULL && (self->hidden || self->patience != 0))
    g_application_activate (G_APPLICATION (self));
  if (self->window != NULL)
    wt_window_show_failure (self->window, title, advice);
  end_patience (self);
  wt_application_fulfil (self);
}

static void
on_counts_changed (WtApplication *self, GParamSpec *pspec, WtConversationList *conversations)
{
  guint unread = wt_conversation_list_get_unread (conversations, WT_CONVERSATION_DIRECT)
                 + wt_conversation_list_get_unread (conversations, WT_CONVERSATION_GROUP);

  if (self->background != NULL)
    wt_background_set_unread (self->background, unread);
}

/**
 * wt_application_open_conversation:
 * @self: the application
 * @id: a conversation's row id
 *
 * Shows it in the window, as soon as there is one and the profile is open.
 */
void
wt_application_open_conversation (WtApplication *self, gint64 id)
{
  WtConversation *conversation;

  self->to_open = id;
  g_application_activate (G_APPLICATION (self));
  if (self->profile == NULL || !self->is_open || self->window == NULL)
    return;
  self->to_open = 0;
  conversation = wt_conversation_list_lookup (wt_profile_get_conversations (self->profile), id);
  if (conversation != NULL)
    wt_window_open_conversation (self->window, conversation);
}

/* A start makes much that is used once: style sheets, templates, the icon theme's lists. */
static gboolean
on_started (gpointer data)
{
  wt_heap_trim ();
  return G_SOURCE_REMOVE;
}

/**
 * wt_application_show_profile:
 * @self: the application, its profile open
 */
void
wt_application_show_profile (WtApplication *self)
{
  self->is_open = TRUE;
  wt_application_set_may_retry (self, FALSE);
  self->notifier = wt_notifier_new (G_APPLICATION (self), self->profile, self->settings);
  g_signal_connect_object (wt_profile_get_conversations (self->profile), "notify",
                           G_CALLBACK (on_counts_changed), self, G_CONNECT_SWAPPED);
  on_counts_changed (self, NULL, wt_profile_get_conversations (self->profile));
  if (self->window != NULL)
    wt_window_set_profile (self->window, self->profile, self->notifier);
  end_patience (self);
  g_idle_add_full (G_PRIORITY_LOW + 1, on_started, NULL, NULL);
  if (self->to_open != 0)
    wt_application_open_conversation (self, self->to_open);
  wt_application_fulfil (self);
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtApplication) self = data;
  g_autoptr (GError) error = NULL;

  if (!wt_profile_open_finish (WT_PROFILE (source), result, &error))
    {
      wt_profile_lock_drop (&self->lock);
      wt_application_tell_failure (self, error, wt_profile_get_folder (WT_PROFILE (source)));
      return;
    }
  /* Closed meanwhile. */
  if (self->window == NULL && !self->hidden)
    return;
  wt_application_show_profile (self);
  wt_profile_start (self->profile);
}

/**
 * wt_application_begin:
 * @self: the application
 *
 * Opens the user's profile, for the first time or again after that failed.
 */
void
wt_application_begin (WtApplication *self)
{
  g_autoptr (GError) error = NULL;
  const char *folder;

  self->failure = EXIT_SUCCESS;
  g_clear_object (&self->profile);
  self->profile = wt_profile_new (self->folder);
  folder = wt_profile_get_folder (self->profile);
  g_mkdir_with_parents (folder, 0700);
  wt_application_set_may_retry (self, FALSE);
  if (wt_profile_lock_take (folder, &self->lock, &error))
    wt_profile_open_async (self->profile, NULL, on_opened, g_object_ref (self));
  else
    g_task_report_error (self->profile, on_opened, g_object_ref (self), wt_application_begin,
                         g_steal_pointer (&error));
}

/* Options */

static gboolean
take_folder (WtApplication *self, const char *folder, GError **error)
{
  self->folder = g_canonicalize_filename (folder, NULL);
  if (g_mkdir_with_parents (self->folder, 0700) == 0)
    return TRUE;

  int code = errno;
  g_autofree char *shown = g_filename_display_name (self->folder);

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (code),
               _ ("The profile folder “%s” cannot be made: %s"), shown, g_strerror (code));
  return FALSE;
}

static int
complain (const GError *error)
{
  g_printerr ("wheatear: %s\n", error->message);
  return EXIT_USAGE;
}

/* Where the program runs already, it does it, and this one ends. */
static int
ask_for_wishes (WtApplication *self, GVariantDict *options)
{
  g_autoptr (GError) error = NULL;

  if (!wt_application_take_wishes (self, options, &error))
    return complain (error);
  return g_application_get_is_remote (G_APPLICATION (self)) ? EXIT_SUCCESS : -1;
}

/* At login, say. Where it runs already nothing is to be done. */
static int
start_hidden (WtApplication *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_application_register (G_APPLICATION (self), NULL, &error))
    return complain (error);
  if (g_application_get_is_remote (G_APPLICATION (self)))
    return EXIT_SUCCESS;
  self->hidden = wt_background_get_active (self->background);
  return -1;
}

static int
wt_application_handle_local_options (GApplication *application, GVariantDict *options)
{
  WtApplication *self = WT_APPLICATION (application);
  const char *folder = NULL;
  g_autoptr (GError) error = NULL;

  if (g_variant_dict_contains (options, "version"))
    {
      g_print ("wheatear %s\n", wt_version_get ());
      return EXIT_SUCCESS;
    }
  self->is_demo = g_variant_dict_contains (options, "demo");
  g_variant_dict_lookup (options, "profile", "^&ay", &folder);
  if (self->is_demo && folder != NULL)
    {
      g_printerr ("wheatear: %s\n", _ ("--demo makes its own profile: leave out --profile."));
      return EXIT_USAGE;
    }
  if (folder != NULL && !take_folder (self, folder, &error))
    return complain (error);
  if (self->is_demo)
    {
      self->demo = wt_demo_new (NULL, &error);
      if (self->demo == NULL)
        return complain (error);
      self->folder = g_build_filename (wt_demo_get_folder (self->demo), "profile", NULL);
      g_mkdir (self->folder, 0700);
    }
  if (self->folder != NULL)
    g_application_set_flags (application,
                             g_application_get_flags (application) | G_APPLICATION_NON_UNIQUE);

  self->settings = wt_settings_open (self->folder, &error);
  if (self->settings == NULL)
    return complain (error);
  if (wt_application_has_wishes (options))
    return ask_for_wishes (self, options);
  return g_variant_dict_contains (options, "background") ? start_hidden (self) : -1;
}

/* Life */

static gboolean
on_signal (gpointer data)
{
  g_application_quit (data);
  return G_SOURCE_CONTINUE;
}

static GtkWindow *
find_preferences (void)
{
  g_autoptr (GList) windows = gtk_window_list_toplevels ();

  for (GList *link = windows; link != NULL; link = link->next)
    if (ADW_IS_PREFERENCES_WINDOW (link->data))
      return link->data;
  return NULL;
}

/* Before the user's eyes are the preferences, where it was asked for. */
static void
on_refused (WtApplication *self, const char *why)
{
  GtkWindow *preferences = find_preferences ();

  if (preferences != NULL)
    {
      g_autofree char *escaped = g_markup_escape_text (why, -1);
      AdwToast *toast = adw_toast_new (escaped);

      adw_toast_set_timeout (toast, 0);
      adw_preferences_window_add_toast (ADW_PREFERENCES_WINDOW (preferences), toast);
    }
  else if (self->window != NULL)
    wt_window_toast_until_closed (self->window, why);
}

static void
on_resumed (WtApplication *self)
{
  if (self->profile != NULL && self->is_open)
    wt_profile_network_changed (self->profile);
}

static void
wt_application_startup (GApplication *application)
{
  WtApplication *self = WT_APPLICATION (application);

  wt_application_add_actions (self);
  /* The database is read while the display is opened. A service waits until something is asked of it. */
  if (!self->is_demo && !(g_application_get_flags (application) & G_APPLICATION_IS_SERVICE))
    wt_application_begin (self);

  g_signal_connect_object (self->settings, "changed::style", G_CALLBACK (apply_style), self,
                           G_CONNECT_SWAPPED);
  /* To add folders to the icon theme they wait for GTK's thread: libadwaita's styles, which take as long, are read
   * meanwhile. */
  gtk_init ();
  apply_style (self);
  G_APPLICATION_CLASS (wt_application_parent_class)->startup (application);

  read_icon_theme ();
  gtk_window_set_default_icon_name (WT_APP_ID);
  self->background = wt_background_new (application, self->settings);
  g_signal_connect_object (self->background, "refused", G_CALLBACK (on_refused), self,
                           G_CONNECT_SWAPPED);
  self->resume_watch = wt_resume_watch_new ();
  g_signal_connect_object (self->resume_watch, "resumed", G_CALLBACK (on_resumed), self,
                           G_CONNECT_SWAPPED);
  g_unix_signal_add (SIGINT, on_signal, self);
  g_unix_signal_add (SIGTERM, on_signal, self);
}

static void
make_window (WtApplication *self)
{
  g_set_weak_pointer (&self->window, wt_window_new (GTK_APPLICATION (self), self->settings));
  g_object_bind_property (self->background, "active", self->window, "hide-on-close",
                          G_BINDING_SYNC_CREATE);
  wt_window_set_demo (self->window, self->is_demo);
  if (self->profile != NULL && self->is_open)
    wt_window_set_profile (self->window, self->profile, self->notifier);
}

static void
wt_application_activate (GApplication *application)
{
  WtApplication *self = WT_APPLICATION (application);
  gboolean first = !self->is_active;

  self->is_active = TRUE;
  if (first && self->is_demo)
    wt_application_begin_demo (self);
  else if (first && self->profile == NULL)
    wt_application_begin (self);
  if (first && self->hidden)
    {
      g_application_hold (application);
      return;
    }
  if (first)
    self->patience = g_timeout_add_once (PATIENCE_MS, on_patience_ends, self);
  if (self->window == NULL)
    make_window (self);
  if (self->hidden)
    {
      self->hidden = FALSE;
      g_application_release (application);
    }
  if (!first)
    present (self);
}

static void
wt_application_open (GApplication *application, GFile **files, int n_files, const char *hint)
{
  /* One is what the desktop entry takes. */
  g_autofree char *uri = n_files > 0 ? g_file_get_uri (files[0]) : NULL;

  if (uri != NULL)
    wt_application_open_link (WT_APPLICATION (application), uri);
}

static void
wt_application_shutdown (GApplication *application)
{
  WtApplication *self = WT_APPLICATION (application);

  g_clear_handle_id (&self->patience, g_source_remove);
  if (self->window != NULL)
    {
      /* As if the user had closed it: drafts and its place are kept. */
      gtk_window_set_hide_on_close (GTK_WINDOW (self->window), FALSE);
      gtk_window_close (GTK_WINDOW (self->window));
    }
  g_clear_object (&self->background);
  g_clear_object (&self->resume_watch);
  g_clear_object (&self->guide);
  /* A picture that is being drawn keeps it alive. */
  if (self->notifier != NULL)
    g_object_run_dispose (G_OBJECT (self->notifier));
  g_clear_object (&self->notifier);

  G_APPLICATION_CLASS (wt_application_parent_class)->shutdown (application);

  g_settings_sync ();
  if (self->profile != NULL)
    wt_profile_close (self->profile);
  g_clear_object (&self->profile);
  wt_profile_lock_drop (&self->lock);
  if (self->demo != NULL)
    wt_demo_stop (self->demo);
  g_clear_object (&self->demo);
}

static void
wt_application_finalize (GObject *object)
{
  WtApplication *self = WT_APPLICATION (object);

  g_clear_weak_pointer (&self->window);
  g_clear_object (&self->settings);
  g_clear_object (&self->demo);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->link, wt_link_free);

  G_OBJECT_CLASS (wt_application_parent_class)->finalize (object);
}

static void
wt_application_class_init (WtApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = wt_application_finalize;
  application_class->handle_local_options = wt_application_handle_local_options;
  application_class->startup = wt_application_startup;
  application_class->activate = wt_application_activate;
  application_class->open = wt_application_open;
  application_class->shutdown = wt_application_shutdown;
}

static void
wt_application_init (WtApplication *self)
{
  const GOptionEntry options[] = {
    { "profile", 0, 0, G_OPTION_ARG_FILENAME, NULL,
      _ ("Keep data, settings and keys in this folder"), _ ("DIR") },
    { "demo", 0, 0, G_OPTION_ARG_NONE, NULL,
      _ ("Show a demo, with a server on this computer, and leave nothing behind"), NULL },
    { "new-chat", 0, 0, G_OPTION_ARG_NONE, NULL, _ ("Ask with whom to chat"), NULL },
    { "preferences", 0, 0, G_OPTION_ARG_NONE, NULL, _ ("Show the preferences"), NULL },
    { "background", 0, 0, G_OPTION_ARG_NONE, NULL,
      _ ("Start without a window, where running in the background is switched on"), NULL },
    { "version", 0, 0, G_OPTION_ARG_NONE, NULL, _ ("Print the version"), NULL },
    { G_OPTION_REMAINING, 0, 0, G_OPTION_ARG_FILENAME_ARRAY, NULL, NULL, _ ("[LINK]") },
    { NULL },
  };

  self->lock = -1;
  g_application_add_main_option_entries (G_APPLICATION (self), options);
  g_application_set_option_context_parameter_string (G_APPLICATION (self), NULL);
}

/**
 * wt_application_new:
 *
 * Returns: (transfer full): the application
 */
WtApplication *
wt_application_new (void)
{
  return g_object_new (WT_TYPE_APPLICATION, "application-id", WT_APP_ID, "flags",
                       G_APPLICATION_HANDLES_OPEN, NULL);
}

/**
 * wt_application_get_failure:
 * @self: the application, after it has run
 *
 * Returns: the exit status for what went wrong, 0 if nothing did
 */
int
wt_application_get_failure (WtApplication *self)
{
  g_return_val_if_fail (WT_IS_APPLICATION (self), EXIT_FAILURE);

  return self->failure;
}
