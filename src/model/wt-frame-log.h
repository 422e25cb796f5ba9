/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-frame.h"
#include "wt-session.h"

G_BEGIN_DECLS

/**
 * WtFrameLog:
 *
 * A #GListModel of #WtFrame: what went over the connections of several sessions while it recorded, oldest first, ACKs paired with what
 * they acknowledge. Bounded: the oldest make way. New ones enter it some at a time, several times a second. Main thread only.
 *
 * Properties (notifying): `recording`, `dropped` (guint64, read-only: how many made way).
 */
#define WT_TYPE_FRAME_LOG (wt_frame_log_get_type ())
G_DECLARE_FINAL_TYPE (WtFrameLog, wt_frame_log, WT, FRAME_LOG, GObject)

WtFrameLog *wt_frame_log_new (GListModel *sessions);
void wt_frame_log_set_limits (WtFrameLog *self, guint frames, gsize bytes);
void wt_frame_log_set_recording (WtFrameLog *self, gboolean recording);
gboolean wt_frame_log_get_recording (WtFrameLog *self);
guint64 wt_frame_log_get_dropped (WtFrameLog *self);
void
wt_frame_log_add (WtFrameLog *self, gint64 account_id, const char *account_name, WtFrame *frame);
WtFrame *wt_frame_log_lookup (WtFrameLog *self, guint64 serial);
void wt_frame_log_clear (WtFrameLog *self);

G_END_DECLS
