/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-sample-window.h"

/* What is being read does not move, in any painted frame, whatever happens around it. */

typedef struct
{
  WtSampleWindow *window;
  WtSampleItem *item; /* owned */
  double y;
  guint n_checked;
} Reading;

static void
check_y (gpointer data)
{
  Reading *reading = data;
  double y = 0;

  g_assert_true (wt_sample_window_get_item_y (reading->window, reading->item, &y));
  g_assert_cmpfloat (y, ==, reading->y);
  reading->n_checked++;
}

static void
start_reading (Reading *reading, WtSampleWindow *window)
{
  reading->window = window;
  reading->item = wt_sample_window_get_read_item (window);
  g_assert_true (wt_sample_window_get_item_y (window, reading->item, &reading->y));
  wt_sample_window_set_check (window, check_y, reading);
}

static void
stop_reading (Reading *reading)
{
  wt_sample_window_assert_sound (reading->window);
  wt_sample_window_set_check (reading->window, NULL, NULL);
  g_assert_cmpuint (reading->n_checked, >=, 10);
  g_clear_object (&reading->item);
}

static WtSampleWindow *
open_in_the_middle (Reading *reading)
{
  WtSampleWindow *window = wt_sample_window_new (100000);

  wt_timeline_view_show_position (window->view, 50000, 0.5);
  wt_sample_window_present (window);
  wt_sample_window_scroll (window, -137);
  wt_sample_window_frames (window, 2);
  start_reading (reading, window);
  return window;
}

static void
test_appends (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = open_in_the_middle (&reading);

  for (int i = 0; i < 12; i++)
    {
      wt_sample_model_insert (window->model,
                              g_list_model_get_n_items (G_LIST_MODEL (window->model)), 50);
      wt_sample_window_frames (window, 1);
    }
  stop_reading (&reading);
}

static void
test_prepends (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = open_in_the_middle (&reading);

  for (int i = 0; i < 12; i++)
    {
      wt_sample_model_insert (window->model, 0, 50);
      wt_sample_model_insert (window->model, 20, 1);
      wt_sample_window_frames (window, 1);
    }
  stop_reading (&reading);
}

/* At the top, where older messages are loaded while one reads. */
static void
test_prepends_at_top (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000);

  wt_timeline_view_show_position (window->view, 0, 0);
  wt_sample_window_present (window);
  start_reading (&reading, window);
  for (int i = 0; i < 12; i++)
    {
      wt_sample_model_insert (window->model, 0, 3);
      wt_sample_window_frames (window, 1);
    }
  stop_reading (&reading);
}

static void
test_around (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = open_in_the_middle (&reading);

  for (int i = 0; i < 12; i++)
    {
      guint first = 0;
      guint last = 0;

      g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, &last));
      wt_sample_model_insert (window->model, first, 2);
      wt_sample_model_insert (window->model, last + 3, 60);
      wt_sample_model_remove (window->model, first - 4, 3);
      wt_sample_model_replace (window->model, last, 2);
      wt_sample_window_frames (window, 1);
      wt_sample_window_assert_sound (window);
    }
  stop_reading (&reading);
}

/* A model that says "all changed" for what are a few prepended items. */
static void
test_reset (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = open_in_the_middle (&reading);

  for (int i = 0; i < 12; i++)
    {
      wt_sample_model_reset (window->model, i % 3);
      wt_sample_window_frames (window, 1);
    }
  stop_reading (&reading);
}

static void
grow (WtSampleWindow *window, guint position, int by)
{
  g_autoptr (WtSampleItem) item = wt_sample_model_get (window->model, position);

  wt_sample_item_grow (item, by);
}

/* Pictures load: above the view, in the row that crosses its upper edge, and below. */
static void
test_growth (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = open_in_the_middle (&reading);
  guint first = 0;
  guint last = 0;

  g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, &last));
  g_assert_cmpfloat (reading.y, >, 0);
  for (int i = 0; i < 12; i++)
    {
      grow (window, first, 40);
      grow (window, first - 1 - i % 4, i % 2 == 0 ? 260 : -35);
      grow (window, last + 1, 90);
      wt_sample_window_frames (window, 1);
    }
  stop_reading (&reading);
}

/* A picture above the view loads in the very moment in which a scroll brings it into view. */
static void
test_growth_with_scroll (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = open_in_the_middle (&reading);

  for (int i = 0; i < 12; i++)
    {
      guint first = 0;

      g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, NULL));
      grow (window, first, 30);
      grow (window, first - 1, 30);
      wt_sample_window_scroll (window, i % 2 == 0 ? -300 : 300);
      reading.y += i % 2 == 0 ? 300 : -300;
      wt_sample_window_frames (window, 1);
    }
  stop_reading (&reading);
}

static void
test_width (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = open_in_the_middle (&reading);

  for (int i = 0; i < 12; i++)
    {
      gtk_widget_set_size_request (window->pane, i % 2 == 0 ? 400 : 60, -1);
      wt_sample_window_frames (window, 2);
    }
  stop_reading (&reading);
}

static int folded_away;

static void
measure_fold (GtkWidget *widget,
              GtkOrientation orientation,
              int for_size,
              int *minimum,
              int *natural,
              int *minimum_baseline,
              int *natural_baseline)
{
  *minimum = *natural = 0;
}

static void
allocate_fold (GtkWidget *widget, int width, int height, int baseline)
{
  int x = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkAllocation allocation = { x, 0, x == 0 ? width - 100 - folded_away : 50, height };

      gtk_widget_measure (child, GTK_ORIENTATION_HORIZONTAL, -1, NULL, NULL, NULL, NULL);
      gtk_widget_size_allocate (child, &allocation, -1);
      x += allocation.width;
    }
}

/* As a container folds that only allocates anew, as libadwaita's do: nobody measured the window,
 * and new rows are needed in the middle of it. */
static void
test_fold (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = open_in_the_middle (&reading);
  GtkWidget *across = gtk_widget_get_parent (GTK_WIDGET (window->scroller));

  gtk_widget_set_layout_manager (across, gtk_custom_layout_new (NULL, measure_fold, allocate_fold));
  for (folded_away = 0; folded_away < 500; folded_away += 20)
    {
      gtk_widget_queue_allocate (across);
      wt_sample_window_frames (window, 1);
      wt_sample_window_assert_sound (window);
    }
  for (; folded_away >= 0; folded_away -= 50)
    {
      gtk_widget_queue_allocate (across);
      wt_sample_window_frames (window, 1);
      wt_sample_window_assert_sound (window);
    }
  stop_reading (&reading);
}

static void
test_height (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = open_in_the_middle (&reading);

  for (int i = 0; i < 12; i++)
    {
      gtk_widget_set_size_request (window->composer, -1, i % 2 == 0 ? 350 : 50);
      wt_sample_window_frames (window, 2);
    }
  stop_reading (&reading);
}

/* The same right after a jump, before anybody scrolled. */
static void
test_height_after_jump (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (100000);
  Reading reading = { 0 };

  wt_timeline_view_show_position (window->view, 50000, 1.0 / 3);
  wt_sample_window_present (window);
  reading.window = window;
  reading.item = wt_sample_model_get (window->model, 50000);
  g_assert_true (wt_sample_window_get_item_y (window, reading.item, &reading.y));
  wt_sample_window_set_check (window, check_y, &reading);
  for (int i = 0; i < 12; i++)
    {
      gtk_widget_set_size_request (window->composer, -1, i % 2 == 0 ? 350 : 50);
      grow (window, 49998, 25);
      wt_sample_window_frames (window, 2);
    }
  stop_reading (&reading);
}

/* The anchor itself is deleted: what follows it stays. */
static void
test_deleted (void)
{
  Reading reading = { 0 };
  g_autoptr (WtSampleWindow) window = open_in_the_middle (&reading);
  guint first = 0;
  guint last = 0;

  wt_sample_window_set_check (window, NULL, NULL);
  for (int i = 0; i < 3; i++)
    {
      WtSampleItem *next = NULL;
      guint position = 0;

      g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, &last));
      position = first + 1;
      next = wt_sample_model_get (window->model, position + 1);
      g_clear_object (&reading.item);
      reading.item = next;
      g_assert_true (wt_sample_window_get_item_y (window, next, &reading.y));
      wt_sample_window_set_check (window, check_y, &reading);
      wt_sample_model_remove (window->model, position, 1);
      wt_sample_window_frames (window, 5);
    }
  stop_reading (&reading);
}

static void
add_tests (void)
{
  g_test_add_func ("/timeline-view/drift/appends", test_appends);
  g_test_add_func ("/timeline-view/drift/prepends", test_prepends);
  g_test_add_func ("/timeline-view/drift/prepends-at-top", test_prepends_at_top);
  g_test_add_func ("/timeline-view/drift/around", test_around);
  g_test_add_func ("/timeline-view/drift/reset", test_reset);
  g_test_add_func ("/timeline-view/drift/growth", test_growth);
  g_test_add_func ("/timeline-view/drift/growth-with-scroll", test_growth_with_scroll);
  g_test_add_func ("/timeline-view/drift/width", test_width);
  g_test_add_func ("/timeline-view/drift/fold", test_fold);
  g_test_add_func ("/timeline-view/drift/height", test_height);
  g_test_add_func ("/timeline-view/drift/height-after-jump", test_height_after_jump);
  g_test_add_func ("/timeline-view/drift/deleted", test_deleted);
}

int
main (int argc, char *argv[])
{
  return wt_sample_window_main (argc, argv, add_tests);
}
