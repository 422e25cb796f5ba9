/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-timeline-view-private.h"

/**
 * wt_timeline_view_measure:
 *
 * Implements GtkWidget.measure(): the view takes what it is given; what it shows is never known as
 * a whole.
 */
void
wt_timeline_view_measure (GtkWidget *widget,
                          GtkOrientation orientation,
                          int for_size,
                          int *minimum,
                          int *natural,
                          int *minimum_baseline,
                          int *natural_baseline)
{
  *minimum = 0;
  *natural = 0;
}

static void
allocate_row (WtTimelineView *self, WtTimelineRow *row, double y)
{
  graphene_point_t origin = GRAPHENE_POINT_INIT (0, y);
  int min_width = 0;

  gtk_widget_measure (row->widget, GTK_ORIENTATION_HORIZONTAL, -1, &min_width, NULL, NULL, NULL);
  gtk_widget_allocate (row->widget, MAX (self->width, min_width), row->height, -1,
                       gsk_transform_translate (NULL, &origin));
}

/* A row kept off screen stays mapped, or it would lose the focus: beyond the live ones. */
static void
allocate_others (WtTimelineView *self, double top)
{
  WtTimelineRow *first = wt_timeline_rows_first (self->rows);
  double above = -2.0 * self->page;
  double below = 3.0 * self->page;

  if (first != NULL)
    {
      WtTimelineRow *last = wt_timeline_rows_last (self->rows);

      above = MIN (above, first->y - top);
      below = MAX (below, last->y + last->height - top);
    }

  for (guint i = 0; i < self->rows->others->len; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (self->rows->others, i);

      if (first != NULL && row->position < first->position)
        allocate_row (self, row, above - row->height - (first->position - row->position));
      else
        allocate_row (self, row, below + (first != NULL ? row->position - first->position : 0));
    }
}

/**
 * wt_timeline_view_size_allocate:
 *
 * Implements GtkWidget.size_allocate(): places the rows and allocates them. Rows that are added
 * here queue a resize, which GTK forgets only on widgets that are being allocated themselves: so
 * what moves the rows queues a resize of the view, never an allocation alone, or the scrolled
 * window around it would be painted without one.
 */
void
wt_timeline_view_size_allocate (GtkWidget *widget, int width, int height, int baseline)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (widget);
  double top = 0;

  if ((width != self->width || height != self->page) && self->painted)
    {
      WtTimelineRow *row = wt_timeline_rows_find_live (self->rows, self->anchor.position);

      if (wt_timeline_anchor_is_jump (&self->anchor) && row != NULL)
        wt_timeline_anchor_hold (&self->anchor, row->position, row->y);
    }
  self->width = width;
  self->page = height;
  gtk_adjustment_configure (self->hadjustment, 0, 0, width, 0.1 * width, 0.9 * width, width);
  if (width <= 0 || height <= 0)
    return;

  wt_timeline_view_place (self);
  top = wt_timeline_view_get_top (self);
  for (guint i = 0; i < self->rows->live->len; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (self->rows->live, i);

      allocate_row (self, row, row->y - top);
    }
  allocate_others (self, top);
}

/**
 * wt_timeline_view_snapshot:
 *
 * Implements GtkWidget.snapshot(): draws the rows of which something shows.
 */
void
wt_timeline_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (widget);
  double top = wt_timeline_view_get_top (self);

  for (guint i = 0; i < self->rows->live->len; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (self->rows->live, i);

      if (row->y + row->height > top && row->y < top + self->page)
        gtk_widget_snapshot_child (widget, row->widget, snapshot);
    }
}
