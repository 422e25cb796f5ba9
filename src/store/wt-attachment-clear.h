/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-attachment-usage.h"
#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtCleared:
 * @messages: (element-type WtMessageRecord): those that were changed, as they are now
 * @blobs: (element-type utf8): those that messages do without now
 * @last: (nullable): where the next call goes on; %NULL where there is nothing left
 *
 * A step of clearing.
 */
typedef struct
{
  GPtrArray *messages;
  GPtrArray *blobs;
  char *last;
} WtCleared;

void wt_cleared_free (WtCleared *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCleared, wt_cleared_free)

void wt_attachment_clear_async (WtDatabase *db,
                                WtBlobHold least,
                                const char *after,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
WtCleared *wt_attachment_clear_finish (WtDatabase *db, GAsyncResult *result, GError **error);

G_END_DECLS
