/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-blobs-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wt-file-io.h"

/* Removing blobs that no message uses any more, without taking one from a message that is just coming.
 *
 * A blob is written before the row that names it. So who finds that no row names a blob cannot know
 * whether one is about to. But whoever adds a blob, be it there already, makes its file young; and what is
 * young is not removed. The folder's lock is held by all where that is written and where it is looked
 * at, so that nothing happens between looking and removing. */

/* Blobs that are not younger than this file are no one's to remove. */
#define MARK ".kept"

#define NAME_LENGTH 64
#define SHELF_LENGTH 2

static gboolean
is_hexadecimal (const char *text, gsize length)
{
  return strlen (text) == length && strspn (text, "0123456789abcdef") == length;
}

gboolean
wt_blobs_is_name (const char *blob)
{
  return blob != NULL && is_hexadecimal (blob, NAME_LENGTH);
}

/* Between threads and between processes. Returns -1 where the folder does not exist or its file system
 * has no locks: the file's age alone decides then. */
int
wt_blobs_lock (WtBlobs *self, int operation)
{
  int fd = g_open (self->folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);

  while (fd >= 0 && flock (fd, operation) != 0)
    {
      if (errno == EINTR)
        continue;
      g_close (fd, NULL);
      fd = -1;
    }
  return fd;
}

void
wt_blobs_unlock (int lock)
{
  if (lock >= 0)
    g_close (lock, NULL);
}

/* By the wall clock, as it was when the file was written or added again. What is of the future is young:
 * the clock was set back. */
static gboolean
is_old (const struct stat *info, gint64 seconds)
{
  return g_get_real_time () / G_USEC_PER_SEC - info->st_mtime >= seconds;
}

static gboolean
is_old_file (const char *path, gint64 seconds)
{
  struct stat info;

  return lstat (path, &info) == 0 && S_ISREG (info.st_mode) && is_old (&info, seconds);
}

static void
note_left (WtBlobs *self, const char *blob)
{
  g_mutex_lock (&self->lock);
  g_hash_table_add (self->left, g_strdup (blob));
  g_mutex_unlock (&self->lock);
}

/**
 * wt_blobs_remove:
 * @blob: (nullable): a blob's name
 *
 * Deletes a blob. That no message names it any more is for the caller to know. One that was added in the
 * last %WT_BLOBS_GUARD_SECONDS stays until it is older, since the message it was added for may not be stored yet:
 * see wt_blobs_take_left().
 *
 * Returns: whether it is gone, or will be; else %FALSE with %WT_MEDIA_ERROR_NOT_FOUND or a #GIOErrorEnum
 */
gboolean
wt_blobs_remove (WtBlobs *self, const char *blob, GError **error)
{
  g_autofree char *path = NULL;
  struct stat info;
  gboolean removed = FALSE;
  gboolean young = FALSE;
  int lock;

  g_return_val_if_fail (WT_IS_BLOBS (self), FALSE);

  path = wt_blobs_find_path (self, blob, error);
  if (path == NULL)
    return FALSE;

  lock = wt_blobs_lock (self, LOCK_EX);
  young = lstat (path, &info) == 0 && !is_old (&info, WT_BLOBS_GUARD_SECONDS);
  removed = young || g_unlink (path) == 0;
  if (!removed)
    wt_file_io_set_error (error, errno, "delete", path);
  wt_blobs_unlock (lock);

  if (young)
    note_left (self, blob);
  return removed;
}

/**
 * wt_blobs_take_left:
 *
 * What wt_blobs_remove() left because it was young, since the last call. To be looked at again after
 * %WT_BLOBS_GUARD_SECONDS, for a message may use it by then. Does not block.
 *
 * Returns: (transfer full): the names, each once; may be empty
 */
GStrv
wt_blobs_take_left (WtBlobs *self)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GHashTableIter iter;
  gpointer name;

  g_return_val_if_fail (WT_IS_BLOBS (self), NULL);

  g_mutex_lock (&self->lock);
  g_hash_table_iter_init (&iter, self->left);
  while (g_hash_table_iter_next (&iter, &name, NULL))
    g_strv_builder_add (names, name);
  g_hash_table_remove_all (self->left);
  g_mutex_unlock (&self->lock);

  return g_strv_builder_end (names);
}

/**
 * wt_blobs_remove_temporaries:
 *
 * Removes the temporary files that a process left which was killed: those nothing was written to for
 * %WT_BLOBS_STALE_SECONDS.
 *
 * Returns: how many
 */
guint
wt_blobs_remove_temporaries (WtBlobs *self)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;
  guint n_removed = 0;

  g_return_val_if_fail (WT_IS_BLOBS (self), 0);

  folder = g_dir_open (self->folder, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->folder, name, NULL);

      if (g_str_has_prefix (name, WT_BLOBS_TEMPORARY_PREFIX)
          && is_old_file (path, WT_BLOBS_STALE_SECONDS) && g_unlink (path) == 0)
        n_removed++;
    }
  return n_removed;
}

static gint64
get_mark (WtBlobs *self)
{
  g_autofree char *path = g_build_filename (self->folder, MARK, NULL);
  struct stat info;

  return lstat (path, &info) == 0 ? (gint64) info.st_mtime : G_MININT64;
}

/**
 * wt_blobs_keep_present:
 * @error: return location for a #GIOErrorEnum or #GFileError
 *
 * Never lists what is there now as old: for when the database that knew what it is for is not there any more.
 * Whoever puts it back finds his pictures and files again. Does nothing where there is no folder.
 *
 * Returns: whether that is on the disk
 */
gboolean
wt_blobs_keep_present (WtBlobs *self, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (WT_IS_BLOBS (self), FALSE);

  if (!g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    return TRUE;

  path = g_build_filename (self->folder, MARK, NULL);
  return g_file_set_contents_full (path, "", 0, G_FILE_SET_CONTENTS_DURABLE, 0600, error);
}

typedef struct
{
  GStrvBuilder *names;
  gint64 mark;
  GCancellable *cancellable;
} Listing;

static gboolean
is_listed (const char *path, gint64 mark)
{
  struct stat info;

  return lstat (path, &info) == 0 && S_ISREG (info.st_mode)
         && is_old (&info, WT_BLOBS_GUARD_SECONDS) && (gint64) info.st_mtime > mark;
}

static void
list_shelf (const char *shelf, const char *prefix, Listing *listing)
{
  g_autoptr (GDir) folder = g_dir_open (shelf, 0, NULL);
  const char *name;

  while (folder != NULL && !g_cancellable_is_cancelled (listing->cancellable)
         && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (shelf, name, NULL);

      if (wt_blobs_is_name (name) && g_str_has_prefix (name, prefix)
          && is_listed (path, listing->mark))
        g_strv_builder_add (listing->names, name);
    }
}

/**
 * wt_blobs_list_old:
 * @cancellable: (nullable): looked at before each file
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Lists the blobs that nobody has added for %WT_BLOBS_GUARD_SECONDS: the message each was added for is
 * stored by now, or never will be. Neither what is not a blob nor what wt_blobs_keep_present() found is
 * listed.
 *
 * Returns: (transfer full): their names, in no order; %NULL if it was cancelled
 */
GStrv
wt_blobs_list_old (WtBlobs *self, GCancellable *cancellable, GError **error)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  g_autoptr (GDir) folder = NULL;
  const char *name;

  g_return_val_if_fail (WT_IS_BLOBS (self), NULL);

  Listing listing = { names, get_mark (self), cancellable };

  folder = g_dir_open (self->folder, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *shelf = g_build_filename (self->folder, name, NULL);

      if (g_cancellable_is_cancelled (cancellable))
        break;
      if (is_hexadecimal (name, SHELF_LENGTH) && !g_file_test (shelf, G_FILE_TEST_IS_SYMLINK))
        list_shelf (shelf, name, &listing);
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  return g_strv_builder_end (names);
}
