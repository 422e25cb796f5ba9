/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

#include "wt-json.h"

G_BEGIN_DECLS

/**
 * WtLintRule:
 * @WT_LINT_NOT_MESSAGE: the frame is no JSON object
 * @WT_LINT_NO_ENVELOPE: without `msg_id`, `type` or `payload`: ignored, and not acknowledged
 * @WT_LINT_REFUSED: received and acknowledged, but it is no message: not shown
 * @WT_LINT_TOO_LARGE: more bytes than the protocol allows
 * @WT_LINT_NO_TIME: `message_info.time` is missing or 0
 * @WT_LINT_NO_MESSAGE_ID: `message_info.message_id` is missing or empty
 * @WT_LINT_PLATFORM: `message_info.platform` is not the connection's
 * @WT_LINT_NO_SENDER: `sender_info.user_info` is missing
 * @WT_LINT_SENDER_FIELD: something in it is missing or no text
 * @WT_LINT_NO_GROUP_NAME: `group_info.group_name` is missing or empty
 * @WT_LINT_NO_ROUTE: `message_dim` is missing
 * @WT_LINT_ROUTING_CONFIG: `additional_config` has what only the bot's own bridge may set
 * @WT_LINT_SEGMENT_KIND: a part of a kind that MaiBot does not know
 * @WT_LINT_SEGMENT_DATA: a part of a known kind whose data is not as MaiBot wants it
 * @WT_LINT_NOT_BASE64: a picture, sticker or recording that is not bare base64
 * @WT_LINT_FILE: a file that is not an object with a name
 * @WT_LINT_REPLY_PLACE: a reply that is not the first part
 * @WT_LINT_NESTED_LIST: a list of parts in a list of parts
 *
 * What a server as strict as MaiBot's bridge drops: `wire.md` sections 2 and 3. Received frames are measured by
 * the first three only.
 */
typedef enum
{
  WT_LINT_NOT_MESSAGE,
  WT_LINT_NO_ENVELOPE,
  WT_LINT_REFUSED,
  WT_LINT_TOO_LARGE,
  WT_LINT_NO_TIME,
  WT_LINT_NO_MESSAGE_ID,
  WT_LINT_PLATFORM,
  WT_LINT_NO_SENDER,
  WT_LINT_SENDER_FIELD,
  WT_LINT_NO_GROUP_NAME,
  WT_LINT_NO_ROUTE,
  WT_LINT_ROUTING_CONFIG,
  WT_LINT_SEGMENT_KIND,
  WT_LINT_SEGMENT_DATA,
  WT_LINT_NOT_BASE64,
  WT_LINT_FILE,
  WT_LINT_REPLY_PLACE,
  WT_LINT_NESTED_LIST,
} WtLintRule;
#define WT_LINT_N_RULES (WT_LINT_NESTED_LIST + 1)

/**
 * WtLint:
 * @rule: what is wrong
 * @detail: (nullable): the member or the kind of part that it is about, or a reason in technical words; short
 */
typedef struct
{
  WtLintRule rule;
  char *detail;
} WtLint;

const char *wt_lint_rule_to_nick (WtLintRule rule);
GPtrArray *wt_lint_list_new (void);
void wt_lint_list_add (GPtrArray *list, WtLintRule rule, const char *detail);
void wt_lint_message (GPtrArray *list, WtJson *document, const char *platform);

G_END_DECLS
