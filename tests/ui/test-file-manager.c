/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <glib/gstdio.h>
#include <gtk/gtk.h>

#include "wt-fake-desktop.h"
#include "wt-file-manager.h"
#include "wt-sandbox.h"
#include "wt-test.h"

/* In a sandbox the portal gets the file itself, because its name means nothing outside; otherwise the file
 * manager gets the name. */
static void
test_show (gconstpointer data)
{
  WtFakeDesktop *desktop = (WtFakeDesktop *) data;
  g_autofree char *folder = g_dir_make_tmp ("wheatear-file-manager-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "field notes.txt", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  g_assert_true (g_file_set_contents (path, "x", 1, NULL));
  wt_file_manager_show (file);
  if (wt_sandbox_has_portals ())
    {
      wt_test_wait_until (wt_fake_desktop_find (desktop, "OpenDirectory ('', 0,") != NULL);
      g_assert_null (wt_fake_desktop_find (desktop, "ShowItems"));
    }
  else
    {
      wt_test_wait_until (wt_fake_desktop_find (desktop, "field%20notes.txt") != NULL);
      g_assert_nonnull (wt_fake_desktop_find (desktop, "ShowItems"));
      g_assert_null (wt_fake_desktop_find (desktop, "OpenDirectory"));
    }
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_no_daemon (void)
{
  g_test_skip ("no dbus-daemon");
}

int
main (int argc, char **argv)
{
  g_autofree char *daemon = g_find_program_in_path ("dbus-daemon");
  g_autoptr (GDBusConnection) bus = NULL;
  WtFakeDesktop *desktop;
  int status;

  g_test_init (&argc, &argv, NULL);
  if (daemon == NULL)
    {
      g_test_add_func ("/ui/file-manager/show", test_no_daemon);
      return g_test_run ();
    }

  desktop = wt_fake_desktop_new ();
  bus = g_bus_get_sync (G_BUS_TYPE_SESSION, NULL, NULL);
  g_dbus_connection_set_exit_on_close (bus, FALSE);
  g_clear_object (&bus);
  g_test_add_data_func ("/ui/file-manager/show", desktop, test_show);
  status = g_test_run ();
  wt_fake_desktop_free (desktop);
  return status;
}
