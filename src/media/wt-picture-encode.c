/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-encode.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#include "wt-media-error.h"

/* What cameras use, or nearly. */
#define JPEG_QUALITY "87"

static gboolean
is_transparent (WtPixels *pixels)
{
  const guint8 *row = g_bytes_get_data (pixels->bytes, NULL);

  if (!pixels->has_alpha)
    return FALSE;
  for (int y = 0; y < pixels->height; y++, row += pixels->stride)
    {
      for (int x = 0; x < pixels->width; x++)
        {
          if (row[4 * x + 3] != 255)
            return TRUE;
        }
    }
  return FALSE;
}

/**
 * wt_picture_encode:
 * @pixels: a picture
 * @mime_type: (out): what it was made: static
 * @error: return location for a #WtMediaError or an error of GdkPixbuf's
 *
 * Writes a picture for sending: as JPEG, or as PNG where something can be seen through it. Without anything about
 * where and how it was taken. Blocks.
 *
 * Returns: (transfer full) (nullable): the file's contents
 */
GBytes *
wt_picture_encode (WtPixels *pixels, const char **mime_type, GError **error)
{
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  gboolean transparent;
  gboolean saved;
  char *contents = NULL;
  gsize length = 0;

  g_return_val_if_fail (pixels != NULL, NULL);

  transparent = is_transparent (pixels);
  pixbuf = gdk_pixbuf_new_from_bytes (pixels->bytes, GDK_COLORSPACE_RGB, pixels->has_alpha, 8,
                                      pixels->width, pixels->height, (int) pixels->stride);
  if (transparent)
    saved = gdk_pixbuf_save_to_buffer (pixbuf, &contents, &length, "png", error, NULL);
  else
    saved = gdk_pixbuf_save_to_buffer (pixbuf, &contents, &length, "jpeg", error, "quality",
                                       JPEG_QUALITY, NULL);
  if (!saved)
    return NULL;

  *mime_type = transparent ? "image/png" : "image/jpeg";
  return g_bytes_new_take (contents, length);
}
