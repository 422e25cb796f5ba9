/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-sandbox.h"

/**
 * wt_sandbox_has_portals:
 *
 * Returns: whether the desktop is reached by portals, as GIO has it: in a Flatpak, in a Snap, or where the user wants it so
 */
gboolean
wt_sandbox_has_portals (void)
{
  /* GLib renamed it, and reads the one name only. */
  const char *wish = glib_check_version (2, 79, 0) == NULL ? "GIO_USE_PORTALS" : "GTK_USE_PORTAL";

  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP") != NULL
         || g_strcmp0 (g_getenv (wish), "1") == 0;
}
