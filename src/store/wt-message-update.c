/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-store.h"

#include "wt-conversation-store.h"
#include "wt-message-columns.h"
#include "wt-row.h"

/* What changes stored messages. */

static void
free_message (gpointer data)
{
  wt_message_record_free (data);
}

static gboolean
update_last_delivery (WtDatabase *db,
                      gint64 conversation_id,
                      gint64 seq,
                      WtDelivery delivery,
                      GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db, "UPDATE conversation SET last_delivery = ?3 WHERE id = ?1 AND last_seq = ?2", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, conversation_id);
  sqlite3_bind_int64 (statement, 2, seq);
  sqlite3_bind_int (statement, 3, delivery);

  return wt_database_step_done (db, statement, error);
}

static gpointer
set_delivery (WtDatabase *db, gpointer data, GError **error)
{
  const WtMessageRecord *message = data;
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "UPDATE message SET delivery = ?2, attempts = ?3, acked_time = ?4,"
      " rtt = ?5, failure = ?6 WHERE id = ?1"
      " RETURNING conversation_id, seq",
      error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, message->id);
  sqlite3_bind_int (statement, 2, message->delivery);
  sqlite3_bind_int64 (statement, 3, message->attempts);
  sqlite3_bind_int64 (statement, 4, message->acked_time);
  sqlite3_bind_int64 (statement, 5, message->rtt);
  wt_row_bind_text (statement, 6, message->failure);
  code = wt_database_step (db, statement, error);
  if (code == SQLITE_DONE)
    g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND, "%s: no such message",
                 wt_database_get_path (db));
  if (code != SQLITE_ROW)
    return NULL;

  return GINT_TO_POINTER (update_last_delivery (db, sqlite3_column_int64 (statement, 0),
                                                sqlite3_column_int64 (statement, 1),
                                                message->delivery, error));
}

/**
 * wt_message_store_set_delivery_async:
 * @db: the database
 * @message: the message's id, delivery, attempts, acked_time, rtt and failure
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Writes how far a message has come, and its conversation's last_delivery where it is the newest.
 */
void
wt_message_store_set_delivery_async (WtDatabase *db,
                                     const WtMessageRecord *message,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data)
{
  WtMessageRecord *copy = NULL;

  g_return_if_fail (message != NULL);

  copy = wt_message_record_new ();
  copy->id = message->id;
  copy->delivery = message->delivery;
  copy->attempts = message->attempts;
  copy->acked_time = message->acked_time;
  copy->rtt = message->rtt;
  copy->failure = g_strdup (message->failure);
  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, set_delivery, copy, free_message, NULL,
                                    cancellable, wt_message_store_set_delivery_async, callback,
                                    data);
}

/**
 * wt_message_store_set_delivery_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is written; else %WT_DATABASE_ERROR_NOT_FOUND where there is no such message
 */
gboolean
wt_message_store_set_delivery_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_set_delivery_async),
                        FALSE);

  return GPOINTER_TO_INT (wt_database_run_finish (db, result, error));
}
