/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-json.h"

G_BEGIN_DECLS

/* Private to the protocol layer. */

/**
 * WtRedactFlags:
 * @WT_REDACT_SENDERS: also `sender_user` and `target_user`, which the guide lets be keys
 * @WT_REDACT_REMOVE: take secrets out instead of putting dots in their place
 *
 * What is hidden, and how.
 */
typedef enum
{
  WT_REDACT_SENDERS = 1 << 0,
  WT_REDACT_REMOVE = 1 << 1,
} WtRedactFlags;

gboolean wt_redact_is_secret (const char *name);
WtJsonValue *
wt_redact_object (WtJson *document, WtJsonValue *object, gsize longest, WtRedactFlags flags);
WtJsonValue *
wt_redact_tree (WtJson *document, WtJsonValue *node, gsize longest, WtRedactFlags flags);

G_END_DECLS
