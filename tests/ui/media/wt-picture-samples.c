/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-samples.h"

/* Pictures that tests make for themselves. */

/* Returns: (transfer full): an empty folder; the test deletes it */
char *
wt_picture_samples_make_folder (void)
{
  g_autoptr (GError) error = NULL;
  char *folder = g_dir_make_tmp ("wheatear-pictures-XXXXXX", &error);

  g_assert_no_error (error);
  return folder;
}

/* A picture with a gradient, so that no two sizes or names have the same contents. */
char *
wt_picture_samples_png (const char *folder, const char *name, int width, int height)
{
  g_autoptr (GdkPixbuf) pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  g_autoptr (GError) error = NULL;
  guint8 *pixels = gdk_pixbuf_get_pixels (pixbuf);
  int stride = gdk_pixbuf_get_rowstride (pixbuf);
  guint hash = g_str_hash (name);
  char *path = g_build_filename (folder, name, NULL);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        guint8 *pixel = pixels + y * stride + x * 3;

        pixel[0] = (guint8) (x * 255 / width);
        pixel[1] = (guint8) (y * 255 / height);
        pixel[2] = (guint8) hash;
      }
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
  return path;
}

static void
append_bits (GByteArray *data, guint *buffer, guint *n_bits, guint code)
{
  *buffer |= code << *n_bits;
  *n_bits += 3;
  while (*n_bits >= 8)
    {
      guint8 byte = (guint8) *buffer;

      g_byte_array_append (data, &byte, 1);
      *buffer >>= 8;
      *n_bits -= 8;
    }
}

/* One colour, in codes of three bits: the table is cleared before it needs a fourth. */
static void
append_frame (GByteArray *gif, int size, guint colour, guint delay_ms)
{
  const guint8 head[] = { 0x21,
                          0xf9,
                          4,
                          0,
                          (guint8) (delay_ms / 10),
                          (guint8) (delay_ms / 2560),
                          0,
                          0,
                          0x2c,
                          0,
                          0,
                          0,
                          0,
                          (guint8) size,
                          0,
                          (guint8) size,
                          0,
                          0,
                          2 };
  g_autoptr (GByteArray) data = g_byte_array_new ();
  guint buffer = 0, n_bits = 0;

  for (int i = 0; i < size * size; i++)
    {
      if (i % 2 == 0)
        append_bits (data, &buffer, &n_bits, 4);
      append_bits (data, &buffer, &n_bits, colour);
    }
  append_bits (data, &buffer, &n_bits, 5);
  append_bits (data, &buffer, &n_bits, 0);
  append_bits (data, &buffer, &n_bits, 0);

  g_byte_array_append (gif, head, sizeof head);
  for (guint i = 0; i < data->len; i += 255)
    {
      guint8 length = (guint8) MIN (255, data->len - i);

      g_byte_array_append (gif, &length, 1);
      g_byte_array_append (gif, data->data + i, length);
    }
  g_byte_array_append (gif, (const guint8 *) "", 1);
}

/* An animated GIF, @size in both directions (at most 255), its frames in four colours by turns. */
char *
wt_picture_samples_gif (const char *folder,
                        const char *name,
                        int size,
                        guint n_frames,
                        guint delay_ms,
                        gboolean loops)
{
  static const guint8 colours[] = { 0xe0, 0x1b, 0x24, 0x33, 0xd1, 0x7a,
                                    0x35, 0x84, 0xe4, 0xf6, 0xd3, 0x2d };
  static const guint8 forever[] = { 0x21, 0xff, 11,  'N', 'E', 'T', 'S', 'C', 'A', 'P',
                                    'E',  '2',  '.', '0', 3,   1,   0,   0,   0 };
  const guint8 screen[] = { (guint8) size, 0, (guint8) size, 0, 0x91, 0, 0 };
  g_autoptr (GByteArray) gif = g_byte_array_new ();
  g_autoptr (GError) error = NULL;
  char *path = g_build_filename (folder, name, NULL);

  g_byte_array_append (gif, (const guint8 *) "GIF89a", 6);
  g_byte_array_append (gif, screen, sizeof screen);
  g_byte_array_append (gif, colours, sizeof colours);
  if (loops)
    g_byte_array_append (gif, forever, sizeof forever);
  for (guint i = 0; i < n_frames; i++)
    append_frame (gif, size, i % 4, delay_ms);
  g_byte_array_append (gif, (const guint8 *) ";", 1);

  g_file_set_contents (path, (const char *) gif->data, gif->len, &error);
  g_assert_no_error (error);
  return path;
}

/* A PNG that ends in the middle. */
char *
wt_picture_samples_broken (const char *folder, const char *name)
{
  g_autofree char *whole = wt_picture_samples_png (folder, name, 64, 64);
  g_autoptr (GBytes) bytes = wt_picture_samples_read (whole);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (whole, g_bytes_get_data (bytes, NULL), (gssize) g_bytes_get_size (bytes) / 2,
                       &error);
  g_assert_no_error (error);
  return g_steal_pointer (&whole);
}

GBytes *
wt_picture_samples_read (const char *path)
{
  g_autoptr (GError) error = NULL;
  char *contents = NULL;
  gsize length = 0;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}
