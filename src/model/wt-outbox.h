/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-clock.h"
#include "wt-outgoing.h"

G_BEGIN_DECLS

/* Why a message failed, as stored in WtMessageRecord.failure; the words for users are in the ui and the cli. */
#define WT_FAILURE_NO_ACK "no-ack"
#define WT_FAILURE_NO_TARGET "no-target"
#define WT_FAILURE_TOO_LARGE "too-large"
#define WT_FAILURE_UNREADABLE "unreadable"

/**
 * WtOutboxFuncs:
 * @write: writes a frame to the connection; fails where there is none
 * @changed: a message's delivery, attempts, ACK time, round trip or failure changed
 * @encoding: (nullable): a message with pictures or files is being put together
 */
typedef struct
{
  gboolean (*write) (GBytes *frame, gpointer data, GError **error);
  void (*changed) (const WtMessageRecord *message, gpointer data);
  void (*encoding) (const WtOutgoing *outgoing, gpointer data);
} WtOutboxFuncs;

#define WT_TYPE_OUTBOX (wt_outbox_get_type ())
G_DECLARE_FINAL_TYPE (WtOutbox, wt_outbox, WT, OUTBOX, GObject)

WtOutbox *wt_outbox_new (WtClock *clock, WtBlobs *blobs, const WtOutboxFuncs *funcs, gpointer data);
void wt_outbox_set_limits (WtOutbox *self, guint ack_timeout_ms, guint most_timeouts, guint window);
void wt_outbox_add (WtOutbox *self, WtOutgoing *outgoing);
void wt_outbox_remove (WtOutbox *self, gint64 id);
void wt_outbox_set_online (WtOutbox *self, gboolean online);
gboolean wt_outbox_ack (WtOutbox *self, const char *msg_id);
guint wt_outbox_get_n_waiting (WtOutbox *self);
guint wt_outbox_get_unknown_acks (WtOutbox *self);
void wt_outbox_close (WtOutbox *self);

G_END_DECLS
