/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtMember:
 *
 * Somebody who wrote in a conversation.
 *
 * Properties (read-only, notifying): `user-id`, `platform`, `name` (card name, nickname or id), `nickname`, `cardname`,
 * `last-seen` (microseconds since the epoch, ours).
 */
#define WT_TYPE_MEMBER (wt_member_get_type ())
G_DECLARE_FINAL_TYPE (WtMember, wt_member, WT, MEMBER, GObject)

WtMember *wt_member_new (const WtMemberRecord *record);
void wt_member_meet (WtMember *self, const WtMemberRecord *record);

const char *wt_member_get_user_id (WtMember *self);
const char *wt_member_get_platform (WtMember *self);
const char *wt_member_get_name (WtMember *self); /* never empty */
const char *wt_member_get_nickname (WtMember *self);
const char *wt_member_get_cardname (WtMember *self);
gint64 wt_member_get_last_seen (WtMember *self);

G_END_DECLS
