/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-message-info.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtPayload:
 * @info: `message_info`
 * @segment: `message_segment`
 * @dim_api_key: `message_dim.api_key`: the *target's* key; a secret
 * @dim_platform: `message_dim.platform`: the *target's* platform
 * @dim_extra: (nullable): unknown members of `message_dim`
 * @extra: (nullable): unknown members
 *
 * The payload of a `sys_std` envelope.
 */
typedef struct
{
  WtMessageInfo *info;
  WtSegment *segment;
  char *dim_api_key;
  char *dim_platform;
  WtJsonValue *dim_extra;
  WtJsonValue *extra;
} WtPayload;

WtPayload *wt_payload_new (WtMessageInfo *info,
                           WtSegment *segment,
                           const char *dim_api_key,
                           const char *dim_platform);
void wt_payload_free (WtPayload *self);

WtPayload *wt_payload_from_json (WtJson *document, WtJsonValue *node, GError **error);
WtJsonValue *wt_payload_to_json (const WtPayload *self, WtDialect dialect, WtJson *document);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtPayload, wt_payload_free)

G_END_DECLS
