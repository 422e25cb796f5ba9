/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-timeline-view.h"

G_BEGIN_DECLS

/* A bound row. */
typedef struct
{
  GtkWidget *widget; /* borrowed: the view is its parent */
  GObject *item;     /* owned */
  GObject *previous; /* owned, nullable: the item above */
  guint position;    /* tracked */
  guint announced_position;
  guint announced_size;
  int height; /* as measured last, at least 1 */
  double y;   /* in world pixels, integral */
} WtTimelineRow;

/* The rows that exist: live, kept off screen, and to be recycled. */
typedef struct
{
  /* owned */
  GPtrArray *live; /* WtTimelineRow, contiguous and ascending: the ones near the view */
  GPtrArray
      *others;      /* WtTimelineRow, bound and elsewhere: kept ones, and ones to be claimed soon */
  GPtrArray *spare; /* GtkWidget, unbound, still children of the view; none after _finish () */
  GPtrArray *pool;  /* GtkWidget, unbound, no parent */
  GListModel *model;
  gpointer data;
  GDestroyNotify destroy;

  /* borrowed */
  GtkWidget *parent;
  WtTimelineViewCreateFunc create;
  WtTimelineViewBindFunc bind;
  WtTimelineViewUnbindFunc unbind;
  WtTimelineViewKeepFunc keep;
  gpointer keep_data;

  gboolean stale; /* the item above some row may have changed */
} WtTimelineRows;

WtTimelineRows *wt_timeline_rows_new (GtkWidget *parent);
void wt_timeline_rows_free (WtTimelineRows *rows);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtTimelineRows, wt_timeline_rows_free)

void wt_timeline_rows_set_funcs (WtTimelineRows *rows,
                                 WtTimelineViewCreateFunc create,
                                 WtTimelineViewBindFunc bind,
                                 WtTimelineViewUnbindFunc unbind,
                                 gpointer data,
                                 GDestroyNotify destroy);
void wt_timeline_rows_set_model (WtTimelineRows *rows, GListModel *model);
guint wt_timeline_rows_get_n_items (WtTimelineRows *rows);

WtTimelineRow *wt_timeline_rows_first (WtTimelineRows *rows);
WtTimelineRow *wt_timeline_rows_last (WtTimelineRows *rows);
WtTimelineRow *wt_timeline_rows_find_live (WtTimelineRows *rows, guint position);
WtTimelineRow *wt_timeline_rows_find (WtTimelineRows *rows, guint position);
WtTimelineRow *wt_timeline_rows_find_widget (WtTimelineRows *rows, GtkWidget *widget);
gboolean wt_timeline_rows_is_live (WtTimelineRows *rows, WtTimelineRow *row);

WtTimelineRow *wt_timeline_rows_require (WtTimelineRows *rows, guint position);
WtTimelineRow *wt_timeline_rows_prepend (WtTimelineRows *rows);
WtTimelineRow *wt_timeline_rows_append (WtTimelineRows *rows);
void wt_timeline_rows_drop_first (WtTimelineRows *rows);
void wt_timeline_rows_drop_last (WtTimelineRows *rows);
void wt_timeline_rows_recycle (WtTimelineRows *rows, WtTimelineRow *row);
void wt_timeline_rows_refresh (WtTimelineRows *rows);
void wt_timeline_rows_finish (WtTimelineRows *rows);
void wt_timeline_rows_clear (WtTimelineRows *rows);

WtTimelineRow *wt_timeline_rows_items_changed (WtTimelineRows *rows,
                                               guint position,
                                               guint removed,
                                               guint added,
                                               WtTimelineRow *anchor);

G_END_DECLS
