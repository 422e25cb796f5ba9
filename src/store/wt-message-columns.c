/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-columns.h"

#include "wt-row.h"

/* Rows of the message table; on the database thread. */

static void
free_record (gpointer data)
{
  wt_message_record_free (data);
}

/**
 * wt_message_columns_new_array:
 *
 * Returns: (transfer full) (element-type WtMessageRecord): an empty array that owns what is added
 */
GPtrArray *
wt_message_columns_new_array (void)
{
  return g_ptr_array_new_with_free_func (free_record);
}

/**
 * wt_message_columns_read:
 * @statement: a statement that stands on a row of %WT_MESSAGE_COLUMNS
 *
 * Returns: (transfer full): the message
 */
WtMessageRecord *
wt_message_columns_read (sqlite3_stmt *statement)
{
  WtMessageRecord *message = wt_message_record_new ();

  message->id = sqlite3_column_int64 (statement, 0);
  message->conversation_id = sqlite3_column_int64 (statement, 1);
  message->seq = sqlite3_column_int64 (statement, 2);
  message->direction = (WtDirection) wt_row_get_enum (statement, 3, WT_DIRECTION_OUT);
  message->delivery = (WtDelivery) wt_row_get_enum (statement, 4, WT_DELIVERY_FAILED);
  message->deleted = wt_row_get_flag (statement, 5);
  message->mentions_me = wt_row_get_flag (statement, 6);
  message->peer_time = sqlite3_column_int64 (statement, 7);
  message->time = sqlite3_column_int64 (statement, 8);
  message->attempts = wt_row_get_count (statement, 9);
  message->acked_time = sqlite3_column_int64 (statement, 10);
  message->rtt = sqlite3_column_int64 (statement, 11);
  message->msg_id = wt_row_dup_text (statement, 12);
  message->digest = wt_row_dup_text (statement, 13);
  message->message_id = wt_row_dup_text (statement, 14);
  message->author_platform = wt_row_dup_text (statement, 15);
  message->author_id = wt_row_dup_text (statement, 16);
  message->author_nickname = wt_row_dup_text (statement, 17);
  message->author_cardname = wt_row_dup_text (statement, 18);
  message->failure = wt_row_dup_text (statement, 19);
  message->text = wt_row_dup_text (statement, 20);
  message->segments = wt_row_dup_text (statement, 21);
  message->config = wt_row_dup_text (statement, 22);

  return message;
}

static void
bind_message (sqlite3_stmt *statement, gint64 account_id, const WtMessageRecord *message)
{
  sqlite3_bind_int64 (statement, 1, account_id);
  sqlite3_bind_int64 (statement, 2, message->conversation_id);
  sqlite3_bind_int64 (statement, 3, message->seq);
  sqlite3_bind_int (statement, 4, message->direction);
  sqlite3_bind_int (statement, 5, message->delivery);
  sqlite3_bind_int (statement, 6, message->mentions_me);
  sqlite3_bind_int64 (statement, 7, message->peer_time);
  sqlite3_bind_int64 (statement, 8, message->time);
  sqlite3_bind_int64 (statement, 9, message->attempts);
  sqlite3_bind_int64 (statement, 10, message->acked_time);
  sqlite3_bind_int64 (statement, 11, message->rtt);
  wt_row_bind_text (statement, 12, message->msg_id);
  wt_row_bind_key (statement, 13, message->digest);
  wt_row_bind_text (statement, 14, message->message_id);
  wt_row_bind_text (statement, 15, message->author_platform);
  wt_row_bind_text (statement, 16, message->author_id);
  wt_row_bind_text (statement, 17, message->author_nickname);
  wt_row_bind_text (statement, 18, message->author_cardname);
  wt_row_bind_text (statement, 19, message->failure);
  wt_row_bind_text (statement, 20, message->text);
  wt_row_bind_text (statement, 21, message->segments);
  wt_row_bind_text (statement, 22, message->config);
}

/**
 * wt_message_columns_insert:
 * @db: the database, on its thread
 * @account_id: the account's row id
 * @message: the message, with its conversation and position
 * @error: return location for an error
 *
 * Returns: the new row id; 0 without @error where the same envelope is stored already; -1 with
 *   @error
 */
gint64
wt_message_columns_insert (WtDatabase *db,
                           gint64 account_id,
                           const WtMessageRecord *message,
                           GError **error)
{
  sqlite3 *handle = wt_database_get_handle (db);
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "INSERT INTO message (account_id, conversation_id, seq, direction, delivery, mentions_me,"
      " peer_time, time, attempts, acked_time, rtt, msg_id, digest, message_id, author_platform,"
      " author_id, author_nickname, author_cardname, failure, text, segments, config) VALUES (?1,"
      " ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21,"
      " ?22) ON CONFLICT (account_id, direction, msg_id, digest) DO NOTHING",
      error);

  if (statement == NULL)
    return -1;
  bind_message (statement, account_id, message);
  if (!wt_database_step_done (db, statement, error))
    return -1;

  return sqlite3_changes (handle) > 0 ? sqlite3_last_insert_rowid (handle) : 0;
}

static WtMessageRecord *
read_one (WtDatabase *db, sqlite3_stmt *statement, GError **error)
{
  if (wt_database_step (db, statement, error) != SQLITE_ROW)
    return NULL;

  return wt_message_columns_read (statement);
}

/**
 * wt_message_columns_find_repeat:
 * @db: the database, on its thread
 * @account_id: the account's row id
 * @message: a message
 * @error: return location for an error
 *
 * Returns: (nullable) (transfer full): the stored message with its direction, msg_id and digest;
 *   %NULL without @error where there is none
 */
WtMessageRecord *
wt_message_columns_find_repeat (WtDatabase *db,
                                gint64 account_id,
                                const WtMessageRecord *message,
                                GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT " WT_MESSAGE_COLUMNS " FROM message AS m WHERE account_id = ?1"
      " AND direction = ?2 AND msg_id = ?3 AND digest = ?4",
      error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, account_id);
  sqlite3_bind_int (statement, 2, message->direction);
  wt_row_bind_text (statement, 3, message->msg_id);
  wt_row_bind_key (statement, 4, message->digest);

  return read_one (db, statement, error);
}

/**
 * wt_message_columns_load:
 * @db: the database, on its thread
 * @message_id: a message's row id
 * @error: return location for an error
 *
 * Returns: (nullable) (transfer full): the message; %NULL with %WT_DATABASE_ERROR_NOT_FOUND where
 *   there is none
 */
WtMessageRecord *
wt_message_columns_load (WtDatabase *db, gint64 message_id, GError **error)
{
  WtMessageRecord *message = NULL;
  g_autoptr (GError) failure = NULL;
  sqlite3_stmt *statement = wt_database_prepare (
      db, "SELECT " WT_MESSAGE_COLUMNS " FROM message AS m WHERE id = ?1", error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, message_id);
  message = read_one (db, statement, &failure);
  if (message == NULL && failure == NULL)
    g_set_error (&failure, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND, "%s: no such message",
                 wt_database_get_path (db));
  if (failure != NULL)
    g_propagate_error (error, g_steal_pointer (&failure));

  return message;
}

/**
 * wt_message_columns_read_attachment:
 * @statement: at a row that begins with message_id, position, kind, blob, url, mime_type, name, size, width, height, state
 *
 * Returns: (transfer full): the row
 */
WtAttachmentRecord *
wt_message_columns_read_attachment (sqlite3_stmt *statement)
{
  WtAttachmentRecord *attachment = wt_attachment_record_new ();

  attachment->message_id = sqlite3_column_int64 (statement, 0);
  attachment->position = wt_row_get_int (statement, 1);
  attachment->kind = wt_row_dup_text (statement, 2);
  attachment->blob = wt_row_dup_text (statement, 3);
  attachment->url = wt_row_dup_text (statement, 4);
  attachment->mime_type = wt_row_dup_text (statement, 5);
  attachment->name = wt_row_dup_text (statement, 6);
  attachment->size = sqlite3_column_int64 (statement, 7);
  attachment->width = wt_row_get_int (statement, 8);
  attachment->height = wt_row_get_int (statement, 9);
  attachment->state = (WtAttachmentState) wt_row_get_enum (statement, 10, WT_ATTACHMENT_REMOVED);

  return attachment;
}
