/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-sample-window.h"

static GtkWidget *
get_focus (WtSampleWindow *window)
{
  return gtk_window_get_focus (GTK_WINDOW (window->window));
}

static guint
get_focus_position (WtSampleWindow *window)
{
  guint position = 0;

  g_assert_nonnull (get_focus (window));
  g_assert_true (wt_timeline_view_get_row_position (window->view, get_focus (window), &position));
  return position;
}

static WtSampleWindow *
open_at (guint position)
{
  WtSampleWindow *window = wt_sample_window_new (10000);

  wt_timeline_view_show_position (window->view, position, 0.5);
  wt_sample_window_present (window);
  return window;
}

/* The keys that move the focus are given to the view itself: the way there from the window is
 * GTK's, and leads nowhere as long as another test's window is the active one. */
static gboolean
move_focus (WtSampleWindow *window, GtkDirectionType direction)
{
  return gtk_widget_child_focus (GTK_WIDGET (window->view), direction);
}

static gboolean
is_in_sight (WtSampleWindow *window, guint position)
{
  double y = 0;
  double height = 0;

  return wt_sample_window_get_y (window, position, &y, &height) && y + height > 0
         && y < wt_sample_window_get_page (window);
}

/* Presses a key of the view's own, as far as a test without a window manager can. */
static void
press (WtSampleWindow *window, const char *key)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (window->view));
  g_autoptr (GtkShortcutTrigger) wanted = gtk_shortcut_trigger_parse_string (key);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GObject) controller = g_list_model_get_item (controllers, i);

      for (guint j = 0;
           G_IS_LIST_MODEL (controller) && j < g_list_model_get_n_items (G_LIST_MODEL (controller));
           j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);

          if (gtk_shortcut_trigger_equal (gtk_shortcut_get_trigger (shortcut), wanted))
            {
              g_assert_true (gtk_shortcut_action_activate (gtk_shortcut_get_action (shortcut), 0,
                                                           GTK_WIDGET (window->view),
                                                           gtk_shortcut_get_arguments (shortcut)));
              return;
            }
        }
    }
  g_assert_not_reached ();
}

static void
test_survives (void)
{
  g_autoptr (WtSampleWindow) window = open_at (5000);
  GtkWidget *row = wt_timeline_view_get_row (window->view, 5000);
  GtkWidget *button = wt_sample_row_get_button (WT_SAMPLE_ROW (row));

  g_assert_true (gtk_widget_grab_focus (button));
  for (int i = 0; i < 40; i++)
    {
      wt_sample_window_scroll (window, i < 20 ? -2000 : 2000);
      if (i == 19)
        wt_timeline_view_show_position (window->view, 9999, 1);
      if (i == 20)
        wt_timeline_view_show_position (window->view, 100, 0);
      if (i % 10 == 5)
        wt_sample_model_insert (window->model, 0, 10);
      wt_sample_window_frames (window, 1);

      g_assert_true (get_focus (window) == button);
      g_assert_true (gtk_widget_get_mapped (button));
      g_assert_true (gtk_widget_get_parent (row) == GTK_WIDGET (window->view));
      wt_sample_window_assert_sound (window);
    }

  /* Shown again, it is the same row, at its own place. */
  wt_timeline_view_show_position (window->view, 5040, 0.5);
  wt_sample_window_frames (window, 1);
  g_assert_true (wt_timeline_view_get_row (window->view, 5040) == row);
  wt_sample_window_assert_sound (window);

  /* Without the focus it goes like any other. */
  gtk_widget_grab_focus (window->composer);
  wt_timeline_view_show_position (window->view, 100, 0.5);
  wt_sample_window_frames (window, 2);
  g_assert_null (wt_timeline_view_get_row (window->view, 5040));
}

static gboolean
keep_row (GtkWidget *row, gpointer data)
{
  return row == *(GtkWidget **) data;
}

static void
test_kept (void)
{
  g_autoptr (WtSampleWindow) window = open_at (5000);
  GtkWidget *row = wt_timeline_view_get_row (window->view, 5000);
  GtkWidget *kept = row;

  wt_timeline_view_set_keep_func (window->view, keep_row, &kept);
  wt_timeline_view_show_position (window->view, 100, 0.5);
  wt_sample_window_frames (window, 2);
  g_assert_true (wt_timeline_view_get_row (window->view, 5000) == row);
  g_assert_true (gtk_widget_get_mapped (row));

  wt_sample_model_insert (window->model, 50, 3);
  wt_timeline_view_show_position (window->view, 9000, 0.5);
  wt_sample_window_frames (window, 2);
  g_assert_true (wt_timeline_view_get_row (window->view, 5003) == row);
  wt_sample_window_assert_sound (window);

  /* Its message is deleted: nothing to keep. */
  wt_sample_model_remove (window->model, 5003, 1);
  wt_sample_window_frames (window, 2);
  g_assert_null (wt_timeline_view_get_row (window->view, 5003));

  kept = wt_timeline_view_get_row (window->view, 9000);
  wt_timeline_view_show_position (window->view, 100, 0.5);
  wt_sample_window_frames (window, 1);
  g_assert_nonnull (wt_timeline_view_get_row (window->view, 9000));
  kept = NULL;
  wt_timeline_view_scroll_to_bottom (window->view);
  wt_sample_window_frames (window, 1);
  g_assert_null (wt_timeline_view_get_row (window->view, 9000));
}

/* Tab goes through the rows and what is in them in visual order, and what it reaches shows. */
static void
test_tab_order (gconstpointer data)
{
  gboolean forward = GPOINTER_TO_INT (data) > 0;
  g_autoptr (WtSampleWindow) window = open_at (5000);
  guint before = 5000;

  g_assert_true (gtk_widget_grab_focus (wt_timeline_view_get_row (window->view, 5000)));
  for (int i = 0; i < 80; i++)
    {
      GtkWidget *last = get_focus (window);
      guint position = 0;

      g_assert_true (gtk_widget_child_focus (GTK_WIDGET (window->view),
                                             forward ? GTK_DIR_TAB_FORWARD : GTK_DIR_TAB_BACKWARD));
      position = get_focus_position (window);
      g_assert_true (get_focus (window) != last);
      if (forward)
        g_assert_true (position == before || position == before + 1);
      else
        g_assert_true (position == before || position + 1 == before);
      before = position;
      if (i % 5 == 0)
        wt_sample_window_frames (window, 1);
    }
  wt_sample_window_frames (window, 1);
  wt_sample_window_assert_sound (window);
  g_assert_true (is_in_sight (window, before));
  g_assert_cmpuint (forward ? before - 5000 : 5000 - before, ==, 40);
}

static void
test_arrows (void)
{
  g_autoptr (WtSampleWindow) window = open_at (5000);

  g_assert_true (gtk_widget_grab_focus (wt_timeline_view_get_row (window->view, 5000)));
  for (guint i = 1; i <= 30; i++)
    {
      double y = 0;

      g_assert_true (move_focus (window, GTK_DIR_UP));
      g_assert_cmpuint (get_focus_position (window), ==, 5000 - i);
      wt_sample_window_frames (window, 1);
      g_assert_true (wt_sample_window_get_y (window, 5000 - i, &y, NULL));
      g_assert_cmpfloat (y, >=, 0);
    }
}

/* The focus is far away; Tab goes on from it and takes the view along. */
static void
test_reveal (void)
{
  g_autoptr (WtSampleWindow) window = open_at (5000);
  GtkWidget *row = wt_timeline_view_get_row (window->view, 5000);

  g_assert_true (gtk_widget_grab_focus (wt_sample_row_get_button (WT_SAMPLE_ROW (row))));
  wt_timeline_view_show_position (window->view, 100, 0.5);
  wt_sample_window_frames (window, 1);
  g_assert_false (is_in_sight (window, 5000));

  g_assert_true (move_focus (window, GTK_DIR_TAB_FORWARD));
  wt_sample_window_frames (window, 1);
  g_assert_cmpuint (get_focus_position (window), ==, 5001);
  g_assert_true (is_in_sight (window, 5001));
  wt_sample_window_assert_sound (window);

  /* The same when something gives the focus to what is out of sight. */
  wt_timeline_view_show_position (window->view, 100, 0.5);
  wt_sample_window_frames (window, 1);
  g_assert_true (gtk_widget_grab_focus (
      wt_sample_row_get_button (WT_SAMPLE_ROW (wt_timeline_view_get_row (window->view, 5001)))));
  wt_sample_window_frames (window, 1);
  g_assert_true (is_in_sight (window, 5001));
}

/* Tab comes into the view at what shows. */
static void
test_enter (void)
{
  g_autoptr (WtSampleWindow) window = open_at (5000);
  guint first = 0;
  guint last = 0;

  g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, &last));
  gtk_widget_grab_focus (window->pane);
  g_assert_true (move_focus (window, GTK_DIR_TAB_BACKWARD));
  g_assert_cmpuint (get_focus_position (window), ==, last);

  gtk_widget_grab_focus (window->composer);
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (window->view)));
  g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, &last));
  g_assert_cmpuint (get_focus_position (window), ==, last);
}

static void
test_keys (void)
{
  g_autoptr (WtSampleWindow) window = open_at (5000);
  double value = gtk_adjustment_get_value (window->adjustment);
  double y = 0;

  g_assert_true (gtk_widget_grab_focus (wt_timeline_view_get_row (window->view, 5000)));
  for (int i = 0; i < 3; i++)
    {
      press (window, i % 2 == 0 ? "Page_Up" : "KP_Page_Up");
      wt_test_wait_until ((wt_sample_window_frames (window, 1),
                           value - gtk_adjustment_get_value (window->adjustment))
                          > (i + 1) * 0.89 * wt_sample_window_get_page (window));
    }

  /* The focus comes along, when the last movement is over. */
  wt_test_wait_until ((wt_sample_window_frames (window, 1), get_focus_position (window) < 5000));
  g_assert_true (is_in_sight (window, get_focus_position (window)));

  press (window, "<Control>Home");
  g_assert_cmpuint (get_focus_position (window), ==, 0);
  wt_sample_window_frames (window, 1);
  g_assert_true (wt_sample_window_get_y (window, 0, &y, NULL));
  g_assert_cmpfloat (y, ==, 0);

  press (window, "End");
  g_assert_cmpuint (get_focus_position (window), ==, 9999);
  wt_sample_window_frames (window, 1);
  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, 0);
  wt_sample_model_insert (window->model, 10000, 5);
  wt_sample_window_frames (window, 1);
  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, 0);

  /* From elsewhere the view is paged without taking the focus. */
  gtk_widget_grab_focus (window->composer);
  wt_timeline_view_page (window->view, -1);
  wt_sample_window_frames (window, 20);
  g_assert_true (get_focus (window) == window->composer);
}

/* A click into a row that shows partly does not move it. */
static void
test_click (void)
{
  g_autoptr (WtSampleWindow) window = open_at (5000);
  double value = 0;
  guint first = 0;

  wt_sample_window_scroll (window, 13);
  wt_sample_window_frames (window, 1);
  value = gtk_adjustment_get_value (window->adjustment);
  g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, NULL));
  g_assert_true (gtk_widget_grab_focus (wt_timeline_view_get_row (window->view, first)));
  wt_sample_window_frames (window, 1);
  g_assert_cmpfloat (gtk_adjustment_get_value (window->adjustment), ==, value);
}

/* The focused message is deleted. */
static void
test_deleted (void)
{
  g_autoptr (WtSampleWindow) window = open_at (5000);
  GtkWidget *focus = NULL;

  g_assert_true (gtk_widget_grab_focus (wt_timeline_view_get_row (window->view, 5000)));
  wt_sample_model_remove (window->model, 5000, 1);
  wt_sample_window_frames (window, 3);
  wt_sample_window_assert_sound (window);
  focus = get_focus (window);
  g_assert_true (focus == NULL || gtk_widget_get_root (focus) == GTK_ROOT (window->window));
  g_test_message ("the focus is at %s", focus != NULL ? G_OBJECT_TYPE_NAME (focus) : "nothing");
}

static void
add_tests (void)
{
  g_test_add_func ("/timeline-view/focus/survives", test_survives);
  g_test_add_func ("/timeline-view/focus/kept", test_kept);
  g_test_add_data_func ("/timeline-view/focus/tab", GINT_TO_POINTER (1), test_tab_order);
  g_test_add_data_func ("/timeline-view/focus/back-tab", GINT_TO_POINTER (-1), test_tab_order);
  g_test_add_func ("/timeline-view/focus/arrows", test_arrows);
  g_test_add_func ("/timeline-view/focus/reveal", test_reveal);
  g_test_add_func ("/timeline-view/focus/enter", test_enter);
  g_test_add_func ("/timeline-view/focus/keys", test_keys);
  g_test_add_func ("/timeline-view/focus/click", test_click);
  g_test_add_func ("/timeline-view/focus/deleted", test_deleted);
}

int
main (int argc, char *argv[])
{
  return wt_sample_window_main (argc, argv, add_tests);
}
