/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-timeline-anchor.h"
#include "wt-timeline-rows.h"
#include "wt-timeline-view.h"

G_BEGIN_DECLS

/* Rows live in world pixels: the adjustment's value is the top of the view in them. Their origin
 * means nothing and the value is never rewritten to suit the rows, so that whoever moves it (GTK's
 * deceleration, an animation) finds it where it was left. */
struct _WtTimelineView
{
  GtkWidget parent_instance;

  /* owned */
  WtTimelineRows *rows;
  GListModel *model;
  GtkAdjustment *hadjustment;
  GtkAdjustment *vadjustment;
  GtkAdjustment *message;

  /* borrowed, while realized */
  GdkFrameClock *clock;

  /* what is where */
  WtTimelineAnchor anchor;
  int width; /* 0: not allocated yet */
  int page;
  double value;         /* the adjustment's, as placed for last */
  double message_value; /* the message adjustment's, as we set it */
  gboolean painted;     /* a frame was painted since the last jump */
  gboolean placing;
  double margin; /* pages of rows beyond each edge of the view, growing to 1 */

  /* what was said of it */
  gboolean at_bottom;
  gboolean at_bottom_told;
  gboolean visible;
  guint first_visible;
  guint last_visible;
  gboolean range_changed;
  guint tell_id;

  /* what moves it */
  gboolean in_update; /* between the start of a frame and its layout: animations move the value */
  gboolean paging;
  guint page_tick_id;
  gint64 page_start;
  gint64 page_time; /* of the last step */
  double page_distance;
  double page_done;
  gboolean page_moves_focus;
  gint64 run_frame; /* the last frame in which something else moved it */
  gboolean run_knew_top;
  gboolean run_knew_bottom;
  guint rebase_id;

  guint hscroll_policy : 1;
  guint vscroll_policy : 1;
};

/* wt-timeline-allocate.c */
void wt_timeline_view_measure (GtkWidget *widget,
                               GtkOrientation orientation,
                               int for_size,
                               int *minimum,
                               int *natural,
                               int *minimum_baseline,
                               int *natural_baseline);
void wt_timeline_view_size_allocate (GtkWidget *widget, int width, int height, int baseline);
void wt_timeline_view_snapshot (GtkWidget *widget, GtkSnapshot *snapshot);

/* wt-timeline-place.c */
void wt_timeline_view_stack (WtTimelineView *self, WtTimelineRow *anchor, double y);
double wt_timeline_view_get_top (WtTimelineView *self);
void wt_timeline_view_catch_up (WtTimelineView *self, double top);
void wt_timeline_view_place (WtTimelineView *self);
void wt_timeline_view_hold_place (WtTimelineView *self);
gboolean wt_timeline_view_is_top_known (WtTimelineView *self);
gboolean wt_timeline_view_is_bottom_known (WtTimelineView *self);
gboolean wt_timeline_view_is_at_top (WtTimelineView *self);

/* wt-timeline-scale.c */
void wt_timeline_view_update_scale (WtTimelineView *self);
void wt_timeline_view_jump_to_scale (WtTimelineView *self, double value);

/* wt-timeline-motion.c */
void wt_timeline_view_value_changed (WtTimelineView *self);
void wt_timeline_view_stop_motion (WtTimelineView *self);
void wt_timeline_view_watch_frames (WtTimelineView *self, GdkFrameClock *clock);
void wt_timeline_view_page_by (WtTimelineView *self, int direction, gboolean moves_focus);
void wt_timeline_view_forget_motion (WtTimelineView *self);

/* wt-timeline-focus.c */
gboolean wt_timeline_view_focus (GtkWidget *widget, GtkDirectionType direction);
gboolean wt_timeline_view_grab_focus (GtkWidget *widget);
void wt_timeline_view_reveal (WtTimelineView *self, WtTimelineRow *row);
gboolean wt_timeline_view_has_focus_inside (WtTimelineView *self);
void wt_timeline_view_focus_row (WtTimelineView *self, guint position);
void wt_timeline_view_focus_visible (WtTimelineView *self, int direction);
void wt_timeline_view_add_bindings (GtkWidgetClass *widget_class);

G_END_DECLS
