/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "wt-sample-window.h"

/* While something moves the view, a row moves exactly as far as the view does: its place in the
 * world does not change, whatever happens around it. */

typedef struct
{
  WtSampleWindow *window;
  WtSampleItem *item; /* owned */
  double world;
  double value;
  double worst_backwards; /* of the value, against the direction */
  int direction;
  gboolean gone; /* out of sight; until then every frame is looked at */
  guint n_seen;  /* frames in which it was in sight and somewhere else than in the one before */
} Motion;

/* On a busy machine a motion may have a frame or two: it is made again until so many were looked at. */
#define ENOUGH_FRAMES 5
#define MOST_MOTIONS 50

static void
check_world (gpointer data)
{
  Motion *motion = data;
  double value = gtk_adjustment_get_value (motion->window->adjustment);
  gboolean moved = value != motion->value;
  double y = 0;

  motion->worst_backwards = MAX (motion->worst_backwards,
                                 (motion->value - value) * motion->direction);
  motion->value = value;
  motion->gone = motion->gone || !wt_sample_window_get_item_y (motion->window, motion->item, &y)
                 || y < 0 || y > wt_sample_window_get_page (motion->window);
  if (motion->gone)
    return;
  g_assert_cmpfloat (y + round (value), ==, motion->world);
  motion->n_seen += moved ? 1 : 0;
}

static void
start (Motion *motion, WtSampleWindow *window, int direction)
{
  guint last = 0;
  double y = 0;

  motion->window = window;
  motion->gone = FALSE;
  motion->direction = direction;
  motion->value = gtk_adjustment_get_value (window->adjustment);
  g_assert_true (wt_timeline_view_get_visible_range (window->view, NULL, &last));
  motion->item = direction < 0 ? wt_sample_window_get_read_item (window)
                               : wt_sample_model_get (window->model, last);
  g_assert_true (wt_sample_window_get_item_y (window, motion->item, &y));
  motion->world = y + round (motion->value);
  wt_sample_window_set_check (window, check_world, motion);
}

static void
stop (Motion *motion)
{
  wt_sample_window_set_check (motion->window, NULL, NULL);
  g_clear_object (&motion->item);
}

static WtSampleWindow *
open_at (guint n_items, guint position)
{
  WtSampleWindow *window = wt_sample_window_new (n_items);

  wt_timeline_view_show_position (window->view, position, 0.5);
  wt_sample_window_present (window);
  wt_sample_window_scroll (window, 17);
  wt_sample_window_frames (window, 1);
  return window;
}

static void
disturb (WtSampleWindow *window)
{
  g_autoptr (WtSampleItem) item = NULL;
  guint first = 0;
  guint last = 0;

  g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, &last));
  item = wt_sample_model_get (window->model, first > 0 ? first - 1 : 0);
  wt_sample_item_grow (item, 55);
  wt_sample_model_insert (window->model, 0, 7);
  wt_sample_model_insert (window->model, g_list_model_get_n_items (G_LIST_MODEL (window->model)),
                          7);
}

/* Frames until the value rests for five of them. */
static void
wait_for_rest (WtSampleWindow *window, gboolean disturbed)
{
  double before = NAN;

  for (int resting = 0; resting < 5;)
    {
      double value = gtk_adjustment_get_value (window->adjustment);

      resting = value == before ? resting + 1 : 0;
      before = value;
      if (disturbed && resting == 0)
        disturb (window);
      wt_sample_window_frames (window, 1);
    }
}

static void
test_page (gconstpointer data)
{
  int direction = GPOINTER_TO_INT (data);
  g_autoptr (WtSampleWindow) window = open_at (100000, 50000);
  double page = round (0.9 * wt_sample_window_get_page (window));
  Motion motion = { 0 };
  double before = 0;

  for (guint i = 0; i < MOST_MOTIONS && motion.n_seen < ENOUGH_FRAMES; i++)
    {
      start (&motion, window, direction);
      before = motion.value;
      wt_timeline_view_page (window->view, direction);
      wait_for_rest (window, TRUE);
      g_assert_cmpfloat (gtk_adjustment_get_value (window->adjustment), ==,
                         before + direction * page);
      g_assert_cmpfloat (motion.worst_backwards, <=, 0);
      stop (&motion);
    }
  g_assert_cmpuint (motion.n_seen, >=, ENOUGH_FRAMES);

  /* Asked for again before it is over: both are done. */
  start (&motion, window, direction);
  before = motion.value;
  wt_timeline_view_page (window->view, direction);
  wt_sample_window_frames (window, 3);
  wt_timeline_view_page (window->view, direction);
  wait_for_rest (window, TRUE);
  g_assert_cmpfloat (gtk_adjustment_get_value (window->adjustment), ==,
                     before + 2 * direction * page);
  stop (&motion);
}

/* A key that is held comes again sooner than the second frame of a movement: it moves with each nevertheless. */
static void
test_page_held (void)
{
  g_autoptr (WtSampleWindow) window = open_at (100000, 50000);
  double before = gtk_adjustment_get_value (window->adjustment);
  double start = before;
  guint n = 0;

  wt_timeline_view_page (window->view, -1);
  wt_sample_window_frames (window, 2);
  for (n = 1; n < 20; n++)
    {
      wt_timeline_view_page (window->view, -1);
      before = gtk_adjustment_get_value (window->adjustment);
      wt_sample_window_frames (window, 1);
      g_assert_cmpfloat (gtk_adjustment_get_value (window->adjustment), <, before);
    }
  wait_for_rest (window, FALSE);
  g_assert_cmpfloat (gtk_adjustment_get_value (window->adjustment), ==,
                     start - n * round (0.9 * wt_sample_window_get_page (window)));
}

static void
test_page_to_end (void)
{
  g_autoptr (WtSampleWindow) window = open_at (30, 3);
  double y = 0;

  for (int i = 0; i < 8; i++)
    {
      wt_timeline_view_page (window->view, 1);
      wait_for_rest (window, FALSE);
    }
  g_assert_true (wt_timeline_view_get_at_bottom (window->view));
  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, 0);
  for (int i = 0; i < 8; i++)
    {
      wt_timeline_view_page (window->view, -1);
      wait_for_rest (window, FALSE);
    }
  g_assert_true (wt_sample_window_get_y (window, 0, &y, NULL));
  g_assert_cmpfloat (y, ==, 0);
}

static void
test_no_animation (void)
{
  g_autoptr (WtSampleWindow) window = open_at (1000, 500);
  double before = gtk_adjustment_get_value (window->adjustment);

  g_object_set (gtk_widget_get_settings (window->window), "gtk-enable-animations", FALSE, NULL);
  wt_timeline_view_page (window->view, -1);
  g_object_set (gtk_widget_get_settings (window->window), "gtk-enable-animations", TRUE, NULL);
  g_assert_cmpfloat (gtk_adjustment_get_value (window->adjustment), ==,
                     before - round (0.9 * wt_sample_window_get_page (window)));
  wt_sample_window_frames (window, 1);
  wt_sample_window_assert_sound (window);
}

/* A wheel turned during the animation ends it. */
static void
test_page_interrupted (void)
{
  g_autoptr (WtSampleWindow) window = open_at (1000, 500);
  double value = 0;

  wt_timeline_view_page (window->view, -1);
  wt_sample_window_frames (window, 3);
  wt_sample_window_scroll (window, 30);
  value = gtk_adjustment_get_value (window->adjustment);
  wt_sample_window_frames (window, 5);
  g_assert_cmpfloat (gtk_adjustment_get_value (window->adjustment), ==, value);
}

static void
test_fling (gconstpointer data)
{
  int direction = GPOINTER_TO_INT (data);
  g_autoptr (WtSampleWindow) window = open_at (100000, 50000);
  Motion motion = { 0 };

  for (guint i = 0; i < MOST_MOTIONS && motion.n_seen < ENOUGH_FRAMES; i++)
    {
      double before = 0;

      start (&motion, window, direction);
      before = motion.value;
      wt_sample_window_fling (window, direction * 15);
      wait_for_rest (window, TRUE);
      g_assert_cmpfloat (fabs (gtk_adjustment_get_value (window->adjustment) - before), >, 200);
      g_assert_cmpfloat (motion.worst_backwards, <=, 0);
      wt_sample_window_assert_sound (window);
      stop (&motion);
    }
  g_assert_cmpuint (motion.n_seen, >=, ENOUGH_FRAMES);
}

/* A fast one through many pages. */
static void
test_fling_far (void)
{
  g_autoptr (WtSampleWindow) window = open_at (100000, 50000);
  guint first = 0;

  wt_sample_window_fling (window, -600);
  wait_for_rest (window, FALSE);
  g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, NULL));
  g_assert_cmpuint (first, <, 50000);
  wt_sample_window_assert_sound (window);
}

/* The end is found on the way: the view stops there, and so does GTK, which is ready for the next.
 * */
static void
test_fling_into_end (gconstpointer data)
{
  int direction = GPOINTER_TO_INT (data);
  g_autoptr (WtSampleWindow) window = open_at (200, direction < 0 ? 50 : 150);
  double value = 0;

  wt_sample_window_fling (window, direction * 600);
  wait_for_rest (window, FALSE);
  wt_sample_window_assert_sound (window);
  value = gtk_adjustment_get_value (window->adjustment);
  /* To the pixel: GTK lets a fling rest once it is near to where it goes. */
  g_assert_cmpfloat_with_epsilon (value,
                                  direction < 0
                                      ? gtk_adjustment_get_lower (window->adjustment)
                                      : gtk_adjustment_get_upper (window->adjustment)
                                            - gtk_adjustment_get_page_size (window->adjustment),
                                  0.5);

  /* Not first back from wherever the fling would have got. */
  wt_sample_window_fling (window, -direction * 40);
  wt_sample_window_frames (window, 4);
  g_assert_cmpfloat ((value - gtk_adjustment_get_value (window->adjustment)) * direction, >, 20);
}

static void
test_jump_stops_fling (void)
{
  g_autoptr (WtSampleWindow) window = open_at (100000, 50000);
  double value = 0;
  double y = 0;

  wt_sample_window_fling (window, -300);
  wt_sample_window_frames (window, 5);
  wt_timeline_view_show_position (window->view, 70000, 0);
  value = gtk_adjustment_get_value (window->adjustment);
  wt_sample_window_frames (window, 10);
  g_assert_cmpfloat (gtk_adjustment_get_value (window->adjustment), ==, value);
  g_assert_true (wt_sample_window_get_y (window, 70000, &y, NULL));
  g_assert_cmpfloat (y, ==, 0);
  g_assert_true (gtk_scrolled_window_get_kinetic_scrolling (window->scroller));
}

/* No scroll moves the value by itself: only whoever scrolls does. */
static void
test_value_untouched (void)
{
  g_autoptr (WtSampleWindow) window = open_at (100000, 50000);
  double value = gtk_adjustment_get_value (window->adjustment);

  for (guint i = 0; i < 20; i++)
    {
      disturb (window);
      wt_timeline_view_show_position (window->view, g_test_rand_int_range (0, 100000), 0.3);
      wt_sample_window_frames (window, 1);
      g_assert_cmpfloat (gtk_adjustment_get_value (window->adjustment), ==, value);
    }
}

/* GTK's own "scroll to the end" goes to an end that is not known; it gets there all the same. */
static void
test_leap (void)
{
  g_autoptr (WtSampleWindow) window = open_at (100000, 50000);

  for (int i = 0; i < 60 && !wt_timeline_view_get_at_bottom (window->view); i++)
    {
      wt_sample_window_scroll (window, 1e6);
      wt_sample_window_frames (window, 1);
      wt_sample_window_assert_sound (window);
    }
  g_assert_true (wt_timeline_view_get_at_bottom (window->view));
  g_assert_cmpuint (window->max_children, <, 100);
  g_assert_cmpuint (window->n_created, <, 400);
}

/* Far from the world's origin it is moved back, unseen. */
static void
test_rebase (void)
{
  g_autoptr (WtSampleWindow) window = open_at (1000000, 0);
  guint first = 0;
  guint before = 0;
  double y = 0;
  double y_before = 0;

  while (gtk_adjustment_get_value (window->adjustment) < 1.1e9)
    {
      if (wt_timeline_view_get_at_bottom (window->view))
        wt_timeline_view_show_position (window->view, 0, 0);
      wt_sample_window_scroll (window, 9e6);
    }
  wt_timeline_view_show_position (window->view, 500000, 0.5);
  wt_sample_window_scroll (window, 11);
  wt_sample_window_frames (window, 1);
  g_assert_true (wt_timeline_view_get_visible_range (window->view, &before, NULL));
  g_assert_true (wt_sample_window_get_y (window, before, &y_before, NULL));

  wt_test_wait_until (gtk_adjustment_get_value (window->adjustment) < 1e6);
  wt_sample_window_frames (window, 2);
  g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, NULL));
  g_assert_cmpuint (first, ==, before);
  g_assert_true (wt_sample_window_get_y (window, first, &y, NULL));
  g_assert_cmpfloat (y, ==, y_before);
  wt_sample_window_scroll (window, -300);
  wt_sample_window_frames (window, 1);
  wt_sample_window_assert_sound (window);
}

static void
add_tests (void)
{
  g_test_add_data_func ("/timeline-view/motion/page-up", GINT_TO_POINTER (-1), test_page);
  g_test_add_data_func ("/timeline-view/motion/page-down", GINT_TO_POINTER (1), test_page);
  g_test_add_func ("/timeline-view/motion/page-held", test_page_held);
  g_test_add_func ("/timeline-view/motion/page-to-end", test_page_to_end);
  g_test_add_func ("/timeline-view/motion/no-animation", test_no_animation);
  g_test_add_func ("/timeline-view/motion/page-interrupted", test_page_interrupted);
  g_test_add_data_func ("/timeline-view/motion/fling-up", GINT_TO_POINTER (-1), test_fling);
  g_test_add_data_func ("/timeline-view/motion/fling-down", GINT_TO_POINTER (1), test_fling);
  g_test_add_func ("/timeline-view/motion/fling-far", test_fling_far);
  g_test_add_data_func ("/timeline-view/motion/fling-into-top", GINT_TO_POINTER (-1),
                        test_fling_into_end);
  g_test_add_data_func ("/timeline-view/motion/fling-into-bottom", GINT_TO_POINTER (1),
                        test_fling_into_end);
  g_test_add_func ("/timeline-view/motion/jump-stops-fling", test_jump_stops_fling);
  g_test_add_func ("/timeline-view/motion/value-untouched", test_value_untouched);
  g_test_add_func ("/timeline-view/motion/leap", test_leap);
  g_test_add_func ("/timeline-view/motion/rebase", test_rebase);
}

int
main (int argc, char *argv[])
{
  return wt_sample_window_main (argc, argv, add_tests);
}
