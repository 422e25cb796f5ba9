/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-feeder.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

struct _WtPictureFeeder
{
  /* Owned. */
  GdkPixbufLoader *loader;
  guint8 *piece;
  gsize filled;

  /* Borrowed. */
  WtPictureSource *source;

  guint64 width;
  guint64 height;
  guint64 wanted_width;
  guint64 wanted_height;
  gboolean refused;
  guint64 rows;
};

static void
on_size_prepared (GdkPixbufLoader *loader, int width, int height, gpointer data)
{
  WtPictureFeeder *self = data;

  /* The limits were applied to the size we read ourselves: the loader has to mean the same one. A size of
   * zero makes it stop before it allocates anything. */
  if (width < 0 || height < 0 || (guint64) width != self->width || (guint64) height != self->height)
    {
      self->refused = TRUE;
      gdk_pixbuf_loader_set_size (loader, 0, 0);
    }
  else if (self->wanted_width != self->width || self->wanted_height != self->height)
    gdk_pixbuf_loader_set_size (loader, (int) self->wanted_width, (int) self->wanted_height);
}

static void
on_area_updated (GdkPixbufLoader *loader, int x, int y, int width, int height, gpointer data)
{
  WtPictureFeeder *self = data;

  if (y >= 0 && height >= 0)
    self->rows = MAX (self->rows, (guint64) y + (guint64) height);
}

/* What the loader says is for the log only, and not to be translated. */
static gboolean
take_error (WtPictureFeeder *self, GError *failure, GError **error)
{
  if (self->refused)
    return wt_picture_set_broken (error, "The size is not that of the header");

  if (g_error_matches (failure, GDK_PIXBUF_ERROR, GDK_PIXBUF_ERROR_INSUFFICIENT_MEMORY))
    g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE, "No memory: %s",
                 failure->message);
  else
    g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_BROKEN, "Cannot decode: %s",
                 failure != NULL ? failure->message : "no picture in it");
  return FALSE;
}

/**
 * wt_picture_feeder_new:
 * @source: what the picture is read from, and whose limits count
 * @mime_type: its type as sniffed: no other loader ever sees it
 * @width: as read from its header
 * @height: as read from its header
 *
 * Returns: (transfer full): a feeder, or %NULL with %WT_MEDIA_ERROR_UNSUPPORTED where gdk-pixbuf has no
 *   loader for @mime_type (WebP comes in a package of its own)
 */
WtPictureFeeder *
wt_picture_feeder_new (WtPictureSource *source,
                       const char *mime_type,
                       guint64 width,
                       guint64 height,
                       GError **error)
{
  g_autoptr (WtPictureFeeder) self = g_new0 (WtPictureFeeder, 1);
  g_autoptr (GError) failure = NULL;

  self->source = source;
  self->width = self->wanted_width = width;
  self->height = self->wanted_height = height;
  self->loader = gdk_pixbuf_loader_new_with_mime_type (mime_type, &failure);
  if (self->loader == NULL)
    {
      g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED, "No loader for %s: %s",
                   mime_type, failure->message);
      return NULL;
    }

  self->piece = g_malloc (WT_PICTURE_PIECE);
  g_signal_connect (self->loader, "size-prepared", G_CALLBACK (on_size_prepared), self);
  g_signal_connect (self->loader, "area-updated", G_CALLBACK (on_area_updated), self);

  return g_steal_pointer (&self);
}

/**
 * wt_picture_feeder_free:
 * @self: (transfer full): a feeder, finished or not
 */
void
wt_picture_feeder_free (WtPictureFeeder *self)
{
  if (self->loader != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->loader, self);
      /* It warns when it goes unclosed. */
      gdk_pixbuf_loader_close (self->loader, NULL);
      g_clear_object (&self->loader);
    }
  g_clear_pointer (&self->piece, g_free);
  g_free (self);
}

/**
 * wt_picture_feeder_set_size:
 * @width: no more than that of the picture
 * @height: no more than that of the picture
 *
 * Makes the loader decode to that size: exactly one that it can decode to.
 */
void
wt_picture_feeder_set_size (WtPictureFeeder *self, guint64 width, guint64 height)
{
  self->wanted_width = width;
  self->wanted_height = height;
}

/**
 * wt_picture_feeder_flush:
 *
 * Decodes what was written until now.
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_BROKEN, %WT_MEDIA_ERROR_TOO_LARGE (no memory), or an error of
 *   wt_picture_source_check()
 */
gboolean
wt_picture_feeder_flush (WtPictureFeeder *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  gsize filled = self->filled;

  if (!wt_picture_source_check (self->source, error))
    return FALSE;

  self->filled = 0;
  if (filled > 0 && !gdk_pixbuf_loader_write (self->loader, self->piece, filled, &failure))
    return take_error (self, failure, error);

  return self->refused ? take_error (self, NULL, error) : TRUE;
}

/**
 * wt_picture_feeder_write:
 *
 * Returns: %FALSE with an error of wt_picture_feeder_flush()
 */
gboolean
wt_picture_feeder_write (WtPictureFeeder *self, const void *data, gsize length, GError **error)
{
  const guint8 *from = data;

  while (length > 0)
    {
      gsize count = MIN (length, WT_PICTURE_PIECE - self->filled);

      memcpy (self->piece + self->filled, from, count);
      self->filled += count;
      from += count;
      length -= count;
      if (self->filled == WT_PICTURE_PIECE && !wt_picture_feeder_flush (self, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * wt_picture_feeder_copy:
 *
 * Writes @length bytes of the source.
 *
 * Returns: %FALSE with an error of wt_picture_source_read() or wt_picture_feeder_flush()
 */
gboolean
wt_picture_feeder_copy (WtPictureFeeder *self, goffset offset, guint64 length, GError **error)
{
  while (length > 0)
    {
      gsize count = (gsize) MIN (length, WT_PICTURE_PIECE - self->filled);

      if (!wt_picture_source_read (self->source, offset, self->piece + self->filled, count, error))
        return FALSE;
      self->filled += count;
      offset += (goffset) count;
      length -= count;
      if (self->filled == WT_PICTURE_PIECE && !wt_picture_feeder_flush (self, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * wt_picture_feeder_finish:
 * @all_rows: whether a picture whose last row was never decoded is broken; some loaders do not say
 *
 * Ends it. Half a picture is a broken one.
 *
 * Returns: (transfer full): what was decoded, or %NULL with an error of wt_picture_feeder_flush()
 */
WtPixels *
wt_picture_feeder_finish (WtPictureFeeder *self, gboolean all_rows, GError **error)
{
  g_autoptr (GError) failure = NULL;
  GdkPixbuf *pixbuf;
  g_autoptr (GBytes) bytes = NULL;

  if (!wt_picture_feeder_flush (self, error))
    return NULL;
  if (!gdk_pixbuf_loader_close (self->loader, &failure))
    {
      take_error (self, failure, error);
      return NULL;
    }

  pixbuf = gdk_pixbuf_loader_get_pixbuf (self->loader);
  if (pixbuf == NULL)
    {
      take_error (self, NULL, error);
      return NULL;
    }
  if ((guint64) gdk_pixbuf_get_width (pixbuf) != self->wanted_width
      || (guint64) gdk_pixbuf_get_height (pixbuf) != self->wanted_height
      || (all_rows && self->rows < self->wanted_height))
    {
      wt_picture_set_broken (error, "The picture ends too early");
      return NULL;
    }

  /* Its own function for that copies them. */
  bytes = g_bytes_new_with_free_func (gdk_pixbuf_read_pixels (pixbuf),
                                      gdk_pixbuf_get_byte_length (pixbuf), g_object_unref,
                                      g_object_ref (pixbuf));
  return wt_pixels_new (bytes, gdk_pixbuf_get_width (pixbuf), gdk_pixbuf_get_height (pixbuf),
                        (gsize) gdk_pixbuf_get_rowstride (pixbuf),
                        gdk_pixbuf_get_has_alpha (pixbuf));
}
