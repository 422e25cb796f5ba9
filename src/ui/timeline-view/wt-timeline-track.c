/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-timeline-rows.h"

/* What happened to the model, and to one row by it. */
typedef struct
{
  WtTimelineRows *rows;
  guint position;
  guint removed;
  guint added;
} Change;

static gboolean
is_item_at (Change *change, guint position, GObject *item)
{
  g_autoptr (GObject) found = NULL;

  if (position < change->position || position - change->position >= change->added)
    return FALSE;
  found = g_list_model_get_item (change->rows->model, position);
  return found == item;
}

/* Whether @row's item is still in the model; if so, its position is the new one. A model may say
 * that everything changed when only its start or its end did: its items tell. */
static gboolean
follow (Change *change, WtTimelineRow *row)
{
  guint moved = row->position - change->removed + change->added;

  if (row->position < change->position)
    return TRUE;

  if (row->position - change->position >= change->removed)
    {
      row->position = moved;
      return TRUE;
    }

  if (!is_item_at (change, row->position, row->item))
    {
      if (row->position + change->added < change->removed || !is_item_at (change, moved, row->item))
        return FALSE;
      row->position = moved;
    }

  /* "Removed and added again" is how a model says that an item changed. */
  change->rows->bind (row->widget, row->item, row->previous, row->position, change->rows->data);
  return TRUE;
}

/* The row nearest to the @from-th of @old that is in @alive; of two equally near, the lower one. */
static WtTimelineRow *
nearest_survivor (GPtrArray *old, GPtrArray *alive, guint from)
{
  for (guint distance = 0; distance < old->len; distance++)
    {
      if (from + distance < old->len
          && g_ptr_array_find (alive, g_ptr_array_index (old, from + distance), NULL))
        return g_ptr_array_index (old, from + distance);
      if (distance <= from
          && g_ptr_array_find (alive, g_ptr_array_index (old, from - distance), NULL))
        return g_ptr_array_index (old, from - distance);
    }
  return NULL;
}

/* Live rows are contiguous: of what survived only the run around @anchor stays live. */
static void
split_around (WtTimelineRows *rows, WtTimelineRow *anchor)
{
  g_autoptr (GPtrArray) alive = g_steal_pointer (&rows->live);
  guint index = 0;
  guint start = 0;
  guint end = 0;

  rows->live = g_ptr_array_new ();
  if (anchor != NULL)
    {
      g_ptr_array_find (alive, anchor, &index);
      for (start = index; start > 0; start--)
        {
          WtTimelineRow *above = g_ptr_array_index (alive, start - 1);

          if (above->position != anchor->position - (index - start) - 1)
            break;
        }
      for (end = index; end < alive->len; end++)
        {
          WtTimelineRow *row = g_ptr_array_index (alive, end);

          if (row->position != anchor->position + (end - index))
            break;
        }
    }

  for (guint i = 0; i < alive->len; i++)
    g_ptr_array_add (i >= start && i < end ? rows->live : rows->others,
                     g_ptr_array_index (alive, i));
}

/**
 * wt_timeline_rows_items_changed:
 * @position: as in #GListModel::items-changed
 * @removed: as there
 * @added: as there
 * @anchor: (nullable): the live row by which the view holds its place
 *
 * Follows the model: rows get their new positions, rows of removed items go, and the live rows are
 * contiguous again around the row to hold on to. Creates nothing, places nothing.
 *
 * Returns: (nullable) (transfer none): that row: @anchor, or its nearest live survivor
 */
WtTimelineRow *
wt_timeline_rows_items_changed (WtTimelineRows *rows,
                                guint position,
                                guint removed,
                                guint added,
                                WtTimelineRow *anchor)
{
  Change change = { rows, position, removed, added };
  g_autoptr (GPtrArray) old = g_steal_pointer (&rows->live);
  g_autoptr (GPtrArray) others = g_steal_pointer (&rows->others);
  g_autoptr (GPtrArray) dead = g_ptr_array_new ();
  guint from = 0;

  rows->live = g_ptr_array_new ();
  rows->others = g_ptr_array_new ();
  for (guint i = 0; i < old->len; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (old, i);
      WtTimelineRow *above = wt_timeline_rows_last (rows);

      if (row == anchor)
        from = i;
      if (follow (&change, row) && (above == NULL || above->position < row->position))
        g_ptr_array_add (rows->live, row);
      else
        g_ptr_array_add (dead, row);
    }
  for (guint i = 0; i < others->len; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (others, i);

      g_ptr_array_add (follow (&change, row) ? rows->others : dead, row);
    }

  if (anchor != NULL)
    anchor = nearest_survivor (old, rows->live, from);
  split_around (rows, anchor);

  for (guint i = 0; i < dead->len; i++)
    wt_timeline_rows_recycle (rows, g_ptr_array_index (dead, i));
  rows->stale = TRUE;
  return anchor;
}
