/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-timeline-rows.h"

/**
 * wt_timeline_rows_get_n_items:
 *
 * Returns: how many rows there would be; 0 as long as a model or the functions are missing
 */
guint
wt_timeline_rows_get_n_items (WtTimelineRows *rows)
{
  if (rows->model == NULL || rows->create == NULL)
    return 0;
  return g_list_model_get_n_items (rows->model);
}

/**
 * wt_timeline_rows_first:
 *
 * Returns: (nullable): the topmost live row
 */
WtTimelineRow *
wt_timeline_rows_first (WtTimelineRows *rows)
{
  return rows->live->len > 0 ? g_ptr_array_index (rows->live, 0) : NULL;
}

/**
 * wt_timeline_rows_last:
 *
 * Returns: (nullable): the lowest live row
 */
WtTimelineRow *
wt_timeline_rows_last (WtTimelineRows *rows)
{
  return rows->live->len > 0 ? g_ptr_array_index (rows->live, rows->live->len - 1) : NULL;
}

/**
 * wt_timeline_rows_find_live:
 *
 * Returns: (nullable): the live row at @position
 */
WtTimelineRow *
wt_timeline_rows_find_live (WtTimelineRows *rows, guint position)
{
  WtTimelineRow *first = wt_timeline_rows_first (rows);

  if (first == NULL || position < first->position || position - first->position >= rows->live->len)
    return NULL;
  return g_ptr_array_index (rows->live, position - first->position);
}

/**
 * wt_timeline_rows_find:
 *
 * Returns: (nullable): the row at @position, live or kept off screen
 */
WtTimelineRow *
wt_timeline_rows_find (WtTimelineRows *rows, guint position)
{
  WtTimelineRow *live = wt_timeline_rows_find_live (rows, position);

  for (guint i = 0; live == NULL && i < rows->others->len; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (rows->others, i);

      if (row->position == position)
        return row;
    }
  return live;
}

/**
 * wt_timeline_rows_find_widget:
 * @widget: (nullable): a row's widget, or one inside it
 *
 * Returns: (nullable): the bound row, live or kept
 */
WtTimelineRow *
wt_timeline_rows_find_widget (WtTimelineRows *rows, GtkWidget *widget)
{
  while (widget != NULL && gtk_widget_get_parent (widget) != rows->parent)
    widget = gtk_widget_get_parent (widget);

  for (guint i = 0; widget != NULL && i < rows->live->len + rows->others->len; i++)
    {
      WtTimelineRow *row = i < rows->live->len
                               ? g_ptr_array_index (rows->live, i)
                               : g_ptr_array_index (rows->others, i - rows->live->len);

      if (row->widget == widget)
        return row;
    }
  return NULL;
}

/**
 * wt_timeline_rows_is_live:
 *
 * Returns: whether @row is near the view, not merely kept
 */
gboolean
wt_timeline_rows_is_live (WtTimelineRows *rows, WtTimelineRow *row)
{
  return wt_timeline_rows_find_live (rows, row->position) == row;
}
