/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"

G_BEGIN_DECLS

/**
 * WtUsageKind:
 *
 * What takes space.
 */
typedef enum
{
  WT_USAGE_PICTURES,
  WT_USAGE_STICKERS,
  WT_USAGE_VOICE,
  WT_USAGE_FILES,
} WtUsageKind;
#define WT_USAGE_N_KINDS (WT_USAGE_FILES + 1)

/**
 * WtBlobHold:
 * @WT_BLOB_HOLD_OWN: the user sent it, is about to, or has it as a sticker: never cleared
 * @WT_BLOB_HOLD_CARRIED: it came inside a message and is nowhere else
 * @WT_BLOB_HOLD_REMOTE: it has an address it can be downloaded from again
 *
 * Why a blob is kept. The closest hold counts: they are in this order.
 */
typedef enum
{
  WT_BLOB_HOLD_OWN,
  WT_BLOB_HOLD_CARRIED,
  WT_BLOB_HOLD_REMOTE,
} WtBlobHold;

/* A #WtBlobHold of a row of attachment and its message. */
#define WT_ATTACHMENT_HOLD_SQL(attachment, message)                                                \
  "CASE WHEN " message ".direction <> 0 THEN 0"                                                    \
  " WHEN " attachment ".url LIKE 'https://%' OR " attachment ".url LIKE 'http://%' THEN 2"         \
  " ELSE 1 END"

/**
 * WtBlobUse:
 * @conversation_id: one in which it is, or 0
 */
typedef struct
{
  WtUsageKind kind;
  WtBlobHold hold;
  gint64 conversation_id;
} WtBlobUse;

void wt_attachment_usage_list_async (WtDatabase *db,
                                     const char *prefix,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
GHashTable *wt_attachment_usage_list_finish (WtDatabase *db, GAsyncResult *result, GError **error);

G_END_DECLS
