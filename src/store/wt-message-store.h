/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"
#include "wt-records.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtStoredMessage:
 * @repeat: the same envelope was stored before: nothing was written; @message is the stored one
 * @message: the message, with its id and position
 * @conversation: its conversation after the message
 *
 * What became of a message that was stored.
 */
typedef struct
{
  gboolean repeat;
  WtMessageRecord *message;
  WtConversationRecord *conversation;
} WtStoredMessage;

void wt_stored_message_free (WtStoredMessage *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtStoredMessage, wt_stored_message_free)

/* Stores a message at the end of its conversation: makes the conversation where it is new, learns
 * the member (group or direct), counts it as unread when it is incoming, indexes it for search.
 * @message->conversation_id 0: by @conversation's account, kind, platform and peer id. A repeat
 *   (same account, direction, msg_id, digest) writes nothing.
 * @attachments: (nullable) (element-type WtAttachmentRecord) */
void wt_message_store_add_async (WtDatabase *db,
                                 const WtConversationRecord *conversation,
                                 const WtMessageRecord *message,
                                 GPtrArray *attachments,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
WtStoredMessage *wt_message_store_add_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Whether (account, direction IN, msg_id, digest) is stored. */
void wt_message_store_is_repeat_async (WtDatabase *db,
                                       gint64 account_id,
                                       const char *msg_id,
                                       const char *digest,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
gboolean wt_message_store_is_repeat_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Messages first…first+count-1 of a conversation by position. */
void wt_message_store_load_async (WtDatabase *db,
                                  gint64 conversation_id,
                                  gint64 first,
                                  guint count,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
/* Returns: (transfer full) (element-type WtMessageRecord) */
GPtrArray *wt_message_store_load_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Outgoing messages of an account that are queued or sent, oldest first. */
void wt_message_store_list_pending_async (WtDatabase *db,
                                          gint64 account_id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer data);
/* Returns: (transfer full) (element-type WtMessageRecord) */
GPtrArray *
wt_message_store_list_pending_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Writes delivery, attempts, acked_time, rtt and failure of message->id. */
void wt_message_store_set_delivery_async (WtDatabase *db,
                                          const WtMessageRecord *message,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer data);
gboolean
wt_message_store_set_delivery_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Puts the medium at @position (the order of wt_segment_map_media()) in the place of what is there, in the segments
 * and among the attachments. finish: the message as it is now; NOT_FOUND where it was deleted. */
void wt_message_store_set_media_async (WtDatabase *db,
                                       gint64 message_id,
                                       guint position,
                                       const WtMedia *media,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
WtMessageRecord *
wt_message_store_set_media_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Leaves a tombstone: text, segments and attachments are forgotten, the position stays. finish
 * returns the blobs no longer used by any message. */
void wt_message_store_delete_async (WtDatabase *db,
                                    gint64 message_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
GStrv wt_message_store_delete_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/**
 * WtDeletedMessages:
 * @messages: (element-type WtMessageRecord): as they were
 * @unused: their blobs that nothing uses any more
 *
 * What was deleted.
 */
typedef struct
{
  GPtrArray *messages;
  GStrv unused;
} WtDeletedMessages;

void wt_deleted_messages_free (WtDeletedMessages *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtDeletedMessages, wt_deleted_messages_free)

/* The same for positions of a conversation, all or none. */
void wt_message_store_delete_many_async (WtDatabase *db,
                                         gint64 conversation_id,
                                         const gint64 *seqs,
                                         gsize n_seqs,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
WtDeletedMessages *
wt_message_store_delete_many_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* The newest message of the conversation whose message_id (business id) is @business_id; NULL
 * without error where there is none. */
void wt_message_store_find_async (WtDatabase *db,
                                  gint64 conversation_id,
                                  const char *business_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
WtMessageRecord *
wt_message_store_find_finish (WtDatabase *db, GAsyncResult *result, GError **error);

void wt_message_store_list_attachments_async (WtDatabase *db,
                                              gint64 message_id,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer data);
/* Returns: (transfer full) (element-type WtAttachmentRecord) */
GPtrArray *
wt_message_store_list_attachments_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Which of @blobs (names as in the blob folder) neither a message nor a sticker uses. */
void wt_message_store_list_unused_async (WtDatabase *db,
                                         const char *const *blobs,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
GStrv wt_message_store_list_unused_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Deletes attachments that belong to no message, or to a deleted one. */
void wt_message_store_sweep_async (WtDatabase *db,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gboolean wt_message_store_sweep_finish (WtDatabase *db, GAsyncResult *result, GError **error);

G_END_DECLS
