/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-outgoing.h"

G_BEGIN_DECLS

typedef enum
{
  WT_OUTBOX_QUEUED,   /* to be written */
  WT_OUTBOX_ENCODING, /* its frame is being made on another thread */
  WT_OUTBOX_SENT,     /* written, no ACK yet */
} WtOutboxState;

typedef struct
{
  WtOutgoing *outgoing;
  WtOutboxState state; /* see wt_outbox_queue_set_state() */
  GBytes *frame;       /* kept between encoding and writing only */
  gsize size;          /* of the frame, while it is sent */
  gint64 written;      /* monotonic, when last written */
  gint64 deadline;     /* monotonic, for its ACK */
  guint timeouts;
} WtOutboxEntry;

/**
 * WtOutboxQueue:
 * @entries: (element-type WtOutboxEntry): what an outbox holds, by message id
 * @by_msg_id: borrowed `msg_id` → link in @entries
 * @n_sent: how many of them are sent and not acknowledged
 */
typedef struct
{
  GQueue entries;
  GHashTable *by_msg_id;
  guint n_sent;
} WtOutboxQueue;

void wt_outbox_queue_init (WtOutboxQueue *self);
void wt_outbox_queue_clear (WtOutboxQueue *self);
WtOutboxEntry *wt_outbox_queue_add (WtOutboxQueue *self, WtOutgoing *outgoing);
void wt_outbox_queue_remove (WtOutboxQueue *self, GList *link);
void wt_outbox_queue_remove_all (WtOutboxQueue *self);
GList *wt_outbox_queue_find (WtOutboxQueue *self, gint64 id);
GList *wt_outbox_queue_lookup (WtOutboxQueue *self, const char *msg_id);
void wt_outbox_queue_set_state (WtOutboxQueue *self, WtOutboxEntry *entry, WtOutboxState state);
gsize wt_outbox_queue_count_sent_bytes (WtOutboxQueue *self);
gint64 wt_outbox_queue_get_deadline (WtOutboxQueue *self);

G_END_DECLS
