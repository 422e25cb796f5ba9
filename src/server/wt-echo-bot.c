/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-echo-bot.h"

#define NICKNAME "Echo"

/**
 * WtEchoBot: says what it is told: in a direct chat to the one who wrote, in a group as a member of it.
 */
struct _WtEchoBot
{
  GObject parent_instance;
};

static void wt_echo_bot_bot_init (WtBotInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtEchoBot,
                               wt_echo_bot,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (WT_TYPE_BOT, wt_echo_bot_bot_init))

static const char *const *
wt_echo_bot_get_users (WtBot *bot)
{
  static const char *const users[] = { WT_ECHO_BOT_USER, NULL };

  return users;
}

static const WtGroupInfo *
get_group (const WtMessageInfo *info)
{
  if (info->sender != NULL && info->sender->group != NULL)
    return info->sender->group;
  return info->receiver != NULL ? info->receiver->group : NULL;
}

static void
wt_echo_bot_receive (WtBot *bot,
                     WtApiServer *server,
                     const WtBotPeer *peer,
                     const char *as_user,
                     WtEnvelope *envelope)
{
  const WtPayload *payload = wt_envelope_get_payload (envelope);
  const WtGroupInfo *group = get_group (payload->info);
  const char *platform = payload->info->platform;
  g_autofree char *message_id = g_strdup_printf ("echo_%" G_GINT64_FORMAT, g_get_real_time ());
  g_autoptr (WtMessageInfo) info = wt_message_info_new (
      platform, message_id, (double) g_get_real_time () / G_USEC_PER_SEC);

  info->sender = wt_party_new (
      wt_user_info_new (platform, WT_ECHO_BOT_USER, NICKNAME, NULL),
      group == NULL ? NULL
                    : wt_group_info_new (group->platform, group->group_id, group->group_name));
  wt_bot_send (server, peer, as_user, NULL, g_steal_pointer (&info),
               wt_segment_ref (payload->segment));
}

static void
wt_echo_bot_bot_init (WtBotInterface *iface)
{
  iface->get_users = wt_echo_bot_get_users;
  iface->receive = wt_echo_bot_receive;
}

static void
wt_echo_bot_class_init (WtEchoBotClass *klass)
{
}

static void
wt_echo_bot_init (WtEchoBot *self)
{
}

/**
 * wt_echo_bot_new:
 *
 * Returns: (transfer full): a bot whose user and key are %WT_ECHO_BOT_USER
 */
WtBot *
wt_echo_bot_new (void)
{
  return g_object_new (WT_TYPE_ECHO_BOT, NULL);
}
