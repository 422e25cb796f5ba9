/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "wt-pictures.h"

#define MOST 400
#define MEBIBYTE ((gsize) 1 << 20)

/* Red and green above, blue and white below, each as a letter: at top left, top right, bottom left and bottom
 * right. A dot is transparent. */
typedef struct
{
  const char *name;
  int width;
  int height;
  const char *corners;
  WtMediaError code;
  gboolean bad_header;
} WtPictureCase;

#define GOOD(name, width, height, corners)                                                         \
  {                                                                                                \
    name, width, height, corners, 0, FALSE                                                         \
  }
/* It can be inspected, but not decoded; or not even that. */
#define BAD(name, width, height, code)                                                             \
  {                                                                                                \
    name, width, height, NULL, WT_MEDIA_ERROR_##code, FALSE                                        \
  }
#define NONE(name, code)                                                                           \
  {                                                                                                \
    name, 0, 0, NULL, WT_MEDIA_ERROR_##code, TRUE                                                  \
  }

static const WtPictureCase cases[] = {
  GOOD ("rgb.png", 40, 20, "RGBW"),
  GOOD ("rgb.gif", 40, 20, "RGBW"), /* a PNG by another name */
  GOOD ("palette.png", 40, 20, "RGBW"),
  GOOD ("palette-alpha.png", 40, 20, "RGB."),
  GOOD ("grey.png", 40, 20, "0123"),
  GOOD ("grey-alpha.png", 40, 20, "0123"),
  GOOD ("alpha.png", 40, 20, "RGBW"),
  GOOD ("deep.png", 40, 20, "RGBW"),
  GOOD ("deep-alpha.png", 40, 20, "RGBW"),
  GOOD ("interlaced.png", 41, 23, "RGBW"),
  GOOD ("turned.png", 20, 40, "BRWG"),
  GOOD ("rgb.jpg", 32, 16, "RGBW"),
  GOOD ("odd.jpg", 32, 15, "RGBW"),
  GOOD ("grey.jpg", 32, 16, NULL),
  GOOD ("progressive.jpg", 32, 16, "RGBW"),
  GOOD ("large.jpg", 1600, 800, "RGBW"),
  GOOD ("texts.jpg", 32, 16, "RGBW"),
  GOOD ("turned-0-big.jpg", 32, 16, "RGBW"),
  GOOD ("turned-1-big.jpg", 32, 16, "RGBW"),
  GOOD ("turned-2-big.jpg", 32, 16, "GRWB"),
  GOOD ("turned-3-big.jpg", 32, 16, "WBGR"),
  GOOD ("turned-4-big.jpg", 32, 16, "BWRG"),
  GOOD ("turned-5-big.jpg", 16, 32, "RBGW"),
  GOOD ("turned-6-big.jpg", 16, 32, "BRWG"),
  GOOD ("turned-7-big.jpg", 16, 32, "WGBR"),
  GOOD ("turned-8-big.jpg", 16, 32, "GWRB"),
  GOOD ("turned-9-big.jpg", 32, 16, "RGBW"),
  GOOD ("turned-6-little.jpg", 16, 32, "BRWG"),
  GOOD ("turned-9-little.jpg", 32, 16, "RGBW"),
  GOOD ("wrong-exif.jpg", 32, 16, "RGBW"),
  GOOD ("still.gif", 16, 8, "RGBW"),
  GOOD ("interlaced.gif", 16, 16, "RGBW"),
  GOOD ("loops.gif", 4, 4, "RRRR"),
  GOOD ("still.webp", 30, 20, "GGGG"),
  GOOD ("still-extended.webp", 20, 30, "gggg"),
  GOOD ("loops.webp", 4, 4, "RRRR"),
  GOOD ("endless.gif", 300, 300, "RRRR"),
  GOOD ("endless.webp", 300, 300, "RRRR"),
  GOOD ("far-frame.gif", 9, 9, "...."),
  GOOD ("wider-frame.gif", 9, 9, "...G"),
  GOOD ("tall-whole.png", 1, 65535, NULL),
  GOOD ("wide-whole.png", 65535, 1, NULL),
  GOOD ("tall.gif", 1, 65535, NULL),
  GOOD ("wide.gif", 65535, 1, NULL),
  GOOD ("bomb-texts.png", 8, 8, "RGBW"),
  GOOD ("bomb-chunks.png", 8, 8, "RGBW"),
  GOOD ("bomb.png", 9000, 9000, NULL),
  NONE ("empty", EMPTY),
  NONE ("svg.png", UNSUPPORTED),
  NONE ("xpm.gif", UNSUPPORTED),
  NONE ("tiff.jpg", UNSUPPORTED),
  NONE ("bmp.webp", UNSUPPORTED),
  NONE ("only-signature.png", BROKEN),
  NONE ("only-signature.jpg", BROKEN),
  NONE ("only-signature.gif", BROKEN),
  NONE ("only-signature.webp", BROKEN),
  NONE ("zero.png", BROKEN),
  NONE ("zero.gif", BROKEN),
  NONE ("zero.jpg", BROKEN),
  BAD ("tall.png", 1, 65535, BROKEN),
  BAD ("no-end.jpg", 32, 16, BROKEN),
  BAD ("tall.jpg", 1, 65535, BROKEN),
  BAD ("wide.jpg", 65535, 1, BROKEN),
  BAD ("huge.png", 65535, 65535, TOO_LARGE),
  BAD ("huge.gif", 65535, 65535, TOO_LARGE),
  BAD ("huge.jpg", 65535, 65535, TOO_LARGE),
  BAD ("huge-frame.gif", 9, 9, TOO_LARGE),
  BAD ("large-frame.gif", 9, 9, TOO_LARGE),
  BAD ("hundred.png", 10010, 10000, TOO_LARGE),
  BAD ("hundred.jpg", 10010, 10000, TOO_LARGE),
  BAD ("huge.webp", 16383, 16383, TOO_LARGE),
  BAD ("huge-canvas.webp", 1 << 24, 200, TOO_LARGE),
  NONE ("wrong-canvas.webp", BROKEN),
  BAD ("wrong-frame.webp", 4, 4, BROKEN),
  BAD ("no-frames.webp", 4, 4, BROKEN),
  BAD ("no-frames.gif", 9, 9, BROKEN),
  BAD ("no-palette.gif", 9, 9, BROKEN),
  GOOD ("bomb-deep.png", 8000, 8000, "...."),
  GOOD ("bomb-extra-rows.png", 100, 100, NULL),
  BAD ("bomb-progressive.jpg", 16000, 16000, TOO_LARGE),
  BAD ("bomb-scans.jpg", 64, 64, BROKEN),
  BAD ("wrong-checksum.png", 40, 20, BROKEN),
  BAD ("wrong-data-checksum.png", 40, 20, BROKEN),
  BAD ("wrong-deflate.png", 9, 9, BROKEN),
  BAD ("few-rows.png", 40, 20, BROKEN),
  BAD ("no-data.png", 40, 20, BROKEN),
  BAD ("wrong-depth.png", 40, 20, BROKEN),
  NONE ("long-chunk.png", BROKEN),
  NONE ("two-frames.jpg", BROKEN),
  NONE ("no-frame.jpg", BROKEN),
};

static void
assert_pixel (const WtPixels *pixels, gboolean right, gboolean below, char letter)
{
  gsize step = pixels->has_alpha ? 4 : 3;
  const guint8 *pixel = (const guint8 *) g_bytes_get_data (pixels->bytes, NULL)
                        + (below ? (gsize) (pixels->height - 1) * pixels->stride : 0)
                        + (right ? (gsize) (pixels->width - 1) * step : 0);
  int alpha = pixels->has_alpha ? pixel[3] : 255;
  int expected[3] = { 0, 0, 0 };

  g_assert_cmpint (alpha, ==, letter == '.' ? 0 : g_ascii_islower (letter) ? 128 : 255);
  if (letter == '.')
    return;

  if (g_ascii_isdigit (letter))
    expected[0] = expected[1] = expected[2] = (letter - '0') * 85;
  letter = g_ascii_toupper (letter);
  for (int i = 0; i < 3; i++)
    {
      if (letter == "RGB"[i] || letter == 'W')
        expected[i] = 255;
      /* The colours of a JPEG are rounded twice. */
      g_assert_cmpint (ABS (expected[i] - pixel[i]), <=, 4);
    }
}

static void
assert_fits (const WtPixels *pixels, int width, int height, int most_wide, int most_high)
{
  double scale = MIN (1.0, MIN ((double) most_wide / width, (double) most_high / height));

  g_assert_cmpint (pixels->width, <=, most_wide);
  g_assert_cmpint (pixels->height, <=, most_high);
  g_assert_cmpfloat_with_epsilon (pixels->width, MAX (1, width * scale), 0.51);
  g_assert_cmpfloat_with_epsilon (pixels->height, MAX (1, height * scale), 0.51);
}

static gboolean
is_webp (GBytes *bytes)
{
  return g_bytes_get_size (bytes) > 12
         && memcmp ((const char *) g_bytes_get_data (bytes, NULL) + 8, "WEBP", 4) == 0;
}

static void
check_decoded (const WtPictureCase *item, const char *path, gboolean unsupported)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (WtPixels) pixels = wt_picture_decode (path, MOST, MOST, NULL, &error);

  if (unsupported && item->code != WT_MEDIA_ERROR_TOO_LARGE)
    {
      g_assert_null (pixels);
      g_assert_true (error->domain == WT_MEDIA_ERROR);
      return;
    }
  /* The largest take longer than they may, there. */
  if (g_getenv ("WHEATEAR_TEST_VALGRIND") != NULL
      && g_error_matches (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TIMED_OUT))
    return;

  if (item->code != 0)
    {
      g_assert_error (error, WT_MEDIA_ERROR, (int) item->code);
      g_assert_null (pixels);
      return;
    }

  g_assert_no_error (error);
  assert_fits (pixels, item->width, item->height, MOST, MOST);
  for (int i = 0; item->corners != NULL && i < 4; i++)
    assert_pixel (pixels, i % 2 == 1, i >= 2, item->corners[i]);
}

static void
check_case (gconstpointer data)
{
  const WtPictureCase *item = data;
  g_autofree char *path = wt_test_picture_path (item->name);
  g_autoptr (GBytes) bytes = wt_test_picture_read (item->name);
  g_autoptr (GError) error = NULL;
  WtPictureInfo info = { 0 };
  gboolean inspected = wt_picture_inspect (path, &info, NULL, &error);
  gsize before = 0;
  gboolean measures;

  if (item->bad_header)
    {
      g_assert_error (error, WT_MEDIA_ERROR, (int) item->code);
      g_assert_false (inspected);
    }
  else
    {
      g_assert_no_error (error);
      g_assert_cmpint (info.width, ==, item->width);
      g_assert_cmpint (info.height, ==, item->height);
      g_assert_cmpint (info.animated, ==,
                       g_strrstr (item->name, "loops") != NULL
                           || g_strrstr (item->name, "endless") != NULL
                           || g_str_has_suffix (item->name, "canvas.webp")
                           || g_str_has_suffix (item->name, "frame.webp")
                           || g_str_has_suffix (item->name, "frames.webp"));
    }

  measures = wt_test_memory_reset (&before);
  check_decoded (item, path, is_webp (bytes) && !wt_test_has_webp ());
  if (measures)
    g_assert_cmpuint (wt_test_memory_peak () - before, <, 270 * MEBIBYTE);
}

/* A picture cut anywhere is broken, or was whole by then; and does not take memory or a warning. */
static void
test_cut (void)
{
  static const char *const kinds[] = { "png", "interlaced", "jpg",      "progressive",
                                       "gif", "webp",       "animated", "frames" };

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    for (int eighth = 1; eighth < 8; eighth++)
      {
        g_autofree char *name = g_strdup_printf ("cut-%d.%s", eighth, kinds[i]);
        g_autofree char *path = wt_test_picture_path (name);
        g_autoptr (GError) error = NULL;
        g_autoptr (WtPixels) pixels = wt_picture_decode (path, MOST, MOST, NULL, &error);
        gboolean may_show = g_str_equal (kinds[i], "frames") || g_str_equal (kinds[i], "animated");

        g_test_message ("%s: %s", name, error != NULL ? error->message : "shown");
        if (pixels == NULL && kinds[i][0] == 'w' && !wt_test_has_webp ())
          continue;
        if (pixels == NULL && error->code == WT_MEDIA_ERROR_UNSUPPORTED)
          continue;
        if (!may_show || pixels == NULL)
          g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_BROKEN);
      }
}

/* Any byte changed: no crash, no warning, and either pixels or an error. The seed is GLib's. */
static void
test_changed (void)
{
  static const char *const names[] = {
    "rgb.png",   "interlaced.png", "palette-alpha.png", "rgb.jpg",    "progressive.jpg",
    "loops.gif", "interlaced.gif", "still.webp",        "loops.webp", "still-extended.webp"
  };
  WtPictureLimits limits = *wt_picture_get_default_limits ();

  limits.max_pixels = 1000000;
  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autoptr (GBytes) whole = wt_test_picture_read (names[i]);
      gsize length = g_bytes_get_size (whole);

      for (int round = 0; round < 150; round++)
        {
          guint8 *copy = g_memdup2 (g_bytes_get_data (whole, NULL), length);
          g_autoptr (GBytes) changed = g_bytes_new_take (copy, length);
          g_autoptr (GError) error = NULL;
          g_autoptr (WtPixels) pixels = NULL;

          for (int change = g_test_rand_int_range (1, 4); change > 0; change--)
            copy[g_test_rand_int_range (0, (int) length)] = (guint8) g_test_rand_int ();
          pixels = wt_picture_decode_bytes (changed, 20, 20, &limits, NULL, &error);
          g_assert_true ((pixels != NULL) == (error == NULL));
        }
    }
}

static void
expect_limit (const char *name, const WtPictureLimits *limits, WtMediaError code)
{
  g_autoptr (GBytes) bytes = wt_test_picture_read (name);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtPixels) pixels = wt_picture_decode_bytes (bytes, MOST, MOST, limits, NULL, &error);

  g_test_message ("%s", name);
  if (code == 0)
    g_assert_no_error (error);
  else
    g_assert_error (error, WT_MEDIA_ERROR, (int) code);
  g_assert_true ((pixels != NULL) == (code == 0));
}

static void
test_limits (void)
{
  const WtPictureLimits *usual = wt_picture_get_default_limits ();
  WtPictureLimits limits = *usual;

  limits.max_pixels = 40 * 20;
  expect_limit ("rgb.png", &limits, 0);
  limits.max_pixels--;
  expect_limit ("rgb.png", &limits, WT_MEDIA_ERROR_TOO_LARGE);

  limits = *usual;
  limits.max_memory = 40 * 20 * 3;
  expect_limit ("rgb.png", &limits, 0);
  limits.max_memory--;
  expect_limit ("rgb.png", &limits, WT_MEDIA_ERROR_TOO_LARGE);

  /* To a quarter of its width: 1600 x 800 is never there, unless it comes in several scans. */
  limits.max_memory = 400 * 200 * 3;
  expect_limit ("large.jpg", &limits, 0);
  limits.max_memory = 32 * 16 * 3;
  expect_limit ("rgb.jpg", &limits, 0);
  expect_limit ("progressive.jpg", &limits, WT_MEDIA_ERROR_TOO_LARGE);

  limits = *usual;
  limits.max_file = 100;
  expect_limit ("rgb.jpg", &limits, WT_MEDIA_ERROR_TOO_LARGE);

  limits = *usual;
  limits.max_scans = 3000;
  expect_limit ("bomb-scans.jpg", &limits, 0);

  limits = *usual;
  limits.max_milliseconds = 0;
  expect_limit ("rgb.png", &limits, WT_MEDIA_ERROR_TIMED_OUT);
  expect_limit ("loops.gif", &limits, WT_MEDIA_ERROR_TIMED_OUT);
}

static void
test_cancelled (void)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autofree char *path = wt_test_picture_path ("rgb.png");
  WtPictureInfo info;

  g_cancellable_cancel (cancellable);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_assert_false (wt_picture_inspect (path, &info, cancellable, &error));
      else if (i == 1)
        g_assert_null (wt_picture_decode (path, 1, 1, cancellable, &error));
      else
        g_assert_null (wt_animation_new (path, 1, 1, cancellable, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_no_file (void)
{
  g_autofree char *missing = wt_test_picture_path ("missing");
  g_autofree char *folder = wt_test_picture_path (".");
  g_autoptr (GError) first = NULL;
  g_autoptr (GError) second = NULL;
  WtPictureInfo info;

  g_assert_null (wt_picture_decode (missing, 1, 1, NULL, &first));
  g_assert_error (first, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
  g_assert_false (wt_picture_inspect (folder, &info, NULL, &second));
  g_assert_error (second, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);
}

/* Sizes of any shape. */
static void
test_sizes (void)
{
  static const int sizes[][2] = { { 1, 1 },   { 7, 400 },     { 400, 7 },  { 100, 100 },
                                  { 33, 16 }, { 2000, 2000 }, { 800, 801 } };
  static const char *const names[] = { "large.jpg", "rgb.png", "turned-6-big.jpg", "loops.gif" };

  for (gsize i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = wt_test_picture_path (names[i]);
      g_autoptr (WtPixels) any = wt_picture_decode (path, 0, 0, NULL, NULL);

      g_assert_nonnull (any);
      for (gsize j = 0; j < G_N_ELEMENTS (sizes); j++)
        {
          g_autoptr (WtPixels) pixels = wt_picture_decode (path, sizes[j][0], sizes[j][1], NULL,
                                                           NULL);

          g_assert_nonnull (pixels);
          assert_fits (pixels, any->width, any->height, sizes[j][0], sizes[j][1]);
          g_assert_cmpuint (wt_pixels_get_memory (pixels), >=,
                            (gsize) (pixels->width * pixels->height) * 3);
        }
    }
}

/* The mean of each area, weighted by alpha: what is transparent has no colour. */
static void
test_shrink (void)
{
  static const guint8 from[] = { 255, 0, 0, 255, 0, 255, 0, 0, 0, 0, 255, 255, 0, 0, 255, 255,
                                 255, 0, 0, 255, 0, 255, 0, 0, 9, 9, 9,   0,   9, 9, 9,   0 };
  static const guint8 expected[] = { 255, 0, 0, 128, 0, 0, 255, 128 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (from, sizeof from);
  g_autoptr (WtPixels) pixels = wt_pixels_new (bytes, 4, 2, 16, TRUE);
  g_autoptr (WtPixels) same = wt_pixels_shrink (pixels, 4, 2);
  g_autoptr (WtPixels) small = wt_pixels_shrink (pixels, 2, 1);

  g_assert_true (same == pixels);
  g_assert_cmpint (small->width, ==, 2);
  g_assert_cmpint (small->height, ==, 1);
  g_assert_cmpmem (g_bytes_get_data (small->bytes, NULL), g_bytes_get_size (small->bytes), expected,
                   sizeof expected);
}

static void
test_shrink_fraction (void)
{
  static const guint8 from[] = { 0, 0, 0, 30, 30, 30, 90, 90, 90 };
  static const guint8 expected[] = { 10, 10, 10, 70, 70, 70 };
  g_autoptr (GBytes) bytes = g_bytes_new_static (from, sizeof from);
  g_autoptr (WtPixels) pixels = wt_pixels_new (bytes, 3, 1, 9, FALSE);
  g_autoptr (WtPixels) small = wt_pixels_shrink (pixels, 2, 1);

  g_assert_cmpmem (g_bytes_get_data (small->bytes, NULL), g_bytes_get_size (small->bytes), expected,
                   sizeof expected);
}

static gpointer
decode_many (gpointer data)
{
  for (int i = 0; i < 40; i++)
    {
      const char *name = i % 3 == 0 ? "progressive.jpg" : i % 3 == 1 ? "rgb.png" : "still.gif";
      g_autofree char *path = wt_test_picture_path (name);
      g_autoptr (WtPixels) pixels = wt_picture_decode (path, 10, 10, NULL, NULL);

      g_assert_nonnull (pixels);
      assert_pixel (pixels, TRUE, TRUE, 'W');
    }

  return NULL;
}

static void
test_threads (void)
{
  GThread *threads[4];

  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("decode", decode_many, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (threads); i++)
    g_thread_join (threads[i]);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/picture/case/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], check_case);
    }
  g_test_add_func ("/picture/cut", test_cut);
  g_test_add_func ("/picture/changed", test_changed);
  g_test_add_func ("/picture/limits", test_limits);
  g_test_add_func ("/picture/cancelled", test_cancelled);
  g_test_add_func ("/picture/no-file", test_no_file);
  g_test_add_func ("/picture/sizes", test_sizes);
  g_test_add_func ("/picture/shrink", test_shrink);
  g_test_add_func ("/picture/shrink-fraction", test_shrink_fraction);
  g_test_add_func ("/picture/threads", test_threads);

  wt_test_pictures_make ();
  status = g_test_run ();
  wt_test_pictures_remove ();
  return status;
}
