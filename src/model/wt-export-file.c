/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-export-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "wt-file-io.h"
#include "wt-file-name.h"

/* After so many names that are taken something else is wrong. */
#define MOST_NAMES 100000
/* Room for a number and an ending within the 255 bytes of a file's name. */
#define MOST_STEM_BYTES 200

/* The @number-th name for a file: NAME.END, NAME-2.END … */
static char *
make_name (const char *name, const char *ending, guint number)
{
  g_autofree char *whole = wt_file_name_make_safe (name, NULL);
  gsize length = strlen (whole);
  g_autofree char *safe = NULL;

  while (length > MOST_STEM_BYTES || (whole[length] & 0xc0) == 0x80)
    length--;
  whole[length] = '\0';
  safe = wt_file_name_make_safe (whole, NULL);
  return number < 2 ? g_strconcat (safe, ending, NULL)
                    : g_strdup_printf ("%s-%u%s", safe, number, ending);
}

/**
 * wt_export_file_open:
 * @folder: (type filename): where
 * @name: what to call it, as a peer may have written it; without an ending
 * @ending: with the dot; may be empty
 * @path: (out) (type filename): the file
 * @error: return location for a #GIOErrorEnum
 *
 * Makes a file that did not exist, under the first free of the names `NAME.END`, `NAME-2.END` …, readable for its owner only.
 * Follows no symbolic link.
 *
 * Returns: a descriptor to write to, or -1
 */
int
wt_export_file_open (const char *folder,
                     const char *name,
                     const char *ending,
                     char **path,
                     GError **error)
{
  for (guint number = 1; number < MOST_NAMES; number++)
    {
      g_autofree char *file = make_name (name, ending, number);
      g_autofree char *full = g_build_filename (folder, file, NULL);
      int fd = g_open (full, O_CREAT | O_EXCL | O_WRONLY | O_NOFOLLOW | O_CLOEXEC, 0600);

      if (fd >= 0)
        {
          *path = g_steal_pointer (&full);
          return fd;
        }
      if (errno != EEXIST)
        {
          wt_file_io_set_error (error, errno, "create", full);
          return -1;
        }
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s: %s", folder, g_strerror (EEXIST));
  return -1;
}

/**
 * wt_export_file_make_folder:
 * @folder: (type filename): where
 * @name: what to call it
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (type filename) (nullable): a folder that did not exist
 */
char *
wt_export_file_make_folder (const char *folder, const char *name, GError **error)
{
  for (guint number = 1; number < MOST_NAMES; number++)
    {
      g_autofree char *file = make_name (name, "", number);
      g_autofree char *full = g_build_filename (folder, file, NULL);

      if (g_mkdir (full, 0700) == 0)
        return g_steal_pointer (&full);
      if (errno != EEXIST)
        {
          wt_file_io_set_error (error, errno, "create", full);
          return NULL;
        }
    }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_EXISTS, "%s: %s", folder, g_strerror (EEXIST));
  return NULL;
}
