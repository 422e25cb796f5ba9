/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-file-io.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wt-base64.h"

#define PIECE (64 * 1024)

/**
 * wt_file_io_set_error:
 * @saved_errno: the errno of the failed call
 * @doing: what was tried, for the log: "open", "write" …
 * @path: (nullable): the file it was tried on
 *
 * Sets a %WT_MEDIA_ERROR_NOT_FOUND for ENOENT, and a #GIOErrorEnum for everything else, so that a full
 * disk (%G_IO_ERROR_NO_SPACE) can be told from a missing file.
 */
void
wt_file_io_set_error (GError **error, int saved_errno, const char *doing, const char *path)
{
  g_autofree char *shown = path != NULL ? g_filename_display_name (path) : NULL;

  if (saved_errno == ENOENT)
    g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND, "Cannot %s %s: %s", doing,
                 shown != NULL ? shown : "file", g_strerror (saved_errno));
  else
    g_set_error (error, G_IO_ERROR, g_io_error_from_errno (saved_errno), "Cannot %s %s: %s", doing,
                 shown != NULL ? shown : "file", g_strerror (saved_errno));
}

/**
 * wt_file_io_open_regular:
 * @path: a file name
 * @size: (out): its size in bytes at this moment
 *
 * Opens a file for reading that is a file: a pipe or a device would block or never end.
 *
 * Returns: a file descriptor, or -1 with %WT_MEDIA_ERROR_NOT_FOUND, %WT_MEDIA_ERROR_UNSUPPORTED (no
 *   regular file) or a #GIOErrorEnum
 */
int
wt_file_io_open_regular (const char *path, gsize *size, GError **error)
{
  /* Without O_NONBLOCK the open of a pipe waits for its writer. */
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY, 0);
  struct stat info;

  if (fd < 0)
    {
      wt_file_io_set_error (error, errno, "open", path);
      return -1;
    }

  if (fstat (fd, &info) != 0)
    {
      wt_file_io_set_error (error, errno, "examine", path);
      g_close (fd, NULL);
      return -1;
    }

  if (!S_ISREG (info.st_mode))
    {
      g_autofree char *shown = g_filename_display_name (path);

      g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED, "%s is not a regular file",
                   shown);
      g_close (fd, NULL);
      return -1;
    }

  *size = (gsize) info.st_size;
  return fd;
}

/**
 * wt_file_io_read_full:
 *
 * Reads until @length bytes are there or the file ends.
 *
 * Returns: the bytes read, fewer than @length only at the end of the file; -1 with a #GIOErrorEnum
 */
gssize
wt_file_io_read_full (int fd, void *buffer, gsize length, GError **error)
{
  gsize done = 0;

  while (done < length)
    {
      gssize got = read (fd, (guint8 *) buffer + done, length - done);

      if (got == 0)
        break;
      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          wt_file_io_set_error (error, errno, "read", NULL);
          return -1;
        }
      done += (gsize) got;
    }

  return (gssize) done;
}

/**
 * wt_file_io_write_all:
 *
 * Writes all of @data, through interruptions and short writes.
 *
 * Returns: %FALSE with a #GIOErrorEnum
 */
gboolean
wt_file_io_write_all (int fd, const void *data, gsize length, GError **error)
{
  gsize done = 0;

  while (done < length)
    {
      gssize wrote = write (fd, (const guint8 *) data + done, length - done);

      if (wrote < 0 && errno == EINTR)
        continue;
      if (wrote < 0)
        {
          wt_file_io_set_error (error, errno, "write", NULL);
          return FALSE;
        }
      done += (gsize) wrote;
    }

  return TRUE;
}

/**
 * wt_file_io_copy:
 * @from: a file descriptor to read to its end
 * @to: a file descriptor to write to
 * @size: (out): the bytes copied
 * @cancellable: (nullable): looked at before each piece of 64 KiB
 *
 * Copies and digests in one pass, so that the digest is that of the copy.
 *
 * Returns: (transfer full): the sha256 of what was copied, in lower case hexadecimal digits; %NULL with
 *   %WT_MEDIA_ERROR_EMPTY, %G_IO_ERROR_CANCELLED or another #GIOErrorEnum
 */
char *
wt_file_io_copy (int from, int to, gint64 *size, GCancellable *cancellable, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree guint8 *piece = g_malloc (PIECE);
  gssize got;

  *size = 0;
  do
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return NULL;
      got = wt_file_io_read_full (from, piece, PIECE, error);
      if (got < 0 || !wt_file_io_write_all (to, piece, (gsize) got, error))
        return NULL;
      g_checksum_update (checksum, piece, got);
      *size += got;
    }
  while (got == PIECE);

  if (*size == 0)
    {
      g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY, "The file is empty");
      return NULL;
    }

  return g_strdup (g_checksum_get_string (checksum));
}

/**
 * wt_file_io_sync_folder:
 *
 * Puts the names in @folder on the disk: a renamed file is safe only then.
 *
 * Returns: %FALSE with an error as wt_file_io_set_error() sets it
 */
gboolean
wt_file_io_sync_folder (const char *folder, GError **error)
{
  int fd = g_open (folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  int failure = 0;

  if (fd < 0)
    {
      wt_file_io_set_error (error, errno, "open", folder);
      return FALSE;
    }

  /* Some file systems cannot sync a folder and say EINVAL; there is nothing better to do there. */
  if (fsync (fd) != 0 && errno != EINVAL)
    failure = errno;
  g_close (fd, NULL);

  if (failure != 0)
    {
      wt_file_io_set_error (error, failure, "sync", folder);
      return FALSE;
    }

  return TRUE;
}
