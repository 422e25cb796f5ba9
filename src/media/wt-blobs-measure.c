/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-blobs-private.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

static gboolean
is_shown (const char *shelf, const char *name)
{
  return *shelf != '\0' ? wt_blobs_is_name (name)
                        : g_str_has_prefix (name, WT_BLOBS_TEMPORARY_PREFIX);
}

/**
 * wt_blobs_measure:
 * @shelf: the first two characters of the blobs' names, or "" for what is being written
 * @func: called with each
 * @data: for @func
 *
 * Tells how large the blobs of a shelf are. Blocks.
 */
void
wt_blobs_measure (WtBlobs *self, const char *shelf, WtBlobsFunc func, gpointer data)
{
  g_autofree char *folder = NULL;
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_if_fail (WT_IS_BLOBS (self));

  folder = g_build_filename (self->folder, shelf, NULL);
  dir = g_dir_open (folder, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (is_shown (shelf, name) && g_lstat (path, &info) == 0 && S_ISREG (info.st_mode))
        func (*shelf != '\0' ? name : NULL, info.st_size, data);
    }
}
