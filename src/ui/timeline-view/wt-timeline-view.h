/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtTimelineViewCreateFunc:
 *
 * Returns: (transfer floating): a new row, not bound to anything
 */
typedef GtkWidget *(*WtTimelineViewCreateFunc) (gpointer data);

/**
 * WtTimelineViewBindFunc:
 * @row: a row made by the create function
 * @item: what it is to show
 * @previous: (nullable): the item above, which decides about day separators and joined bubbles
 * @position: where @item is now; inserts and deletes move it later without a further call
 *
 * Called again for a bound row, without an unbind in between, when @previous changes or the model
 * says that @item itself did.
 */
typedef void (*WtTimelineViewBindFunc) (GtkWidget *row,
                                        GObject *item,
                                        GObject *previous,
                                        guint position,
                                        gpointer data);

/**
 * WtTimelineViewUnbindFunc:
 * @row: a bound row that is to be recycled or destroyed
 */
typedef void (*WtTimelineViewUnbindFunc) (GtkWidget *row, gpointer data);

/**
 * WtTimelineViewKeepFunc:
 * @row: a bound row that is going off screen, or is there already
 *
 * Returns: whether it must stay alive nevertheless, e.g. because text in it is selected
 */
typedef gboolean (*WtTimelineViewKeepFunc) (GtkWidget *row, gpointer data);

#define WT_TYPE_TIMELINE_VIEW (wt_timeline_view_get_type ())
G_DECLARE_FINAL_TYPE (WtTimelineView, wt_timeline_view, WT, TIMELINE_VIEW, GtkWidget)

GtkWidget *wt_timeline_view_new (void);

void wt_timeline_view_set_rows (WtTimelineView *self,
                                WtTimelineViewCreateFunc create,
                                WtTimelineViewBindFunc bind,
                                WtTimelineViewUnbindFunc unbind,
                                gpointer data,
                                GDestroyNotify destroy);
void
wt_timeline_view_set_keep_func (WtTimelineView *self, WtTimelineViewKeepFunc keep, gpointer data);

void wt_timeline_view_set_model (WtTimelineView *self, GListModel *model);
GListModel *wt_timeline_view_get_model (WtTimelineView *self);

void wt_timeline_view_show_position (WtTimelineView *self, guint position, double align);
void wt_timeline_view_scroll_to_bottom (WtTimelineView *self);
void wt_timeline_view_page (WtTimelineView *self, int direction);

gboolean wt_timeline_view_get_at_bottom (WtTimelineView *self);
gboolean wt_timeline_view_get_visible_range (WtTimelineView *self, guint *first, guint *last);
GtkWidget *wt_timeline_view_get_row (WtTimelineView *self, guint position);
gboolean wt_timeline_view_get_row_position (WtTimelineView *self, GtkWidget *row, guint *position);
GtkAdjustment *wt_timeline_view_get_message_adjustment (WtTimelineView *self);

G_END_DECLS
