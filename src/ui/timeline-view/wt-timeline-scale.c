/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "wt-timeline-view-private.h"

/* The scrollbar counts messages, not pixels: 0 … N, fractional, so that no height is ever guessed.
 *
 * With f = value / (upper - page-size), the message unit f · N is at the f-th part of the view. So
 * 0 is exactly the top and 1 exactly the bottom whatever shows there, a place and its value
 * determine each other, and a slider being dragged stays under the pointer while the messages'
 * sizes vary. */

/* Halvings of 0 … 1: exact to a hundredth of a pixel among a thousand million rows. */
#define STEPS 48

/* The message unit at @offset pixels below the top of the view. */
static double
get_unit (WtTimelineView *self, double offset)
{
  double y = wt_timeline_view_get_top (self) + offset;
  WtTimelineRow *last = wt_timeline_rows_last (self->rows);

  for (guint i = 0; i < self->rows->live->len; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (self->rows->live, i);

      if (y < row->y + row->height)
        return row->position + MAX (0, (y - row->y) / row->height);
    }
  return last != NULL ? last->position + 1 : 0;
}

/* The f of the place that shows. */
static double
get_fraction (WtTimelineView *self, double n_items)
{
  double low = 0;
  double high = 1;

  if (wt_timeline_view_is_at_top (self))
    return 0;
  if (wt_timeline_view_get_at_bottom (self))
    return 1;

  for (int i = 0; i < STEPS; i++)
    {
      double middle = (low + high) / 2;

      if (get_unit (self, middle * self->page) > middle * n_items)
        low = middle;
      else
        high = middle;
    }
  return (low + high) / 2;
}

/**
 * wt_timeline_view_update_scale:
 *
 * Makes the message adjustment say what shows.
 */
void
wt_timeline_view_update_scale (WtTimelineView *self)
{
  double n_items = wt_timeline_rows_get_n_items (self->rows);
  double shown = get_unit (self, self->page) - get_unit (self, 0);
  double value = 0;

  if (wt_timeline_view_is_at_top (self) && wt_timeline_view_get_at_bottom (self))
    shown = n_items;
  else
    value = get_fraction (self, n_items) * MAX (0, n_items - shown);

  self->message_value = value;
  gtk_adjustment_configure (self->message, value, 0, n_items, 0.1 * shown, 0.9 * shown, shown);
}

/**
 * wt_timeline_view_jump_to_scale:
 * @value: of the message adjustment, as its user set it
 *
 * Jumps to the place that @value stands for; the caller places the rows.
 */
void
wt_timeline_view_jump_to_scale (WtTimelineView *self, double value)
{
  guint n_items = wt_timeline_rows_get_n_items (self->rows);
  double room = n_items - gtk_adjustment_get_page_size (self->message);
  double fraction = room > 0 ? CLAMP (value / room, 0, 1) : 1;
  double unit = fraction * n_items;

  if (n_items == 0 || fraction == 1)
    {
      self->anchor.mode = WT_TIMELINE_ANCHOR_BOTTOM;
      return;
    }

  self->anchor.mode = WT_TIMELINE_ANCHOR_POINT;
  self->anchor.position = MIN ((guint) floor (unit), n_items - 1);
  self->anchor.within = unit - self->anchor.position;
  self->anchor.align = fraction;
}
