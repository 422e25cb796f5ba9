/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-lint.h"

G_BEGIN_DECLS

/**
 * WtInspectionKind:
 * @WT_INSPECTION_MESSAGE: a `sys_std`
 * @WT_INSPECTION_ACK: a `sys_ack`
 * @WT_INSPECTION_OTHER: an envelope of another type
 * @WT_INSPECTION_BAD: no envelope
 */
typedef enum
{
  WT_INSPECTION_MESSAGE,
  WT_INSPECTION_ACK,
  WT_INSPECTION_OTHER,
  WT_INSPECTION_BAD,
} WtInspectionKind;

/**
 * WtInspection:
 * @kind: what it is
 * @type_name: (nullable): its `type`
 * @msg_id: (nullable): its `msg_id`
 * @acked_msg_id: (nullable): of an ACK, what it acknowledges
 * @summary: (nullable): what a message says, in one line; short
 * @json: what wt_envelope_redact_beyond() writes, or a part of it: see @cut
 * @cut: how many bytes are missing at @json's end
 * @lints: (element-type WtLint): what is wrong with it
 *
 * What can be told of a frame to anybody: no keys, no contents.
 */
typedef struct
{
  WtInspectionKind kind;
  char *type_name;
  char *msg_id;
  char *acked_msg_id;
  char *summary;
  char *json;
  gsize cut;
  GPtrArray *lints;
} WtInspection;

WtInspection *
wt_inspection_new (GBytes *frame, gboolean outgoing, const char *platform, gsize longest);
void wt_inspection_free (WtInspection *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtInspection, wt_inspection_free)

G_END_DECLS
