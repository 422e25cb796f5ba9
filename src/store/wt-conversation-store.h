/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"
#include "wt-records.h"

G_BEGIN_DECLS

void wt_conversation_store_list_async (WtDatabase *db,
                                       gint64 account_id,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
/* Returns: (transfer full) (element-type WtConversationRecord): newest activity first */
GPtrArray *wt_conversation_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Finds the conversation (account, kind, platform, peer id) or makes it with the record's title,
 * target and flags; where it exists and the record brings a target or a title, those are stored.
 * finish returns it whole. */
void wt_conversation_store_ensure_async (WtDatabase *db,
                                         const WtConversationRecord *record,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
WtConversationRecord *
wt_conversation_store_ensure_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Writes title, name, target platform and secret, dialect, level, pinned, archived: not counters, not the draft */
void wt_conversation_store_update_async (WtDatabase *db,
                                         const WtConversationRecord *record,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
gboolean wt_conversation_store_update_finish (WtDatabase *db, GAsyncResult *result, GError **error);

void wt_conversation_store_set_draft_async (WtDatabase *db,
                                            gint64 conversation_id,
                                            const char *draft,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer data);
gboolean
wt_conversation_store_set_draft_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Read up to and including @seq: unread and mention counts become what lies above. */
void wt_conversation_store_mark_read_async (WtDatabase *db,
                                            gint64 conversation_id,
                                            gint64 seq,
                                            GCancellable *cancellable,
                                            GAsyncReadyCallback callback,
                                            gpointer data);
/* Returns: the conversation as it is now */
WtConversationRecord *
wt_conversation_store_mark_read_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* No more is counted. */
#define WT_CONVERSATION_WEIGHT_MOST 100000

/**
 * WtConversationWeight:
 * @messages: that are not deleted
 * @attachments: pictures, files, recordings and stickers in them
 */
typedef struct
{
  guint messages;
  guint attachments;
} WtConversationWeight;

/* How much is deleted with a conversation. finish: (transfer full) */
void wt_conversation_store_weigh_async (WtDatabase *db,
                                        gint64 conversation_id,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer data);
WtConversationWeight *
wt_conversation_store_weigh_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Deletes the conversation with its messages, members and attachments, locally. finish returns its
 * target secret's name, or NULL. */
void wt_conversation_store_delete_async (WtDatabase *db,
                                         gint64 conversation_id,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
gboolean wt_conversation_store_delete_finish (WtDatabase *db,
                                              GAsyncResult *result,
                                              char **secret,
                                              GError **error);

void wt_conversation_store_list_members_async (WtDatabase *db,
                                               gint64 conversation_id,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer data);
/* Returns: (transfer full) (element-type WtMemberRecord): last seen first */
GPtrArray *
wt_conversation_store_list_members_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Those whose name or id has @typed in it. Returns: (transfer full) (element-type WtMemberRecord) */
void wt_conversation_store_find_members_async (WtDatabase *db,
                                               gint64 conversation_id,
                                               const char *typed,
                                               guint limit,
                                               GCancellable *cancellable,
                                               GAsyncReadyCallback callback,
                                               gpointer data);
GPtrArray *
wt_conversation_store_find_members_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* For the message store, on the database thread only. */
WtConversationRecord *
wt_conversation_store_ensure (WtDatabase *db, const WtConversationRecord *record, GError **error);
WtConversationRecord *
wt_conversation_store_load (WtDatabase *db, gint64 conversation_id, GError **error);
WtConversationRecord *
wt_conversation_store_find (WtDatabase *db, const WtConversationRecord *record, GError **error);
gboolean wt_conversation_store_differs (const WtConversationRecord *stored,
                                        const WtConversationRecord *wanted);
gboolean wt_conversation_store_count (WtDatabase *db, gint64 conversation_id, GError **error);
gboolean
wt_conversation_store_set_read (WtDatabase *db, gint64 conversation_id, gint64 seq, GError **error);
gboolean wt_conversation_store_set_draft (WtDatabase *db,
                                          gint64 conversation_id,
                                          const char *draft,
                                          GError **error);

G_END_DECLS
