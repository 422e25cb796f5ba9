/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-background.h"

#include "wt-background-autostart.h"
#include "wt-fake-desktop.h"
#include "wt-settings.h"
#include "wt-test.h"

#include <glib/gstdio.h>
#include <gtk/gtk.h>
#ifdef GDK_WINDOWING_X11
#include <gdk/x11/gdkx.h>
#endif

/* The process has one session bus, however many tests. */
static WtFakeDesktop *desktop;

typedef struct
{
  GApplication *application;
  GSettings *settings;
  WtBackground *background;
  char *refused;
  guint notified;
} Fixture;

static void
on_refused (WtBackground *background, const char *why, Fixture *fixture)
{
  g_free (fixture->refused);
  fixture->refused = g_strdup (why);
}

static void
on_active (WtBackground *background, GParamSpec *pspec, Fixture *fixture)
{
  fixture->notified++;
}

static GApplication *
make_application (const char *kind)
{
  const char *id = "io.github.wheatear_im.Test";

  if (g_strcmp0 (kind, "window") == 0 && gtk_init_check ())
    return G_APPLICATION (gtk_application_new (id, G_APPLICATION_DEFAULT_FLAGS));

  return g_application_new (id, g_strcmp0 (kind, "profile") == 0 ? G_APPLICATION_NON_UNIQUE
                                                                 : G_APPLICATION_DEFAULT_FLAGS);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;
  g_ptr_array_set_size (desktop->calls, 0);
  desktop->refuse = FALSE;
  fixture->application = make_application (data);
  g_application_register (fixture->application, NULL, &error);
  g_assert_no_error (error);
  fixture->settings = wt_settings_open (NULL, &error);
  g_assert_no_error (error);
  fixture->background = wt_background_new (fixture->application, fixture->settings);
  g_signal_connect (fixture->background, "refused", G_CALLBACK (on_refused), fixture);
  g_signal_connect (fixture->background, "notify::active", G_CALLBACK (on_active), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  /* An answer may still be on its way. */
  g_object_run_dispose (G_OBJECT (fixture->background));
  g_settings_reset (fixture->settings, "autostart");
  g_settings_reset (fixture->settings, "run-in-background");
  g_object_unref (fixture->background);
  g_object_unref (fixture->settings);
  g_object_unref (fixture->application);
  g_free (fixture->refused);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
set (Fixture *fixture, const char *key, gboolean on)
{
  g_settings_set_boolean (fixture->settings, key, on);
}

static gboolean
get (Fixture *fixture, const char *key)
{
  return g_settings_get_boolean (fixture->settings, key);
}

/* Outside a sandbox nobody is asked; a file makes it start at login. */
static void
test_plain (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_background_autostart_dup_path ();
  g_autofree char *contents = NULL;

  g_assert_false (wt_background_get_active (fixture->background));
  set (fixture, "autostart", TRUE);
  g_assert_false (get (fixture, "autostart"));
  set (fixture, "run-in-background", TRUE);
  g_assert_true (wt_background_get_active (fixture->background));
  g_assert_cmpuint (fixture->notified, ==, 1);

  set (fixture, "autostart", TRUE);
  wt_test_wait_until (g_file_get_contents (path, &contents, NULL, NULL));
  g_assert_nonnull (strstr (contents, "/test-background\" --background\n"));
  g_assert_nonnull (strstr (contents, "Type=Application\n"));

  set (fixture, "run-in-background", FALSE);
  g_assert_false (get (fixture, "autostart"));
  wt_test_wait_until (!g_file_test (path, G_FILE_TEST_EXISTS));
  g_assert_false (wt_background_get_active (fixture->background));
  g_assert_null (fixture->refused);
  g_assert_cmpuint (wt_fake_desktop_count (desktop, "RequestBackground"), ==, 0);
}

/* A folder that cannot be written: said, and switched back. */
static void
test_unwritable (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_background_autostart_dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
  g_assert_true (g_file_set_contents (folder, "in the way", -1, NULL));
  set (fixture, "run-in-background", TRUE);
  set (fixture, "autostart", TRUE);
  wt_test_wait_until (fixture->refused != NULL);
  g_assert_false (get (fixture, "autostart"));
  g_assert_true (get (fixture, "run-in-background"));
  g_unlink (folder);
}

/* Nothing could bring it back. */
static void
test_not_unique (Fixture *fixture, gconstpointer data)
{
  set (fixture, "run-in-background", TRUE);
  wt_test_wait_until (fixture->refused != NULL);
  g_assert_false (get (fixture, "run-in-background"));
  g_assert_false (wt_background_get_active (fixture->background));
}

static void
test_quoting (void)
{
  g_autofree char *contents = wt_background_autostart_make ("/a b/\"c\" $d/100%/\\e");
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *command = NULL;

  g_assert_true (g_key_file_load_from_data (file, contents, (gsize) -1, G_KEY_FILE_NONE, NULL));
  command = g_key_file_get_string (file, "Desktop Entry", "Exec", NULL);
  g_assert_cmpstr (command, ==, "\"/a b/\\\"c\\\" \\$d/100%%/\\\\e\" --background");
}

static void
on_update (GDBusConnection *bus,
           const char *sender,
           const char *path,
           const char *interface,
           const char *signal,
           GVariant *parameters,
           gpointer data)
{
  g_autoptr (GVariant) update = g_variant_get_child_value (parameters, 1);

  g_variant_lookup (update, "count", "x", (gint64 *) data);
}

/* However often it changes, docks are told the last of it; and that it is over. */
static void
test_count (Fixture *fixture, gconstpointer data)
{
  gint64 count = -1;
  guint subscription = g_dbus_connection_signal_subscribe (
      desktop->bus, NULL, "com.canonical.Unity.LauncherEntry", "Update", NULL, NULL,
      G_DBUS_SIGNAL_FLAGS_NONE, on_update, &count, NULL);

  /* Round trip: the bus knows of it. */
  g_variant_unref (g_dbus_connection_call_sync (desktop->bus, "org.freedesktop.DBus", "/",
                                                "org.freedesktop.DBus", "GetId", NULL, NULL,
                                                G_DBUS_CALL_FLAGS_NONE, -1, NULL, NULL));
  for (guint i = 1; i <= 100; i++)
    wt_background_set_unread (fixture->background, i);
  wt_test_wait_until (count >= 0);
  g_assert_cmpint (count, ==, 100);
  g_object_run_dispose (G_OBJECT (fixture->background));
  wt_test_wait_until (count == 0);
  g_dbus_connection_signal_unsubscribe (desktop->bus, subscription);
}

/* In a sandbox the desktop is asked, and what it says goes. */
static void
test_portal (Fixture *fixture, gconstpointer data)
{
  const char *call;

  set (fixture, "run-in-background", TRUE);
  wt_test_wait_until (wt_fake_desktop_find (desktop, "RequestBackground") != NULL);
  call = wt_fake_desktop_find (desktop, "RequestBackground");
  g_assert_nonnull (strstr (call, "'autostart': <false>"));
  g_assert_nonnull (strstr (call, "'reason': <'Messages arrive"));
  g_assert_nonnull (strstr (call, "['wheatear', '--background']"));
  set (fixture, "autostart", TRUE);
  wt_test_wait_until (wt_fake_desktop_find (desktop, "'autostart': <true>") != NULL);
  wt_background_set_unread (fixture->background, 3);
  wt_test_wait_until (wt_fake_desktop_find (desktop, "SetStatus") != NULL);
  g_assert_nonnull (strstr (wt_fake_desktop_find (desktop, "SetStatus"), "3 unread messages"));
  g_assert_true (get (fixture, "run-in-background"));
  g_assert_true (get (fixture, "autostart"));
  g_assert_null (fixture->refused);
}

/* What the desktop asks belongs to the window that is in use, if there is one. */
static void
test_portal_parent (Fixture *fixture, gconstpointer data)
{
#ifdef GDK_WINDOWING_X11
  g_autofree char *parent = NULL;
  GtkWidget *window;
  GdkSurface *surface;

  if (!GTK_IS_APPLICATION (fixture->application))
    {
      g_test_skip ("no display");
      return;
    }
  window = gtk_application_window_new (GTK_APPLICATION (fixture->application));
  gtk_window_present (GTK_WINDOW (window));
  wt_test_wait_until (gtk_widget_get_mapped (window));
  surface = gtk_native_get_surface (GTK_NATIVE (window));
  g_assert_true (GDK_IS_X11_SURFACE (surface));
  parent = g_strdup_printf ("('x11:%lx', {", gdk_x11_surface_get_xid (surface));
  set (fixture, "run-in-background", TRUE);
  wt_test_wait_until (wt_fake_desktop_find (desktop, "RequestBackground") != NULL);
  g_assert_nonnull (strstr (wt_fake_desktop_find (desktop, "RequestBackground"), parent));
  gtk_window_destroy (GTK_WINDOW (window));
  g_ptr_array_set_size (desktop->calls, 0);
  set (fixture, "autostart", TRUE);
  wt_test_wait_until (wt_fake_desktop_find (desktop, "RequestBackground") != NULL);
  g_assert_nonnull (strstr (wt_fake_desktop_find (desktop, "RequestBackground"), "('', {"));
#endif
}

static void
test_portal_refuses (Fixture *fixture, gconstpointer data)
{
  desktop->refuse = TRUE;
  set (fixture, "run-in-background", TRUE);
  wt_test_wait_until (fixture->refused != NULL);
  g_assert_false (get (fixture, "run-in-background"));
  g_assert_false (wt_background_get_active (fixture->background));
}

static void
add_all (void)
{
#define ADD(name, data, function)                                                                  \
  g_test_add ("/ui/background/" name, Fixture, data, set_up, function, tear_down)
  if (g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "1") == 0)
    {
      ADD ("portal", NULL, test_portal);
      ADD ("portal/refuses", NULL, test_portal_refuses);
      ADD ("portal/parent", "window", test_portal_parent);
      return;
    }
  ADD ("plain", NULL, test_plain);
  ADD ("unwritable", NULL, test_unwritable);
  ADD ("not-unique", "profile", test_not_unique);
  ADD ("count", NULL, test_count);
#undef ADD
}

int
main (int argc, char **argv)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");
  g_autofree char *display = g_strdup (g_getenv ("DISPLAY"));
  g_autoptr (GDBusConnection) bus = NULL;
  int status;

  g_test_init (&argc, &argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
  g_test_add_func ("/ui/background/quoting", test_quoting);
  if (daemon == NULL)
    return g_test_run ();

  add_all ();
  desktop = wt_fake_desktop_new ();
  /* Nobody on this bus reads a window aloud. */
  g_setenv ("GTK_A11Y", "none", TRUE);
  /* A bus of GLib's takes it away. */
  if (display != NULL)
    g_setenv ("DISPLAY", display, TRUE);
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_clear_object (&bus);
  status = g_test_run ();
  /* GTK, once it is there, keeps its connection to the end, which the whole way down would wait for. */
  if (gtk_is_initialized ())
    g_test_dbus_stop (desktop->daemon);
  else
    wt_fake_desktop_free (desktop);
  return status;
}
