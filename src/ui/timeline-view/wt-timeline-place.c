/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "wt-timeline-view-private.h"

/* How far away, in pixels, an end is said to be as long as it is not known. */
#define FAR_AWAY 1e7

/* A scroll that leaves the live rows this many pages behind is not walked row by row. */
#define LEAP_PAGES 4

static double
bottom_of (WtTimelineRow *row)
{
  return row->y + row->height;
}

/* Rows of which nothing would show still take a pixel, so that a page is a bound on rows. */
static void
measure_row (WtTimelineView *self, WtTimelineRow *row)
{
  int min_width = 0;
  int height = 0;

  gtk_widget_measure (row->widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_measure (row->widget, GTK_ORIENTATION_VERTICAL, MAX (self->width, min_width), NULL,
                      &height, NULL, NULL);
  row->height = MAX (height, 1);
}

/* Gives up the rows more than one page and a half beyond an edge, down to one row. */
static void
trim (WtTimelineView *self, double top)
{
  double slack = 1.5 * self->page;

  while (self->rows->live->len > 1 && bottom_of (wt_timeline_rows_first (self->rows)) < top - slack)
    wt_timeline_rows_drop_first (self->rows);
  while (self->rows->live->len > 1
         && wt_timeline_rows_last (self->rows)->y > top + self->page + slack)
    wt_timeline_rows_drop_last (self->rows);
}

/* Adds rows until there is one page of them beyond each edge; after a jump only what shows, and the
 * rest a part a frame. */
static void
fill (WtTimelineView *self, double top)
{
  double margin = self->margin * self->page;

  while (!wt_timeline_view_is_bottom_known (self)
         && bottom_of (wt_timeline_rows_last (self->rows)) < top + self->page + margin)
    {
      double y = bottom_of (wt_timeline_rows_last (self->rows));
      WtTimelineRow *row = wt_timeline_rows_append (self->rows);

      measure_row (self, row);
      row->y = y;
    }

  while (!wt_timeline_view_is_top_known (self)
         && wt_timeline_rows_first (self->rows)->y > top - margin)
    {
      double y = wt_timeline_rows_first (self->rows)->y;
      WtTimelineRow *row = wt_timeline_rows_prepend (self->rows);

      measure_row (self, row);
      row->y = y - row->height;
    }
}

/* Nothing shows beyond a known end: how far the rows have to move for it. The bottom wins, so that
 * a short conversation sits there. To move the rows, not the value, leaves a fling its value. */
static double
get_gap (WtTimelineView *self, double top)
{
  double below = -INFINITY;
  double above = -INFINITY;

  if (wt_timeline_view_is_bottom_known (self))
    below = top + self->page - bottom_of (wt_timeline_rows_last (self->rows));
  if (wt_timeline_view_is_top_known (self))
    above = wt_timeline_rows_first (self->rows)->y - top;

  if (below > 0)
    return below;
  if (above > 0 && below < 0)
    return -MIN (above, -below);
  return 0;
}

static void
close_gaps (WtTimelineView *self, double top)
{
  for (int i = 0; i < 4; i++)
    {
      double gap = get_gap (self, top);

      if (gap == 0)
        return;
      for (guint j = 0; j < self->rows->live->len; j++)
        ((WtTimelineRow *) g_ptr_array_index (self->rows->live, j))->y += gap;
      self->anchor.y += gap;
      fill (self, top);
    }
}

/* Something moved the value by many pages at once, as an animation to "the end" does while the end
 * is not known. Guess which row is there, from the height of the ones seen last. */
static void
leap (WtTimelineView *self, double top)
{
  WtTimelineRow *first = wt_timeline_rows_first (self->rows);
  WtTimelineRow *last = wt_timeline_rows_last (self->rows);
  guint n_items = wt_timeline_rows_get_n_items (self->rows);
  double height = 0;
  double above = 0;
  double below = 0;
  double target = 0;

  if (self->anchor.mode != WT_TIMELINE_ANCHOR_HOLD || first == NULL)
    return;

  height = (bottom_of (last) - first->y) / self->rows->live->len;
  above = first->y - (top + self->page);
  below = top - bottom_of (last);
  if (MAX (above, below) < LEAP_PAGES * self->page)
    return;

  target = above > 0 ? first->position - above / height : last->position + below / height;
  wt_timeline_anchor_hold (&self->anchor, (guint) CLAMP (target, 0, n_items - 1), top);
}

static void
measure_all (WtTimelineView *self)
{
  for (guint i = 0; i < self->rows->live->len; i++)
    measure_row (self, g_ptr_array_index (self->rows->live, i));
  for (guint i = 0; i < self->rows->others->len; i++)
    measure_row (self, g_ptr_array_index (self->rows->others, i));
}

/* Makes the anchor's row live, measures what is live, and stacks it. */
static void
place_anchor (WtTimelineView *self, double top)
{
  guint last = wt_timeline_rows_get_n_items (self->rows) - 1;
  guint position = self->anchor.mode == WT_TIMELINE_ANCHOR_BOTTOM
                       ? last
                       : MIN (self->anchor.position, last);
  gboolean was_live = wt_timeline_rows_find_live (self->rows, position) != NULL;
  WtTimelineRow *row = wt_timeline_rows_require (self->rows, position);

  /* What it has around it comes with the next frames, and then stays: one row may be all there is to see. */
  if (!was_live && self->rows->live->len == 1)
    self->margin = 0;

  wt_timeline_rows_refresh (self->rows);
  measure_all (self);
  wt_timeline_view_stack (self, row,
                          wt_timeline_anchor_get_y (&self->anchor, top, self->page, row->height));
}

/* Tells GTK how far one can scroll. */
static void
update_limits (WtTimelineView *self, double top)
{
  double value = gtk_adjustment_get_value (self->vadjustment);
  double lower = gtk_adjustment_get_lower (self->vadjustment);
  double upper = gtk_adjustment_get_upper (self->vadjustment);

  if (self->rows->live->len == 0)
    lower = value;
  else if (wt_timeline_view_is_top_known (self))
    lower = MIN (value, wt_timeline_rows_first (self->rows)->y);
  else if (lower > value - FAR_AWAY / 2 || lower < value - 2 * FAR_AWAY)
    lower = top - FAR_AWAY;

  if (self->rows->live->len == 0)
    upper = value + self->page;
  else if (wt_timeline_view_is_bottom_known (self))
    upper = MAX (value + self->page, bottom_of (wt_timeline_rows_last (self->rows)));
  else if (upper < value + FAR_AWAY / 2 || upper > value + 2 * FAR_AWAY)
    upper = top + FAR_AWAY;

  gtk_adjustment_configure (self->vadjustment, value, lower, upper, round (0.1 * self->page),
                            round (0.9 * self->page), self->page);
}

static gboolean
tell (gpointer user_data)
{
  g_autoptr (WtTimelineView) self = g_object_ref (user_data);

  self->tell_id = 0;
  if (self->at_bottom != self->at_bottom_told)
    {
      self->at_bottom_told = self->at_bottom;
      g_object_notify (G_OBJECT (self), "at-bottom");
    }
  if (self->range_changed)
    {
      self->range_changed = FALSE;
      g_signal_emit_by_name (self, "visible-range-changed");
    }
  return G_SOURCE_REMOVE;
}

/* What listeners do must not happen in the middle of an allocation, so they are told after it; and
 * before the next frame, so that they can prepare for it. */
static void
note_what_shows (WtTimelineView *self)
{
  guint first = 0;
  guint last = 0;
  gboolean visible = wt_timeline_view_get_visible_range (self, &first, &last);

  if (visible != self->visible || first != self->first_visible || last != self->last_visible)
    {
      self->visible = visible;
      self->first_visible = first;
      self->last_visible = last;
      self->range_changed = TRUE;
    }

  self->at_bottom = wt_timeline_view_get_at_bottom (self);
  if ((self->range_changed || self->at_bottom != self->at_bottom_told) && self->tell_id == 0)
    self->tell_id = g_idle_add_full (G_PRIORITY_HIGH_IDLE, tell, self, NULL);
}

/* Once placed: at the bottom one stays there. An anchor that left the view would let the rows
 * between it and the view push what is being read. */
static void
settle_anchor (WtTimelineView *self, double top)
{
  WtTimelineRow *row = wt_timeline_rows_find_live (self->rows, self->anchor.position);

  if (self->anchor.mode != WT_TIMELINE_ANCHOR_HOLD)
    return;

  if (wt_timeline_view_get_at_bottom (self))
    self->anchor.mode = WT_TIMELINE_ANCHOR_BOTTOM;
  else if (row == NULL || row->y < top || row->y >= top + self->page)
    wt_timeline_view_hold_place (self);
}

/**
 * wt_timeline_view_get_top:
 *
 * Returns: the top of the view in world pixels, integral: rows are drawn on whole pixels
 */
double
wt_timeline_view_get_top (WtTimelineView *self)
{
  return round (gtk_adjustment_get_value (self->vadjustment));
}

/**
 * wt_timeline_view_is_top_known:
 *
 * Returns: whether the first row is live, so that one cannot scroll above it
 */
gboolean
wt_timeline_view_is_top_known (WtTimelineView *self)
{
  WtTimelineRow *first = wt_timeline_rows_first (self->rows);

  return first == NULL || first->position == 0;
}

/**
 * wt_timeline_view_is_bottom_known:
 *
 * Returns: whether the last row is live, so that one cannot scroll below it
 */
gboolean
wt_timeline_view_is_bottom_known (WtTimelineView *self)
{
  WtTimelineRow *last = wt_timeline_rows_last (self->rows);

  return last == NULL || last->position + 1 >= wt_timeline_rows_get_n_items (self->rows);
}

/**
 * wt_timeline_view_is_at_top:
 *
 * Returns: whether nothing is above the view
 */
gboolean
wt_timeline_view_is_at_top (WtTimelineView *self)
{
  WtTimelineRow *first = wt_timeline_rows_first (self->rows);

  return wt_timeline_view_is_top_known (self)
         && (first == NULL || first->y >= wt_timeline_view_get_top (self));
}

/**
 * wt_timeline_view_hold_place:
 *
 * From now on what shows stays where it is: the first row whose top is in the view does, so that
 * one which crosses the upper edge grows upwards; where there is none, the row that fills the view.
 */
void
wt_timeline_view_hold_place (WtTimelineView *self)
{
  double top = wt_timeline_view_get_top (self);
  WtTimelineRow *held = NULL;

  for (guint i = 0; i < self->rows->live->len; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (self->rows->live, i);

      if (held != NULL && row->y >= top + self->page)
        break;
      held = row;
      if (row->y >= top)
        break;
    }
  if (held != NULL)
    wt_timeline_anchor_hold (&self->anchor, held->position, held->y);
}

/**
 * wt_timeline_view_stack:
 * @anchor: a live row
 * @y: where it is, in world pixels
 *
 * Stacks the other live rows outwards from @anchor, by their heights as measured last.
 */
void
wt_timeline_view_stack (WtTimelineView *self, WtTimelineRow *anchor, double y)
{
  GPtrArray *live = self->rows->live;
  guint index = anchor->position - wt_timeline_rows_first (self->rows)->position;

  anchor->y = y;
  for (guint i = index + 1; i < live->len; i++)
    ((WtTimelineRow *) g_ptr_array_index (live, i))->y = bottom_of (
        g_ptr_array_index (live, i - 1));
  for (guint i = index; i > 0; i--)
    {
      WtTimelineRow *row = g_ptr_array_index (live, i - 1);

      row->y = ((WtTimelineRow *) g_ptr_array_index (live, i))->y - row->height;
    }
}

/**
 * wt_timeline_view_catch_up:
 * @top: where the top of the view was when the rows were placed
 *
 * Before a scroll: lets rows that changed their heights since then do so as they would have had
 * without it. Else one that comes into view by it would grow downwards and push what is being read.
 */
void
wt_timeline_view_catch_up (WtTimelineView *self, double top)
{
  gboolean at_bottom = self->anchor.mode == WT_TIMELINE_ANCHOR_BOTTOM;
  WtTimelineRow *row = wt_timeline_rows_find_live (self->rows, self->anchor.position);

  if (at_bottom)
    row = wt_timeline_view_is_bottom_known (self) ? wt_timeline_rows_last (self->rows) : NULL;
  if (row == NULL)
    return;

  measure_all (self);
  wt_timeline_view_stack (self, row, at_bottom ? top + self->page - row->height : row->y);
}

/**
 * wt_timeline_view_place:
 *
 * Decides which rows are live and where each is, for the adjustment's value and the size allocated
 * last. Allocates nothing: the caller is in size_allocate() or queues an allocation.
 */
void
wt_timeline_view_place (WtTimelineView *self)
{
  double top = wt_timeline_view_get_top (self);

  if (self->placing || self->width <= 0 || self->page <= 0)
    return;
  self->placing = TRUE;

  if (wt_timeline_rows_get_n_items (self->rows) == 0)
    {
      wt_timeline_rows_clear (self->rows);
      self->anchor.mode = WT_TIMELINE_ANCHOR_BOTTOM;
    }
  else
    {
      leap (self, top);
      place_anchor (self, top);
      trim (self, top);
      fill (self, top);
      close_gaps (self, top);
      trim (self, top);
    }
  wt_timeline_rows_finish (self->rows);

  self->value = gtk_adjustment_get_value (self->vadjustment);
  update_limits (self, top);
  settle_anchor (self, top);
  wt_timeline_view_update_scale (self);
  note_what_shows (self);
  self->placing = FALSE;
}
