/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-sample-window.h"

static void
row_gone_cb (gpointer data, GObject *where)
{
  WtSampleWindow *self = data;

  self->n_alive--;
}

static GtkWidget *
create_row (gpointer data)
{
  WtSampleWindow *self = data;
  GtkWidget *row = wt_sample_row_new ();

  self->n_created++;
  self->n_alive++;
  g_object_weak_ref (G_OBJECT (row), row_gone_cb, self);
  return row;
}

static void
bind_row (GtkWidget *row, GObject *item, GObject *previous, guint position, gpointer data)
{
  WtSampleWindow *self = data;

  if (wt_sample_row_get_item (WT_SAMPLE_ROW (row)) == NULL)
    {
      self->n_bound++;
      self->n_binds++;
    }
  else
    {
      g_assert_true (wt_sample_row_get_item (WT_SAMPLE_ROW (row)) == WT_SAMPLE_ITEM (item));
    }
  wt_sample_row_set_item (WT_SAMPLE_ROW (row), WT_SAMPLE_ITEM (item));
  wt_sample_row_set_previous (WT_SAMPLE_ROW (row), previous);
}

static void
unbind_row (GtkWidget *row, gpointer data)
{
  WtSampleWindow *self = data;

  g_assert_nonnull (wt_sample_row_get_item (WT_SAMPLE_ROW (row)));
  self->n_bound--;
  wt_sample_row_set_item (WT_SAMPLE_ROW (row), NULL);
}

static void
painted_cb (WtSampleWindow *self)
{
  guint n_children = 0;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    n_children++;
  self->max_children = MAX (self->max_children, n_children);
  self->n_frames++;
  if (self->check != NULL)
    self->check (self->check_data);
}

static void
realize_cb (WtSampleWindow *self)
{
  g_signal_connect_swapped (gtk_widget_get_frame_clock (self->window), "after-paint",
                            G_CALLBACK (painted_cb), self);
}

WtSampleWindow *
wt_sample_window_new (guint n_items)
{
  WtSampleWindow *self = g_new0 (WtSampleWindow, 1);
  GtkWidget *across = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);
  GtkWidget *down = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->model = wt_sample_model_new (n_items);
  self->view = WT_TIMELINE_VIEW (wt_timeline_view_new ());
  self->message = wt_timeline_view_get_message_adjustment (self->view);
  wt_timeline_view_set_rows (self->view, create_row, bind_row, unbind_row, self, NULL);
  wt_timeline_view_set_model (self->view, G_LIST_MODEL (self->model));

  self->scroller = GTK_SCROLLED_WINDOW (gtk_scrolled_window_new ());
  gtk_scrolled_window_set_policy (self->scroller, GTK_POLICY_NEVER, GTK_POLICY_EXTERNAL);
  gtk_scrolled_window_set_child (self->scroller, GTK_WIDGET (self->view));
  gtk_widget_set_hexpand (GTK_WIDGET (self->scroller), TRUE);
  gtk_widget_set_vexpand (GTK_WIDGET (self->scroller), TRUE);
  self->adjustment = gtk_scrolled_window_get_vadjustment (self->scroller);

  self->composer = gtk_button_new ();
  self->pane = gtk_button_new ();
  gtk_widget_set_size_request (self->composer, -1, 50);
  gtk_widget_set_size_request (self->pane, 50, -1);
  gtk_box_append (GTK_BOX (across), GTK_WIDGET (self->scroller));
  gtk_box_append (GTK_BOX (across), gtk_scrollbar_new (GTK_ORIENTATION_VERTICAL, self->message));
  gtk_box_append (GTK_BOX (across), self->pane);
  gtk_box_append (GTK_BOX (down), across);
  gtk_box_append (GTK_BOX (down), self->composer);

  self->window = gtk_window_new ();
  g_object_ref_sink (self->window);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 700, 800);
  gtk_window_set_child (GTK_WINDOW (self->window), down);
  g_signal_connect_swapped (self->window, "realize", G_CALLBACK (realize_cb), self);
  return self;
}

void
wt_sample_window_free (WtSampleWindow *self)
{
  self->check = NULL;
  if (gtk_widget_get_realized (self->window))
    g_signal_handlers_disconnect_by_data (gtk_widget_get_frame_clock (self->window), self);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_assert_finalize_object (self->window);

  /* Every row was unbound and went with the view. */
  g_assert_cmpuint (self->n_bound, ==, 0);
  g_assert_cmpuint (self->n_alive, ==, 0);
  g_assert_finalize_object (self->model);
  g_free (self);
}

void
wt_sample_window_frames (WtSampleWindow *self, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint before = self->n_frames;

      gtk_widget_queue_draw (self->window);
      wt_test_wait_until (self->n_frames > before);
    }
}

/* Shows the window and waits for the first painted frame. */
void
wt_sample_window_present (WtSampleWindow *self)
{
  gtk_window_present (GTK_WINDOW (self->window));
  wt_test_wait_until (self->n_frames > 0);
}

void
wt_sample_window_set_check (WtSampleWindow *self, void (*check) (gpointer data), gpointer data)
{
  self->check = check;
  self->check_data = data;
}

void
wt_sample_window_scroll (WtSampleWindow *self, double by)
{
  gtk_adjustment_set_value (self->adjustment, gtk_adjustment_get_value (self->adjustment) + by);
}

/* As a touchpad does when the fingers leave it: GTK decelerates from @velocity, in its own units.
 * */
void
wt_sample_window_fling (WtSampleWindow *self, double velocity)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (self->scroller));

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_EVENT_CONTROLLER_SCROLL (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        g_signal_emit_by_name (controller, "decelerate", 0.0, velocity);
    }
}

int
wt_sample_window_get_width (WtSampleWindow *self)
{
  return gtk_widget_get_width (GTK_WIDGET (self->view));
}

int
wt_sample_window_get_page (WtSampleWindow *self)
{
  return gtk_widget_get_height (GTK_WIDGET (self->view));
}

/* Where the row at @position was allocated, from the top of the view. */
gboolean
wt_sample_window_get_y (WtSampleWindow *self, guint position, double *y, double *height)
{
  GtkWidget *row = wt_timeline_view_get_row (self->view, position);
  graphene_rect_t bounds;

  if (row == NULL || !gtk_widget_compute_bounds (row, GTK_WIDGET (self->view), &bounds))
    return FALSE;
  *y = bounds.origin.y;
  if (height != NULL)
    *height = bounds.size.height;
  return TRUE;
}

gboolean
wt_sample_window_get_item_y (WtSampleWindow *self, WtSampleItem *item, double *y)
{
  graphene_rect_t bounds;

  for (GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view)); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    if (wt_sample_row_get_item (WT_SAMPLE_ROW (child)) == item
        && gtk_widget_compute_bounds (child, GTK_WIDGET (self->view), &bounds))
      {
        *y = bounds.origin.y;
        return TRUE;
      }
  return FALSE;
}

/* What somebody reads: the first whose top is in the view. (transfer full) */
WtSampleItem *
wt_sample_window_get_read_item (WtSampleWindow *self)
{
  guint first = 0;
  guint last = 0;
  double y = 0;

  g_assert_true (wt_timeline_view_get_visible_range (self->view, &first, &last));
  g_assert_true (wt_sample_window_get_y (self, first, &y, NULL));
  return wt_sample_model_get (self->model, y < 0 && first < last ? first + 1 : first);
}

/* Between the end of the last row and the end of the view. */
double
wt_sample_window_get_gap (WtSampleWindow *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  double y = 0;
  double height = 0;

  g_assert_true (wt_sample_window_get_y (self, n_items - 1, &y, &height));
  return wt_sample_window_get_page (self) - (y + height);
}

/* Rows lie one after the other, in the order of the children, each knowing the item above, each as
 * high as its item; nothing is empty that could be filled. */
void
wt_sample_window_assert_sound (WtSampleWindow *self)
{
  guint n_items = g_list_model_get_n_items (G_LIST_MODEL (self->model));
  int page = wt_sample_window_get_page (self);
  guint first = 0;
  guint last = 0;
  guint before = 0;
  double top = 0;
  double bottom = 0;
  GtkWidget *child = gtk_widget_get_first_child (GTK_WIDGET (self->view));

  for (gboolean any = FALSE; child != NULL; child = gtk_widget_get_next_sibling (child))
    {
      guint position = 0;

      g_assert_true (wt_timeline_view_get_row_position (self->view, child, &position));
      g_assert_true (!any || position > before);
      before = position;
      any = TRUE;
    }

  if (!wt_timeline_view_get_visible_range (self->view, &first, &last))
    {
      g_assert_cmpuint (n_items, ==, 0);
      return;
    }

  for (guint i = first; i <= last; i++)
    {
      g_autoptr (WtSampleItem) item = wt_sample_model_get (self->model, i);
      g_autoptr (WtSampleItem) above = i > 0 ? wt_sample_model_get (self->model, i - 1) : NULL;
      WtSampleRow *row = WT_SAMPLE_ROW (wt_timeline_view_get_row (self->view, i));
      double y = 0;
      double height = 0;

      g_assert_true (wt_sample_window_get_y (self, i, &y, &height));
      g_assert_true (gtk_widget_get_mapped (GTK_WIDGET (row)));
      g_assert_true (wt_sample_row_get_item (row) == item);
      g_assert_true (wt_sample_row_get_previous (row) == (GObject *) above);
      g_assert_cmpint (height, ==,
                       wt_sample_item_get_height (item, wt_sample_window_get_width (self)));
      if (i == first)
        top = y;
      else
        g_assert_cmpfloat (y, ==, bottom);
      bottom = y + height;
    }
  g_assert_true (bottom >= page);
  g_assert_true (top <= 0 || first == 0);
  if (last + 1 == n_items && top > 0)
    g_assert_cmpfloat (bottom, ==, page);
  if (first == 0 && last + 1 < n_items)
    g_assert_cmpfloat (top, <=, 0);
}

int
wt_sample_window_main (int argc, char *argv[], void (*add_tests) (void))
{
  g_test_init (&argc, &argv, NULL);
  if (!gtk_init_check ())
    {
      g_print ("1..0 # SKIP no display\n");
      return 0;
    }
  add_tests ();
  return g_test_run ();
}
