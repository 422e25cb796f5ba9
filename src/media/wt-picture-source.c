/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-source.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <unistd.h>

#include "wt-file-io.h"

/* Headers are read in small bits. */
#define WINDOW 4096

struct _WtPictureSource
{
  int fd;
  GBytes *bytes;
  goffset size;
  WtPictureLimits limits;

  GCancellable *cancellable;
  gint64 deadline;

  guint8 window[WINDOW];
  goffset window_at;
  gsize window_length;
};

/**
 * wt_picture_set_broken:
 * @what: what is wrong, for the log
 *
 * Sets a %WT_MEDIA_ERROR_BROKEN.
 *
 * Returns: %FALSE, to be returned
 */
gboolean
wt_picture_set_broken (GError **error, const char *what)
{
  g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_BROKEN, what);
  return FALSE;
}

static gboolean
check_size (WtPictureSource *self, GError **error)
{
  if (self->size == 0)
    {
      g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY, "The picture is empty");
      return FALSE;
    }

  if ((guint64) self->size > self->limits.max_file)
    {
      g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE,
                   "The picture's file has more than %" G_GUINT64_FORMAT " bytes",
                   self->limits.max_file);
      return FALSE;
    }

  return TRUE;
}

/**
 * wt_picture_source_open:
 * @path: a regular file; one that changes meanwhile only gives a broken picture
 * @limits: (nullable): %NULL for the usual ones
 *
 * Returns: (transfer full): what to read it from, or %NULL with %WT_MEDIA_ERROR_NOT_FOUND,
 *   %WT_MEDIA_ERROR_UNSUPPORTED, %WT_MEDIA_ERROR_EMPTY, %WT_MEDIA_ERROR_TOO_LARGE or a #GIOErrorEnum
 */
WtPictureSource *
wt_picture_source_open (const char *path, const WtPictureLimits *limits, GError **error)
{
  g_autoptr (WtPictureSource) self = g_new0 (WtPictureSource, 1);
  gsize size = 0;

  self->limits = limits != NULL ? *limits : *wt_picture_get_default_limits ();
  self->fd = wt_file_io_open_regular (path, &size, error);
  if (self->fd < 0)
    return NULL;

  self->size = (goffset) size;
  wt_picture_source_begin (self, NULL);
  return check_size (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * wt_picture_source_new:
 * @bytes: the whole of a picture
 * @limits: (nullable): %NULL for the usual ones
 *
 * Returns: (transfer full): what to read it from, or %NULL with %WT_MEDIA_ERROR_EMPTY or
 *   %WT_MEDIA_ERROR_TOO_LARGE
 */
WtPictureSource *
wt_picture_source_new (GBytes *bytes, const WtPictureLimits *limits, GError **error)
{
  g_autoptr (WtPictureSource) self = g_new0 (WtPictureSource, 1);

  self->limits = limits != NULL ? *limits : *wt_picture_get_default_limits ();
  self->fd = -1;
  self->bytes = g_bytes_ref (bytes);
  self->size = (goffset) g_bytes_get_size (bytes);
  wt_picture_source_begin (self, NULL);
  return check_size (self, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * wt_picture_source_free:
 * @self: (transfer full): what was read from
 */
void
wt_picture_source_free (WtPictureSource *self)
{
  if (self->fd >= 0)
    g_close (self->fd, NULL);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_clear_object (&self->cancellable);
  g_free (self);
}

/**
 * wt_picture_source_begin:
 * @cancellable: (nullable): ends what begins now
 *
 * Lets the time for one picture, or for one frame of it, begin.
 */
void
wt_picture_source_begin (WtPictureSource *self, GCancellable *cancellable)
{
  g_set_object (&self->cancellable, cancellable);
  self->deadline = g_get_monotonic_time () + (gint64) self->limits.max_milliseconds * 1000;
}

/**
 * wt_picture_source_check:
 *
 * Returns: %FALSE with %G_IO_ERROR_CANCELLED, or with %WT_MEDIA_ERROR_TIMED_OUT once the time is over
 */
gboolean
wt_picture_source_check (WtPictureSource *self, GError **error)
{
  if (g_cancellable_set_error_if_cancelled (self->cancellable, error))
    return FALSE;

  if (g_get_monotonic_time () >= self->deadline)
    {
      g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TIMED_OUT,
                   "The picture takes more than %u milliseconds", self->limits.max_milliseconds);
      return FALSE;
    }

  return TRUE;
}

/**
 * wt_picture_source_get_size:
 *
 * Returns: in bytes
 */
goffset
wt_picture_source_get_size (WtPictureSource *self)
{
  return self->size;
}

/**
 * wt_picture_source_get_limits:
 *
 * Returns: (transfer none): those it was opened with
 */
const WtPictureLimits *
wt_picture_source_get_limits (WtPictureSource *self)
{
  return &self->limits;
}

/**
 * wt_picture_source_has:
 *
 * Returns: whether there are @length bytes from @offset on
 */
gboolean
wt_picture_source_has (WtPictureSource *self, goffset offset, guint64 length)
{
  return offset >= 0 && offset <= self->size && length <= (guint64) (self->size - offset);
}

static gboolean
read_at (WtPictureSource *self, goffset offset, guint8 *buffer, gsize length, GError **error)
{
  while (length > 0)
    {
      gssize got = pread (self->fd, buffer, length, offset);

      if (got < 0 && errno == EINTR)
        continue;
      if (got < 0)
        {
          wt_file_io_set_error (error, errno, "read", NULL);
          return FALSE;
        }
      if (got == 0)
        return wt_picture_set_broken (error, "The file became shorter");
      buffer += got;
      offset += got;
      length -= (gsize) got;
    }

  return TRUE;
}

/**
 * wt_picture_source_read:
 *
 * Reads exactly @length bytes.
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_BROKEN where the picture ends before, an error of
 *   wt_picture_source_check(), or a #GIOErrorEnum
 */
gboolean
wt_picture_source_read (WtPictureSource *self,
                        goffset offset,
                        void *buffer,
                        gsize length,
                        GError **error)
{
  if (!wt_picture_source_check (self, error))
    return FALSE;
  if (!wt_picture_source_has (self, offset, length))
    return wt_picture_set_broken (error, "The picture ends too early");

  if (self->bytes != NULL)
    {
      memcpy (buffer, (const guint8 *) g_bytes_get_data (self->bytes, NULL) + offset, length);
      return TRUE;
    }

  if (length > WINDOW)
    return read_at (self, offset, buffer, length, error);

  if (offset < self->window_at
      || offset + (goffset) length > self->window_at + (goffset) self->window_length)
    {
      gsize ahead = (gsize) MIN ((goffset) WINDOW, self->size - offset);

      self->window_length = 0;
      if (!read_at (self, offset, self->window, ahead, error))
        return FALSE;
      self->window_at = offset;
      self->window_length = ahead;
    }

  memcpy (buffer, self->window + (offset - self->window_at), length);
  return TRUE;
}
