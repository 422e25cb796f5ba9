/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"
#include "wt-records.h"

G_BEGIN_DECLS

/* The most that one page may have. */
#define WT_SHARED_STORE_MOST 1000

void wt_shared_store_list_async (WtDatabase *db,
                                 gint64 conversation_id,
                                 const char *kind,
                                 gint64 before_id,
                                 int before_position,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
/* Returns: (transfer full) (element-type WtSharedRecord): newest first */
GPtrArray *wt_shared_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error);

G_END_DECLS
