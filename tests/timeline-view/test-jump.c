/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "wt-sample-window.h"

/* Where the row at @position has to be after a jump, from the heights of the model alone. */
static double
expect_y (WtSampleWindow *window, guint position, double align)
{
  int width = wt_sample_window_get_width (window);
  int page = wt_sample_window_get_page (window);
  int height = wt_sample_model_get_height (window->model, position, width);
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (window->model));
  double y = round (align * MAX (0, page - height));
  double above = 0;
  double below = 0;

  for (guint i = position; i > 0 && above < page; i--)
    above += wt_sample_model_get_height (window->model, i - 1, width);
  for (guint i = position + 1; i < n_items && below < page; i++)
    below += wt_sample_model_get_height (window->model, i, width);

  if (above < y)
    y = above;
  if (below < page - y - height)
    y = page - height - below;
  return y;
}

static void
assert_at (WtSampleWindow *window, guint position, double align)
{
  double y = 0;

  g_assert_true (wt_sample_window_get_y (window, position, &y, NULL));
  g_assert_cmpfloat (y, ==, expect_y (window, position, align));
}

typedef struct
{
  WtSampleWindow *window;
  guint position;
  double align;
} Place;

static void
check_place (gpointer data)
{
  Place *place = data;

  assert_at (place->window, place->position, place->align);
}

/* The first frame that is painted already shows the right place. */
static void
test_first_frame (void)
{
  static const Place places[] = {
    { NULL, 777777, 0 }, { NULL, 777777, 1.0 / 3 }, { NULL, 777777, 1 }, { NULL, 0, 0 },
    { NULL, 3, 1 },      { NULL, 999999, 0 },       { NULL, 999990, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (places); i++)
    {
      g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000000);
      Place place = { window, places[i].position, places[i].align };

      wt_timeline_view_show_position (window->view, place.position, place.align);
      wt_sample_window_set_check (window, check_place, &place);
      wt_sample_window_present (window);
      wt_sample_window_frames (window, 3);
      g_assert_cmpuint (window->n_created, <, 80);
    }
}

#define HUGE_POSITION 500

static void
test_aligned (void)
{
  static const guint positions[] = { 0, 999, HUGE_POSITION, 499, 501, 250, 1, 998 };
  static const double aligns[] = { 0, 1.0 / 3, 1 };
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000);
  Place place = { window, 999, 1 };

  wt_sample_model_set_huge (window->model, HUGE_POSITION, 2345);
  wt_sample_window_set_check (window, check_place, &place);
  wt_sample_window_present (window);
  for (guint i = 0; i < G_N_ELEMENTS (positions); i++)
    for (guint j = 0; j < G_N_ELEMENTS (aligns); j++)
      {
        place.position = positions[i];
        place.align = aligns[j];
        wt_timeline_view_show_position (window->view, place.position, place.align);
        wt_sample_window_frames (window, 3);
        wt_sample_window_assert_sound (window);
      }
}

static void
test_random (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000000);
  Place place = { window, 999999, 1 };

  wt_sample_window_set_check (window, check_place, &place);
  wt_sample_window_present (window);
  for (guint i = 0; i < 100; i++)
    {
      place.position = g_test_rand_int_range (0, 1000000);
      place.align = g_test_rand_double ();
      wt_timeline_view_show_position (window->view, place.position, place.align);
      wt_sample_window_frames (window, 2);
    }
  g_assert_cmpuint (window->max_children, <, 100);
  g_assert_cmpuint (wt_sample_model_get_n_objects (window->model), <, 120);
}

/* Jumps by less than what is live. */
static void
test_near (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000000);
  Place place = { window, 999999, 1 };

  wt_sample_window_set_check (window, check_place, &place);
  wt_sample_window_present (window);
  place.position = 1000;
  for (guint i = 0; i < 60; i++)
    {
      place.position += g_test_rand_int_range (-60, 70);
      place.position = CLAMP (place.position, 10, 5000);
      place.align = 1.0 / 3;
      wt_timeline_view_show_position (window->view, place.position, place.align);
      wt_sample_window_frames (window, 1);
      wt_sample_window_assert_sound (window);
    }
}

/* Rows load only after the jump: the place asked for is kept until somebody scrolls. */
static void
test_loading (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000000);
  Place place = { window, 500000, 1.0 / 3 };

  wt_timeline_view_show_position (window->view, place.position, place.align);
  wt_sample_window_set_check (window, check_place, &place);
  wt_sample_window_present (window);
  for (int i = 0; i < 10; i++)
    {
      g_autoptr (WtSampleItem) item = wt_sample_model_get (window->model,
                                                           500000 + (i - 5) * (i % 3));

      wt_sample_item_grow (item, 60);
      wt_sample_window_frames (window, 1);
    }
}

/* Placeholders are replaced by other objects: also of the very row jumped to. */
static void
test_replaced (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000000);
  Place place = { window, 500000, 1.0 / 3 };

  wt_timeline_view_show_position (window->view, place.position, place.align);
  wt_sample_window_set_check (window, check_place, &place);
  wt_sample_window_present (window);
  for (guint i = 0; i < 5; i++)
    {
      wt_sample_model_replace (window->model, 499970 + 5 * i, 40);
      wt_sample_window_frames (window, 1);
      wt_sample_window_assert_sound (window);
    }
}

/* A jump followed by changes of the model before it was ever shown. */
static void
test_tracked (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000);
  Place place = { window, 520, 0.25 };

  wt_timeline_view_show_position (window->view, 500, 0.25);
  wt_sample_model_insert (window->model, 10, 30);
  wt_sample_model_remove (window->model, 100, 10);
  wt_sample_model_insert (window->model, 800, 10);
  wt_sample_window_set_check (window, check_place, &place);
  wt_sample_window_present (window);
  wt_sample_window_frames (window, 2);
}

/* The frame of the jump makes only what it shows; the rows beyond the edges follow later. */
static void
test_cost (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000000);
  guint n_created = 0;
  guint first = 0;
  guint last = 0;

  wt_timeline_view_show_position (window->view, 500000, 0.5);
  wt_sample_window_present (window);
  g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, &last));
  n_created = window->n_created;
  g_assert_cmpuint (n_created, <=, last - first + 3);

  wt_sample_window_frames (window, 6);
  g_assert_cmpuint (window->n_created, >=, 2 * n_created);
  g_assert_nonnull (wt_timeline_view_get_row (window->view, last + 4));
  g_assert_nonnull (wt_timeline_view_get_row (window->view, first - 4));
}

static void
add_tests (void)
{
  g_test_add_func ("/timeline-view/jump/first-frame", test_first_frame);
  g_test_add_func ("/timeline-view/jump/aligned", test_aligned);
  g_test_add_func ("/timeline-view/jump/random", test_random);
  g_test_add_func ("/timeline-view/jump/near", test_near);
  g_test_add_func ("/timeline-view/jump/loading", test_loading);
  g_test_add_func ("/timeline-view/jump/replaced", test_replaced);
  g_test_add_func ("/timeline-view/jump/cost", test_cost);
  g_test_add_func ("/timeline-view/jump/tracked", test_tracked);
}

int
main (int argc, char *argv[])
{
  return wt_sample_window_main (argc, argv, add_tests);
}
