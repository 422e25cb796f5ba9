/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-timeline-view-private.h"

/**
 * wt_timeline_view_get_at_bottom:
 *
 * Returns: whether the end of the last row shows, or will in the next frame: what was added shows too
 */
gboolean
wt_timeline_view_get_at_bottom (WtTimelineView *self)
{
  WtTimelineRow *last = NULL;

  g_return_val_if_fail (WT_IS_TIMELINE_VIEW (self), FALSE);

  if (self->anchor.mode == WT_TIMELINE_ANCHOR_BOTTOM)
    return TRUE;
  last = wt_timeline_rows_last (self->rows);
  return last != NULL && wt_timeline_view_is_bottom_known (self)
         && last->y + last->height <= wt_timeline_view_get_top (self) + self->page;
}

/**
 * wt_timeline_view_get_visible_range:
 * @first: (out) (optional): the topmost position of which something shows
 * @last: (out) (optional): the lowest
 *
 * Returns: whether any row shows
 */
gboolean
wt_timeline_view_get_visible_range (WtTimelineView *self, guint *first, guint *last)
{
  double top = 0;
  gboolean any = FALSE;

  g_return_val_if_fail (WT_IS_TIMELINE_VIEW (self), FALSE);

  top = wt_timeline_view_get_top (self);
  for (guint i = 0; i < self->rows->live->len; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (self->rows->live, i);

      if (row->y + row->height <= top || row->y >= top + self->page)
        continue;
      if (first != NULL && !any)
        *first = row->position;
      if (last != NULL)
        *last = row->position;
      any = TRUE;
    }
  return any;
}

/**
 * wt_timeline_view_get_row:
 * @position: of an item
 *
 * Returns: (nullable) (transfer none): its row, if there is one now
 */
GtkWidget *
wt_timeline_view_get_row (WtTimelineView *self, guint position)
{
  WtTimelineRow *row = NULL;

  g_return_val_if_fail (WT_IS_TIMELINE_VIEW (self), NULL);

  row = wt_timeline_rows_find (self->rows, position);
  return row != NULL ? row->widget : NULL;
}

/**
 * wt_timeline_view_get_row_position:
 * @row: a row, or a widget inside one
 * @position: (out): where its item is now
 *
 * Returns: whether @row is bound to an item
 */
gboolean
wt_timeline_view_get_row_position (WtTimelineView *self, GtkWidget *row, guint *position)
{
  WtTimelineRow *found = NULL;

  g_return_val_if_fail (WT_IS_TIMELINE_VIEW (self), FALSE);
  g_return_val_if_fail (GTK_IS_WIDGET (row), FALSE);

  found = wt_timeline_rows_find_widget (self->rows, row);
  if (found != NULL)
    *position = found->position;
  return found != NULL;
}
