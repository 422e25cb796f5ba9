/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"
#include "wt-records.h"
#include "wt-search-filter.h"

G_BEGIN_DECLS

/**
 * WtSearchPage:
 * @messages: (element-type WtMessageRecord): what was found, the newest first
 * @next: where the next page goes on, or 0 when everything was looked at
 */
typedef struct
{
  GPtrArray *messages;
  gint64 next;
} WtSearchPage;

void wt_search_page_free (WtSearchPage *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtSearchPage, wt_search_page_free)

void wt_search_store_find_async (WtDatabase *db,
                                 const WtSearchFilter *filter,
                                 gint64 next,
                                 guint limit,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data);
WtSearchPage *wt_search_store_find_finish (WtDatabase *db, GAsyncResult *result, GError **error);

char *wt_search_store_make_pattern (const char *author);

void wt_search_store_find_date_async (WtDatabase *db,
                                      gint64 conversation_id,
                                      gint64 time,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data);
gint64 wt_search_store_find_date_finish (WtDatabase *db, GAsyncResult *result, GError **error);

G_END_DECLS
