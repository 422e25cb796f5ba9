/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-texture.h"

#define PIXEL 4

static inline guint8
multiply (guint8 colour, guint8 alpha)
{
  guint product = (guint) colour * alpha + 0x80;

  return (guint8) ((product + (product >> 8)) >> 8);
}

static void
convert_row (const guint8 *from, guint8 *to, int width, gboolean has_alpha)
{
  for (int x = 0; x < width; x++, from += has_alpha ? 4 : 3, to += PIXEL)
    {
      guint8 alpha = has_alpha ? from[3] : 255;

      to[0] = multiply (from[2], alpha);
      to[1] = multiply (from[1], alpha);
      to[2] = multiply (from[0], alpha);
      to[3] = alpha;
    }
}

/**
 * wt_picture_texture_new:
 * @pixels: a decoded picture
 *
 * Converts a picture to what GDK draws without converting it again, which it would do in the main thread and,
 * with the cairo renderer, for every frame. Any thread.
 *
 * Returns: (transfer full): the texture
 */
GdkTexture *
wt_picture_texture_new (const WtPixels *pixels)
{
  g_return_val_if_fail (pixels != NULL, NULL);

  const guint8 *from = g_bytes_get_data (pixels->bytes, NULL);
  gsize stride = (gsize) pixels->width * PIXEL;
  guint8 *to = g_malloc (stride * (gsize) pixels->height);
  g_autoptr (GBytes) bytes = g_bytes_new_take (to, stride * (gsize) pixels->height);

  for (int y = 0; y < pixels->height; y++)
    convert_row (from + (gsize) y * pixels->stride, to + (gsize) y * stride, pixels->width,
                 pixels->has_alpha);

  return gdk_memory_texture_new (pixels->width, pixels->height, GDK_MEMORY_B8G8R8A8_PREMULTIPLIED,
                                 bytes, stride);
}

/**
 * wt_picture_texture_get_memory:
 * @texture: of wt_picture_texture_new()
 *
 * Returns: what it takes, in bytes
 */
gsize
wt_picture_texture_get_memory (GdkTexture *texture)
{
  return (gsize) gdk_texture_get_width (texture) * (gsize) gdk_texture_get_height (texture) * PIXEL;
}
