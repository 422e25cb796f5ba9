/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-records.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtCliWorldPlan:
 * @messages: how many messages
 * @conversations: in how many conversations, at least 1
 * @in_one: how many of the messages are in the first conversation at least
 * @seed: the same number gives the same world
 */
typedef struct
{
  guint messages;
  guint conversations;
  guint in_one;
  guint seed;
} WtCliWorldPlan;

/**
 * WtCliWorld:
 *
 * An account, its conversations and their messages, all made up, one after the other as they would have come in.
 */
typedef struct _WtCliWorld WtCliWorld;

WtCliWorld *wt_cli_world_new (const WtCliWorldPlan *plan);
void wt_cli_world_free (WtCliWorld *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCliWorld, wt_cli_world_free)

void wt_cli_world_add_picture (WtCliWorld *self, const WtMedia *picture);
WtAccountRecord *wt_cli_world_make_account (WtCliWorld *self);
gboolean wt_cli_world_is_made_up (const WtAccountRecord *account);
WtConversationRecord *wt_cli_world_make_conversation (WtCliWorld *self, guint index);
void wt_cli_world_set_conversation_id (WtCliWorld *self, guint index, gint64 id);
gint64 wt_cli_world_get_conversation_id (WtCliWorld *self, guint index);
WtMessageRecord *wt_cli_world_next_message (WtCliWorld *self, GPtrArray **attachments);
gint64 wt_cli_world_get_read_seq (WtCliWorld *self, guint index);
char *wt_cli_world_make_draft (WtCliWorld *self, guint index);

G_END_DECLS
