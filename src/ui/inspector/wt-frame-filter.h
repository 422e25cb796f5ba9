/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-frame.h"

G_BEGIN_DECLS

typedef enum
{
  WT_FRAME_WAY_BOTH,
  WT_FRAME_WAY_SENT,
  WT_FRAME_WAY_RECEIVED,
} WtFrameWay;

typedef enum
{
  WT_FRAME_SORT_ALL,
  WT_FRAME_SORT_MESSAGES,
  WT_FRAME_SORT_ACKS,
  WT_FRAME_SORT_CONNECTION,
  WT_FRAME_SORT_REST,
} WtFrameSort;

/**
 * WtFrameFilter:
 *
 * Chooses frames by account, direction, kind, warnings and text.
 */
#define WT_TYPE_FRAME_FILTER (wt_frame_filter_get_type ())
G_DECLARE_FINAL_TYPE (WtFrameFilter, wt_frame_filter, WT, FRAME_FILTER, GtkFilter)

WtFrameFilter *wt_frame_filter_new (void);
void wt_frame_filter_set_account (WtFrameFilter *self, gint64 account_id);
void wt_frame_filter_set_way (WtFrameFilter *self, WtFrameWay way);
void wt_frame_filter_set_sort (WtFrameFilter *self, WtFrameSort sort);
void wt_frame_filter_set_only_warnings (WtFrameFilter *self, gboolean only_warnings);
void wt_frame_filter_set_text (WtFrameFilter *self, const char *text);
gboolean wt_frame_filter_is_all (WtFrameFilter *self);

G_END_DECLS
