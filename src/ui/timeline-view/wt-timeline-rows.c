/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-timeline-rows.h"

/* Widgets that wait for a row; more are destroyed. */
#define POOL_SIZE 12

/* A row this close to the live ones is reached by extending them, not by starting anew. */
#define REACH 12

static void
row_free (WtTimelineRow *row)
{
  g_clear_object (&row->item);
  g_clear_object (&row->previous);
  g_slice_free (WtTimelineRow, row);
}

static gboolean
contains_focus (WtTimelineRows *rows, GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (rows->parent);
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  return focus != NULL && (focus == widget || gtk_widget_is_ancestor (focus, widget));
}

static gboolean
must_stay (WtTimelineRows *rows, WtTimelineRow *row)
{
  return contains_focus (rows, row->widget)
         || (rows->keep != NULL && rows->keep (row->widget, rows->keep_data));
}

static void
pool_widget (WtTimelineRows *rows, GtkWidget *widget)
{
  g_autoptr (GtkWidget) held = g_object_ref (widget);

  gtk_widget_unparent (widget);
  if (rows->pool->len < POOL_SIZE)
    g_ptr_array_add (rows->pool, g_steal_pointer (&held));
}

/**
 * wt_timeline_rows_recycle:
 * @row: (transfer full): a row in none of the arrays any more
 *
 * Unbinds @row and sets its widget aside. A focused widget must not become another message's with
 * its focus, so it leaves the view at once.
 */
void
wt_timeline_rows_recycle (WtTimelineRows *rows, WtTimelineRow *row)
{
  rows->unbind (row->widget, rows->data);
  if (contains_focus (rows, row->widget))
    pool_widget (rows, row->widget);
  else
    g_ptr_array_add (rows->spare, row->widget);
  g_clear_pointer (&row, row_free);
}

static void
retire (WtTimelineRows *rows, WtTimelineRow *row)
{
  if (must_stay (rows, row))
    g_ptr_array_add (rows->others, row);
  else
    wt_timeline_rows_recycle (rows, row);
}

/* (transfer full) (nullable) */
static GObject *
item_above (WtTimelineRows *rows, guint position)
{
  WtTimelineRow *above = NULL;

  if (position == 0)
    return NULL;

  above = wt_timeline_rows_find (rows, position - 1);
  if (above != NULL)
    return g_object_ref (above->item);
  return g_list_model_get_item (rows->model, position - 1);
}

/* Child order is visual order: for Tab and for accessibility. */
static void
insert_in_order (WtTimelineRows *rows, WtTimelineRow *row)
{
  WtTimelineRow *next = NULL;

  for (guint i = 0; i < rows->live->len + rows->others->len; i++)
    {
      WtTimelineRow *other = i < rows->live->len
                                 ? g_ptr_array_index (rows->live, i)
                                 : g_ptr_array_index (rows->others, i - rows->live->len);

      if (other->position > row->position && (next == NULL || other->position < next->position))
        next = other;
    }

  gtk_widget_insert_before (row->widget, rows->parent, next != NULL ? next->widget : NULL);
}

static void
bind_row (WtTimelineRows *rows, WtTimelineRow *row)
{
  rows->bind (row->widget, row->item, row->previous, row->position, rows->data);
}

/* A bound row that nobody claimed and that is far from @position: after a jump, the former rows. */
static void
recycle_farthest (WtTimelineRows *rows, guint position)
{
  guint farthest = 0;
  guint farthest_distance = REACH;

  for (guint i = 0; i < rows->others->len; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (rows->others, i);
      guint distance = MAX (row->position, position) - MIN (row->position, position);

      if (distance > farthest_distance && !must_stay (rows, row))
        {
          farthest = i;
          farthest_distance = distance;
        }
    }

  if (farthest_distance > REACH)
    wt_timeline_rows_recycle (rows, g_ptr_array_steal_index (rows->others, farthest));
}

/* (transfer floating), or borrowed where it is a child already */
static GtkWidget *
take_widget (WtTimelineRows *rows, guint position)
{
  if (rows->spare->len == 0)
    recycle_farthest (rows, position);
  if (rows->spare->len > 0)
    return g_ptr_array_steal_index_fast (rows->spare, rows->spare->len - 1);
  return rows->create (rows->data);
}

/* The row at @position: one that exists elsewhere, or a new one. */
static WtTimelineRow *
obtain (WtTimelineRows *rows, guint position)
{
  g_autoptr (GtkWidget) pooled = NULL;
  WtTimelineRow *row = NULL;

  for (guint i = 0; i < rows->others->len; i++)
    {
      row = g_ptr_array_index (rows->others, i);
      if (row->position == position)
        return g_ptr_array_steal_index (rows->others, i);
    }

  row = g_slice_new0 (WtTimelineRow);
  row->position = position;
  row->item = g_list_model_get_item (rows->model, position);
  row->previous = item_above (rows, position);
  if (rows->spare->len == 0 && rows->pool->len > 0)
    {
      pooled = g_ptr_array_steal_index_fast (rows->pool, rows->pool->len - 1);
      row->widget = pooled;
    }
  else
    {
      row->widget = take_widget (rows, position);
    }

  /* Bound before it has a parent, a new row's changes do not travel up to the window one by one. */
  if (gtk_widget_get_parent (row->widget) == NULL)
    {
      bind_row (rows, row);
      insert_in_order (rows, row);
    }
  else
    {
      insert_in_order (rows, row);
      bind_row (rows, row);
    }
  return row;
}

/**
 * wt_timeline_rows_new:
 * @parent: (transfer none): the view whose children the rows are; outlives this
 *
 * Returns: (transfer full): no rows yet, of no model
 */
WtTimelineRows *
wt_timeline_rows_new (GtkWidget *parent)
{
  WtTimelineRows *rows = g_new0 (WtTimelineRows, 1);

  rows->parent = parent;
  rows->live = g_ptr_array_new ();
  rows->others = g_ptr_array_new ();
  rows->spare = g_ptr_array_new ();
  rows->pool = g_ptr_array_new_with_free_func (g_object_unref);
  return rows;
}

/**
 * wt_timeline_rows_free:
 * @rows: (transfer full): the rows
 *
 * Unbinds and removes every row, then lets go of the functions' data.
 */
void
wt_timeline_rows_free (WtTimelineRows *rows)
{
  wt_timeline_rows_set_funcs (rows, NULL, NULL, NULL, NULL, NULL);
  g_clear_object (&rows->model);
  g_ptr_array_unref (rows->live);
  g_ptr_array_unref (rows->others);
  g_ptr_array_unref (rows->spare);
  g_ptr_array_unref (rows->pool);
  g_free (rows);
}

/**
 * wt_timeline_rows_set_funcs:
 * @create: (nullable): makes a row; %NULL: show none
 * @bind: (nullable): fills it
 * @unbind: (nullable): empties it
 * @data: passed to all three
 * @destroy: (nullable): frees @data
 *
 * Rows made by other functions go.
 */
void
wt_timeline_rows_set_funcs (WtTimelineRows *rows,
                            WtTimelineViewCreateFunc create,
                            WtTimelineViewBindFunc bind,
                            WtTimelineViewUnbindFunc unbind,
                            gpointer data,
                            GDestroyNotify destroy)
{
  wt_timeline_rows_clear (rows);
  g_ptr_array_set_size (rows->pool, 0);
  if (rows->destroy != NULL)
    rows->destroy (rows->data);

  rows->create = create;
  rows->bind = bind;
  rows->unbind = unbind;
  rows->data = data;
  rows->destroy = destroy;
}

/**
 * wt_timeline_rows_set_model:
 * @model: (nullable): what to show
 *
 * Rows of the former model go.
 */
void
wt_timeline_rows_set_model (WtTimelineRows *rows, GListModel *model)
{
  wt_timeline_rows_clear (rows);
  g_set_object (&rows->model, model);
}

/**
 * wt_timeline_rows_require:
 * @position: below the number of items
 *
 * Makes the row at @position live. Where the live rows are far away they are given up: those that
 * the new ones do not meet go with wt_timeline_rows_finish().
 *
 * Returns: (transfer none): the row
 */
WtTimelineRow *
wt_timeline_rows_require (WtTimelineRows *rows, guint position)
{
  WtTimelineRow *first = wt_timeline_rows_first (rows);
  WtTimelineRow *last = wt_timeline_rows_last (rows);

  if (first != NULL && position < first->position && first->position - position <= REACH)
    {
      while (wt_timeline_rows_first (rows)->position > position)
        wt_timeline_rows_prepend (rows);
    }
  else if (last != NULL && position > last->position && position - last->position <= REACH)
    {
      while (wt_timeline_rows_last (rows)->position < position)
        wt_timeline_rows_append (rows);
    }
  else if (wt_timeline_rows_find_live (rows, position) == NULL)
    {
      g_ptr_array_extend_and_steal (rows->others, g_steal_pointer (&rows->live));
      rows->live = g_ptr_array_new ();
      g_ptr_array_add (rows->live, obtain (rows, position));
    }
  return wt_timeline_rows_find_live (rows, position);
}

/**
 * wt_timeline_rows_prepend:
 *
 * Makes the row above the live ones live; there is one.
 *
 * Returns: (transfer none): the row, its place not yet set
 */
WtTimelineRow *
wt_timeline_rows_prepend (WtTimelineRows *rows)
{
  WtTimelineRow *row = obtain (rows, wt_timeline_rows_first (rows)->position - 1);

  g_ptr_array_insert (rows->live, 0, row);
  return row;
}

/**
 * wt_timeline_rows_append:
 *
 * Makes the row below the live ones live; there is one.
 *
 * Returns: (transfer none): the row, its place not yet set
 */
WtTimelineRow *
wt_timeline_rows_append (WtTimelineRows *rows)
{
  WtTimelineRow *row = obtain (rows, wt_timeline_rows_last (rows)->position + 1);

  g_ptr_array_add (rows->live, row);
  return row;
}

/**
 * wt_timeline_rows_drop_first:
 *
 * Gives up the topmost live row, unless something in it has to stay.
 */
void
wt_timeline_rows_drop_first (WtTimelineRows *rows)
{
  retire (rows, g_ptr_array_steal_index (rows->live, 0));
}

/**
 * wt_timeline_rows_drop_last:
 *
 * Gives up the lowest live row, unless something in it has to stay.
 */
void
wt_timeline_rows_drop_last (WtTimelineRows *rows)
{
  retire (rows, g_ptr_array_steal_index (rows->live, rows->live->len - 1));
}

/**
 * wt_timeline_rows_refresh:
 *
 * After the model changed, binds the rows again whose item above is another one now.
 */
void
wt_timeline_rows_refresh (WtTimelineRows *rows)
{
  if (!rows->stale)
    return;
  rows->stale = FALSE;

  for (guint i = 0; i < rows->live->len + rows->others->len; i++)
    {
      WtTimelineRow *row = i < rows->live->len
                               ? g_ptr_array_index (rows->live, i)
                               : g_ptr_array_index (rows->others, i - rows->live->len);
      g_autoptr (GObject) previous = item_above (rows, row->position);

      if (g_set_object (&row->previous, previous))
        bind_row (rows, row);
    }
}

static void
announce (WtTimelineRow *row, guint size)
{
  if (row->announced_position == row->position + 1 && row->announced_size == size)
    return;

  row->announced_position = row->position + 1;
  row->announced_size = size;
  gtk_accessible_update_relation (GTK_ACCESSIBLE (row->widget), GTK_ACCESSIBLE_RELATION_POS_IN_SET,
                                  (int) MIN (row->announced_position, (guint) G_MAXINT),
                                  GTK_ACCESSIBLE_RELATION_SET_SIZE,
                                  (int) MIN (size, (guint) G_MAXINT), -1);
}

/**
 * wt_timeline_rows_finish:
 *
 * Ends a round of changes: what nobody claimed leaves the view, a few widgets go to the pool, and
 * screen readers learn which of how many each row is.
 */
void
wt_timeline_rows_finish (WtTimelineRows *rows)
{
  g_autoptr (GPtrArray) others = g_steal_pointer (&rows->others);
  guint size = wt_timeline_rows_get_n_items (rows);

  rows->others = g_ptr_array_new ();
  for (guint i = 0; i < others->len; i++)
    retire (rows, g_ptr_array_index (others, i));

  while (rows->spare->len > 0)
    pool_widget (rows, g_ptr_array_steal_index_fast (rows->spare, rows->spare->len - 1));

  for (guint i = 0; i < rows->live->len; i++)
    announce (g_ptr_array_index (rows->live, i), size);
}

/**
 * wt_timeline_rows_clear:
 *
 * Gives up every row, kept ones too.
 */
void
wt_timeline_rows_clear (WtTimelineRows *rows)
{
  g_ptr_array_extend_and_steal (rows->others, g_steal_pointer (&rows->live));
  rows->live = g_ptr_array_new ();

  while (rows->others->len > 0)
    wt_timeline_rows_recycle (rows,
                              g_ptr_array_steal_index_fast (rows->others, rows->others->len - 1));
  while (rows->spare->len > 0)
    pool_widget (rows, g_ptr_array_steal_index_fast (rows->spare, rows->spare->len - 1));
}
