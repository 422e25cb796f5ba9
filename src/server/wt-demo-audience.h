/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-bot.h"

G_BEGIN_DECLS

/**
 * WtDemoAudience:
 * @user: whose
 * @platform: on which platform
 * @key: what addresses it: a secret
 * @msg_ids: (element-type utf8): of each step of the script
 * @message_ids: (element-type utf8): of each step
 * @next: the first step that was not sent yet
 * @acked: which steps were ACKed
 * @n_acked: how many
 * @turn: answers given
 * @timeout: the next step's, or 0
 * @complete: whether all was ACKed
 *
 * One client of the demo and how far the script has come for it.
 */
typedef struct
{
  char *user;
  char *platform;
  char *key;
  GPtrArray *msg_ids;
  GPtrArray *message_ids;
  gboolean *acked;
  guint n_acked;
  guint next;
  guint turn;
  guint timeout;
  gboolean complete;
} WtDemoAudience;

WtDemoAudience *wt_demo_audience_new (const WtBotPeer *peer, guint n_steps);
void wt_demo_audience_free (WtDemoAudience *self);
WtBotPeer wt_demo_audience_get_peer (const WtDemoAudience *self);
gboolean wt_demo_audience_is_peer (const WtDemoAudience *self, const WtBotPeer *peer);
void wt_demo_audience_note_ack (WtDemoAudience *self, const char *msg_id);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtDemoAudience, wt_demo_audience_free)

G_END_DECLS
