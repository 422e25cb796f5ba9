/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation.h"
#include "wt-database.h"
#include "wt-secrets.h"

G_BEGIN_DECLS

/**
 * WtTarget:
 * @key: the key that messages are routed to; a secret
 * @platform: the platform that they are routed to
 */
typedef struct
{
  char *key;
  char *platform;
} WtTarget;

void wt_target_free (WtTarget *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtTarget, wt_target_free)

/**
 * WtTargets:
 *
 * Where an account's messages are routed to, conversation by conversation: the conversation's own target if
 * set, else the key that the last message came with, else the account's default target, else, with MaiBot, the account
 * itself. Keys are in #WtSecrets; here only while
 * the program runs.
 */
#define WT_TYPE_TARGETS (wt_targets_get_type ())
G_DECLARE_FINAL_TYPE (WtTargets, wt_targets, WT, TARGETS, GObject)

WtTargets *wt_targets_new (WtAccount *account, WtDatabase *database, WtSecrets *secrets);
void wt_targets_lookup_async (WtTargets *self,
                              WtConversation *conversation,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
WtTarget *wt_targets_lookup_finish (WtTargets *self, GAsyncResult *result, GError **error);
void wt_targets_learn (WtTargets *self, WtConversation *conversation, const char *reply_key);
void wt_targets_finish (WtTargets *self);
void wt_targets_forget (WtTargets *self);
char *wt_targets_make_name (void);

G_END_DECLS
