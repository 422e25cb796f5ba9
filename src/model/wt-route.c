/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-route.h"

/* What a server writes as `meta.sender_user` where it speaks for itself or for its bot. */
#define SERVER "server"

/**
 * wt_route_free:
 * @self: (transfer full): a route
 */
void
wt_route_free (WtRoute *self)
{
  g_free (self->platform);
  g_free (self->peer_id);
  g_free (self->title);
  g_free (self->author_platform);
  g_free (self->author_id);
  g_free (self->author_nickname);
  g_free (self->author_cardname);
  g_free (self->reply_key);
  g_free (self);
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

static const char *
first (const char *a, const char *b)
{
  return !is_blank (a) ? a : b;
}

static const WtUserInfo *
get_user (const WtParty *party)
{
  return party != NULL && party->user != NULL && !is_blank (party->user->user_id) ? party->user
                                                                                  : NULL;
}

static const WtGroupInfo *
get_group (const WtParty *party)
{
  return party != NULL && party->group != NULL && !is_blank (party->group->group_id) ? party->group
                                                                                     : NULL;
}

static void
set_author (WtRoute *self, const WtUserInfo *user, const WtMessageInfo *info)
{
  self->author_platform = g_strdup (first (user->platform, info->platform));
  self->author_id = g_strdup (user->user_id);
  self->author_nickname = g_strdup (user->nickname);
  self->author_cardname = g_strdup (user->cardname);
}

/* Without any `user_info` the sender is known by a key alone. A key is never stored as somebody's id: what stands
 * for it is the same on each message and does not give the key away. */
static void
set_author_by_sender (WtRoute *self,
                      const char *sender,
                      const WtMessageInfo *info,
                      const char *salt)
{
  self->author_platform = g_strdup (info->platform);
  if (is_blank (sender) || g_str_equal (sender, SERVER))
    {
      self->author_id = g_strdup (SERVER);
      return;
    }

  g_autofree char *digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) salt,
                                                       strlen (salt), sender, -1);

  digest[12] = '\0';
  self->author_id = g_strconcat ("sender-", digest, NULL);
  self->author_nickname = g_strdup (info->platform);
}

static gboolean
mentions (WtSegment *segment, const char *my_user_id)
{
  const WtMention *mention = wt_segment_get_mention (segment);

  if (mention != NULL)
    return g_strcmp0 (mention->user_id, my_user_id) == 0
           || g_strcmp0 (mention->user_id, "all") == 0;
  if (wt_segment_get_kind (segment) != WT_SEGMENT_SEGLIST)
    return FALSE;
  for (guint i = 0; i < wt_segment_get_n_children (segment); i++)
    {
      if (mentions (wt_segment_get_child (segment, i), my_user_id))
        return TRUE;
    }
  return FALSE;
}

static void
set_conversation (WtRoute *self, const WtGroupInfo *group, const WtMessageInfo *info)
{
  if (group != NULL)
    {
      self->kind = WT_CONVERSATION_GROUP;
      self->platform = g_strdup (first (group->platform, info->platform));
      self->peer_id = g_strdup (group->group_id);
      self->title = g_strdup (group->group_name);
      return;
    }
  self->kind = WT_CONVERSATION_DIRECT;
  self->platform = g_strdup (self->author_platform);
  self->peer_id = g_strdup (self->author_id);
  self->title = g_strdup (first (self->author_nickname, self->author_cardname));
}

/**
 * wt_route_new:
 * @envelope: a `sys_std` envelope with a usable payload
 * @my_user_id: one's own id
 * @salt: any text that belongs to this account alone
 *
 * Decides whose message it is, which conversation it belongs to, and where answers go:
 *
 * 1. With `sender_info.user_info`, that user is the author; a `group_info` of the sender, else of the receiver, makes it a
 *    group's.
 * 2. Without, but with `additional_config.platform_io_account_id`, it is a bot's reply as MaiBot sends it:
 *    `receiver_info.user_info` is the bot, the author. In a direct chat `platform_io_target_user_id` says for whom it is.
 * 3. Else `meta.sender_user` is the author, and `receiver_info` says where it goes.
 *
 * Answers go to the author's key where `meta.sender_user` is one.
 *
 * Returns: (transfer full): the route
 */
WtRoute *
wt_route_new (WtEnvelope *envelope, const char *my_user_id, const char *salt)
{
  g_return_val_if_fail (wt_envelope_get_payload (envelope) != NULL, NULL);

  WtRoute *self = g_new0 (WtRoute, 1);
  const WtPayload *payload = wt_envelope_get_payload (envelope);
  const WtMessageInfo *info = payload->info;
  const char *sender = wt_envelope_get_sender_user (envelope);
  const WtUserInfo *user = get_user (info->sender);
  const WtGroupInfo *group = get_group (info->sender);
  g_autofree char *bot = wt_message_info_dup_config (info, "platform_io_account_id");

  if (group == NULL)
    group = get_group (info->receiver);
  if (user != NULL)
    set_author (self, user, info);
  else if (!is_blank (bot) && get_user (info->receiver) != NULL)
    {
      g_autofree char *target = wt_message_info_dup_config (info, "platform_io_target_user_id");

      set_author (self, get_user (info->receiver), info);
      self->foreign = group == NULL && !is_blank (target) && g_strcmp0 (target, my_user_id) != 0;
    }
  else
    set_author_by_sender (self, sender, info, salt);

  set_conversation (self, group, info);
  self->mentions_me = mentions (payload->segment, my_user_id);
  if (!is_blank (sender) && !g_str_equal (sender, SERVER)
      && g_strcmp0 (sender, self->author_id) != 0)
    self->reply_key = g_strdup (sender);
  return self;
}
