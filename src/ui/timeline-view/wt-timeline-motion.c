/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "wt-timeline-view-private.h"

#define PAGE_DURATION (200 * G_TIME_SPAN_MILLISECOND)

/* The part of a page that paging moves by: some lines stay in sight. */
#define PAGE_PART 0.9

/* How many pages of rows beyond each edge a frame after a jump adds. */
#define MARGIN_STEP 0.25

/* Beyond this the world's origin is moved, long before a double loses whole pixels; some rest after
 * the last movement, for then nobody remembers a value. */
#define REBASE_BEYOND 1e9
#define REBASE_REST_MS 1000

static void
stop_paging (WtTimelineView *self)
{
  if (self->page_tick_id != 0)
    gtk_widget_remove_tick_callback (GTK_WIDGET (self), self->page_tick_id);
  self->page_tick_id = 0;
}

/* Stops a fling of the scrolled window's, and has it take over the value where it is. GTK has no
 * function for it, but it stops one when kinetic scrolling is switched off. */
static void
stop_fling (WtTimelineView *self)
{
  GtkWidget *window = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);

  if (window != NULL && gtk_scrolled_window_get_kinetic_scrolling (GTK_SCROLLED_WINDOW (window)))
    {
      gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (window), FALSE);
      gtk_scrolled_window_set_kinetic_scrolling (GTK_SCROLLED_WINDOW (window), TRUE);
    }

  /* The first stops an animation of the adjustment's; the second has the scrolled window forget how
   * far beyond the end the fling had got. */
  gtk_adjustment_set_value (self->vadjustment, gtk_adjustment_get_value (self->vadjustment));
  g_signal_emit_by_name (self->vadjustment, "value-changed");
}

static gboolean
rebase (gpointer user_data)
{
  WtTimelineView *self = user_data;
  double origin = wt_timeline_view_get_top (self);

  self->rebase_id = 0;
  for (guint i = 0; i < self->rows->live->len; i++)
    ((WtTimelineRow *) g_ptr_array_index (self->rows->live, i))->y -= origin;
  self->anchor.y -= origin;

  self->value = gtk_adjustment_get_value (self->vadjustment) - origin;
  gtk_adjustment_configure (self->vadjustment, self->value,
                            gtk_adjustment_get_lower (self->vadjustment) - origin,
                            gtk_adjustment_get_upper (self->vadjustment) - origin,
                            gtk_adjustment_get_step_increment (self->vadjustment),
                            gtk_adjustment_get_page_increment (self->vadjustment), self->page);
  return G_SOURCE_REMOVE;
}

static void
schedule_rebase (WtTimelineView *self)
{
  g_clear_handle_id (&self->rebase_id, g_source_remove);
  if (fabs (self->value) > REBASE_BEYOND)
    self->rebase_id = g_timeout_add (REBASE_REST_MS, rebase, self);
}

/* A run of movements in successive frames is a fling or an animation. GTK decided at its start
 * where the ends are: note which were known. */
static void
note_run (WtTimelineView *self)
{
  gint64 frame = gdk_frame_clock_get_frame_counter (self->clock);

  if (frame - self->run_frame > 1)
    {
      self->run_knew_top = wt_timeline_view_is_top_known (self);
      self->run_knew_bottom = wt_timeline_view_is_bottom_known (self);
    }
  self->run_frame = frame;
}

/**
 * wt_timeline_view_value_changed:
 *
 * Handles a scroll: somebody moved the adjustment's value.
 */
void
wt_timeline_view_value_changed (WtTimelineView *self)
{
  double value = gtk_adjustment_get_value (self->vadjustment);
  gboolean by_animation = self->in_update && !self->paging && self->clock != NULL;

  /* GTK emits this again for a change we know of, and for the rounding of one. */
  if (fabs (value - self->value) < 1e-6)
    return;

  if (!self->paging)
    stop_paging (self);
  if (self->width <= 0 || self->page <= 0 || wt_timeline_rows_get_n_items (self->rows) == 0)
    {
      self->value = value;
      return;
    }

  wt_timeline_view_catch_up (self, round (self->value));
  self->value = value;
  if (by_animation)
    note_run (self);
  wt_timeline_view_hold_place (self);
  wt_timeline_view_place (self);
  schedule_rebase (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));

  /* A fling does not learn of an end found on its way, and would go on unseen behind it. */
  if (by_animation
      && ((wt_timeline_view_is_at_top (self) && !self->run_knew_top)
          || (wt_timeline_view_get_at_bottom (self) && !self->run_knew_bottom)))
    stop_fling (self);
}

/**
 * wt_timeline_view_stop_motion:
 *
 * Stops what moves the view by itself: a fling, an animation.
 */
void
wt_timeline_view_stop_motion (WtTimelineView *self)
{
  stop_paging (self);
  stop_fling (self);
}

static void
before_paint_cb (WtTimelineView *self)
{
  self->in_update = TRUE;
}

static void
layout_cb (WtTimelineView *self)
{
  self->in_update = FALSE;
}

/* A jump keeps its alignment over every size and height until it was seen; at the bottom it becomes
 * what being there always is. */
static void
after_paint_cb (WtTimelineView *self)
{
  self->in_update = FALSE;
  if (self->width <= 0 || !gtk_widget_get_mapped (GTK_WIDGET (self)))
    return;

  if (self->margin < 1)
    {
      self->margin = MIN (1, self->margin + MARGIN_STEP);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  if (!self->painted && wt_timeline_anchor_is_jump (&self->anchor)
      && wt_timeline_view_get_at_bottom (self))
    self->anchor.mode = WT_TIMELINE_ANCHOR_BOTTOM;
  self->painted = TRUE;
}

/**
 * wt_timeline_view_watch_frames:
 * @clock: (nullable): the window's; %NULL when there is none any more
 *
 * Follows the phases of the frames.
 */
void
wt_timeline_view_watch_frames (WtTimelineView *self, GdkFrameClock *clock)
{
  if (self->clock != NULL)
    g_signal_handlers_disconnect_by_data (self->clock, self);

  self->clock = clock;
  self->in_update = FALSE;
  if (clock == NULL)
    return;

  g_signal_connect_object (clock, "before-paint", G_CALLBACK (before_paint_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (clock, "layout", G_CALLBACK (layout_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (clock, "after-paint", G_CALLBACK (after_paint_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * wt_timeline_view_forget_motion:
 *
 * Cancels everything that would move the view later, for its end.
 */
void
wt_timeline_view_forget_motion (WtTimelineView *self)
{
  stop_paging (self);
  g_clear_handle_id (&self->rebase_id, g_source_remove);
}

/* Moves by the next part of the page, relatively: whatever else happens to the value stays. */
static gboolean
move_page (WtTimelineView *self, double part)
{
  double before = gtk_adjustment_get_value (self->vadjustment);
  double step = round (self->page_distance * part) - self->page_done;

  self->page_done += step;
  self->paging = TRUE;
  gtk_adjustment_set_value (self->vadjustment, before + step);
  self->paging = FALSE;
  return fabs (gtk_adjustment_get_value (self->vadjustment) - (before + step)) < 1;
}

static void
finish_page (WtTimelineView *self)
{
  int direction = self->page_distance < 0 ? -1 : 1;

  self->page_tick_id = 0;
  if (self->page_moves_focus)
    wt_timeline_view_focus_visible (self, direction);
}

static gboolean
page_tick (GtkWidget *widget, GdkFrameClock *clock, gpointer user_data)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (widget);
  gint64 now = gdk_frame_clock_get_frame_time (clock);
  double time = 0;

  if (self->page_start == 0)
    self->page_start = now;
  self->page_time = now;
  time = CLAMP ((now - self->page_start) / (double) PAGE_DURATION, 0, 1);

  if (move_page (self, 1 - pow (1 - time, 3)) && time < 1)
    return G_SOURCE_CONTINUE;
  finish_page (self);
  return G_SOURCE_REMOVE;
}

/**
 * wt_timeline_view_page_by:
 * @direction: negative: up, else down
 * @moves_focus: whether a focus that goes out of sight follows
 *
 * Starts moving by most of a page; what is left of one under way in that direction is added, and the movement goes on with
 * the next frame: or a held key, quicker than two frames, would always begin anew and never move.
 */
void
wt_timeline_view_page_by (WtTimelineView *self, int direction, gboolean moves_focus)
{
  gboolean goes_on = self->page_tick_id != 0 && (self->page_distance < 0) == (direction < 0);
  double left = goes_on ? self->page_distance - self->page_done : 0;
  gboolean animate = FALSE;

  g_object_get (gtk_widget_get_settings (GTK_WIDGET (self)), "gtk-enable-animations", &animate,
                NULL);
  wt_timeline_view_stop_motion (self);

  self->page_distance = left + (direction < 0 ? -1 : 1) * round (PAGE_PART * self->page);
  self->page_done = 0;
  self->page_time = self->page_start = goes_on ? self->page_time : 0;
  self->page_moves_focus = moves_focus;

  if (animate && gtk_widget_get_mapped (GTK_WIDGET (self)))
    {
      self->page_tick_id = gtk_widget_add_tick_callback (GTK_WIDGET (self), page_tick, NULL, NULL);
    }
  else
    {
      move_page (self, 1);
      finish_page (self);
    }
}
