/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-sample-window.h"

static void
assert_consistent (WtSampleWindow *window)
{
  double n_items = g_list_model_get_n_items (G_LIST_MODEL (window->model));
  double value = gtk_adjustment_get_value (window->message);
  double shown = gtk_adjustment_get_page_size (window->message);
  guint first = 0;
  guint last = 0;

  g_assert_cmpfloat (gtk_adjustment_get_lower (window->message), ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_upper (window->message), ==, n_items);
  g_assert_cmpfloat (value, >=, 0);
  g_assert_cmpfloat (value + shown, <=, n_items + 1e-6);
  if (!wt_timeline_view_get_visible_range (window->view, &first, &last))
    return;
  g_assert_cmpfloat (shown, >, last - first - 1.0);
  g_assert_cmpfloat (shown, <=, last - first + 1.0);

  /* What shows is about what it says. */
  g_assert_cmpfloat (value + shown, >=, first);
  g_assert_cmpfloat (value, <=, last + 1.0);
}

/* How far the slider can go. */
static double
get_room (WtSampleWindow *window)
{
  return gtk_adjustment_get_upper (window->message)
         - gtk_adjustment_get_page_size (window->message);
}

static void
test_ends (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000);

  wt_sample_window_present (window);
  assert_consistent (window);
  g_assert_cmpfloat_with_epsilon (gtk_adjustment_get_value (window->message)
                                      + gtk_adjustment_get_page_size (window->message),
                                  1000, 1e-6);

  gtk_adjustment_set_value (window->message, 0);
  wt_sample_window_frames (window, 2);
  assert_consistent (window);
  g_assert_cmpfloat (gtk_adjustment_get_value (window->message), ==, 0);
  g_assert_cmpfloat (gtk_adjustment_get_value (window->adjustment), ==,
                     gtk_adjustment_get_lower (window->adjustment));

  gtk_adjustment_set_value (window->message, 1000);
  wt_sample_window_frames (window, 2);
  assert_consistent (window);
  g_assert_true (wt_timeline_view_get_at_bottom (window->view));
  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, 0);
}

/* As the slider is dragged: wherever it is put it stays, however many messages a page holds there,
 * and the two ends are the two ends. */
static void
test_drag (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (300);

  for (guint i = 0; i < 300; i += 7)
    wt_sample_model_set_huge (window->model, i, 20 + (int) i * 5);
  wt_sample_window_present (window);
  for (int i = 0; i <= 100; i++)
    {
      gtk_adjustment_set_value (window->message, get_room (window) * i / 100);
      wt_sample_window_frames (window, 1);
      assert_consistent (window);
      wt_sample_window_assert_sound (window);
      g_assert_cmpfloat_with_epsilon (
          gtk_adjustment_get_value (window->message) / get_room (window), i / 100.0, 0.004);
    }
  g_assert_true (wt_timeline_view_get_at_bottom (window->view));
}

/* The place determines how far down the slider is, and that the place. */
static void
test_round_trip (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (100000);

  wt_sample_window_present (window);
  for (guint i = 0; i < 50; i++)
    {
      g_autoptr (WtSampleItem) item = NULL;
      double fraction = 0;
      double y = 0;
      double y_again = 0;

      wt_timeline_view_show_position (window->view, g_test_rand_int_range (0, 100000), 0.5);
      wt_sample_window_frames (window, 1);
      fraction = gtk_adjustment_get_value (window->message) / get_room (window);
      item = wt_sample_window_get_read_item (window);
      g_assert_true (wt_sample_window_get_item_y (window, item, &y));

      gtk_adjustment_set_value (window->message, fraction > 0.5 ? 20000 : 80000);
      wt_sample_window_frames (window, 1);
      gtk_adjustment_set_value (window->message, fraction * get_room (window));
      wt_sample_window_frames (window, 1);
      g_assert_true (wt_sample_window_get_item_y (window, item, &y_again));
      g_assert_cmpfloat_with_epsilon (y_again, y, 1);
    }
}

static void
test_scrolling (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (2000);
  double before = -1;

  wt_timeline_view_show_position (window->view, 0, 0);
  wt_sample_window_present (window);
  while (!wt_timeline_view_get_at_bottom (window->view))
    {
      wt_sample_window_scroll (window, 171);
      assert_consistent (window);
      g_assert_cmpfloat (gtk_adjustment_get_value (window->message) / get_room (window), >, before);
      before = gtk_adjustment_get_value (window->message) / get_room (window);
    }
}

static void
test_short (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (0);

  wt_sample_window_present (window);
  for (guint i = 0; i < 4; i++)
    {
      assert_consistent (window);
      g_assert_cmpfloat (gtk_adjustment_get_value (window->message), ==, 0);
      g_assert_cmpfloat (gtk_adjustment_get_page_size (window->message), ==, i);
      wt_sample_model_insert (window->model, i, 1);
      wt_sample_window_frames (window, 1);
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/timeline-view/scale/ends", test_ends);
  g_test_add_func ("/timeline-view/scale/drag", test_drag);
  g_test_add_func ("/timeline-view/scale/round-trip", test_round_trip);
  g_test_add_func ("/timeline-view/scale/scrolling", test_scrolling);
  g_test_add_func ("/timeline-view/scale/short", test_short);
}

int
main (int argc, char *argv[])
{
  return wt_sample_window_main (argc, argv, add_tests);
}
