/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-sample-window.h"

static guint
get_n (WtSampleWindow *window)
{
  return g_list_model_get_n_items (G_LIST_MODEL (window->model));
}

static void
test_new_destroy (void)
{
  GtkWidget *view = g_object_ref_sink (wt_timeline_view_new ());

  g_assert_null (wt_timeline_view_get_model (WT_TIMELINE_VIEW (view)));
  g_assert_true (wt_timeline_view_get_at_bottom (WT_TIMELINE_VIEW (view)));
  g_assert_false (wt_timeline_view_get_visible_range (WT_TIMELINE_VIEW (view), NULL, NULL));
  g_assert_null (wt_timeline_view_get_row (WT_TIMELINE_VIEW (view), 0));
  wt_timeline_view_show_position (WT_TIMELINE_VIEW (view), 5, 0.5);
  wt_timeline_view_scroll_to_bottom (WT_TIMELINE_VIEW (view));
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (view)), ==,
                   GTK_ACCESSIBLE_ROLE_LIST);
  g_assert_finalize_object (view);
}

/* A window that is closed before it was shown, and one with a model but never any rows. */
static void
test_never_shown (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000);

  wt_timeline_view_show_position (window->view, 500, 0.5);
  wt_sample_model_insert (window->model, 0, 10);
  wt_sample_model_remove (window->model, 0, 1010);
  wt_sample_model_insert (window->model, 0, 10);
  g_assert_cmpuint (window->n_created, ==, 0);
}

static void
test_empty (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (0);

  wt_sample_window_present (window);
  g_assert_true (wt_timeline_view_get_at_bottom (window->view));
  wt_timeline_view_page (window->view, -1);
  wt_timeline_view_show_position (window->view, 5, 0);
  wt_sample_window_scroll (window, 100);
  wt_sample_window_frames (window, 3);

  wt_sample_model_insert (window->model, 0, 200);
  wt_sample_window_frames (window, 1);
  wt_sample_window_assert_sound (window);
  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, 0);
  wt_timeline_view_show_position (window->view, 100, 0.5);
  wt_sample_window_frames (window, 6);
  g_assert_cmpuint (window->n_alive, >, 14);

  wt_sample_model_remove (window->model, 0, 200);
  wt_sample_window_frames (window, 1);
  g_assert_cmpuint (window->n_bound, ==, 0);
  g_assert_false (wt_timeline_view_get_visible_range (window->view, NULL, NULL));
  g_assert_cmpuint (window->n_alive, <=, 12);
  wt_sample_model_insert (window->model, 0, 3);
  wt_sample_window_frames (window, 1);
  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, 0);
}

static void
test_replaced_model (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000);
  WtSampleModel *other = wt_sample_model_new (500);

  wt_sample_window_present (window);
  wt_sample_window_scroll (window, -5000);
  wt_sample_window_frames (window, 1);
  g_assert_false (wt_timeline_view_get_at_bottom (window->view));

  wt_timeline_view_set_model (window->view, G_LIST_MODEL (other));
  g_assert_finalize_object (g_steal_pointer (&window->model));
  window->model = other;
  wt_sample_window_frames (window, 1);
  wt_sample_window_assert_sound (window);
  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, 0);

  wt_timeline_view_set_model (window->view, NULL);
  wt_sample_window_frames (window, 1);
  g_assert_cmpuint (window->n_bound, ==, 0);
  wt_timeline_view_set_model (window->view, G_LIST_MODEL (other));
  wt_timeline_view_show_position (window->view, 250, 0);
  wt_sample_window_frames (window, 1);
  wt_sample_window_assert_sound (window);
}

static void
test_huge (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1);
  guint first = 0;
  guint last = 0;

  wt_sample_model_set_huge (window->model, 0, 50000);
  wt_sample_window_present (window);
  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, 0);
  for (int i = 0; i < 100; i++)
    {
      wt_sample_window_scroll (window, -431);
      wt_sample_window_frames (window, 1);
      g_assert_true (wt_timeline_view_get_visible_range (window->view, &first, &last));
      g_assert_cmpuint (last, ==, 0);
    }

  /* What follows it grows below, and it stays. */
  {
    double before = 0;
    double after = 0;

    g_assert_true (wt_sample_window_get_y (window, 0, &before, NULL));
    wt_sample_model_insert (window->model, 1, 100);
    wt_sample_model_insert (window->model, 0, 100);
    wt_sample_window_frames (window, 1);
    g_assert_true (wt_sample_window_get_y (window, 100, &after, NULL));
    g_assert_cmpfloat (before, ==, after);
  }
}

typedef struct
{
  WtSampleWindow *window;
  guint before;
  gboolean rests;
} Rest;

static gboolean
on_half_second (gpointer data)
{
  Rest *rest = data;

  rest->rests = rest->window->n_frames - rest->before < 6;
  rest->before = rest->window->n_frames;
  return rest->rests ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

/* One row, of usual height or higher than the view and its margins, is no reason to lay out again and again. What the
 * theme moves when the window gets the focus, whenever that is, ends by itself. */
static void
test_rests (void)
{
  for (guint height = 0; height <= 50000; height += 50000)
    {
      g_autoptr (WtSampleWindow) window = wt_sample_window_new (height == 0 ? 1 : 3);
      Rest rest = { window, 0, FALSE };

      if (height > 0)
        wt_sample_model_set_huge (window->model, 1, (int) height);
      wt_sample_window_present (window);
      if (height > 0)
        wt_timeline_view_show_position (window->view, 1, 0.5);
      wt_sample_window_frames (window, 8);

      rest.before = window->n_frames;
      g_timeout_add (500, on_half_second, &rest);
      wt_test_wait_until (rest.rests);
    }
}

/* Rows that want no height at all do not all become widgets. */
static void
test_flat (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (100000);

  for (guint i = 99000; i < 100000; i++)
    wt_sample_model_set_huge (window->model, i, 1);
  wt_sample_window_present (window);
  g_assert_cmpuint (window->n_created, <, 3000);
  g_assert_cmpfloat (wt_sample_window_get_gap (window), ==, 0);
}

static void
test_bounded (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000000);
  guint first = 0;

  wt_sample_window_present (window);
  for (guint i = 0; i < 5000; i++)
    {
      wt_sample_window_scroll (window, -700);
      if (i % 50 == 0)
        wt_sample_window_frames (window, 1);
      if (!wt_timeline_view_get_visible_range (window->view, &first, NULL) || first < 980000)
        break;
    }
  wt_sample_window_frames (window, 1);
  wt_sample_window_assert_sound (window);
  g_assert_cmpuint (first, <, 980000);
  g_test_message ("%u rows created, %u alive, at most %u live", window->n_created, window->n_alive,
                  window->max_children);
  g_assert_cmpuint (window->max_children, <, 70);
  g_assert_cmpuint (window->n_alive, <, 70 + 12);
  g_assert_cmpuint (window->n_created, <, 150);
  g_assert_cmpuint (wt_sample_model_get_n_objects (window->model), <, 80);
}

static void
range_changed_cb (guint *n_changes)
{
  (*n_changes)++;
}

static void
test_range_told (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000);
  guint n_changes = 0;

  g_signal_connect_swapped (window->view, "visible-range-changed", G_CALLBACK (range_changed_cb),
                            &n_changes);
  wt_sample_window_present (window);
  wt_test_wait_until (n_changes == 1);

  for (int i = 0; i < 10; i++)
    wt_sample_window_scroll (window, -300);
  g_assert_cmpuint (n_changes, ==, 1);
  wt_test_wait_until (n_changes > 1);
  wt_sample_window_frames (window, 3);
  g_assert_cmpuint (n_changes, ==, 2);
}

/* Hidden while the model changes, as a chat that is not the one shown. */
static void
test_hidden (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (1000);

  wt_sample_window_present (window);
  gtk_widget_set_visible (GTK_WIDGET (window->scroller), FALSE);
  wt_sample_window_frames (window, 2);
  wt_sample_model_insert (window->model, 1000, 500);
  wt_sample_model_remove (window->model, 0, 500);
  wt_timeline_view_show_position (window->view, 40, 0);
  wt_sample_window_frames (window, 2);
  gtk_widget_set_visible (GTK_WIDGET (window->scroller), TRUE);
  wt_sample_window_frames (window, 2);
  wt_sample_window_assert_sound (window);
  g_assert_nonnull (wt_timeline_view_get_row (window->view, 40));
}

static void
act_at_random (WtSampleWindow *window)
{
  guint n = get_n (window);
  guint position = g_test_rand_int_range (0, n + 1);
  guint length = g_test_rand_int_range (0, 90);
  guint first = 0;
  guint last = 0;

  if (g_test_rand_bit () && wt_timeline_view_get_visible_range (window->view, &first, &last))
    position = g_test_rand_int_range (first, last + 2);
  position = MIN (position, n);
  length = MIN (length, n - position);

  switch (g_test_rand_int_range (0, 9))
    {
    case 0:
    case 1:
      wt_sample_model_insert (window->model, position, g_test_rand_int_range (1, 80));
      break;
    case 2:
    case 3:
      wt_sample_model_remove (window->model, position, length);
      break;
    case 4:
      wt_sample_model_replace (window->model, position, length);
      break;
    case 5:
      wt_sample_model_reset (window->model, g_test_rand_int_range (0, 3));
      break;
    case 6:
      wt_sample_window_scroll (window, g_test_rand_double_range (-1500, 1500));
      break;
    case 7:
      wt_timeline_view_show_position (window->view, position, g_test_rand_double ());
      break;
    default:
      if (position < n)
        {
          g_autoptr (WtSampleItem) item = wt_sample_model_get (window->model, position);

          wt_sample_item_grow (item, g_test_rand_int_range (-20, 200));
        }
    }
}

static gboolean
has_focus (WtSampleWindow *window)
{
  GtkWidget *focus = gtk_window_get_focus (GTK_WINDOW (window->window));

  return focus != NULL && gtk_widget_is_ancestor (focus, GTK_WIDGET (window->view));
}

static void
test_anything (void)
{
  g_autoptr (WtSampleWindow) window = wt_sample_window_new (300);
  GtkWidget *row = NULL;

  wt_sample_window_present (window);
  for (int i = 0; i < 400; i++)
    {
      for (int j = g_test_rand_int_range (1, 5); j > 0; j--)
        {
          gboolean focused = has_focus (window);

          act_at_random (window);
          /* GTK 4.8 loses a reference to one that is removed with the focus while another such waits for
           * its frame. */
          if (focused)
            wt_sample_window_frames (window, 2);
        }
      if (g_test_rand_int_range (0, 10) == 0
          && (row = wt_timeline_view_get_row (window->view,
                                              g_test_rand_int_range (0, get_n (window) + 1)))
                 != NULL)
        gtk_widget_grab_focus (row);

      /* Where a focused row was deleted, GTK moves the focus on after the first. */
      wt_sample_window_frames (window, 2);
      wt_sample_window_assert_sound (window);
    }
}

static void
add_tests (void)
{
  g_test_add_func ("/timeline-view/edges/new-destroy", test_new_destroy);
  g_test_add_func ("/timeline-view/edges/never-shown", test_never_shown);
  g_test_add_func ("/timeline-view/edges/empty", test_empty);
  g_test_add_func ("/timeline-view/edges/replaced-model", test_replaced_model);
  g_test_add_func ("/timeline-view/edges/huge", test_huge);
  g_test_add_func ("/timeline-view/edges/rests", test_rests);
  g_test_add_func ("/timeline-view/edges/flat", test_flat);
  g_test_add_func ("/timeline-view/edges/bounded", test_bounded);
  g_test_add_func ("/timeline-view/edges/range-told", test_range_told);
  g_test_add_func ("/timeline-view/edges/hidden", test_hidden);
  g_test_add_func ("/timeline-view/edges/anything", test_anything);
}

int
main (int argc, char *argv[])
{
  return wt_sample_window_main (argc, argv, add_tests);
}
