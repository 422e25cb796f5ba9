/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values of `message_info`; wt-message-info-json.c reads and writes them. */

#include "wt-message-info.h"

#include "wt-json-fields.h"

/**
 * wt_user_info_new:
 * @platform: (nullable): the user's platform
 * @user_id: (nullable): unique on that platform
 * @nickname: (nullable): `user_nickname`
 * @cardname: (nullable): `user_cardname`
 *
 * Returns: (transfer full): the guide's `user_info`
 */
WtUserInfo *
wt_user_info_new (const char *platform,
                  const char *user_id,
                  const char *nickname,
                  const char *cardname)
{
  WtUserInfo *self = g_new0 (WtUserInfo, 1);

  self->platform = g_strdup (platform);
  self->user_id = g_strdup (user_id);
  self->nickname = g_strdup (nickname);
  self->cardname = g_strdup (cardname);

  return self;
}

/**
 * wt_user_info_free:
 * @self: (transfer full): a user
 *
 * Frees it with all it holds.
 */
void
wt_user_info_free (WtUserInfo *self)
{
  g_clear_pointer (&self->platform, g_free);
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->nickname, g_free);
  g_clear_pointer (&self->cardname, g_free);
  g_clear_pointer (&self->extra, wt_json_value_unref);
  g_free (self);
}

/**
 * wt_group_info_new:
 * @platform: (nullable): the group's platform
 * @group_id: (nullable): unique on that platform
 * @group_name: (nullable): its name
 *
 * Returns: (transfer full): the guide's `group_info`
 */
WtGroupInfo *
wt_group_info_new (const char *platform, const char *group_id, const char *group_name)
{
  WtGroupInfo *self = g_new0 (WtGroupInfo, 1);

  self->platform = g_strdup (platform);
  self->group_id = g_strdup (group_id);
  self->group_name = g_strdup (group_name);

  return self;
}

/**
 * wt_group_info_free:
 * @self: (transfer full): a group
 *
 * Frees it with all it holds.
 */
void
wt_group_info_free (WtGroupInfo *self)
{
  g_clear_pointer (&self->platform, g_free);
  g_clear_pointer (&self->group_id, g_free);
  g_clear_pointer (&self->group_name, g_free);
  g_clear_pointer (&self->extra, wt_json_value_unref);
  g_free (self);
}

/**
 * wt_party_new:
 * @user: (transfer full) (nullable): the user
 * @group: (transfer full) (nullable): the group
 *
 * Returns: (transfer full): the guide's `sender_info` or `receiver_info`
 */
WtParty *
wt_party_new (WtUserInfo *user, WtGroupInfo *group)
{
  WtParty *self = g_new0 (WtParty, 1);

  self->user = user;
  self->group = group;

  return self;
}

/**
 * wt_party_free:
 * @self: (transfer full): a party
 *
 * Frees it with all it holds.
 */
void
wt_party_free (WtParty *self)
{
  g_clear_pointer (&self->user, wt_user_info_free);
  g_clear_pointer (&self->group, wt_group_info_free);
  g_clear_pointer (&self->extra, wt_json_value_unref);
  g_free (self);
}

/**
 * wt_format_info_free:
 * @self: (transfer full): a format
 *
 * Frees it with all it holds.
 */
void
wt_format_info_free (WtFormatInfo *self)
{
  g_clear_pointer (&self->content_format, g_strfreev);
  g_clear_pointer (&self->accept_format, g_strfreev);
  g_clear_pointer (&self->extra, wt_json_value_unref);
  g_free (self);
}

/**
 * wt_template_info_free:
 * @self: (transfer full): a template
 *
 * Frees it with all it holds.
 */
void
wt_template_info_free (WtTemplateInfo *self)
{
  g_clear_pointer (&self->items, wt_json_value_unref);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->extra, wt_json_value_unref);
  g_free (self);
}

/**
 * wt_message_info_new:
 * @platform: the message's platform
 * @message_id: the business layer's id
 * @time: seconds since the epoch, finite, from 0 to below 1e12
 *
 * Returns: (transfer full): the guide's `message_info`, with nothing optional in it
 */
WtMessageInfo *
wt_message_info_new (const char *platform, const char *message_id, double time)
{
  WtMessageInfo *self = NULL;

  g_return_val_if_fail (platform != NULL, NULL);
  g_return_val_if_fail (message_id != NULL, NULL);

  self = g_new0 (WtMessageInfo, 1);
  self->platform = g_strdup (platform);
  self->message_id = g_strdup (message_id);
  self->time = time;

  return self;
}

/**
 * wt_message_info_free:
 * @self: (transfer full): a message's info
 *
 * Frees it with all it holds.
 */
void
wt_message_info_free (WtMessageInfo *self)
{
  g_clear_pointer (&self->platform, g_free);
  g_clear_pointer (&self->message_id, g_free);
  g_clear_pointer (&self->sender, wt_party_free);
  g_clear_pointer (&self->receiver, wt_party_free);
  g_clear_pointer (&self->format, wt_format_info_free);
  g_clear_pointer (&self->template_info, wt_template_info_free);
  g_clear_pointer (&self->additional_config, wt_json_value_unref);
  g_clear_pointer (&self->extra, wt_json_value_unref);
  g_free (self);
}

/**
 * wt_message_info_dup_config:
 * @self: a message's info
 * @name: a member of `additional_config`, as `file_name` or `platform_io_account_id`
 *
 * Returns: (transfer full) (nullable): the member when it is a string, or a number as text
 */
char *
wt_message_info_dup_config (const WtMessageInfo *self, const char *name)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (name != NULL, NULL);

  if (self->additional_config == NULL)
    return NULL;

  return wt_json_dup_text (NULL, wt_json_value_get_member (self->additional_config, name));
}

/**
 * wt_message_info_set_config:
 * @self: a message's info
 * @name: a member of `additional_config`
 * @value: (nullable): its value, or %NULL to remove it
 *
 * Sets a string member of `additional_config`.
 */
void
wt_message_info_set_config (WtMessageInfo *self, const char *name, const char *value)
{
  g_return_if_fail (self != NULL);
  g_return_if_fail (name != NULL);

  if (value == NULL)
    {
      if (self->additional_config != NULL)
        wt_json_value_remove_member (self->additional_config, name);
      return;
    }

  if (self->additional_config == NULL)
    self->additional_config = wt_json_value_new (WT_JSON_KIND_OBJECT);
  wt_json_value_set_string (self->additional_config, name, value);
}
