/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-about.h"

#include <glib/gi18n-lib.h>

#include "wt-database.h"
#include "wt-net-library.h"
#include "wt-version.h"

#define HOME "https://github.com/wheatear-im/wheatear"

/* As in the metainfo. */
static const char release_notes[]
    = "<p>First light:</p>"
      "<ul>"
      "<li>Chats with bots, people and groups, with pictures, files, "
      "stickers, voice, mentions and replies</li>"
      "<li>What state each message is in, and what to do where one is "
      "stuck</li>"
      "<li>Search in all messages, in Chinese too</li>"
      "</ul>";

static char *
get_system (void)
{
  g_autofree char *name = g_get_os_info (G_OS_INFO_KEY_PRETTY_NAME);

  return name != NULL ? g_steal_pointer (&name) : g_strdup ("?");
}

static const char *
get_backend (void)
{
  GdkDisplay *display = gdk_display_get_default ();

  return display != NULL ? G_OBJECT_TYPE_NAME (display) : "none";
}

static gboolean
is_sandboxed (void)
{
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS);
}

/**
 * wt_about_dup_debug_info:
 *
 * What helps who looks into a problem: versions and the platform; nothing of the user's, no key, id, name or path.
 *
 * Returns: (transfer full): lines of text, not translated
 */
char *
wt_about_dup_debug_info (void)
{
  g_autoptr (GString) info = g_string_new (NULL);
  g_autofree char *system = get_system ();
  g_autofree char *soup = wt_net_library_dup_version ();
  const char *const *languages = g_get_language_names ();

  g_string_append_printf (info, "Wheatear %s\n", wt_version_get ());
  g_string_append_printf (info, "System: %s%s\n", system, is_sandboxed () ? " (Flatpak)" : "");
  g_string_append_printf (info, "Display: %s\n", get_backend ());
  g_string_append_printf (info, "Desktop: %s\n", g_getenv ("XDG_CURRENT_DESKTOP") ?: "?");
  g_string_append_printf (info, "Language: %s\n\n", languages[0]);
  g_string_append_printf (info, "GLib %u.%u.%u\n", glib_major_version, glib_minor_version,
                          glib_micro_version);
  g_string_append_printf (info, "GTK %u.%u.%u\n", gtk_get_major_version (),
                          gtk_get_minor_version (), gtk_get_micro_version ());
  g_string_append_printf (info, "libadwaita %u.%u.%u\n", adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version ());
  g_string_append_printf (info, "libsoup %s\n", soup);
  g_string_append_printf (info, "SQLite %s\n", wt_database_get_library_version ());
  return g_string_free (g_steal_pointer (&info), FALSE);
}

static void
add_acknowledgements (AdwAboutWindow *window)
{
  const char *libraries[] = { "GTK https://www.gtk.org", "libadwaita https://gnome.org",
                              "libsoup https://libsoup.org", "SQLite https://sqlite.org", NULL };

  adw_about_window_add_acknowledgement_section (window, _ ("Made With"), libraries);
}

/**
 * wt_about_present:
 * @parent: (nullable): the window it belongs to
 *
 * Shows what this program is.
 */
void
wt_about_present (GtkWindow *parent)
{
  const char *const developers[] = { _ ("The Wheatear authors"), NULL };
  g_autofree char *info = wt_about_dup_debug_info ();
  GtkWidget *window = g_object_new (
      ADW_TYPE_ABOUT_WINDOW, "transient-for", parent, "application-name", _ ("Wheatear"),
      "application-icon", WT_APP_ID, "version", WT_VERSION, "developer-name",
      _ ("The Wheatear authors"), "developers", developers, "license-type", GTK_LICENSE_GPL_3_0,
      "copyright", _ ("© The Wheatear authors"), "comments",
      _ ("A chat client for API servers that speak the maim_message protocol: MaiBot first of "
         "all."),
      "website", HOME, "issue-url", HOME "/issues", "release-notes-version", WT_VERSION,
      "release-notes", release_notes, "debug-info", info, "debug-info-filename",
      "wheatear-debug-info.txt",
      /* TRANSLATORS: your names, one a line */
      "translator-credits", _ ("translator-credits"), NULL);

  adw_about_window_add_link (ADW_ABOUT_WINDOW (window), _ ("Source Code"), HOME);
  add_acknowledgements (ADW_ABOUT_WINDOW (window));
  gtk_window_present (GTK_WINDOW (window));
}
