/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation.h"
#include "wt-database.h"
#include "wt-member.h"

G_BEGIN_DECLS

/**
 * WtMemberList:
 *
 * A #GListModel of #WtMember: who wrote in a conversation, but for the account itself; seen last first.
 */
#define WT_TYPE_MEMBER_LIST (wt_member_list_get_type ())
G_DECLARE_FINAL_TYPE (WtMemberList, wt_member_list, WT, MEMBER_LIST, GObject)

WtMemberList *wt_member_list_new (WtDatabase *database, WtConversation *conversation);
WtConversation *wt_member_list_get_conversation (WtMemberList *self);
void wt_member_list_meet (WtMemberList *self, const WtMemberRecord *record);
WtMember *wt_member_list_lookup (WtMemberList *self, const char *platform, const char *user_id);

G_END_DECLS
