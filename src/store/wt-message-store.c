/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-store.h"

#include "wt-message-add.h"
#include "wt-message-columns.h"
#include "wt-row.h"

/* Storing and reading messages. What changes stored ones is in wt-message-update.c. */

/* No more is read at once. */
#define LOAD_MOST_MESSAGES 10000

typedef struct
{
  WtConversationRecord *conversation;
  WtMessageRecord *message;
  GPtrArray *attachments;
} Add;

typedef struct
{
  gint64 id;
  gint64 first;
  gint64 last;
} Range;

typedef struct
{
  gint64 id;
  char *text;
  WtMessageRecord *message;
} Key;

static void
add_free (gpointer data)
{
  Add *add = data;

  g_clear_pointer (&add->conversation, wt_conversation_record_free);
  g_clear_pointer (&add->message, wt_message_record_free);
  g_clear_pointer (&add->attachments, g_ptr_array_unref);
  g_free (add);
}

static void
key_free (gpointer data)
{
  Key *key = data;

  g_free (key->text);
  g_clear_pointer (&key->message, wt_message_record_free);
  g_free (key);
}

static void
free_stored (gpointer data)
{
  wt_stored_message_free (data);
}

static void
free_message (gpointer data)
{
  wt_message_record_free (data);
}

static void
free_attachment (gpointer data)
{
  wt_attachment_record_free (data);
}

static void
free_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static gpointer
copy_attachment (gconstpointer attachment, gpointer data)
{
  return wt_attachment_record_copy (attachment);
}

static gpointer
add_message (WtDatabase *db, gpointer data, GError **error)
{
  Add *add = data;

  return wt_message_add (db, add->conversation, &add->message, add->attachments, error);
}

static gpointer
is_repeat (WtDatabase *db, gpointer data, GError **error)
{
  const Key *key = data;
  g_autoptr (WtMessageRecord) found = wt_message_columns_find_repeat (db, key->id, key->message,
                                                                      error);

  return GINT_TO_POINTER (found != NULL);
}

static GPtrArray *
read_messages (WtDatabase *db, sqlite3_stmt *statement, GError **error)
{
  g_autoptr (GPtrArray) messages = wt_message_columns_new_array ();
  int code = SQLITE_ROW;

  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (messages, wt_message_columns_read (statement));

  return code == SQLITE_DONE ? g_steal_pointer (&messages) : NULL;
}

static gpointer
load_messages (WtDatabase *db, gpointer data, GError **error)
{
  const Range *range = data;
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT " WT_MESSAGE_COLUMNS " FROM message AS m"
      " WHERE conversation_id = ?1 AND seq BETWEEN ?2 AND ?3 ORDER BY seq",
      error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, range->id);
  sqlite3_bind_int64 (statement, 2, range->first);
  sqlite3_bind_int64 (statement, 3, range->last);

  return read_messages (db, statement, error);
}

/* The conditions are those of the index message_pending, literally: else it is not used. */
static gpointer
list_pending (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *account_id = data;
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT " WT_MESSAGE_COLUMNS " FROM message AS m WHERE account_id = ?1"
      " AND delivery IN (1, 2) AND deleted = 0 ORDER BY id",
      error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, *account_id);

  return read_messages (db, statement, error);
}

static gpointer
find_message (WtDatabase *db, gpointer data, GError **error)
{
  const Key *key = data;
  sqlite3_stmt *statement = wt_database_prepare (db,
                                                 "SELECT " WT_MESSAGE_COLUMNS " FROM message AS m"
                                                 " WHERE conversation_id = ?1 AND message_id = ?2"
                                                 " ORDER BY id DESC LIMIT 1",
                                                 error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, key->id);
  wt_row_bind_text (statement, 2, key->text);
  if (wt_database_step (db, statement, error) != SQLITE_ROW)
    return NULL;

  return wt_message_columns_read (statement);
}

/**
 * wt_stored_message_free:
 * @self: (nullable) (transfer full): a stored message
 */
void
wt_stored_message_free (WtStoredMessage *self)
{
  if (self == NULL)
    return;

  wt_message_record_free (self->message);
  wt_conversation_record_free (self->conversation);
  g_free (self);
}

/**
 * wt_message_store_add_async:
 * @db: the database
 * @conversation: (nullable): the conversation's account, kind, platform and peer id, and what
 *   wt_conversation_store_ensure_async() takes; needed where @message->conversation_id is 0
 * @message: the message; its id and seq are not read
 * @attachments: (nullable) (element-type WtAttachmentRecord): its attachments; their message_id is
 *   not read
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Stores a message at the end of its conversation: makes the conversation where it is new, learns
 * the author of an incoming one as a member, counts it as unread, and indexes it for search. A
 * repeat (same account, direction, msg_id and digest; wire.md section 2) writes nothing at all. A
 * message without msg_id is never a repeat.
 */
void
wt_message_store_add_async (WtDatabase *db,
                            const WtConversationRecord *conversation,
                            const WtMessageRecord *message,
                            GPtrArray *attachments,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  Add *add = NULL;

  g_return_if_fail (message != NULL);
  g_return_if_fail (conversation != NULL || message->conversation_id != 0);

  add = g_new0 (Add, 1);
  if (conversation != NULL)
    add->conversation = wt_conversation_record_copy (conversation);
  add->message = wt_message_record_copy (message);
  add->message->deleted = FALSE;
  if (attachments != NULL)
    {
      add->attachments = g_ptr_array_copy (attachments, copy_attachment, NULL);
      g_ptr_array_set_free_func (add->attachments, free_attachment);
    }
  wt_database_run_with_flags_async (db, WT_DATABASE_UNGUARDED, add_message, add, add_free,
                                    free_stored, cancellable, wt_message_store_add_async, callback,
                                    data);
}

/**
 * wt_message_store_add_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): what became of it, or %NULL: then it is not stored
 */
WtStoredMessage *
wt_message_store_add_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_add_async), NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_message_store_is_repeat_async:
 * @db: the database
 * @account_id: the account's row id
 * @msg_id: the envelope's id
 * @digest: (nullable): of the payload
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @data: for @callback
 *
 * Asks whether the same envelope was received before, deleted or not.
 */
void
wt_message_store_is_repeat_async (WtDatabase *db,
                                  gint64 account_id,
                                  const char *msg_id,
                                  const char *digest,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  Key *key = g_new0 (Key, 1);

  key->id = account_id;
  key->message = wt_message_record_new ();
  key->message->msg_id = g_strdup (msg_id);
  key->message->digest = g_strdup (digest);
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, is_repeat, key, key_free, NULL,
                                    cancellable, wt_message_store_is_repeat_async, callback, data);
}

/**
 * wt_message_store_is_repeat_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is stored; %FALSE with @error set where that is not known
 */
gboolean
wt_message_store_is_repeat_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_is_repeat_async), FALSE);

  return GPOINTER_TO_INT (wt_database_run_finish (db, result, error));
}

/**
 * wt_message_store_load_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @first: the first position, from 1
 * @count: how many; over 10 000 is taken as that
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads the messages at positions @first to @first + @count - 1, tombstones among them.
 */
void
wt_message_store_load_async (WtDatabase *db,
                             gint64 conversation_id,
                             gint64 first,
                             guint count,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  Range range = { .id = conversation_id, .first = CLAMP (first, 1, G_MAXINT64 / 2) };

  range.last = range.first + MIN (count, LOAD_MOST_MESSAGES) - 1;
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, load_messages,
                                    g_memdup2 (&range, sizeof range), g_free, free_array,
                                    cancellable, wt_message_store_load_async, callback, data);
}

/**
 * wt_message_store_load_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtMessageRecord): those that exist, by position, or %NULL
 */
GPtrArray *
wt_message_store_load_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_load_async), NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_message_store_list_pending_async:
 * @db: the database
 * @account_id: the account's row id
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads the account's outgoing messages that are queued or sent, and not deleted.
 */
void
wt_message_store_list_pending_async (WtDatabase *db,
                                     gint64 account_id,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data)
{
  wt_database_run_with_flags_async (
      db, WT_DATABASE_READ, list_pending, g_memdup2 (&account_id, sizeof account_id), g_free,
      free_array, cancellable, wt_message_store_list_pending_async, callback, data);
}

/**
 * wt_message_store_list_pending_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtMessageRecord): in the order they were added, or %NULL
 */
GPtrArray *
wt_message_store_list_pending_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_list_pending_async),
                        NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_message_store_find_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @business_id: `message_info.message_id`, as a reply names it
 * @cancellable: (nullable): a cancellable
 * @callback: called when it was looked for
 * @data: for @callback
 *
 * Looks for the newest message with that id; peers use some twice.
 */
void
wt_message_store_find_async (WtDatabase *db,
                             gint64 conversation_id,
                             const char *business_id,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  Key *key = g_new0 (Key, 1);

  key->id = conversation_id;
  key->text = g_strdup (business_id);
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, find_message, key, key_free, free_message,
                                    cancellable, wt_message_store_find_async, callback, data);
}

/**
 * wt_message_store_find_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (nullable) (transfer full): the message, which may be a tombstone; %NULL without @error
 *   where there is none
 */
WtMessageRecord *
wt_message_store_find_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_find_async), NULL);

  return wt_database_run_finish (db, result, error);
}
