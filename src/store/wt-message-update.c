/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-store.h"

#include "wt-conversation-store.h"
#include "wt-message-columns.h"
#include "wt-row.h"
#include "wt-search-store.h"

/* What changes stored messages. */

static void
free_message (gpointer data)
{
  wt_message_record_free (data);
}

static void
free_names (gpointer data)
{
  g_strfreev (data);
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

static GStrv
take_blobs (WtDatabase *db, gint64 message_id, GError **error)
{
  g_autoptr (GStrvBuilder) blobs = g_strv_builder_new ();
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT DISTINCT blob FROM attachment AS a WHERE message_id = ?1 AND blob IS NOT NULL"
      " AND NOT EXISTS (SELECT 1 FROM attachment AS b WHERE b.blob = a.blob"
      " AND b.message_id <> a.message_id)"
      " AND NOT EXISTS (SELECT 1 FROM sticker AS s WHERE s.blob = a.blob)",
      error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, message_id);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    {
      g_autofree char *blob = wt_row_dup_text (statement, 0);

      g_strv_builder_add (blobs, blob);
    }
  if (code != SQLITE_DONE)
    return NULL;

  statement = wt_database_prepare (db, "DELETE FROM attachment WHERE message_id = ?1", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, message_id);

  return wt_database_step_done (db, statement, error) ? g_strv_builder_end (blobs) : NULL;
}

static gboolean
bury (WtDatabase *db, const WtMessageRecord *message, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "UPDATE message SET deleted = 1, mentions_me = 0, text = NULL, segments = NULL,"
      " config = NULL, failure = NULL WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message->id);
  if (!wt_database_step_done (db, statement, error))
    return FALSE;

  statement = wt_database_prepare (
      db, "UPDATE conversation SET last_text = NULL WHERE id = ?1 AND last_seq = ?2", error);
  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, message->conversation_id);
  sqlite3_bind_int64 (statement, 2, message->seq);

  return wt_database_step_done (db, statement, error)
         && wt_conversation_store_count (db, message->conversation_id, error);
}

static gpointer
delete_message (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *id = data;
  g_autoptr (WtMessageRecord) message = wt_message_columns_load (db, *id, error);
  g_auto (GStrv) blobs = NULL;

  if (message == NULL)
    return NULL;
  blobs = take_blobs (db, *id, error);
  if (blobs == NULL || !wt_search_store_forget (db, *id, message->text, error)
      || !bury (db, message, error))
    return NULL;

  return g_steal_pointer (&blobs);
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

/**
 * wt_message_store_delete_async:
 * @db: the database
 * @message_id: the message's row id
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Leaves a tombstone: text, segments, config and attachments are forgotten, in the index too, while
 * the position, author and ids stay, so that a repeat of it is still known as one. Local only.
 */
void
wt_message_store_delete_async (WtDatabase *db,
                               gint64 message_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, delete_message,
                                    g_memdup2 (&message_id, sizeof message_id), g_free, free_names,
                                    cancellable, wt_message_store_delete_async, callback, data);
}

/**
 * wt_message_store_delete_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): its blobs that no other message and no sticker uses, or %NULL with @error set to
 *   %WT_DATABASE_ERROR_NOT_FOUND where there is no such message
 */
GStrv
wt_message_store_delete_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_delete_async), NULL);

  return wt_database_run_finish (db, result, error);
}
