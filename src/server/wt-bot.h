/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-api-server.h"
#include "wt-envelope.h"

G_BEGIN_DECLS

/**
 * WtBotPeer:
 * @user: whose connection it is
 * @platform: its platform
 * @key: the key that addresses it: a secret
 *
 * One client, as a bot sees it.
 */
typedef struct
{
  const char *user;
  const char *platform;
  const char *key;
} WtBotPeer;

/**
 * WtBot: a user who lives in the server, with a key of the same name, on every platform. All functions but
 * @get_users are optional.
 */
#define WT_TYPE_BOT (wt_bot_get_type ())
G_DECLARE_INTERFACE (WtBot, wt_bot, WT, BOT, GObject)

struct _WtBotInterface
{
  GTypeInterface parent;

  const char *const *(*get_users) (WtBot *self);
  void (*receive) (WtBot *self,
                   WtApiServer *server,
                   const WtBotPeer *peer,
                   const char *as_user,
                   WtEnvelope *envelope);
  void (*connected) (WtBot *self, WtApiServer *server, const WtBotPeer *peer);
  void (*disconnected) (WtBot *self, WtApiServer *server, const WtBotPeer *peer);
  void (*acked) (WtBot *self, WtApiServer *server, const WtBotPeer *peer, const char *msg_id);
};

const char *const *wt_bot_get_users (WtBot *self);
void wt_bot_receive (WtBot *self,
                     WtApiServer *server,
                     const WtBotPeer *peer,
                     const char *as_user,
                     WtEnvelope *envelope);
void wt_bot_connected (WtBot *self, WtApiServer *server, const WtBotPeer *peer);
void wt_bot_disconnected (WtBot *self, WtApiServer *server, const WtBotPeer *peer);
void wt_bot_acked (WtBot *self, WtApiServer *server, const WtBotPeer *peer, const char *msg_id);

/* For implementations. */
gboolean wt_bot_send (WtApiServer *server,
                      const WtBotPeer *peer,
                      const char *as_user,
                      const char *msg_id,
                      WtMessageInfo *info,
                      WtSegment *segment);

G_END_DECLS
