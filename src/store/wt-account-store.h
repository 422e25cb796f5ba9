/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-database.h"
#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtAccountContents:
 * @chats: conversations
 * @messages: messages in them
 * @files: pictures, recordings and files that nothing else uses
 * @bytes: how large those are together
 *
 * What goes with an account.
 */
typedef struct
{
  gint64 chats;
  gint64 messages;
  gint64 files;
  gint64 bytes;
} WtAccountContents;

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

/* @ids: (element-type gint64): all accounts in their new order. */
void wt_account_store_order_async (WtDatabase *db,
                                   GArray *ids,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
gboolean wt_account_store_order_finish (WtDatabase *db, GAsyncResult *result, GError **error);

void wt_account_store_measure_async (WtDatabase *db,
                                     gint64 account_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
/* Returns: (transfer full) (nullable): free with g_free() */
WtAccountContents *
wt_account_store_measure_finish (WtDatabase *db, GAsyncResult *result, GError **error);

G_END_DECLS
