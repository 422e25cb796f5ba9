/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-timeline-view-private.h"

/* The widget in a row that has the focus. */
static GtkWidget *
get_focus (WtTimelineView *self)
{
  GtkRoot *root = gtk_widget_get_root (GTK_WIDGET (self));
  GtkWidget *focus = root != NULL ? gtk_root_get_focus (root) : NULL;

  if (focus == NULL || !gtk_widget_is_ancestor (focus, GTK_WIDGET (self)))
    return NULL;
  return focus;
}

static WtTimelineRow *
get_focus_row (WtTimelineView *self)
{
  return wt_timeline_rows_find_widget (self->rows, get_focus (self));
}

static gboolean
is_in_sight (WtTimelineView *self, WtTimelineRow *row)
{
  double top = wt_timeline_view_get_top (self);

  return wt_timeline_rows_is_live (self->rows, row) && row->y < top + self->page
         && row->y + row->height > top;
}

/* Scrolls as little as possible to show what is between @y and @y + @height, its start first. */
static void
show_range (WtTimelineView *self, double y, double height)
{
  double top = wt_timeline_view_get_top (self);

  if (y < top || height >= self->page)
    gtk_adjustment_set_value (self->vadjustment, y);
  else if (y + height > top + self->page)
    gtk_adjustment_set_value (self->vadjustment, y + height - self->page);
}

/* After the focus was moved by a key: shows the whole row, or of one taller than the view at least
 * the widget. */
static void
show_focus (WtTimelineView *self)
{
  GtkWidget *focus = get_focus (self);
  WtTimelineRow *row = get_focus_row (self);
  double top = wt_timeline_view_get_top (self);
  graphene_rect_t bounds;

  if (row == NULL || !wt_timeline_rows_is_live (self->rows, row))
    return;

  if (row->height <= self->page)
    {
      show_range (self, row->y, row->height);
    }
  else if (focus != row->widget && gtk_widget_compute_bounds (focus, row->widget, &bounds)
           && (row->y + bounds.origin.y < top
               || row->y + bounds.origin.y + bounds.size.height > top + self->page))
    {
      show_range (self, row->y + bounds.origin.y, bounds.size.height);
    }
}

/* A row takes the focus itself, or something in it does. */
static gboolean
focus_into (WtTimelineRow *row, GtkDirectionType direction)
{
  if (direction != GTK_DIR_TAB_BACKWARD && gtk_widget_get_focusable (row->widget))
    return gtk_widget_grab_focus (row->widget);
  return gtk_widget_child_focus (row->widget, direction);
}

/* Tab enters at what shows, from the side it comes from; the last row is where one usually is. */
static gboolean
enter (WtTimelineView *self, GtkDirectionType direction)
{
  gboolean forward = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_DOWN;
  guint length = self->rows->live->len;

  for (guint i = 0; i < length; i++)
    {
      WtTimelineRow *row = g_ptr_array_index (self->rows->live, forward ? i : length - 1 - i);

      if (is_in_sight (self, row) && focus_into (row, direction))
        return TRUE;
    }
  return FALSE;
}

/* Right after a jump there may be no rows but those that show. */
static WtTimelineRow *
get_neighbour (WtTimelineView *self, guint position)
{
  if (wt_timeline_rows_find_live (self->rows, position) == NULL)
    {
      self->margin = 1;
      wt_timeline_view_place (self);
      gtk_widget_queue_resize (GTK_WIDGET (self));
    }
  return wt_timeline_rows_find_live (self->rows, position);
}

static gboolean
move_on (WtTimelineView *self, WtTimelineRow *row, GtkDirectionType direction)
{
  gboolean forward = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_DOWN;
  guint n_items = wt_timeline_rows_get_n_items (self->rows);
  guint position = row->position;

  while (forward ? position + 1 < n_items : position > 0)
    {
      position += forward ? 1 : -1;
      row = get_neighbour (self, position);
      if (row == NULL)
        return FALSE;
      if (focus_into (row, direction))
        return TRUE;
    }
  return FALSE;
}

/**
 * wt_timeline_view_focus:
 *
 * Implements GtkWidget.focus(): in visual order, whatever is allocated already. Tab goes through
 * what can take the focus, up and down from row to row.
 *
 * Returns: whether the focus moved
 */
gboolean
wt_timeline_view_focus (GtkWidget *widget, GtkDirectionType direction)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (widget);
  WtTimelineRow *row = get_focus_row (self);
  gboolean vertical = direction == GTK_DIR_UP || direction == GTK_DIR_DOWN;
  gboolean moved = FALSE;

  if (row == NULL)
    {
      moved = enter (self, direction);
    }
  else
    {
      /* Its neighbours must exist before one can move to them. */
      wt_timeline_view_reveal (self, row);
      moved = (!vertical && gtk_widget_child_focus (row->widget, direction))
              || ((vertical || direction == GTK_DIR_TAB_FORWARD
                   || direction == GTK_DIR_TAB_BACKWARD)
                  && move_on (self, row, direction));
    }

  if (moved)
    show_focus (self);
  return moved;
}

/**
 * wt_timeline_view_grab_focus:
 *
 * Implements GtkWidget.grab_focus(): gives the focus to the last row in sight.
 *
 * Returns: whether the focus is inside
 */
gboolean
wt_timeline_view_grab_focus (GtkWidget *widget)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (widget);

  return get_focus (self) != NULL || enter (self, GTK_DIR_UP);
}

/**
 * wt_timeline_view_reveal:
 * @row: a bound row
 *
 * Scrolls if nothing of @row is in sight. One that shows partly is left where it is: a click into
 * it must not move it from under the pointer.
 */
void
wt_timeline_view_reveal (WtTimelineView *self, WtTimelineRow *row)
{
  WtTimelineRow *first = wt_timeline_rows_first (self->rows);

  if (self->placing || self->width <= 0 || is_in_sight (self, row))
    return;

  if (wt_timeline_rows_is_live (self->rows, row))
    show_range (self, row->y, row->height);
  else
    wt_timeline_view_show_position (self, row->position,
                                    first != NULL && row->position < first->position ? 0 : 1);
}

/**
 * wt_timeline_view_has_focus_inside:
 *
 * Returns: whether a row has the focus
 */
gboolean
wt_timeline_view_has_focus_inside (WtTimelineView *self)
{
  return get_focus (self) != NULL;
}

/**
 * wt_timeline_view_focus_row:
 * @position: of a row
 *
 * Gives the focus to the row at @position if it is live.
 */
void
wt_timeline_view_focus_row (WtTimelineView *self, guint position)
{
  WtTimelineRow *row = wt_timeline_rows_find_live (self->rows, position);

  if (row != NULL)
    focus_into (row, GTK_DIR_DOWN);
}

/**
 * wt_timeline_view_focus_visible:
 * @direction: negative: paged up, else down
 *
 * If the row with the focus went out of sight, gives it to the one nearest to it that did not.
 */
void
wt_timeline_view_focus_visible (WtTimelineView *self, int direction)
{
  WtTimelineRow *row = get_focus_row (self);

  if (row != NULL && !is_in_sight (self, row))
    enter (self, direction < 0 ? GTK_DIR_UP : GTK_DIR_DOWN);
}

static gboolean
page_binding (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  wt_timeline_view_page_by (WT_TIMELINE_VIEW (widget), g_variant_get_int32 (args), TRUE);
  return TRUE;
}

static gboolean
end_binding (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (widget);
  guint n_items = wt_timeline_rows_get_n_items (self->rows);
  gboolean up = g_variant_get_int32 (args) < 0;
  gboolean inside = wt_timeline_view_has_focus_inside (self);

  if (up)
    wt_timeline_view_show_position (self, 0, 0);
  else
    wt_timeline_view_scroll_to_bottom (self);
  if (inside && n_items > 0)
    wt_timeline_view_focus_row (self, up ? 0 : n_items - 1);
  return TRUE;
}

/* The scrolled window around the view would scroll by a step. */
static gboolean
row_binding (GtkWidget *widget, GVariant *args, gpointer user_data)
{
  gtk_widget_child_focus (widget, g_variant_get_int32 (args) < 0 ? GTK_DIR_UP : GTK_DIR_DOWN);
  return TRUE;
}

/**
 * wt_timeline_view_add_bindings:
 *
 * Page Up, Page Down, Home and End, the latter two with Ctrl too, and Ctrl+Up and Ctrl+Down from row
 * to row, for a focus inside the view.
 */
void
wt_timeline_view_add_bindings (GtkWidgetClass *widget_class)
{
  static const struct
  {
    guint key;
    GdkModifierType modifiers;
    GtkShortcutFunc func;
    int direction;
  } bindings[] = {
    { GDK_KEY_Page_Up, 0, page_binding, -1 },
    { GDK_KEY_KP_Page_Up, 0, page_binding, -1 },
    { GDK_KEY_Page_Down, 0, page_binding, 1 },
    { GDK_KEY_KP_Page_Down, 0, page_binding, 1 },
    { GDK_KEY_Home, 0, end_binding, -1 },
    { GDK_KEY_KP_Home, 0, end_binding, -1 },
    { GDK_KEY_End, 0, end_binding, 1 },
    { GDK_KEY_KP_End, 0, end_binding, 1 },
    { GDK_KEY_Up, GDK_CONTROL_MASK, row_binding, -1 },
    { GDK_KEY_KP_Up, GDK_CONTROL_MASK, row_binding, -1 },
    { GDK_KEY_Down, GDK_CONTROL_MASK, row_binding, 1 },
    { GDK_KEY_KP_Down, GDK_CONTROL_MASK, row_binding, 1 },
    { GDK_KEY_Home, GDK_CONTROL_MASK, end_binding, -1 },
    { GDK_KEY_KP_Home, GDK_CONTROL_MASK, end_binding, -1 },
    { GDK_KEY_End, GDK_CONTROL_MASK, end_binding, 1 },
    { GDK_KEY_KP_End, GDK_CONTROL_MASK, end_binding, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (bindings); i++)
    gtk_widget_class_add_binding (widget_class, bindings[i].key, bindings[i].modifiers,
                                  bindings[i].func, "i", bindings[i].direction);
}
