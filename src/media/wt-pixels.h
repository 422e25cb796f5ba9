/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WtPixels:
 * @bytes: the rows, from the top
 * @width: in pixels, at least 1
 * @height: in pixels, at least 1
 * @stride: from the start of one row to that of the next, in bytes
 * @has_alpha: four bytes a pixel, red, green, blue and alpha, the colours not multiplied by it
 *   (GDK_MEMORY_R8G8B8A8); otherwise three, red, green and blue (GDK_MEMORY_R8G8B8)
 *
 * A decoded picture, immutable and shared between threads by reference. The last row may end before its
 * stride does.
 */
typedef struct
{
  GBytes *bytes;
  int width;
  int height;
  gsize stride;
  gboolean has_alpha;
} WtPixels;

#define WT_TYPE_PIXELS (wt_pixels_get_type ())
GType wt_pixels_get_type (void);

WtPixels *wt_pixels_new (GBytes *bytes, int width, int height, gsize stride, gboolean has_alpha);
WtPixels *wt_pixels_ref (WtPixels *self);
void wt_pixels_unref (WtPixels *self);

gsize wt_pixels_get_memory (const WtPixels *self);
WtPixels *wt_pixels_copy (const WtPixels *self);
WtPixels *wt_pixels_shrink (WtPixels *self, int width, int height);
WtPixels *wt_pixels_orient (WtPixels *self, int orientation);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtPixels, wt_pixels_unref)

G_END_DECLS
