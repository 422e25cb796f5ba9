/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-sample-window.h"

static void
check_no_gap (gpointer data)
{
  WtSampleWindow *window = data;

  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, 0);
  g_assert_true (wt_timeline_view_get_at_bottom (window->view));
}

static WtSampleWindow *
open_at_bottom (guint n_items)
{
  WtSampleWindow *window = wt_sample_window_new (n_items);

  /* From the very first painted frame. */
  wt_sample_window_set_check (window, check_no_gap, window);
  wt_sample_window_present (window);
  return window;
}

static void
append (WtSampleWindow *window, guint n)
{
  wt_sample_model_insert (window->model, g_list_model_get_n_items (G_LIST_MODEL (window->model)),
                          n);
}

static void
grow_last (WtSampleWindow *window, int by)
{
  g_autoptr (WtSampleItem) item = wt_sample_model_get (
      window->model, g_list_model_get_n_items (G_LIST_MODEL (window->model)) - 1);

  wt_sample_item_grow (item, by);
}

static void
test_stuck (void)
{
  g_autoptr (WtSampleWindow) window = open_at_bottom (1000000);

  for (int i = 0; i < 10; i++)
    {
      append (window, 1 + i);
      wt_sample_window_frames (window, 1);
      grow_last (window, 80);
      wt_sample_window_frames (window, 1);
      wt_sample_model_insert (window->model, 0, 50);
      gtk_widget_set_size_request (window->composer, -1, i % 2 == 0 ? 250 : 50);
      wt_sample_window_frames (window, 1);
      gtk_widget_set_size_request (window->pane, i % 2 == 0 ? 350 : 50, -1);
      wt_sample_window_frames (window, 1);
      wt_sample_model_remove (window->model,
                              g_list_model_get_n_items (G_LIST_MODEL (window->model)) - 2, 2);
      wt_sample_window_frames (window, 1);
      wt_sample_window_assert_sound (window);
    }
}

static void
test_pour (void)
{
  g_autoptr (WtSampleWindow) window = open_at_bottom (1000);

  for (int i = 0; i < 100; i++)
    {
      for (int j = 0; j < 100; j++)
        append (window, 1);
      wt_sample_window_frames (window, 1);
    }
  g_assert_cmpuint (window->max_children, <, 100);
  wt_sample_window_assert_sound (window);
}

static void
notify_cb (guint *n_notified)
{
  (*n_notified)++;
}

/* More than a page at once: it is the bottom all the time, and only what shows is made. */
static void
test_many (void)
{
  g_autoptr (WtSampleWindow) window = open_at_bottom (1000);
  guint n_notified = 0;
  guint first = 0;
  guint last = 0;
  guint n_binds = 0;

  g_signal_connect_swapped (window->view, "notify::at-bottom", G_CALLBACK (notify_cb), &n_notified);
  for (int i = 0; i < 10; i++)
    {
      wt_sample_window_frames (window, 6);
      n_binds = window->n_binds;
      append (window, 40);
      g_assert_true (wt_timeline_view_get_at_bottom (window->view));
      wt_sample_window_frames (window, 1);
      g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, &last));
      g_assert_cmpuint (last + 1, ==, g_list_model_get_n_items (G_LIST_MODEL (window->model)));
      g_assert_cmpuint (window->n_binds - n_binds, <=, last + 1 - first);
      wt_sample_window_assert_sound (window);
    }
  g_assert_cmpuint (n_notified, ==, 0);
}

static void
test_short (void)
{
  g_autoptr (WtSampleWindow) window = open_at_bottom (1);

  for (int i = 0; i < 30; i++)
    {
      append (window, 1);
      wt_sample_window_frames (window, 1);
      wt_sample_window_assert_sound (window);
    }
  while (g_list_model_get_n_items (G_LIST_MODEL (window->model)) > 1)
    {
      wt_sample_model_remove (window->model, 0, 1);
      wt_sample_window_frames (window, 1);
      wt_sample_window_assert_sound (window);
    }
}

static void
test_leave (void)
{
  g_autoptr (WtSampleWindow) window = open_at_bottom (1000);
  g_autoptr (WtSampleItem) item = wt_sample_model_get (window->model, 998);
  guint n_notified = 0;
  double before = 0;
  double after = 0;

  g_signal_connect_swapped (window->view, "notify::at-bottom", G_CALLBACK (notify_cb), &n_notified);
  wt_sample_window_set_check (window, NULL, NULL);
  wt_sample_window_scroll (window, -2);
  g_assert_false (wt_timeline_view_get_at_bottom (window->view));
  wt_test_wait_until (n_notified == 1);

  /* Two pixels from the bottom is not the bottom: nothing moves any more. */
  wt_sample_window_frames (window, 1);
  g_assert_true (wt_sample_window_get_item_y (window, item, &before));
  append (window, 5);
  wt_sample_window_frames (window, 1);
  g_assert_true (wt_sample_window_get_item_y (window, item, &after));
  g_assert_cmpfloat (before, ==, after);

  /* Back by hand, all the way: stuck again. */
  wt_sample_window_scroll (window, 100000);
  wt_test_wait_until (n_notified == 2);
  wt_sample_window_set_check (window, check_no_gap, window);
  append (window, 5);
  wt_sample_window_frames (window, 2);

  wt_sample_window_set_check (window, NULL, NULL);
  wt_sample_window_scroll (window, -900);
  wt_test_wait_until (n_notified == 3);
  wt_timeline_view_scroll_to_bottom (window->view);
  wt_sample_window_set_check (window, check_no_gap, window);
  wt_sample_window_frames (window, 2);
  wt_test_wait_until (n_notified == 4);
}

static void
check_not_empty (gpointer data)
{
  g_assert_cmpfloat (wt_sample_window_get_gap (data), <=, 0);
}

/* A growing composer leaves a reader who is near the bottom in place, and takes nobody off it. */
static void
test_composer (void)
{
  g_autoptr (WtSampleWindow) window = open_at_bottom (1000);

  wt_sample_window_set_check (window, NULL, NULL);
  gtk_widget_set_size_request (window->composer, -1, 350);
  wt_sample_window_frames (window, 2);
  wt_sample_window_scroll (window, -40);
  wt_sample_window_frames (window, 1);
  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, -40);

  /* It shrinks by more than what is below: the end comes down to the end of the view, at once. */
  wt_sample_window_set_check (window, check_not_empty, window);
  gtk_widget_set_size_request (window->composer, -1, 50);
  wt_sample_window_frames (window, 2);
  check_no_gap (window);
  append (window, 1);
  wt_sample_window_frames (window, 2);
  check_no_gap (window);
}

static void
add_tests (void)
{
  g_test_add_func ("/timeline-view/bottom/stuck", test_stuck);
  g_test_add_func ("/timeline-view/bottom/pour", test_pour);
  g_test_add_func ("/timeline-view/bottom/many", test_many);
  g_test_add_func ("/timeline-view/bottom/short", test_short);
  g_test_add_func ("/timeline-view/bottom/leave", test_leave);
  g_test_add_func ("/timeline-view/bottom/composer", test_composer);
}

int
main (int argc, char *argv[])
{
  return wt_sample_window_main (argc, argv, add_tests);
}
