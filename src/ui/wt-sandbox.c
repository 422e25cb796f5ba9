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
  return g_file_test ("/.flatpak-info", G_FILE_TEST_EXISTS) || g_getenv ("SNAP") != NULL
         || g_strcmp0 (g_getenv ("GTK_USE_PORTAL"), "1") == 0;
}
