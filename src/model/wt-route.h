/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-envelope.h"
#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtRoute:
 * @foreign: addressed to somebody else: to be acknowledged, not shown
 * @kind: the conversation's kind
 * @platform: the conversation's platform
 * @peer_id: the other user's or the group's id
 * @title: (nullable): what the peer calls the conversation
 * @author_platform: the author's platform
 * @author_id: the author's user id
 * @author_nickname: (nullable): the author's name
 * @author_cardname: (nullable): the author's name in the group
 * @reply_key: (nullable): the key that answers are to be routed to; a secret
 * @mentions_me: whether one of the message's `at` segments is about me or all
 *
 * Whose message it is and which conversation it belongs to.
 */
typedef struct
{
  gboolean foreign;
  WtConversationKind kind;
  char *platform;
  char *peer_id;
  char *title;
  char *author_platform;
  char *author_id;
  char *author_nickname;
  char *author_cardname;
  char *reply_key;
  gboolean mentions_me;
} WtRoute;

WtRoute *wt_route_new (WtEnvelope *envelope, const char *my_user_id, const char *salt);
void wt_route_free (WtRoute *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtRoute, wt_route_free)

G_END_DECLS
