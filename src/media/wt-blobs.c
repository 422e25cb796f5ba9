/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-blobs-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wt-base64-decoder.h"
#include "wt-file-io.h"

enum
{
  PROP_0,
  PROP_FOLDER,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WtBlobs, wt_blobs, G_TYPE_OBJECT)

static char *
get_shelf (WtBlobs *self, const char *blob)
{
  char name[3] = { blob[0], blob[1], '\0' };

  return g_build_filename (self->folder, name, NULL);
}

static gboolean
make_folder (const char *folder, GError **error)
{
  if (g_mkdir_with_parents (folder, 0700) == 0)
    return TRUE;

  wt_file_io_set_error (error, errno, "create", folder);
  return FALSE;
}

/* Makes the folder at the first write. */
static gboolean
prepare (WtBlobs *self, GError **error)
{
  g_autoptr (GMutexLocker) locker G_GNUC_UNUSED = g_mutex_locker_new (&self->lock);

  if (self->prepared && g_file_test (self->folder, G_FILE_TEST_IS_DIR))
    return TRUE;
  if (!make_folder (self->folder, error))
    return FALSE;

  self->prepared = TRUE;
  return TRUE;
}

/* Whether the blob is there in full; it is young again then, and so for a while safe from being removed.
 * Its name must be safe on the disk as well before anyone relies on it, for the one who put it there may
 * have been killed just before that. */
static gboolean
is_stored (WtBlobs *self, const char *blob, gint64 size)
{
  g_autofree char *shelf = get_shelf (self, blob);
  g_autofree char *path = g_build_filename (shelf, blob, NULL);
  struct stat info;
  gboolean found = FALSE;
  int lock = wt_blobs_lock (self, LOCK_SH);

  found = lstat (path, &info) == 0 && S_ISREG (info.st_mode) && (gint64) info.st_size == size
          && utimensat (AT_FDCWD, path, NULL, AT_SYMLINK_NOFOLLOW) == 0;
  wt_blobs_unlock (lock);

  return found && wt_file_io_sync_folder (shelf, NULL)
         && wt_file_io_sync_folder (self->folder, NULL);
}

static int
open_temporary (WtBlobs *self, char **path, GError **error)
{
  int fd;

  if (!prepare (self, error))
    return -1;

  *path = g_build_filename (self->folder, WT_BLOBS_TEMPORARY_PREFIX "XXXXXX", NULL);
  fd = g_mkstemp_full (*path, O_WRONLY | O_CLOEXEC, 0600);
  if (fd < 0)
    wt_file_io_set_error (error, errno, "create", *path);

  return fd;
}

/* Gives the finished temporary file its name: on the disk first, then renamed, then the name on the
 * disk. Closes @fd in any case; the temporary file is gone in any case. */
static gboolean
commit (WtBlobs *self, int fd, const char *temporary, const char *blob, GError **error)
{
  g_autofree char *shelf = get_shelf (self, blob);
  g_autofree char *path = g_build_filename (shelf, blob, NULL);
  gboolean committed = FALSE;

  if (fsync (fd) != 0)
    wt_file_io_set_error (error, errno, "sync", temporary);
  else if (make_folder (shelf, error))
    {
      int lock = wt_blobs_lock (self, LOCK_SH);

      if (g_rename (temporary, path) != 0)
        wt_file_io_set_error (error, errno, "rename", temporary);
      else
        committed = TRUE;
      wt_blobs_unlock (lock);
    }

  g_close (fd, NULL);
  if (!committed)
    {
      g_unlink (temporary);
      return FALSE;
    }

  return wt_file_io_sync_folder (shelf, error) && wt_file_io_sync_folder (self->folder, error);
}

static void
discard (int fd, const char *temporary)
{
  g_close (fd, NULL);
  g_unlink (temporary);
}

typedef struct
{
  GChecksum *checksum;
  gint64 size;
} WtBlobsDigest;

static gboolean
digest_piece (const guint8 *piece, gsize length, gpointer data, GError **error)
{
  WtBlobsDigest *digest = data;

  g_checksum_update (digest->checksum, piece, (gssize) length);
  digest->size += (gint64) length;
  return TRUE;
}

/* As wt_blobs_get_path(), with %WT_MEDIA_ERROR_NOT_FOUND for what cannot be a blob. */
char *
wt_blobs_find_path (WtBlobs *self, const char *blob, GError **error)
{
  char *path = wt_blobs_get_path (self, blob);

  if (path == NULL)
    g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND, "Not the name of a blob");

  return path;
}

static void
wt_blobs_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtBlobs *self = WT_BLOBS (object);

  switch (id)
    {
    case PROP_FOLDER:
      g_value_set_string (value, self->folder);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_blobs_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtBlobs *self = WT_BLOBS (object);

  switch (id)
    {
    case PROP_FOLDER:
      self->folder = g_value_dup_string (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_blobs_finalize (GObject *object)
{
  WtBlobs *self = WT_BLOBS (object);

  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->left, g_hash_table_unref);
  g_mutex_clear (&self->lock);

  G_OBJECT_CLASS (wt_blobs_parent_class)->finalize (object);
}

static void
wt_blobs_class_init (WtBlobsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wt_blobs_get_property;
  object_class->set_property = wt_blobs_set_property;
  object_class->finalize = wt_blobs_finalize;

  properties[PROP_FOLDER] = g_param_spec_string ("folder", NULL, NULL, NULL,
                                                 G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY
                                                     | G_PARAM_EXPLICIT_NOTIFY
                                                     | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wt_blobs_init (WtBlobs *self)
{
  g_mutex_init (&self->lock);
  self->left = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * wt_blobs_new:
 * @folder: the folder's path; made with mode 0700 at the first write
 *
 * Returns: (transfer full): a new #WtBlobs; nothing is touched yet
 */
WtBlobs *
wt_blobs_new (const char *folder)
{
  g_return_val_if_fail (folder != NULL, NULL);

  return g_object_new (WT_TYPE_BLOBS, "folder", folder, NULL);
}

/**
 * wt_blobs_add_base64:
 * @base64: base64 as wt_base64_decode() accepts it
 * @size: (out) (optional): the decoded size in bytes
 *
 * Stores what @base64 holds, and returns only when it is safe on the disk. It is decoded twice, in
 * pieces: once for its name, so that nothing is written for what is not base64 or there already.
 *
 * Returns: (transfer full): the blob's name, or %NULL with %WT_MEDIA_ERROR_NOT_BASE64,
 *   %WT_MEDIA_ERROR_EMPTY or a #GIOErrorEnum (%G_IO_ERROR_NO_SPACE: the disk is full)
 */
char *
wt_blobs_add_base64 (WtBlobs *self, GBytes *base64, gint64 *size, GError **error)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *temporary = NULL;
  g_autofree char *blob = NULL;
  WtBlobsDigest digest = { checksum, 0 };
  int fd;

  g_return_val_if_fail (WT_IS_BLOBS (self), NULL);
  g_return_val_if_fail (base64 != NULL, NULL);

  if (!wt_base64_decode_pieces (base64, digest_piece, &digest, error))
    return NULL;

  blob = g_strdup (g_checksum_get_string (checksum));
  if (size != NULL)
    *size = digest.size;
  if (is_stored (self, blob, digest.size))
    return g_steal_pointer (&blob);

  fd = open_temporary (self, &temporary, error);
  if (fd < 0)
    return NULL;
  if (!wt_base64_decode_to_fd (base64, fd, NULL, error))
    {
      discard (fd, temporary);
      return NULL;
    }

  return commit (self, fd, temporary, blob, error) ? g_steal_pointer (&blob) : NULL;
}

/**
 * wt_blobs_add_bytes:
 * @bytes: anything but nothing
 *
 * Stores @bytes, and returns only when they are safe on the disk.
 *
 * Returns: (transfer full): the blob's name, or %NULL with %WT_MEDIA_ERROR_EMPTY or a #GIOErrorEnum
 */
char *
wt_blobs_add_bytes (WtBlobs *self, GBytes *bytes, GError **error)
{
  g_autofree char *temporary = NULL;
  g_autofree char *blob = NULL;
  gsize length = 0;
  const void *data;
  int fd;

  g_return_val_if_fail (WT_IS_BLOBS (self), NULL);
  g_return_val_if_fail (bytes != NULL, NULL);

  data = g_bytes_get_data (bytes, &length);
  if (length == 0)
    {
      g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY, "There is no data");
      return NULL;
    }

  blob = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
  if (is_stored (self, blob, (gint64) length))
    return g_steal_pointer (&blob);

  fd = open_temporary (self, &temporary, error);
  if (fd < 0)
    return NULL;
  if (!wt_file_io_write_all (fd, data, length, error))
    {
      discard (fd, temporary);
      return NULL;
    }

  return commit (self, fd, temporary, blob, error) ? g_steal_pointer (&blob) : NULL;
}

/**
 * wt_blobs_add_file:
 * @path: a regular file; it is copied
 * @size: (out) (optional): its size in bytes
 * @cancellable: (nullable): looked at before each piece of 64 KiB
 *
 * Stores a copy of a file, and returns only when it is safe on the disk.
 *
 * Returns: (transfer full): the blob's name, or %NULL with %WT_MEDIA_ERROR_NOT_FOUND,
 *   %WT_MEDIA_ERROR_EMPTY, %WT_MEDIA_ERROR_UNSUPPORTED (not a regular file), %G_IO_ERROR_CANCELLED or
 *   another #GIOErrorEnum
 */
char *
wt_blobs_add_file (WtBlobs *self,
                   const char *path,
                   gint64 *size,
                   GCancellable *cancellable,
                   GError **error)
{
  g_autofree char *temporary = NULL;
  g_autofree char *blob = NULL;
  gint64 copied = 0;
  gsize expected = 0;
  int from;
  int to;

  g_return_val_if_fail (WT_IS_BLOBS (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  from = wt_file_io_open_regular (path, &expected, error);
  if (from < 0)
    return NULL;

  to = open_temporary (self, &temporary, error);
  if (to >= 0)
    blob = wt_file_io_copy (from, to, &copied, cancellable, error);
  g_close (from, NULL);
  if (to < 0)
    return NULL;

  if (size != NULL)
    *size = copied;
  if (blob == NULL || is_stored (self, blob, copied))
    {
      discard (to, temporary);
      return g_steal_pointer (&blob);
    }

  return commit (self, to, temporary, blob, error) ? g_steal_pointer (&blob) : NULL;
}

/**
 * wt_blobs_get_path:
 * @blob: (nullable): a blob's name
 *
 * Where the blob is, if it is there; does not look. Never block.
 *
 * Returns: (transfer full) (nullable): a path, or %NULL where @blob is no blob's name (64 lower case
 *   hexadecimal digits): no other file can be reached by one
 */
char *
wt_blobs_get_path (WtBlobs *self, const char *blob)
{
  g_autofree char *shelf = NULL;

  g_return_val_if_fail (WT_IS_BLOBS (self), NULL);

  if (!wt_blobs_is_name (blob))
    return NULL;

  shelf = get_shelf (self, blob);
  return g_build_filename (shelf, blob, NULL);
}

/**
 * wt_blobs_load_base64:
 * @blob: (nullable): a blob's name
 * @max_encoded: the most bytes of base64 wanted; a larger blob is refused before it is read
 *
 * Encodes a blob for sending, as wt_base64_encode_file() does.
 *
 * Returns: (transfer full): the base64, or %NULL with %WT_MEDIA_ERROR_NOT_FOUND,
 *   %WT_MEDIA_ERROR_TOO_LARGE or a #GIOErrorEnum
 */
GBytes *
wt_blobs_load_base64 (WtBlobs *self, const char *blob, gsize max_encoded, GError **error)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (WT_IS_BLOBS (self), NULL);

  path = wt_blobs_find_path (self, blob, error);
  return path != NULL ? wt_base64_encode_file (path, max_encoded, NULL, error) : NULL;
}

/**
 * wt_blobs_probe:
 * @bytes: how many bytes, 1 to 16 MiB
 *
 * Finds out whether so much can be written now, by writing it to a file that is deleted again.
 *
 * Returns: %FALSE with a #GIOErrorEnum (%G_IO_ERROR_NO_SPACE: the disk is full)
 */
gboolean
wt_blobs_probe (WtBlobs *self, gsize bytes, GError **error)
{
  g_autofree char *temporary = NULL;
  g_autofree guint8 *zeros = NULL;
  gboolean written;
  int fd;

  g_return_val_if_fail (WT_IS_BLOBS (self), FALSE);
  g_return_val_if_fail (bytes > 0 && bytes <= 16 * 1024 * 1024, FALSE);

  fd = open_temporary (self, &temporary, error);
  if (fd < 0)
    return FALSE;

  zeros = g_malloc0 (bytes);
  written = wt_file_io_write_all (fd, zeros, bytes, error);
  if (written && fsync (fd) != 0)
    {
      wt_file_io_set_error (error, errno, "sync", temporary);
      written = FALSE;
    }
  discard (fd, temporary);
  return written;
}
