/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation.h"

G_BEGIN_DECLS

/**
 * WtConversationList:
 *
 * The #WtConversation<!-- -->s of all accounts as a #GListModel, pinned first, then by last activity, newest first.
 */
#define WT_TYPE_CONVERSATION_LIST (wt_conversation_list_get_type ())
G_DECLARE_FINAL_TYPE (WtConversationList, wt_conversation_list, WT, CONVERSATION_LIST, GObject)

WtConversationList *wt_conversation_list_new (void);
void wt_conversation_list_add (WtConversationList *self, WtConversation *conversation);
void wt_conversation_list_add_many (WtConversationList *self, GPtrArray *conversations);
void wt_conversation_list_remove (WtConversationList *self, WtConversation *conversation);
void wt_conversation_list_remove_account (WtConversationList *self, WtAccount *account);
void wt_conversation_list_freeze (WtConversationList *self);
void wt_conversation_list_thaw (WtConversationList *self);
void wt_conversation_list_thaw_in_turn (WtConversationList *self);
WtConversation *
wt_conversation_list_lookup (WtConversationList *self, gint64 id); /* transfer none, nullable */
guint wt_conversation_list_get_unread (
    WtConversationList *self,
    WtConversationKind kind); /* messages, by their levels; archived ones not counted */
guint wt_conversation_list_get_archived (WtConversationList *self, WtConversationKind kind);
guint wt_conversation_list_get_archived_unread (WtConversationList *self, WtConversationKind kind);
guint wt_conversation_list_get_mentions (WtConversationList *self, WtConversationKind kind);

G_END_DECLS
