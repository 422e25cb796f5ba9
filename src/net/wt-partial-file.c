/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-partial-file.h"

#include "wt-download.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* More is not ours. */
#define MOST_NOTE_BYTES 16384

#define GROUP "resume"

struct _WtPartialFile
{
  char *path;
  char *note_path; /* the validator's file */
  char *url_digest;
  int fd;
  guint64 size;
  char *validator; /* nullable */
  gint64 total;    /* -1: unknown */
};

static void
set_error (GError **error, int saved_errno, const char *doing)
{
  g_set_error (error, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_WRITE, "%s the partial file: %s", doing,
               g_strerror (saved_errno));
}

/* What may be sent back in a header. */
static gboolean
is_validator (const char *text)
{
  gsize length = strlen (text);

  for (gsize i = 0; i < length; i++)
    if (text[i] < ' ' || text[i] > '~')
      return FALSE;
  return length > 0 && length <= 1024;
}

static char *
read_note (WtPartialFile *self, gsize *length)
{
  int fd = g_open (self->note_path, O_RDONLY | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0);
  g_autofree char *text = g_malloc (MOST_NOTE_BYTES);
  struct stat status;
  gssize got = -1;

  if (fd < 0)
    return NULL;
  if (fstat (fd, &status) == 0 && S_ISREG (status.st_mode))
    got = read (fd, text, MOST_NOTE_BYTES);
  g_close (fd, NULL);
  if (got <= 0 || got == MOST_NOTE_BYTES)
    return NULL;
  *length = (gsize) got;
  return g_steal_pointer (&text);
}

/* Without a note, one that is damaged or another URL's, the file starts anew. */
static void
load_note (WtPartialFile *self)
{
  g_autoptr (GKeyFile) note = g_key_file_new ();
  gsize length = 0;
  g_autofree char *text = read_note (self, &length);
  g_autofree char *digest = NULL;
  g_autofree char *validator = NULL;
  gint64 total;

  if (text == NULL || !g_key_file_load_from_data (note, text, length, G_KEY_FILE_NONE, NULL))
    return;
  digest = g_key_file_get_string (note, GROUP, "url", NULL);
  validator = g_key_file_get_string (note, GROUP, "validator", NULL);
  total = g_key_file_get_int64 (note, GROUP, "total", NULL);
  if (g_strcmp0 (digest, self->url_digest) != 0 || validator == NULL || !is_validator (validator))
    return;
  self->validator = g_steal_pointer (&validator);
  self->total = total > 0 ? total : -1;
}

static gboolean
save_note (WtPartialFile *self, GError **error)
{
  g_autoptr (GKeyFile) note = g_key_file_new ();
  g_autoptr (GError) reason = NULL;
  g_autofree char *text = NULL;
  gsize length = 0;

  g_key_file_set_string (note, GROUP, "url", self->url_digest);
  g_key_file_set_string (note, GROUP, "validator", self->validator);
  g_key_file_set_int64 (note, GROUP, "total", self->total);
  text = g_key_file_to_data (note, &length, NULL);
  if (g_file_set_contents_full (self->note_path, text, (gssize) length,
                                G_FILE_SET_CONTENTS_CONSISTENT, 0600, &reason))
    return TRUE;
  g_set_error_literal (error, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_WRITE, reason->message);
  return FALSE;
}

static gboolean
open_file (WtPartialFile *self, GError **error)
{
  struct stat status;

  self->fd = g_open (self->path, O_RDWR | O_CREAT | O_NOFOLLOW | O_CLOEXEC | O_NONBLOCK, 0600);
  if (self->fd < 0 || fstat (self->fd, &status) != 0)
    {
      set_error (error, errno, "Opening");
      return FALSE;
    }
  /* A hard link would let the bytes appear elsewhere. */
  if (!S_ISREG (status.st_mode) || status.st_nlink != 1 || status.st_uid != geteuid ())
    {
      set_error (error, EPERM, "Opening");
      return FALSE;
    }
  if (flock (self->fd, LOCK_EX | LOCK_NB) != 0 || fchmod (self->fd, 0600) != 0)
    {
      set_error (error, errno, "Claiming");
      return FALSE;
    }
  self->size = (guint64) status.st_size;
  return TRUE;
}

/**
 * wt_partial_file_open:
 * @path: where it is or will be
 * @url: what is to be in it
 * @error: return location for a %WT_DOWNLOAD_ERROR_WRITE
 *
 * Opens or creates the file, for the user only and never through a symbolic link, and reads how far an earlier
 * download of @url into it came.
 *
 * Returns: (transfer full) (nullable): the file, or %NULL with @error set
 */
WtPartialFile *
wt_partial_file_open (const char *path, const char *url, GError **error)
{
  g_autoptr (WtPartialFile) self = g_new0 (WtPartialFile, 1);

  self->path = g_strdup (path);
  self->note_path = g_strconcat (path, ".resume", NULL);
  /* The URL may be a secret, and is not needed. */
  self->url_digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, url, -1);
  self->total = -1;
  self->fd = -1;
  if (!open_file (self, error))
    return NULL;
  load_note (self);
  return g_steal_pointer (&self);
}

/**
 * wt_partial_file_free:
 * @self: (transfer full): a file
 *
 * Closes it and leaves on disk what is there.
 */
void
wt_partial_file_free (WtPartialFile *self)
{
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->note_path, g_free);
  g_clear_pointer (&self->url_digest, g_free);
  g_clear_pointer (&self->validator, g_free);
  g_free (self);
}

/**
 * wt_partial_file_get_size:
 * @self: a file
 *
 * Returns: its bytes so far
 */
guint64
wt_partial_file_get_size (WtPartialFile *self)
{
  return self->size;
}

/**
 * wt_partial_file_get_validator:
 * @self: a file
 *
 * Returns: (nullable): what the server named the version that the bytes are of, as for `If-Range`; %NULL: unknown,
 *   so that the file cannot be gone on with
 */
const char *
wt_partial_file_get_validator (WtPartialFile *self)
{
  return self->validator;
}

/**
 * wt_partial_file_get_total:
 * @self: a file
 *
 * Returns: the bytes it will have; -1: unknown
 */
gint64
wt_partial_file_get_total (WtPartialFile *self)
{
  return self->total;
}

/**
 * wt_partial_file_restart:
 * @self: a file
 * @validator: (nullable): the server's name for the version that is coming
 * @total: the bytes it will have; -1: unknown
 * @error: return location for a %WT_DOWNLOAD_ERROR_WRITE
 *
 * Empties the file for a new version.
 *
 * Returns: %FALSE with @error set
 */
gboolean
wt_partial_file_restart (WtPartialFile *self, const char *validator, gint64 total, GError **error)
{
  /* At no moment is there a validator beside bytes that are not its. */
  g_clear_pointer (&self->validator, g_free);
  g_unlink (self->note_path);
  if (ftruncate (self->fd, 0) != 0)
    {
      set_error (error, errno, "Emptying");
      return FALSE;
    }
  self->size = 0;
  self->total = total;
  if (validator == NULL || !is_validator (validator))
    return TRUE;
  self->validator = g_strdup (validator);
  return save_note (self, error);
}

/**
 * wt_partial_file_append:
 * @self: a file
 * @data: bytes
 * @length: how many
 * @error: return location for a %WT_DOWNLOAD_ERROR_WRITE
 *
 * Returns: %FALSE with @error set; then a part may have been written
 */
gboolean
wt_partial_file_append (WtPartialFile *self, gconstpointer data, gsize length, GError **error)
{
  const char *bytes = data;

  while (length > 0)
    {
      gssize written = pwrite (self->fd, bytes, length, (off_t) self->size);

      if (written < 0 && errno == EINTR)
        continue;
      if (written <= 0)
        {
          set_error (error, written < 0 ? errno : EIO, "Writing");
          return FALSE;
        }
      bytes += written;
      length -= (gsize) written;
      self->size += (guint64) written;
    }
  return TRUE;
}

/**
 * wt_partial_file_complete:
 * @self: a file with all its bytes
 * @error: return location for a %WT_DOWNLOAD_ERROR_WRITE
 *
 * Sees to it that the bytes are on disk, and forgets how to go on.
 *
 * Returns: %FALSE with @error set
 */
gboolean
wt_partial_file_complete (WtPartialFile *self, GError **error)
{
  if (fsync (self->fd) != 0)
    {
      set_error (error, errno, "Syncing");
      return FALSE;
    }
  g_unlink (self->note_path);
  return TRUE;
}

/**
 * wt_partial_file_keep:
 * @self: a file that was not completed
 *
 * Leaves it to be gone on with, if that is possible; else removes it.
 */
void
wt_partial_file_keep (WtPartialFile *self)
{
  /* After a loss of power the file may have its size but not its bytes. */
  if (self->size == 0 || self->validator == NULL || fdatasync (self->fd) != 0)
    wt_partial_file_discard (self);
}

/**
 * wt_partial_file_discard:
 * @self: a file
 *
 * Removes it and what belongs to it.
 */
void
wt_partial_file_discard (WtPartialFile *self)
{
  g_unlink (self->note_path);
  g_unlink (self->path);
}
