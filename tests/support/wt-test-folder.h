/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib/gstdio.h>

G_BEGIN_DECLS

/**
 * wt_test_remove_folder:
 * @path: a test's own folder, or a file
 *
 * Removes it with all that is in it; symbolic links are not followed.
 */
static inline void
wt_test_remove_folder (const char *path)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    folder = g_dir_open (path, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      wt_test_remove_folder (child);
    }
  g_remove (path);
}

G_END_DECLS
