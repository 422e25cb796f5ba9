/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-profile-lock.h"

#include "wt-database.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <sys/file.h>

#define LOCK_NAME "window.lock"

/**
 * wt_profile_lock_take:
 * @folder: (type filename): a profile's folder, which exists
 * @lock: (inout): -1; the lock afterwards, or -1 where the folder cannot have one
 * @error: return location for %WT_DATABASE_ERROR_BUSY
 *
 * A profile has one window: two would take each other's place at the server again and again. The lock ends
 * with the process. Where none can be made nothing can be written either, which is said elsewhere.
 *
 * Returns: %FALSE where another window has it
 */
gboolean
wt_profile_lock_take (const char *folder, int *lock, GError **error)
{
  g_autofree char *path = g_build_filename (folder, LOCK_NAME, NULL);
  int fd;

  if (*lock >= 0)
    return TRUE;
  fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    return TRUE;
  if (flock (fd, LOCK_EX | LOCK_NB) == 0)
    {
      *lock = fd;
      return TRUE;
    }

  int code = errno;

  g_close (fd, NULL);
  if (code != EWOULDBLOCK)
    return TRUE;
  g_set_error_literal (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_BUSY,
                       _ ("Another window shows this profile."));
  return FALSE;
}

/**
 * wt_profile_lock_drop:
 * @lock: (inout): a lock or -1; -1 afterwards
 */
void
wt_profile_lock_drop (int *lock)
{
  if (*lock >= 0)
    g_close (*lock, NULL);
  *lock = -1;
}
