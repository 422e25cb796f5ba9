/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-account.h"
#include "wt-records.h"
#include "wt-veil.h"

G_BEGIN_DECLS

/**
 * WtConversation:
 *
 * A direct chat or a group, as its row in the sidebar needs it.
 *
 * Properties (read-only, notifying): `title`, `last-text`, `last-author`, `last-time`, `last-direction`, `last-delivery`, `unread`, `mentions`,
 * `level` (#WtLevel as int), `dialect` (the record's), `pinned`, `archived`, `draft`, `last-seq`, `read-seq`, `hidden`.
 */
#define WT_TYPE_CONVERSATION (wt_conversation_get_type ())
G_DECLARE_FINAL_TYPE (WtConversation, wt_conversation, WT, CONVERSATION, GObject)

WtConversation *wt_conversation_new (WtAccount *account, const WtConversationRecord *record);
WtConversation *wt_conversation_new_take (WtAccount *account, WtConversationRecord *record);
gboolean wt_conversation_update (WtConversation *self, const WtConversationRecord *record);
void wt_conversation_set_options (WtConversation *self, const WtConversationRecord *record);
void wt_conversation_set_last_delivery (WtConversation *self, gint64 seq, WtDelivery delivery);
void wt_conversation_set_draft (WtConversation *self, const char *draft);

gint64 wt_conversation_get_id (WtConversation *self);
WtAccount *wt_conversation_get_account (WtConversation *self);
const WtConversationRecord *wt_conversation_get_record (WtConversation *self);
WtConversationKind wt_conversation_get_kind (WtConversation *self);
WtDialect wt_conversation_get_dialect (WtConversation *self);
const char *
wt_conversation_get_title (WtConversation *self); /* never empty: falls back to the peer's id */
gint64 wt_conversation_get_last_seq (WtConversation *self);
gint64 wt_conversation_get_read_seq (WtConversation *self);
guint wt_conversation_get_unread (WtConversation *self);
gint64 wt_conversation_get_last_time (WtConversation *self);
const char *wt_conversation_get_draft (WtConversation *self);
guint wt_conversation_count_wanted (WtConversation *self);
char *wt_conversation_fold (const char *text);
gboolean wt_conversation_matches (WtConversation *self, const char *folded);
WtVeil *wt_conversation_get_veil (WtConversation *self);
gboolean wt_conversation_get_hidden (WtConversation *self);
void wt_conversation_set_hidden (WtConversation *self, gboolean hidden);

G_END_DECLS
