/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  WT_TIMELINE_ANCHOR_BOTTOM, /* the end of the last row is at the end of the view, and stays so */
  WT_TIMELINE_ANCHOR_HOLD,   /* a row stays where it is */
  WT_TIMELINE_ANCHOR_ROW,    /* a jump: the room a row leaves in the view is divided by @align */
  WT_TIMELINE_ANCHOR_POINT,  /* a jump: a point of a row is at a point of the view */
} WtTimelineAnchorMode;

/* By what the view holds its place. */
typedef struct
{
  WtTimelineAnchorMode mode;
  guint position; /* all but BOTTOM: of the row */
  double y;       /* HOLD: its top in world pixels, integral */
  double align;   /* ROW, POINT: 0 top of the view … 1 its bottom */
  double within;  /* POINT: 0 top of the row … 1 its bottom */
} WtTimelineAnchor;

gboolean wt_timeline_anchor_is_jump (const WtTimelineAnchor *anchor);
double wt_timeline_anchor_get_y (const WtTimelineAnchor *anchor, double top, int page, int height);
void wt_timeline_anchor_hold (WtTimelineAnchor *anchor, guint position, double y);
void wt_timeline_anchor_items_changed (WtTimelineAnchor *anchor,
                                       guint position,
                                       guint removed,
                                       guint added,
                                       guint n_items);

G_END_DECLS
