/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation-list.h"
#include "wt-diagnosis.h"
#include "wt-draft-store.h"
#include "wt-fetch.h"
#include "wt-frame.h"
#include "wt-shared-list.h"
#include "wt-timeline.h"
#include "wt-transport.h"

G_BEGIN_DECLS

/**
 * WtSession:
 *
 * One account online: joins connection, store and models. Everything here is called on the main thread; the work is done elsewhere.
 *
 * Properties (read-only, notifying): `account`, `state` (#WtConnectionState as int), `diagnosis` (nullable), `retry-at` (g_get_monotonic_time()'s clock, or 0),
 * `refused-frames` (guint: frames that could not be used).
 * Signals: `message-received` (#WtConversation, #WtMessage): an incoming message was stored, for notifications.
 * `delivery-changed` (#WtMessageRecord, a pointer): an outgoing message's. `trouble` (#GError). `frame` (#WtFrame): see
 * wt_session_set_frame_tap(). `media-changed` (gint64 conversation_id): a message was deleted there, or a medium came.
 */
#define WT_TYPE_SESSION (wt_session_get_type ())
G_DECLARE_FINAL_TYPE (WtSession, wt_session, WT, SESSION, GObject)

WtAccount *wt_session_get_account (WtSession *self);
WtConnectionState wt_session_get_state (WtSession *self);
WtDiagnosis *wt_session_get_diagnosis (WtSession *self);
gint64 wt_session_get_retry_at (WtSession *self);

void wt_session_start (WtSession *self);
void wt_session_retry_now (WtSession *self);
void wt_session_network_changed (WtSession *self);
void wt_session_stop (WtSession *self);
void wt_session_set_frame_tap (WtSession *self, gsize longest);

/* Finds or makes a conversation. @target_key: (nullable): the key to route to, kept in the keyring; @target_platform: (nullable). */
void wt_session_ensure_conversation_async (WtSession *self,
                                           WtConversationKind kind,
                                           const char *platform,
                                           const char *peer_id,
                                           const char *title,
                                           const char *target_key,
                                           const char *target_platform,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer data);
/* Returns: (transfer full) */
WtConversation *
wt_session_ensure_conversation_finish (WtSession *self, GAsyncResult *result, GError **error);

/* Stores a message, shows it, sends it. finish: TRUE once it is on disk. */
void wt_session_send_async (WtSession *self,
                            WtConversation *conversation,
                            WtSegment *segment,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data);
gboolean wt_session_send_finish (WtSession *self, GAsyncResult *result, GError **error);
WtMessageRecord *
wt_session_send_finish_record (WtSession *self, GAsyncResult *result, GError **error);

void wt_session_retry (WtSession *self, WtConversation *conversation, WtMessage *message);
void wt_session_delete_message (WtSession *self, WtConversation *conversation, WtMessage *message);
/* All or none of them. */
void wt_session_delete_messages_async (WtSession *self,
                                       WtConversation *conversation,
                                       const gint64 *seqs,
                                       gsize n_seqs,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
gboolean wt_session_delete_messages_finish (WtSession *self, GAsyncResult *result, GError **error);
void wt_session_mark_read (WtSession *self, WtConversation *conversation, gint64 seq);
void wt_session_set_draft (WtSession *self, WtConversation *conversation, const char *draft);
void wt_session_set_draft_attachments (WtSession *self,
                                       WtConversation *conversation,
                                       GPtrArray *attachments);
void wt_session_list_draft_attachments_async (WtSession *self,
                                              WtConversation *conversation,
                                              GCancellable *cancellable,
                                              GAsyncReadyCallback callback,
                                              gpointer data);
/* Returns: (transfer full) (element-type WtDraftAttachment): those whose contents are there */
GPtrArray *
wt_session_list_draft_attachments_finish (WtSession *self, GAsyncResult *result, GError **error);
/* Pinned: at the top. Archived: out of the list until asked for. */
void wt_session_set_flags (WtSession *self,
                           WtConversation *conversation,
                           gboolean pinned,
                           gboolean archived);
void wt_session_set_level (WtSession *self, WtConversation *conversation, WtLevel level);
void wt_session_set_dialect (WtSession *self, WtConversation *conversation, int dialect);
void wt_session_set_name (WtSession *self, WtConversation *conversation, const char *name);
/* @key: (nullable): NULL: the one it has; empty: none of its own. @platform: (nullable): NULL or empty: the conversation's. */
void wt_session_set_target_async (WtSession *self,
                                  WtConversation *conversation,
                                  const char *key,
                                  const char *platform,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
gboolean wt_session_set_target_finish (WtSession *self, GAsyncResult *result, GError **error);
void wt_session_delete_conversation_async (WtSession *self,
                                           WtConversation *conversation,
                                           GCancellable *cancellable,
                                           GAsyncReadyCallback callback,
                                           gpointer data);
gboolean
wt_session_delete_conversation_finish (WtSession *self, GAsyncResult *result, GError **error);

/* Downloads a medium that has only an address, or joins its download; after a failure starts anew. Returns: (transfer full) */
WtFetch *wt_session_fetch (WtSession *self,
                           WtConversation *conversation,
                           WtMessage *message,
                           guint position);
/* Returns: (transfer none) (nullable): one that runs or failed */
WtFetch *wt_session_lookup_fetch (WtSession *self, gint64 message_id, guint position);
/* Returns: (transfer full) (nullable) (type filename): where the contents are */
char *wt_session_dup_media_path (WtSession *self, const WtMedia *media);

/* Takes a file, or bytes, into the blob folder, for sending. @longest_edge: larger pictures are made smaller; 0: none are. */
void wt_session_import_file_async (WtSession *self,
                                   GFile *file,
                                   WtSegmentKind kind,
                                   guint longest_edge,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
void wt_session_import_bytes_async (WtSession *self,
                                    GBytes *bytes,
                                    const char *name,
                                    WtSegmentKind kind,
                                    guint longest_edge,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
/* Returns: (transfer full) (nullable): for wt_segment_new_media() */
WtMedia *wt_session_import_finish (WtSession *self, GAsyncResult *result, GError **error);

/* finish: (transfer full) (nullable): NULL without error: not in this history */
void wt_session_find_message_async (WtSession *self,
                                    WtConversation *conversation,
                                    const char *message_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
WtMessageRecord *
wt_session_find_message_finish (WtSession *self, GAsyncResult *result, GError **error);

/* Who wrote there, seen last first, without oneself; live. Returns: (transfer full): of WtMember */
GListModel *wt_session_open_members (WtSession *self, WtConversation *conversation);

/* What was sent there, by the segment's type name; empty until more is asked for. Returns: (transfer full) */
WtSharedList *
wt_session_open_shared (WtSession *self, WtConversation *conversation, const char *kind);

/* The conversation's timeline; the same object while somebody holds it. Returns: (transfer full) */
WtTimeline *wt_session_open_timeline (WtSession *self, WtConversation *conversation);

G_END_DECLS
