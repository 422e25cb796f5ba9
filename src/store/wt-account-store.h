/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"
#include "wt-records.h"

G_BEGIN_DECLS

void wt_account_store_list_async (WtDatabase *db,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
/* Returns: (transfer full) (element-type WtAccountRecord): by position */
GPtrArray *wt_account_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Inserts where record->id is 0, else updates; finish returns the row id, 0 on error. */
void wt_account_store_save_async (WtDatabase *db,
                                  const WtAccountRecord *record,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data);
gint64 wt_account_store_save_finish (WtDatabase *db, GAsyncResult *result, GError **error);

/* Deletes the account with everything in it; finish returns the names of the secrets to forget. */
void wt_account_store_delete_async (WtDatabase *db,
                                    gint64 account_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
GStrv wt_account_store_delete_finish (WtDatabase *db, GAsyncResult *result, GError **error);

G_END_DECLS
