/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-connection.h"
#include "wt-inspection.h"

G_BEGIN_DECLS

/**
 * WtFrameKind:
 * @WT_FRAME_MESSAGE: a message
 * @WT_FRAME_ACK: an acknowledgement
 * @WT_FRAME_OTHER: an envelope of another type
 * @WT_FRAME_BAD: bytes that are no envelope
 * @WT_FRAME_PONG: the answer to a keep-alive ping
 * @WT_FRAME_STATE: no frame: the connection's state changed
 * @WT_FRAME_PAUSE: no frame: the recording was interrupted here
 */
typedef enum
{
  WT_FRAME_MESSAGE,
  WT_FRAME_ACK,
  WT_FRAME_OTHER,
  WT_FRAME_BAD,
  WT_FRAME_PONG,
  WT_FRAME_STATE,
  WT_FRAME_PAUSE,
} WtFrameKind;

/**
 * WtFrameAck:
 * @WT_FRAME_ACK_NONE: there is none to be expected
 * @WT_FRAME_ACK_PENDING: it has not come yet
 * @WT_FRAME_ACK_DONE: it came
 * @WT_FRAME_ACK_LOST: the connection ended, or the message was sent again, before it came
 */
typedef enum
{
  WT_FRAME_ACK_NONE,
  WT_FRAME_ACK_PENDING,
  WT_FRAME_ACK_DONE,
  WT_FRAME_ACK_LOST,
} WtFrameAck;

/**
 * WtFrame:
 *
 * One frame that was sent or received, or one event of a connection, as it may be shown: without keys and contents. Made on any
 * thread; what its acknowledgement changes, on the main thread.
 *
 * Properties (read-only, notifying): `ack` (#WtFrameAck as int), `pair` (guint64: the serial of the ACK, or of what an ACK is about, or 0).
 */
#define WT_TYPE_FRAME (wt_frame_get_type ())
G_DECLARE_FINAL_TYPE (WtFrame, wt_frame, WT, FRAME, GObject)

WtFrame *
wt_frame_new (GBytes *bytes, gboolean outgoing, const char *platform, gsize longest, gint64 time);
WtFrame *wt_frame_new_event (WtFrameKind kind, gint64 time);
WtFrame *wt_frame_new_state (WtConnectionState state, WtDiagnosis *diagnosis, gint64 time);

WtFrameKind wt_frame_get_kind (WtFrame *self);
gboolean wt_frame_get_outgoing (WtFrame *self);
gint64 wt_frame_get_time (WtFrame *self);
gsize wt_frame_get_size (WtFrame *self);
const char *wt_frame_get_type_name (WtFrame *self);
const char *wt_frame_get_msg_id (WtFrame *self);
const char *wt_frame_get_acked_msg_id (WtFrame *self);
const char *wt_frame_get_summary (WtFrame *self);
const char *wt_frame_get_json (WtFrame *self);
gsize wt_frame_get_cut (WtFrame *self);
GPtrArray *wt_frame_get_lints (WtFrame *self);
WtConnectionState wt_frame_get_state (WtFrame *self);
WtDiagnosis *wt_frame_get_diagnosis (WtFrame *self);
gsize wt_frame_get_weight (WtFrame *self);

/* Since it is in a log. */
guint64 wt_frame_get_serial (WtFrame *self);
gint64 wt_frame_get_account_id (WtFrame *self);
const char *wt_frame_get_account_name (WtFrame *self);
WtFrameAck wt_frame_get_ack (WtFrame *self);
guint64 wt_frame_get_pair (WtFrame *self);
gint64 wt_frame_get_round_trip (WtFrame *self);

/* For the log. */
void wt_frame_enter (WtFrame *self, guint64 serial, gint64 account_id, const char *account_name);
void wt_frame_set_pair (WtFrame *self, WtFrame *ack);
void wt_frame_set_lost (WtFrame *self);

G_END_DECLS
