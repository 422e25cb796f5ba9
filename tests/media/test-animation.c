/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-pictures.h"

#define MEBIBYTE ((gsize) 1 << 20)

/* A frame of 4 x 4 pixels by one letter for each quarter, as in test-picture.c, and its delay. */
typedef struct
{
  const char *quarters;
  int delay;
} WtFrameCase;

static const WtFrameCase gif_frames[] = {
  { "RRRR", 100 },
  { "GRRR", 100 },
  { ".RRB", 20 },
  /* Blue is taken back; the frame's one transparent pixel lets the red below it through. */
  { ".WRR", 500 },
};

static const WtFrameCase webp_frames[] = {
  { "RRRR", 100 },
  { "GRRR", 100 },
  { ".RRP", 500 },
  { "..RP", 40 },
};

static void
assert_frame (const WtPixels *pixels, const WtFrameCase *expected)
{
  static const struct
  {
    char letter;
    guint8 pixel[4];
  } colours[] = {
    { 'R', { 255, 0, 0, 255 } },     { 'G', { 0, 255, 0, 255 } },   { 'B', { 0, 0, 255, 255 } },
    { 'W', { 255, 255, 255, 255 } }, { 'P', { 127, 0, 128, 255 } }, { '.', { 0, 0, 0, 0 } },
  };
  const guint8 *data = g_bytes_get_data (pixels->bytes, NULL);

  g_assert_cmpint (pixels->width, ==, 4);
  g_assert_cmpint (pixels->height, ==, 4);
  g_assert_true (pixels->has_alpha);
  for (gsize i = 0; i < 4; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (colours); j++)
      if (expected->quarters[i] == colours[j].letter)
        {
          const guint8 *pixel = data + (i / 2 * 2) * pixels->stride + (i % 2 * 2) * 4;

          g_assert_cmpint (pixel[3], ==, colours[j].pixel[3]);
          for (int channel = 0; channel < 3 && pixel[3] > 0; channel++)
            g_assert_cmpint (ABS (pixel[channel] - colours[j].pixel[channel]), <=, 1);
        }
}

static WtAnimation *
open_picture (const char *name, int most)
{
  g_autofree char *path = wt_test_picture_path (name);
  g_autoptr (GError) error = NULL;
  WtAnimation *animation = wt_animation_new (path, most, most, NULL, &error);

  g_assert_no_error (error);
  return animation;
}

static void
play (const char *name, const WtFrameCase *frames, guint loops, guint told)
{
  g_autoptr (WtAnimation) animation = open_picture (name, 400);
  int delay = 0;

  g_assert_cmpuint (wt_animation_get_loops (animation), ==, told);
  g_assert_cmpint (wt_animation_get_width (animation), ==, 4);
  g_assert_cmpint (wt_animation_get_height (animation), ==, 4);
  for (guint i = 0; i < loops * 4; i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WtPixels) pixels = wt_animation_next (animation, &delay, NULL, &error);

      g_test_message ("%s, frame %u", name, i);
      g_assert_no_error (error);
      assert_frame (pixels, &frames[i % 4]);
      g_assert_cmpint (delay, ==, frames[i % 4].delay);
    }

  for (int i = 0; told != 0 && i < 3; i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_null (wt_animation_next (animation, &delay, NULL, &error));
      g_assert_no_error (error);
    }
}

static void
test_gif (void)
{
  play ("loops.gif", gif_frames, 5, 0);
  play ("once.gif", gif_frames, 1, 1);
  play ("thrice.gif", gif_frames, 3, 3);
  play ("no-end.gif", gif_frames, 1, 1);
}

static void
test_webp (void)
{
  if (!wt_test_has_webp ())
    {
      g_test_skip ("gdk-pixbuf has no loader for WebP");
      return;
    }

  play ("loops.webp", webp_frames, 5, 0);
  play ("twice.webp", webp_frames, 2, 2);
}

/* One frame only: shown once. */
static void
test_still (void)
{
  g_autoptr (WtAnimation) animation = open_picture ("still.gif", 5);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtPixels) pixels = NULL;
  g_autofree char *png = wt_test_picture_path ("rgb.png");
  int delay = 0;

  pixels = wt_animation_next (animation, &delay, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpint (pixels->width, ==, 5);
  g_assert_cmpint (pixels->height, ==, 3);
  g_assert_cmpint (delay, ==, 100);
  g_assert_null (wt_animation_next (animation, &delay, NULL, &error));
  g_assert_no_error (error);

  g_assert_null (wt_animation_new (png, 5, 5, NULL, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);
}

/* Frames without end take no memory. */
static void
check_endless (const char *name)
{
  gboolean slow = g_getenv ("WHEATEAR_TEST_VALGRIND") != NULL;
  g_autoptr (WtAnimation) animation = open_picture (name, 100);
  gsize before = 0;
  gboolean measures = FALSE;

  for (int i = 0; i < (slow ? 60 : 3000); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (WtPixels) pixels = NULL;
      int delay = 0;

      if (i == 50)
        measures = wt_test_memory_reset (&before);
      pixels = wt_animation_next (animation, &delay, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpint (pixels->width, ==, 100);
      g_assert_cmpint (delay, ==, 100);
    }

  if (measures)
    g_assert_cmpuint (wt_test_memory_peak () - before, <, 3 * MEBIBYTE);
}

static void
test_endless (void)
{
  check_endless ("endless.gif");
  if (wt_test_has_webp ())
    check_endless ("endless.webp");
}

/* Where it is cut, the frames before can be had, and then there is an error, every time. */
static void
test_cut (void)
{
  for (int eighth = 1; eighth < 8; eighth++)
    {
      g_autofree char *name = g_strdup_printf ("cut-%d.frames", eighth);
      g_autofree char *path = wt_test_picture_path (name);
      g_autoptr (GError) error = NULL;
      g_autoptr (WtAnimation) animation = wt_animation_new (path, 4, 4, NULL, &error);
      int frames = 0;
      int delay = 0;

      for (; animation != NULL && error == NULL && frames < 20; frames++)
        {
          g_autoptr (WtPixels) pixels = wt_animation_next (animation, &delay, NULL, &error);

          if (pixels != NULL && frames < 4)
            assert_frame (pixels, &gif_frames[frames]);
        }

      g_test_message ("%s: %d frames, %s", name, frames, error != NULL ? error->message : "whole");
      if (error != NULL)
        g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_BROKEN);
    }
}

static void
test_limits (void)
{
  WtPictureLimits limits = *wt_picture_get_default_limits ();
  g_autoptr (GBytes) bytes = wt_test_picture_read ("loops.gif");
  g_autoptr (WtAnimation) animation = NULL;
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  int delay = 0;

  limits.max_pixels = 15;
  g_assert_null (wt_animation_new_for_bytes (bytes, 4, 4, &limits, NULL, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE);
  g_clear_error (&error);

  limits.max_pixels = 16;
  animation = wt_animation_new_for_bytes (bytes, 4, 4, &limits, NULL, &error);
  g_assert_no_error (error);
  g_cancellable_cancel (cancellable);
  g_assert_null (wt_animation_next (animation, &delay, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int argc, char *argv[])
{
  int status;

  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/animation/gif", test_gif);
  g_test_add_func ("/animation/webp", test_webp);
  g_test_add_func ("/animation/still", test_still);
  g_test_add_func ("/animation/endless", test_endless);
  g_test_add_func ("/animation/cut", test_cut);
  g_test_add_func ("/animation/limits", test_limits);

  wt_test_pictures_make ();
  status = g_test_run ();
  wt_test_pictures_remove ();
  return status;
}
