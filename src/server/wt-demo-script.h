/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-segment.h"

G_BEGIN_DECLS

#define WT_DEMO_GROUP_ID "wheat-field"
#define WT_DEMO_GROUP_NAME "麦田 Wheat Field"

/**
 * WtDemoRole:
 * @user: the user, and the key
 * @user_id: as in `user_info`
 * @nickname: as in `user_info`
 * @cardname: (nullable): the name in the group
 *
 * Who plays in the demo. The first is the bot of the direct chat; the others are the group's members.
 */
typedef struct
{
  const char *user;
  const char *user_id;
  const char *nickname;
  const char *cardname;
} WtDemoRole;

/**
 * WtDemoScene:
 * @user_id: the demo user's own `user_id`
 * @user_name: the demo user's name
 * @message_ids: (array length=n_message_ids): `message_id` of each step
 * @n_message_ids: how many
 *
 * What the steps refer to.
 */
typedef struct
{
  const char *user_id;
  const char *user_name;
  const char *const *message_ids;
  guint n_message_ids;
} WtDemoScene;

const WtDemoRole *wt_demo_script_get_roles (guint *n_roles);
const WtDemoRole *wt_demo_script_find_role (const char *user);

guint wt_demo_script_get_n_steps (void);
const WtDemoRole *wt_demo_script_get_role (guint step);
gboolean wt_demo_script_is_group (guint step);
WtSegment *wt_demo_script_make_segment (guint step, const WtDemoScene *scene);

WtSegment *
wt_demo_script_make_direct_answer (guint turn, const char *message_id, WtSegment *segment);
WtSegment *wt_demo_script_make_group_answer (guint turn, const char *message_id);

G_END_DECLS
