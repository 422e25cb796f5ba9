/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-bot.h"

#include "wt-relay.h"

G_DEFINE_INTERFACE (WtBot, wt_bot, G_TYPE_OBJECT)

static void
wt_bot_default_init (WtBotInterface *iface)
{
}

/**
 * wt_bot_get_users:
 * @self: a bot
 *
 * Returns: (transfer none) (array zero-terminated=1): the users it plays; each one's key is its name
 */
const char *const *
wt_bot_get_users (WtBot *self)
{
  g_return_val_if_fail (WT_IS_BOT (self), NULL);

  return WT_BOT_GET_IFACE (self)->get_users (self);
}

/**
 * wt_bot_receive:
 * @self: a bot
 * @server: where
 * @peer: from whom
 * @as_user: to which of its users
 * @envelope: what, a `sys_std` without faults
 *
 * Gives the bot a message that was routed to it.
 */
void
wt_bot_receive (WtBot *self,
                WtApiServer *server,
                const WtBotPeer *peer,
                const char *as_user,
                WtEnvelope *envelope)
{
  g_return_if_fail (WT_IS_BOT (self));

  if (WT_BOT_GET_IFACE (self)->receive != NULL)
    WT_BOT_GET_IFACE (self)->receive (self, server, peer, as_user, envelope);
}

/**
 * wt_bot_connected:
 * @self: a bot
 * @server: where
 * @peer: who
 *
 * Tells the bot that a client was let in.
 */
void
wt_bot_connected (WtBot *self, WtApiServer *server, const WtBotPeer *peer)
{
  g_return_if_fail (WT_IS_BOT (self));

  if (WT_BOT_GET_IFACE (self)->connected != NULL)
    WT_BOT_GET_IFACE (self)->connected (self, server, peer);
}

/**
 * wt_bot_disconnected:
 * @self: a bot
 * @server: where
 * @peer: who
 *
 * Tells the bot that one of a client's connections is gone.
 */
void
wt_bot_disconnected (WtBot *self, WtApiServer *server, const WtBotPeer *peer)
{
  g_return_if_fail (WT_IS_BOT (self));

  if (WT_BOT_GET_IFACE (self)->disconnected != NULL)
    WT_BOT_GET_IFACE (self)->disconnected (self, server, peer);
}

/**
 * wt_bot_acked:
 * @self: a bot
 * @server: where
 * @peer: by whom
 * @msg_id: what, perhaps nothing of the bot's
 *
 * Tells the bot of a client's ACK.
 */
void
wt_bot_acked (WtBot *self, WtApiServer *server, const WtBotPeer *peer, const char *msg_id)
{
  g_return_if_fail (WT_IS_BOT (self));

  if (WT_BOT_GET_IFACE (self)->acked != NULL)
    WT_BOT_GET_IFACE (self)->acked (self, server, peer, msg_id);
}

/**
 * wt_bot_send:
 * @server: where
 * @peer: to whom
 * @as_user: the bot's user who writes
 * @msg_id: (nullable): the envelope's id, or %NULL for a new one
 * @info: (transfer full): the message's info
 * @segment: (transfer full): what to say
 *
 * Sends a message of a bot's to every connection of a client, written as MaiBot writes.
 *
 * Returns: whether any connection took it
 */
gboolean
wt_bot_send (WtApiServer *server,
             const WtBotPeer *peer,
             const char *as_user,
             const char *msg_id,
             WtMessageInfo *info,
             WtSegment *segment)
{
  WtPayload *payload = wt_payload_new (info, segment, peer->key, peer->platform);
  g_autofree char *new_id = msg_id == NULL ? g_uuid_string_random () : NULL;
  g_autoptr (WtEnvelope) envelope = wt_envelope_new_message (
      msg_id != NULL ? msg_id : new_id, as_user, peer->platform,
      (double) g_get_real_time () / G_USEC_PER_SEC, payload);
  g_autoptr (GBytes) plain = wt_envelope_to_bytes (envelope, WT_DIALECT_MAIBOT);
  g_autoptr (GBytes) addressed = wt_relay_address (plain, as_user, peer->user);
  g_autoptr (GHashTable) results = wt_api_server_send (server, peer->user, peer->platform,
                                                       addressed);
  GHashTableIter iter;
  gpointer sent;

  g_hash_table_iter_init (&iter, results);
  while (g_hash_table_iter_next (&iter, NULL, &sent))
    {
      if (GPOINTER_TO_INT (sent))
        return TRUE;
    }
  return FALSE;
}
