/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-notifier-avatar.h"

#include "wt-initials.h"

#include <math.h>
#include <pango/pangocairo.h>

/* WtAvatar's pictures without a widget: they are needed while there is no window, and off the main thread. */

typedef struct
{
  guint32 top;
  guint32 bottom;
  guint32 text;
} Palette;

/* The style sheet's avatar.color1 … avatar.color14. */
static const Palette palettes[WT_INITIALS_N_COLOURS] = {
  { 0x83b6ec, 0x337fdc, 0xcfe1f5 }, { 0x7ad9f1, 0x0f9ac8, 0xcaeaf2 },
  { 0x8de6b1, 0x29ae74, 0xcef8d8 }, { 0xb5e98a, 0x6ab85b, 0xe6f9d7 },
  { 0xf8e359, 0xd29d09, 0xf9f4e1 }, { 0xffcb62, 0xd68400, 0xffead1 },
  { 0xffa95a, 0xed5b00, 0xffe5c5 }, { 0xf78773, 0xe62d42, 0xf8d2ce },
  { 0xe973ab, 0xe33b6a, 0xfac7de }, { 0xcb78d4, 0x9945b5, 0xe7c2e8 },
  { 0x9e91e8, 0x7a59ca, 0xd5d2f5 }, { 0xe3cf9c, 0xb08952, 0xf2eade },
  { 0xbe916d, 0x785336, 0xe5d6ca }, { 0xc0bfbc, 0x6e6d71, 0xd8d7d3 },
};

static double
channel (guint32 colour, guint shift)
{
  return ((colour >> shift) & 0xff) / 255.0;
}

static void
draw_disc (cairo_t *cairo, const Palette *palette, guint size)
{
  cairo_pattern_t *gradient = cairo_pattern_create_linear (0, 0, 0, size);

  cairo_pattern_add_color_stop_rgb (gradient, 0, channel (palette->top, 16),
                                    channel (palette->top, 8), channel (palette->top, 0));
  cairo_pattern_add_color_stop_rgb (gradient, 1, channel (palette->bottom, 16),
                                    channel (palette->bottom, 8), channel (palette->bottom, 0));
  cairo_arc (cairo, size / 2.0, size / 2.0, size / 2.0, 0, 2 * G_PI);
  cairo_set_source (cairo, gradient);
  cairo_fill (cairo);
  cairo_pattern_destroy (gradient);
}

/* As large as the disc takes it. */
static void
draw_text (cairo_t *cairo, const char *text, const Palette *palette, guint size)
{
  g_autoptr (PangoLayout) layout = pango_cairo_create_layout (cairo);
  PangoFontDescription *font = pango_font_description_from_string ("Sans Bold");
  const double room = size * 0.7;
  double scale;
  int width, height;

  pango_font_description_set_absolute_size (font, size * 0.45 * PANGO_SCALE);
  pango_layout_set_font_description (layout, font);
  pango_font_description_free (font);
  pango_layout_set_text (layout, text, -1);
  pango_layout_get_pixel_size (layout, &width, &height);
  if (width <= 0 || height <= 0)
    return;

  scale = MIN (1.0, MIN (room / width, room / height));
  cairo_translate (cairo, size / 2.0, size / 2.0);
  cairo_scale (cairo, scale, scale);
  cairo_move_to (cairo, -width / 2.0, -height / 2.0);
  cairo_set_source_rgb (cairo, channel (palette->text, 16), channel (palette->text, 8),
                        channel (palette->text, 0));
  pango_cairo_show_layout (cairo, layout);
}

static cairo_status_t
write_png (void *closure, const unsigned char *data, unsigned int length)
{
  g_byte_array_append (closure, data, length);
  return CAIRO_STATUS_SUCCESS;
}

/**
 * wt_notifier_avatar_draw:
 * @initials: a few characters, perhaps none
 * @colour: from wt_initials_get_colour()
 * @size: in pixels, 1…512
 *
 * May be called in any thread.
 *
 * Returns: (transfer full): a PNG file
 */
GBytes *
wt_notifier_avatar_draw (const char *initials, guint colour, guint size)
{
  g_return_val_if_fail (initials != NULL && colour < G_N_ELEMENTS (palettes), NULL);
  g_return_val_if_fail (size > 0 && size <= 512, NULL);

  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_ARGB32, (int) size,
                                                         (int) size);
  cairo_t *cairo = cairo_create (surface);
  GByteArray *png = g_byte_array_new ();

  draw_disc (cairo, &palettes[colour], size);
  draw_text (cairo, initials, &palettes[colour], size);
  cairo_destroy (cairo);
  cairo_surface_write_to_png_stream (surface, write_png, png);
  cairo_surface_destroy (surface);
  return g_byte_array_free_to_bytes (png);
}
