/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture.h"

#include "wt-animation-private.h"

/* 100 megapixels, 256 MiB, 10 seconds; the protocol's payloads end at 100 MiB. */
static const WtPictureLimits usual_limits = {
  .max_file = (guint64) 128 << 20,
  .max_pixels = 100 * 1000 * 1000,
  .max_memory = (guint64) 256 << 20,
  .max_scans = 500,
  .max_milliseconds = 10 * 1000,
};

/**
 * wt_picture_get_default_limits:
 *
 * Returns: (transfer none): the limits that count where none are given
 */
const WtPictureLimits *
wt_picture_get_default_limits (void)
{
  return &usual_limits;
}

/* The size that fits into another: never larger, never nothing, its shape kept. */
void
wt_picture_fit (guint64 width,
                guint64 height,
                int max_width,
                int max_height,
                int *fit_width,
                int *fit_height)
{
  guint64 most_wide = max_width > 0 ? MIN ((guint64) max_width, width) : width;
  guint64 most_high = max_height > 0 ? MIN ((guint64) max_height, height) : height;

  if (width * most_high > height * most_wide)
    most_high = (height * most_wide + width / 2) / width;
  else
    most_wide = (width * most_high + height / 2) / height;

  *fit_width = (int) MAX (most_wide, 1);
  *fit_height = (int) MAX (most_high, 1);
}

static gboolean
inspect (WtPictureSource *source, WtPictureInfo *info, GCancellable *cancellable, GError **error)
{
  WtPictureHeader header;
  gboolean turned;

  wt_picture_source_begin (source, cancellable);
  if (!wt_picture_header_read (source, &header, error))
    return FALSE;

  turned = header.orientation >= 5;
  info->mime_type = header.mime_type;
  info->width = (int) MIN (turned ? header.height : header.width, G_MAXINT);
  info->height = (int) MIN (turned ? header.width : header.height, G_MAXINT);
  info->animated = header.animated;
  return TRUE;
}

/**
 * wt_picture_inspect:
 * @path: a regular file
 * @info: (out): what it is
 * @cancellable: (nullable): looked at with every read
 *
 * Says what a picture is, and how large it will be shown, without decoding it: its header, and with a GIF
 * all up to the second frame. That it can be decoded, or is within any limit, is not said; a placeholder of
 * its size is to be had of any. Blocks; any thread.
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_NOT_FOUND, %WT_MEDIA_ERROR_EMPTY, %WT_MEDIA_ERROR_UNSUPPORTED (not
 *   PNG, JPEG, GIF or WebP), %WT_MEDIA_ERROR_TOO_LARGE (the file), %WT_MEDIA_ERROR_BROKEN,
 *   %WT_MEDIA_ERROR_TIMED_OUT, %G_IO_ERROR_CANCELLED or another #GIOErrorEnum
 */
gboolean
wt_picture_inspect (const char *path,
                    WtPictureInfo *info,
                    GCancellable *cancellable,
                    GError **error)
{
  g_autoptr (WtPictureSource) source = NULL;

  g_return_val_if_fail (path != NULL && info != NULL, FALSE);

  source = wt_picture_source_open (path, NULL, error);
  return source != NULL && inspect (source, info, cancellable, error);
}

/**
 * wt_picture_inspect_bytes:
 * @bytes: the whole of a picture
 *
 * As wt_picture_inspect(), for one in memory.
 *
 * Returns: %FALSE with an error of wt_picture_inspect()
 */
gboolean
wt_picture_inspect_bytes (GBytes *bytes,
                          WtPictureInfo *info,
                          GCancellable *cancellable,
                          GError **error)
{
  g_autoptr (WtPictureSource) source = NULL;

  g_return_val_if_fail (bytes != NULL && info != NULL, FALSE);

  source = wt_picture_source_new (bytes, NULL, error);
  return source != NULL && inspect (source, info, cancellable, error);
}

/* A JPEG is decoded to a half, a quarter or an eighth where that is enough: the least work of all. */
static guint64
choose_divisor (const WtPictureHeader *header, guint64 width, guint64 height)
{
  guint64 divisor = 1;

  while (header->shrinks_itself && divisor < 8 && header->width / (divisor * 2) >= width
         && header->height / (divisor * 2) >= height)
    divisor *= 2;

  return divisor;
}

static gboolean
feed (WtPictureSource *source,
      const WtPictureHeader *header,
      WtPictureFeeder *feeder,
      GError **error)
{
  WtPictureFrame frame = { 0 };

  if (g_str_equal (header->mime_type, "image/png"))
    return wt_picture_png_feed (source, feeder, error);
  if (g_str_equal (header->mime_type, "image/jpeg"))
    return wt_picture_jpeg_feed (source, feeder, error);

  return wt_picture_webp_find (source, header->first_frame, header->end, &frame, error)
         && wt_picture_webp_feed (source, &frame, feeder, error);
}

static WtPixels *
decode_still (WtPictureSource *source,
              const WtPictureHeader *header,
              int max_width,
              int max_height,
              GError **error)
{
  gboolean turned = header->orientation >= 5;
  g_autoptr (WtPictureFeeder) feeder = NULL;
  g_autoptr (WtPixels) pixels = NULL;
  g_autoptr (WtPixels) small = NULL;
  guint64 memory = (guint64) wt_picture_source_get_size (source);
  guint64 divisor, width, height;
  int fit_width, fit_height;

  wt_picture_fit (header->width, header->height, turned ? max_height : max_width,
                  turned ? max_width : max_height, &fit_width, &fit_height);
  divisor = choose_divisor (header, (guint64) fit_width, (guint64) fit_height);
  width = (header->width + divisor - 1) / divisor;
  height = (header->height + divisor - 1) / divisor;

  /* WebP's loader keeps the file, the others nothing of it; shrunk and turned there are up to two more. */
  memory = header->shrinks_itself || header->pixel_memory == 0 ? 0 : memory;
  memory += header->width * header->height * header->pixel_memory;
  memory += width * height * header->result_memory;
  if ((guint64) fit_width != width || (guint64) fit_height != height)
    memory += (guint64) fit_width * (guint64) fit_height * header->result_memory;
  if (!wt_picture_header_check (header, source, memory, error))
    return NULL;

  feeder = wt_picture_feeder_new (source, header->mime_type, header->width, header->height, error);
  if (feeder == NULL)
    return NULL;
  wt_picture_feeder_set_size (feeder, width, height);
  if (!feed (source, header, feeder, error))
    return NULL;
  pixels = wt_picture_feeder_finish (feeder, TRUE, error);
  if (pixels == NULL)
    return NULL;

  /* The loader goes first, and its pixels as soon as there are smaller ones. */
  g_clear_pointer (&feeder, wt_picture_feeder_free);
  small = wt_pixels_shrink (pixels, fit_width, fit_height);
  g_clear_pointer (&pixels, wt_pixels_unref);
  return wt_pixels_orient (small, header->orientation);
}

static WtPixels *
decode (WtPictureSource *source,
        int max_width,
        int max_height,
        GCancellable *cancellable,
        GError **error)
{
  g_autoptr (WtAnimation) animation = NULL;
  WtPictureHeader header;
  int delay;

  wt_picture_source_begin (source, cancellable);
  if (!wt_picture_header_read (source, &header, error))
    {
      wt_picture_source_free (source);
      return NULL;
    }

  if (!header.animated && !g_str_equal (header.mime_type, "image/gif"))
    {
      g_autoptr (WtPictureSource) owned = source;

      return decode_still (owned, &header, max_width, max_height, error);
    }

  animation = wt_animation_new_for_source (source, &header, max_width, max_height, error);
  return animation != NULL ? wt_animation_next (animation, &delay, cancellable, error) : NULL;
}

/**
 * wt_picture_decode:
 * @path: a regular file
 * @max_width: the most pixels in a row, as shown; 0 or less for any
 * @max_height: the most rows, as shown; 0 or less for any
 * @cancellable: (nullable): looked at between pieces of 64 KiB or less
 *
 * Decodes a picture, or the first frame of an animation, turned the way it is to be shown, and shrunk to fit
 * with its shape kept; never enlarged, and at least one pixel wide and high. Only the loader of the type
 * that its content shows ever sees it. One that ends early is broken. Blocks; any thread.
 *
 * Returns: (transfer full): the pixels, or %NULL with an error of wt_picture_inspect(), or with
 *   %WT_MEDIA_ERROR_TOO_LARGE (see wt_picture_get_default_limits()), %WT_MEDIA_ERROR_TIMED_OUT, or
 *   %WT_MEDIA_ERROR_UNSUPPORTED (gdk-pixbuf has no loader for WebP)
 */
WtPixels *
wt_picture_decode (const char *path,
                   int max_width,
                   int max_height,
                   GCancellable *cancellable,
                   GError **error)
{
  WtPictureSource *source;

  g_return_val_if_fail (path != NULL, NULL);

  source = wt_picture_source_open (path, NULL, error);
  return source != NULL ? decode (source, max_width, max_height, cancellable, error) : NULL;
}

/**
 * wt_picture_decode_bytes:
 * @bytes: the whole of a picture
 * @limits: (nullable): %NULL for the usual ones
 *
 * As wt_picture_decode(), for one in memory.
 *
 * Returns: (transfer full): the pixels, or %NULL with an error of wt_picture_decode()
 */
WtPixels *
wt_picture_decode_bytes (GBytes *bytes,
                         int max_width,
                         int max_height,
                         const WtPictureLimits *limits,
                         GCancellable *cancellable,
                         GError **error)
{
  WtPictureSource *source;

  g_return_val_if_fail (bytes != NULL, NULL);

  source = wt_picture_source_new (bytes, limits, error);
  return source != NULL ? decode (source, max_width, max_height, cancellable, error) : NULL;
}
