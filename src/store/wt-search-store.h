/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"
#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtSearchQuery:
 * @account_id: 0 for all; @conversation_id: 0 for all
 * @text: what was typed; any two CJK characters, Latin prefixes
 * @limit: most results, newest first
 */
typedef struct
{
  gint64 account_id;
  gint64 conversation_id;
  const char *text;
  guint limit;
} WtSearchQuery;

void wt_search_store_search_async (WtDatabase *db,
                                   const WtSearchQuery *query,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
/* Returns: (transfer full) (element-type WtMessageRecord): newest first */
GPtrArray *wt_search_store_search_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* For the message store, on the database thread only. */
gboolean
wt_search_store_index (WtDatabase *db, gint64 message_id, const char *text, GError **error);
gboolean
wt_search_store_forget (WtDatabase *db, gint64 message_id, const char *text, GError **error);
gboolean wt_search_store_forget_all (WtDatabase *db,
                                     gint64 account_id,
                                     gint64 conversation_id,
                                     GError **error);
char *wt_search_store_tokenize (const char *text);
char *wt_search_store_make_match (const char *typed);

G_END_DECLS
