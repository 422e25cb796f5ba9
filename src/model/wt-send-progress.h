/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-clock.h"
#include "wt-outgoing.h"

G_BEGIN_DECLS

/* Frames beyond this are worth telling how far they are. */
#define WT_SEND_PROGRESS_LEAST_BYTES (1024 * 1024)

/**
 * WtSendProgressFuncs:
 * @get_taken: how many bytes of this connection the peer's system has confirmed
 * @told: how far a message is: 0…1, or -1 once there is nothing to tell any more
 */
typedef struct
{
  guint64 (*get_taken) (gpointer data);
  void (*told) (const WtMessageRecord *message, double progress, gpointer data);
} WtSendProgressFuncs;

/**
 * WtSendProgress: how far large messages are on their way out. On the thread of their connection.
 */
typedef struct _WtSendProgress WtSendProgress;

WtSendProgress *
wt_send_progress_new (WtClock *clock, const WtSendProgressFuncs *funcs, gpointer data);
void wt_send_progress_free (WtSendProgress *self);

void wt_send_progress_encoding (WtSendProgress *self, const WtOutgoing *outgoing);
void
wt_send_progress_follow (WtSendProgress *self, const WtMessageRecord *message, gsize frame_size);
void wt_send_progress_end (WtSendProgress *self, gint64 message_id);
void wt_send_progress_disconnected (WtSendProgress *self);

G_END_DECLS
