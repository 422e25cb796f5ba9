/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "wt-json.h"

G_BEGIN_DECLS

/**
 * WtUserInfo:
 * @platform: (nullable): the user's platform
 * @user_id: (nullable): unique on that platform
 * @nickname: (nullable): `user_nickname`
 * @cardname: (nullable): `user_cardname`, the name in a group
 * @extra: (nullable): members that this program does not know, kept for the way back
 *
 * The guide's `user_info`.
 */
typedef struct
{
  char *platform;
  char *user_id;
  char *nickname;
  char *cardname;
  WtJsonValue *extra;
} WtUserInfo;

/**
 * WtGroupInfo: the guide's `group_info`; members as in #WtUserInfo.
 */
typedef struct
{
  char *platform;
  char *group_id;
  char *group_name;
  WtJsonValue *extra;
} WtGroupInfo;

/**
 * WtParty: the guide's `sender_info` or `receiver_info`: a user, a group, or both.
 */
typedef struct
{
  WtUserInfo *user;
  WtGroupInfo *group;
  WtJsonValue *extra;
} WtParty;

/**
 * WtFormatInfo:
 * @content_format: (nullable): the segment types that the message has
 * @accept_format: (nullable): the segment types that its sender can read
 * @extra: (nullable): unknown members
 *
 * The guide's `format_info`.
 */
typedef struct
{
  GStrv content_format;
  GStrv accept_format;
  WtJsonValue *extra;
} WtFormatInfo;

/**
 * WtTemplateInfo:
 * @items: (nullable): `template_items`
 * @name: (nullable): `template_name`
 * @is_default: `template_default`
 * @has_default: whether there is a `template_default`
 * @extra: (nullable): unknown members
 *
 * The guide's `template_info`.
 */
typedef struct
{
  WtJsonValue *items;
  char *name;
  gboolean is_default;
  gboolean has_default;
  WtJsonValue *extra;
} WtTemplateInfo;

/**
 * WtMessageInfo:
 * @platform: the message's platform
 * @message_id: the business layer's id: not unique enough to be a key
 * @time: seconds since the epoch by the sender's clock, finite and not negative
 * @sender: (nullable): `sender_info`
 * @receiver: (nullable): `receiver_info`
 * @format: (nullable): `format_info`
 * @template_info: (nullable): `template_info`
 * @additional_config: (nullable): `additional_config`, as it came
 * @extra: (nullable): unknown members
 *
 * The guide's `message_info`.
 */
typedef struct
{
  char *platform;
  char *message_id;
  double time;
  WtParty *sender;
  WtParty *receiver;
  WtFormatInfo *format;
  WtTemplateInfo *template_info;
  WtJsonValue *additional_config;
  WtJsonValue *extra;
} WtMessageInfo;

WtUserInfo *wt_user_info_new (const char *platform,
                              const char *user_id,
                              const char *nickname,
                              const char *cardname);
void wt_user_info_free (WtUserInfo *self);
WtGroupInfo *wt_group_info_new (const char *platform, const char *group_id, const char *group_name);
void wt_group_info_free (WtGroupInfo *self);
WtParty *wt_party_new (WtUserInfo *user, WtGroupInfo *group);
void wt_party_free (WtParty *self);

void wt_format_info_free (WtFormatInfo *self);
void wt_template_info_free (WtTemplateInfo *self);

WtMessageInfo *wt_message_info_new (const char *platform, const char *message_id, double time);
void wt_message_info_free (WtMessageInfo *self);
char *wt_message_info_dup_config (const WtMessageInfo *self, const char *name);
void wt_message_info_set_config (WtMessageInfo *self, const char *name, const char *value);

WtMessageInfo *
wt_message_info_from_json (WtJson *document, WtJsonValue *node, const char *path, GError **error);
WtJsonValue *wt_message_info_to_json (const WtMessageInfo *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtUserInfo, wt_user_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtGroupInfo, wt_group_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtParty, wt_party_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtFormatInfo, wt_format_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtTemplateInfo, wt_template_info_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtMessageInfo, wt_message_info_free)

G_END_DECLS
