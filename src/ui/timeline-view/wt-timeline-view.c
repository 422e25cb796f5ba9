/* SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>

#include "wt-timeline-view-private.h"

enum
{
  PROP_0,
  PROP_MODEL,
  PROP_AT_BOTTOM,
  N_PROPS,
  /* of GtkScrollable */
  PROP_HADJUSTMENT = N_PROPS,
  PROP_VADJUSTMENT,
  PROP_HSCROLL_POLICY,
  PROP_VSCROLL_POLICY,
};

enum
{
  SIGNAL_VISIBLE_RANGE_CHANGED,
  N_SIGNALS,
};

static GParamSpec *properties[N_PROPS];
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE_WITH_CODE (WtTimelineView,
                               wt_timeline_view,
                               GTK_TYPE_WIDGET,
                               G_IMPLEMENT_INTERFACE (GTK_TYPE_SCROLLABLE, NULL))

static void
message_value_changed_cb (WtTimelineView *self)
{
  double value = gtk_adjustment_get_value (self->message);

  if (self->placing || fabs (value - self->message_value) < 1e-9)
    return;

  wt_timeline_view_stop_motion (self);
  self->painted = FALSE;
  self->message_value = value;
  wt_timeline_view_jump_to_scale (self, value);
  wt_timeline_view_place (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
items_changed_cb (WtTimelineView *self, guint position, guint removed, guint added)
{
  WtTimelineAnchor *anchor = &self->anchor;
  WtTimelineRow *last = wt_timeline_rows_last (self->rows);
  gboolean at_bottom = anchor->mode == WT_TIMELINE_ANCHOR_BOTTOM;
  WtTimelineRow *row = at_bottom ? last : wt_timeline_rows_find_live (self->rows, anchor->position);
  gboolean anchor_goes = !at_bottom && anchor->position >= position
                         && anchor->position - position < removed && removed != added;
  WtTimelineRow *held = wt_timeline_rows_items_changed (self->rows, position, removed, added, row);

  wt_timeline_anchor_items_changed (anchor, position, removed, added,
                                    wt_timeline_rows_get_n_items (self->rows));
  if (at_bottom)
    anchor->mode = WT_TIMELINE_ANCHOR_BOTTOM;
  else if (row != NULL && held == row)
    anchor->position = held->position;
  else if (anchor_goes && held != NULL)
    wt_timeline_anchor_hold (anchor, held->position, held->y);

  gtk_widget_queue_resize (GTK_WIDGET (self));
}

static void
set_hadjustment (WtTimelineView *self, GtkAdjustment *adjustment)
{
  g_autoptr (GtkAdjustment) held = NULL;

  if (adjustment == NULL)
    held = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  else
    held = g_object_ref_sink (adjustment);
  if (g_set_object (&self->hadjustment, held))
    g_object_notify (G_OBJECT (self), "hadjustment");
}

/* The rows come along to wherever the new adjustment is. */
static void
set_vadjustment (WtTimelineView *self, GtkAdjustment *adjustment)
{
  g_autoptr (GtkAdjustment) held = NULL;
  double moved = 0;

  if (adjustment == NULL)
    held = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  else
    held = g_object_ref_sink (adjustment);
  if (held == self->vadjustment)
    return;

  moved = round (gtk_adjustment_get_value (held)) - round (self->value);
  for (guint i = 0; i < self->rows->live->len; i++)
    ((WtTimelineRow *) g_ptr_array_index (self->rows->live, i))->y += moved;
  self->anchor.y += moved;
  self->value = gtk_adjustment_get_value (held);

  if (self->vadjustment != NULL)
    g_signal_handlers_disconnect_by_func (self->vadjustment, wt_timeline_view_value_changed, self);
  g_set_object (&self->vadjustment, held);
  g_signal_connect_object (held, "value-changed", G_CALLBACK (wt_timeline_view_value_changed), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify (G_OBJECT (self), "vadjustment");
}

static void
wt_timeline_view_set_focus_child (GtkWidget *widget, GtkWidget *child)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (widget);
  WtTimelineRow *row = wt_timeline_rows_find_widget (self->rows, child);

  GTK_WIDGET_CLASS (wt_timeline_view_parent_class)->set_focus_child (widget, child);

  if (row != NULL)
    wt_timeline_view_reveal (self, row);
  /* What was kept for its focus may go. */
  if (self->rows->others->len > 0)
    gtk_widget_queue_resize (widget);
}

static void
wt_timeline_view_realize (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (wt_timeline_view_parent_class)->realize (widget);
  wt_timeline_view_watch_frames (WT_TIMELINE_VIEW (widget), gtk_widget_get_frame_clock (widget));
}

static void
wt_timeline_view_unrealize (GtkWidget *widget)
{
  wt_timeline_view_forget_motion (WT_TIMELINE_VIEW (widget));
  wt_timeline_view_watch_frames (WT_TIMELINE_VIEW (widget), NULL);
  GTK_WIDGET_CLASS (wt_timeline_view_parent_class)->unrealize (widget);
}

static void
wt_timeline_view_get_property (GObject *object, guint prop_id, GValue *value, GParamSpec *pspec)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      g_value_set_object (value, self->model);
      break;
    case PROP_AT_BOTTOM:
      g_value_set_boolean (value, wt_timeline_view_get_at_bottom (self));
      break;
    case PROP_HADJUSTMENT:
      g_value_set_object (value, self->hadjustment);
      break;
    case PROP_VADJUSTMENT:
      g_value_set_object (value, self->vadjustment);
      break;
    case PROP_HSCROLL_POLICY:
      g_value_set_enum (value, self->hscroll_policy);
      break;
    case PROP_VSCROLL_POLICY:
      g_value_set_enum (value, self->vscroll_policy);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wt_timeline_view_set_property (GObject *object,
                               guint prop_id,
                               const GValue *value,
                               GParamSpec *pspec)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (object);

  switch (prop_id)
    {
    case PROP_MODEL:
      wt_timeline_view_set_model (self, g_value_get_object (value));
      break;
    case PROP_HADJUSTMENT:
      set_hadjustment (self, g_value_get_object (value));
      break;
    case PROP_VADJUSTMENT:
      set_vadjustment (self, g_value_get_object (value));
      break;
    case PROP_HSCROLL_POLICY:
      self->hscroll_policy = g_value_get_enum (value);
      break;
    case PROP_VSCROLL_POLICY:
      self->vscroll_policy = g_value_get_enum (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
wt_timeline_view_dispose (GObject *object)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (object);

  wt_timeline_view_forget_motion (self);
  g_clear_handle_id (&self->tell_id, g_source_remove);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  wt_timeline_rows_set_funcs (self->rows, NULL, NULL, NULL, NULL, NULL);
  wt_timeline_rows_set_model (self->rows, NULL);
  g_clear_object (&self->model);

  G_OBJECT_CLASS (wt_timeline_view_parent_class)->dispose (object);
}

static void
wt_timeline_view_finalize (GObject *object)
{
  WtTimelineView *self = WT_TIMELINE_VIEW (object);

  g_clear_pointer (&self->rows, wt_timeline_rows_free);
  g_clear_object (&self->hadjustment);
  g_clear_object (&self->vadjustment);
  g_clear_object (&self->message);

  G_OBJECT_CLASS (wt_timeline_view_parent_class)->finalize (object);
}

static void
wt_timeline_view_class_init (WtTimelineViewClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = wt_timeline_view_get_property;
  object_class->set_property = wt_timeline_view_set_property;
  object_class->dispose = wt_timeline_view_dispose;
  object_class->finalize = wt_timeline_view_finalize;

  widget_class->measure = wt_timeline_view_measure;
  widget_class->size_allocate = wt_timeline_view_size_allocate;
  widget_class->snapshot = wt_timeline_view_snapshot;
  widget_class->focus = wt_timeline_view_focus;
  widget_class->grab_focus = wt_timeline_view_grab_focus;
  widget_class->set_focus_child = wt_timeline_view_set_focus_child;
  widget_class->realize = wt_timeline_view_realize;
  widget_class->unrealize = wt_timeline_view_unrealize;

  properties[PROP_MODEL] = g_param_spec_object ("model", NULL, NULL, G_TYPE_LIST_MODEL,
                                                G_PARAM_READWRITE | G_PARAM_EXPLICIT_NOTIFY
                                                    | G_PARAM_STATIC_STRINGS);
  properties[PROP_AT_BOTTOM] = g_param_spec_boolean ("at-bottom", NULL, NULL, TRUE,
                                                     G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                         | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
  g_object_class_override_property (object_class, PROP_HADJUSTMENT, "hadjustment");
  g_object_class_override_property (object_class, PROP_VADJUSTMENT, "vadjustment");
  g_object_class_override_property (object_class, PROP_HSCROLL_POLICY, "hscroll-policy");
  g_object_class_override_property (object_class, PROP_VSCROLL_POLICY, "vscroll-policy");

  /**
   * WtTimelineView::visible-range-changed:
   *
   * wt_timeline_view_get_visible_range() changed. Emitted once for all the changes of a frame, and
   * never in the middle of an allocation.
   */
  signals[SIGNAL_VISIBLE_RANGE_CHANGED] = g_signal_new (
      "visible-range-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
      G_TYPE_NONE, 0);

  gtk_widget_class_set_css_name (widget_class, "timeline");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST);
  wt_timeline_view_add_bindings (widget_class);
}

static void
wt_timeline_view_init (WtTimelineView *self)
{
  self->rows = wt_timeline_rows_new (GTK_WIDGET (self));
  self->anchor.mode = WT_TIMELINE_ANCHOR_BOTTOM;
  self->at_bottom = TRUE;
  self->at_bottom_told = TRUE;
  self->message = g_object_ref_sink (gtk_adjustment_new (0, 0, 0, 0, 0, 0));
  g_signal_connect_object (self->message, "value-changed", G_CALLBACK (message_value_changed_cb),
                           self, G_CONNECT_SWAPPED);
  set_hadjustment (self, NULL);
  set_vadjustment (self, NULL);
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

/**
 * wt_timeline_view_new:
 *
 * Creates a view of a list of any length whose rows have any heights, of which only those near the
 * view exist. It belongs into a #GtkScrolledWindow with the policies %GTK_POLICY_NEVER and
 * %GTK_POLICY_EXTERNAL; its scrollbar is a #GtkScrollbar of
 * wt_timeline_view_get_message_adjustment() beside it.
 *
 * Returns: (transfer floating): the widget
 */
GtkWidget *
wt_timeline_view_new (void)
{
  return g_object_new (WT_TYPE_TIMELINE_VIEW, NULL);
}

/**
 * wt_timeline_view_set_rows:
 * @create: makes a row
 * @bind: has it show an item
 * @unbind: has it show nothing
 * @data: passed to each of them
 * @destroy: (nullable): frees @data
 *
 * Says what a row is. A row measures height for width; it gets the full width of the view. Its
 * accessible role (list item) is its own affair.
 */
void
wt_timeline_view_set_rows (WtTimelineView *self,
                           WtTimelineViewCreateFunc create,
                           WtTimelineViewBindFunc bind,
                           WtTimelineViewUnbindFunc unbind,
                           gpointer data,
                           GDestroyNotify destroy)
{
  g_return_if_fail (WT_IS_TIMELINE_VIEW (self));
  g_return_if_fail (create != NULL && bind != NULL && unbind != NULL);

  wt_timeline_rows_set_funcs (self->rows, create, bind, unbind, data, destroy);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * wt_timeline_view_set_keep_func:
 * @keep: (nullable): says which rows must stay alive off screen
 * @data: passed to it; lives as long as the view or until it is set again
 *
 * The row with the focus, or with an open popover that has it, stays alive anyway.
 */
void
wt_timeline_view_set_keep_func (WtTimelineView *self, WtTimelineViewKeepFunc keep, gpointer data)
{
  g_return_if_fail (WT_IS_TIMELINE_VIEW (self));

  self->rows->keep = keep;
  self->rows->keep_data = data;
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * wt_timeline_view_set_model:
 * @model: (nullable): the items, oldest first; as long as one is held, the model gives the same
 *   object for it
 *
 * Shows @model, at its bottom; wt_timeline_view_show_position() right after it has it open
 * elsewhere.
 */
void
wt_timeline_view_set_model (WtTimelineView *self, GListModel *model)
{
  g_return_if_fail (WT_IS_TIMELINE_VIEW (self));
  g_return_if_fail (model == NULL || G_IS_LIST_MODEL (model));

  if (self->model == model)
    return;

  wt_timeline_view_stop_motion (self);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_func (self->model, items_changed_cb, self);
  g_set_object (&self->model, model);
  wt_timeline_rows_set_model (self->rows, model);
  if (model != NULL)
    g_signal_connect_object (model, "items-changed", G_CALLBACK (items_changed_cb), self,
                             G_CONNECT_SWAPPED);

  /* Placed with the next allocation: whoever jumps elsewhere first pays for no rows at the bottom.
   * */
  self->anchor.mode = WT_TIMELINE_ANCHOR_BOTTOM;
  self->painted = FALSE;
  gtk_widget_queue_resize (GTK_WIDGET (self));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_MODEL]);
}

/**
 * wt_timeline_view_get_model:
 *
 * Returns: (nullable) (transfer none): the model
 */
GListModel *
wt_timeline_view_get_model (WtTimelineView *self)
{
  g_return_val_if_fail (WT_IS_TIMELINE_VIEW (self), NULL);

  return self->model;
}

static void
jumped (WtTimelineView *self)
{
  wt_timeline_view_stop_motion (self);
  self->painted = FALSE;
  if (gtk_widget_get_mapped (GTK_WIDGET (self)))
    wt_timeline_view_place (self);
  gtk_widget_queue_resize (GTK_WIDGET (self));
}

/**
 * wt_timeline_view_show_position:
 * @position: of an item; one beyond the end means the last
 * @align: 0: its row at the top of the view, 1: at its bottom, or between; a row taller than the
 *   view is at the top
 *
 * Jumps there, without an animation. As near an end as the end allows. Works before the view has a
 * size, and keeps the alignment while rows load, until the view is scrolled or resized.
 */
void
wt_timeline_view_show_position (WtTimelineView *self, guint position, double align)
{
  guint n_items = 0;

  g_return_if_fail (WT_IS_TIMELINE_VIEW (self));

  n_items = wt_timeline_rows_get_n_items (self->rows);
  if (n_items == 0)
    return;

  self->anchor.mode = WT_TIMELINE_ANCHOR_ROW;
  self->anchor.position = MIN (position, n_items - 1);
  self->anchor.align = CLAMP (align, 0, 1);
  jumped (self);
}

/**
 * wt_timeline_view_scroll_to_bottom:
 *
 * Jumps to the end, and stays there when items are added, until the view is scrolled away from it.
 */
void
wt_timeline_view_scroll_to_bottom (WtTimelineView *self)
{
  g_return_if_fail (WT_IS_TIMELINE_VIEW (self));

  self->anchor.mode = WT_TIMELINE_ANCHOR_BOTTOM;
  jumped (self);
}

/**
 * wt_timeline_view_page:
 * @direction: -1: up, 1: down
 *
 * Moves by most of a page, animated unless the system asks for no animations. Stops a fling.
 */
void
wt_timeline_view_page (WtTimelineView *self, int direction)
{
  g_return_if_fail (WT_IS_TIMELINE_VIEW (self));

  wt_timeline_view_page_by (self, direction, FALSE);
}

/**
 * wt_timeline_view_get_message_adjustment:
 *
 * The adjustment for a #GtkScrollbar: 0 … number of items, fractional. Whoever sets its value
 * jumps.
 *
 * Returns: (transfer none): the adjustment, the same for the view's whole life
 */
GtkAdjustment *
wt_timeline_view_get_message_adjustment (WtTimelineView *self)
{
  g_return_val_if_fail (WT_IS_TIMELINE_VIEW (self), NULL);

  return self->message;
}
