/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-pixels.h"

/* Sums of weighted channels: 64 bits hold 255 * 255 times any number of pixels there is memory for. */
typedef struct
{
  int channels;
  int from_width;
  int width;
  guint64 *row;
  guint64 *total;
} WtShrink;

G_DEFINE_BOXED_TYPE (WtPixels, wt_pixels, wt_pixels_ref, wt_pixels_unref)

static int
get_channels (const WtPixels *self)
{
  return self->has_alpha ? 4 : 3;
}

static const guint8 *
get_row (const WtPixels *self, int y)
{
  return (const guint8 *) g_bytes_get_data (self->bytes, NULL) + (gsize) y * self->stride;
}

static inline void
add_pixel (guint64 *sum, const guint8 *pixel, int channels, guint64 weight)
{
  guint64 share = weight;

  if (channels == 4)
    {
      sum[3] += weight * pixel[3];
      share *= pixel[3];
    }
  sum[0] += share * pixel[0];
  sum[1] += share * pixel[1];
  sum[2] += share * pixel[2];
}

/* Sums one source row into the columns of the result. A source pixel is as wide as the result has columns, a
 * column as wide as the source has pixels: all weights are whole numbers. */
static void
sum_row (WtShrink *shrink, const guint8 *from)
{
  guint64 *sum = shrink->row;
  guint64 pixel_left = (guint64) shrink->width;

  memset (shrink->row, 0, sizeof (guint64) * (gsize) shrink->channels * (gsize) shrink->width);
  for (int x = 0; x < shrink->width; x++, sum += shrink->channels)
    for (guint64 column_left = (guint64) shrink->from_width; column_left > 0;)
      {
        guint64 weight = MIN (column_left, pixel_left);

        add_pixel (sum, from, shrink->channels, weight);
        column_left -= weight;
        pixel_left -= weight;
        if (pixel_left == 0)
          {
            from += shrink->channels;
            pixel_left = (guint64) shrink->width;
          }
      }
}

static void
add_row (WtShrink *shrink, guint64 weight)
{
  gsize count = (gsize) shrink->channels * (gsize) shrink->width;

  for (gsize i = 0; i < count; i++)
    shrink->total[i] += shrink->row[i] * weight;
}

static void
write_row (WtShrink *shrink, guint64 area, guint8 *to)
{
  for (int x = 0; x < shrink->width; x++, to += shrink->channels)
    {
      const guint64 *sum = shrink->total + (gsize) x * (gsize) shrink->channels;
      guint64 share = shrink->channels == 4 ? sum[3] : area;

      for (int i = 0; i < 3; i++)
        to[i] = share == 0 ? 0 : (guint8) ((sum[i] + share / 2) / share);
      if (shrink->channels == 4)
        to[3] = (guint8) ((sum[3] + area / 2) / area);
    }
}

/**
 * wt_pixels_new:
 * @bytes: (transfer none): the rows; the last one whole, up to its last pixel
 * @width: at least 1
 * @height: at least 1
 * @stride: in bytes
 * @has_alpha: as in #WtPixels
 *
 * Returns: (transfer full): a new picture
 */
WtPixels *
wt_pixels_new (GBytes *bytes, int width, int height, gsize stride, gboolean has_alpha)
{
  WtPixels *self;
  gsize row = (gsize) width * (has_alpha ? 4 : 3);

  g_return_val_if_fail (width > 0 && height > 0 && stride >= row, NULL);
  g_return_val_if_fail (g_bytes_get_size (bytes) >= stride * ((gsize) height - 1) + row, NULL);

  self = g_atomic_rc_box_new0 (WtPixels);
  self->bytes = g_bytes_ref (bytes);
  self->width = width;
  self->height = height;
  self->stride = stride;
  self->has_alpha = has_alpha;

  return self;
}

/**
 * wt_pixels_ref:
 *
 * Returns: (transfer full): @self
 */
WtPixels *
wt_pixels_ref (WtPixels *self)
{
  return g_atomic_rc_box_acquire (self);
}

static void
wt_pixels_clear (gpointer data)
{
  WtPixels *self = data;

  g_clear_pointer (&self->bytes, g_bytes_unref);
}

/**
 * wt_pixels_unref:
 * @self: (transfer full): a picture
 */
void
wt_pixels_unref (WtPixels *self)
{
  g_atomic_rc_box_release_full (self, wt_pixels_clear);
}

/**
 * wt_pixels_get_memory:
 *
 * Returns: what it takes in memory, in bytes; for a cache to count
 */
gsize
wt_pixels_get_memory (const WtPixels *self)
{
  return sizeof *self + g_bytes_get_size (self->bytes);
}

/**
 * wt_pixels_copy:
 *
 * Returns: (transfer full): the same picture with bytes of its own
 */
WtPixels *
wt_pixels_copy (const WtPixels *self)
{
  gsize length = 0;
  const guint8 *data = g_bytes_get_data (self->bytes, &length);
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);

  return wt_pixels_new (bytes, self->width, self->height, self->stride, self->has_alpha);
}

/**
 * wt_pixels_shrink:
 * @width: from 1 to its own width
 * @height: from 1 to its own height
 *
 * Makes it smaller: each pixel is the mean of the area it stands for, weighted by alpha, at any ratio and
 * with no more memory than the result and two of its rows.
 *
 * Returns: (transfer full): the result; @self where it has that size already
 */
WtPixels *
wt_pixels_shrink (WtPixels *self, int width, int height)
{
  int channels = get_channels (self);
  gsize stride = (gsize) width * (gsize) channels;
  gsize sums = stride * sizeof (guint64);
  guint64 area = (guint64) self->width * (guint64) self->height;
  guint64 row_left = (guint64) height;
  g_autofree guint64 *row = NULL;
  g_autofree guint64 *total = NULL;
  g_autofree guint8 *to = NULL;
  g_autoptr (GBytes) bytes = NULL;
  WtShrink shrink;
  int from = 0;

  g_return_val_if_fail (width > 0 && width <= self->width, NULL);
  g_return_val_if_fail (height > 0 && height <= self->height, NULL);

  if (width == self->width && height == self->height)
    return wt_pixels_ref (self);

  row = g_malloc (sums);
  total = g_malloc (sums);
  to = g_malloc (stride * (gsize) height);
  shrink = (WtShrink){ channels, self->width, width, row, total };

  /* As in a row: a source row is as high as the result has rows. */
  sum_row (&shrink, get_row (self, 0));
  for (int y = 0; y < height; y++)
    {
      memset (total, 0, sums);
      for (guint64 left = (guint64) self->height; left > 0;)
        {
          guint64 weight = MIN (left, row_left);

          add_row (&shrink, weight);
          left -= weight;
          row_left -= weight;
          if (row_left == 0 && ++from < self->height)
            {
              sum_row (&shrink, get_row (self, from));
              row_left = (guint64) height;
            }
        }
      write_row (&shrink, area, to + (gsize) y * stride);
    }

  bytes = g_bytes_new_take (g_steal_pointer (&to), stride * (gsize) height);
  return wt_pixels_new (bytes, width, height, stride, self->has_alpha);
}

/**
 * wt_pixels_orient:
 * @orientation: as EXIF counts: 1 as it is, 2 mirrored, 3 half a turn, 4 upside down, 5 transposed, 6 a
 *   quarter clockwise, 7 transversed, 8 a quarter anticlockwise; anything else as 1
 *
 * Turns a picture the way it is to be shown.
 *
 * Returns: (transfer full): the result, from 5 on with width and height exchanged
 */
WtPixels *
wt_pixels_orient (WtPixels *self, int orientation)
{
  gboolean mirrored = orientation == 2 || orientation == 3 || orientation == 7 || orientation == 8;
  gboolean flipped = orientation == 3 || orientation == 4 || orientation == 6 || orientation == 7;
  gboolean turned = orientation >= 5;
  int channels = get_channels (self);
  int width = turned ? self->height : self->width;
  int height = turned ? self->width : self->height;
  gsize stride = (gsize) width * (gsize) channels;
  g_autofree guint8 *to = NULL;
  g_autoptr (GBytes) bytes = NULL;
  guint8 *pixel;

  if (orientation < 2 || orientation > 8)
    return wt_pixels_ref (self);

  pixel = to = g_malloc (stride * (gsize) height);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++, pixel += channels)
      {
        int from_x = turned ? y : x;
        int from_y = turned ? x : y;

        from_x = mirrored ? self->width - 1 - from_x : from_x;
        from_y = flipped ? self->height - 1 - from_y : from_y;
        memcpy (pixel, get_row (self, from_y) + (gsize) from_x * (gsize) channels,
                (gsize) channels);
      }

  bytes = g_bytes_new_take (g_steal_pointer (&to), stride * (gsize) height);
  return wt_pixels_new (bytes, width, height, stride, self->has_alpha);
}
