/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-account-store.h"
#include "wt-conversation-store.h"
#include "wt-database.h"
#include "wt-message-store.h"

G_BEGIN_DECLS

/* A temporary folder with a database in it, and one account. */
typedef struct
{
  char *folder;
  char *path;
  WtDatabase *db;
  gint64 account_id;
} WtStoreFixture;

char *wt_store_test_make_folder (void);
void wt_store_test_remove_folder (const char *folder);

void wt_store_test_set_up (WtStoreFixture *fixture, gconstpointer data);
void wt_store_test_tear_down (WtStoreFixture *fixture, gconstpointer data);
void wt_store_test_reopen (WtStoreFixture *fixture);

void wt_store_test_on_ready (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *wt_store_test_wait (GAsyncResult **result);

gboolean wt_store_test_open (WtDatabase *db, GError **error);
gint64 wt_store_test_add_account (WtDatabase *db, const char *uuid);
WtConversationRecord *wt_store_test_new_group (gint64 account_id, const char *peer_id);
WtMessageRecord *wt_store_test_new_message (const char *msg_id, const char *text);
WtStoredMessage *wt_store_test_add (WtDatabase *db,
                                    const WtConversationRecord *conversation,
                                    const WtMessageRecord *message,
                                    GPtrArray *attachments,
                                    GError **error);
gint64 wt_store_test_query (WtDatabase *db, const char *sql);
char *wt_store_test_query_text (WtDatabase *db, const char *sql);

/* Calls FUNC_async (arguments…, NULL, …), waits, and leaves the result in a new variable. */
#define wt_store_test_call(variable, function, ...)                                                \
  g_autoptr (GAsyncResult) variable = NULL;                                                        \
  function (__VA_ARGS__, NULL, wt_store_test_on_ready, &variable);                                 \
  wt_store_test_wait (&variable)

G_END_DECLS
