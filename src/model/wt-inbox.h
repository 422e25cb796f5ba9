/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-clock.h"
#include "wt-envelope.h"
#include "wt-message-store.h"

G_BEGIN_DECLS

/**
 * WtInboxFuncs:
 * @acknowledge: the envelope with this `msg_id` is on disk, or never will be: send its ACK
 * @stored: a message was stored, not a repeat; @reply_key (nullable, a secret) is where answers go
 * @refused: a frame could not be used
 * @trouble: messages cannot be stored at the moment; they are kept and tried again. Once for each attempt
 * @crowded: so much waits to be stored that no more should come, or that has ended
 */
typedef struct
{
  void (*acknowledge) (const char *msg_id, gpointer data);
  void (*stored) (WtStoredMessage *stored, const char *reply_key, gpointer data);
  void (*refused) (const GError *error, gpointer data);
  void (*trouble) (const GError *error, gpointer data);
  void (*crowded) (gboolean crowded, gpointer data);
} WtInboxFuncs;

#define WT_TYPE_INBOX (wt_inbox_get_type ())
G_DECLARE_FINAL_TYPE (WtInbox, wt_inbox, WT, INBOX, GObject)

WtInbox *wt_inbox_new (WtDatabase *database,
                       WtBlobs *blobs,
                       WtClock *clock,
                       gint64 account_id,
                       const char *my_user_id,
                       const char *salt,
                       const WtInboxFuncs *funcs,
                       gpointer data);
void wt_inbox_set_limits (WtInbox *self, guint messages, guint64 bytes);
void wt_inbox_receive (WtInbox *self, WtEnvelope *envelope);
guint wt_inbox_get_n_waiting (WtInbox *self);
gboolean wt_inbox_is_crowded (WtInbox *self);
void wt_inbox_close (WtInbox *self);

G_END_DECLS
