/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Any bytes as a picture and as an animation: pixels of the size asked for, or an error. */

#include "wt-fuzz.h"

#include "wt-animation.h"
#include "wt-picture.h"

#define MOST 64
#define FRAMES 8

static void
check (WtPixels *pixels, GError *error)
{
  if (pixels == NULL)
    return;

  g_assert_null (error);
  g_assert_cmpint (pixels->width, <=, MOST);
  g_assert_cmpint (pixels->height, <=, MOST);
}

int
LLVMFuzzerTestOneInput (const uint8_t *data, size_t length)
{
  WtPictureLimits limits = *wt_picture_get_default_limits ();
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (WtAnimation) animation = NULL;
  g_autoptr (WtPixels) still = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) failure = NULL;
  WtPictureInfo info;
  gboolean inspected = wt_picture_inspect_bytes (bytes, &info, NULL, NULL);
  int delay = 0;

  limits.max_pixels = 256 * 256;
  still = wt_picture_decode_bytes (bytes, MOST, MOST, &limits, NULL, &error);
  check (still, error);
  g_assert_true ((still == NULL) == (error != NULL));
  g_assert_true (still == NULL || inspected);

  animation = wt_animation_new_for_bytes (bytes, MOST, MOST, &limits, NULL, NULL);
  for (int i = 0; animation != NULL && failure == NULL && i < FRAMES; i++)
    {
      g_autoptr (WtPixels) pixels = wt_animation_next (animation, &delay, NULL, &failure);

      check (pixels, failure);
      g_assert_cmpint (delay, >, 10);
    }

  return 0;
}
