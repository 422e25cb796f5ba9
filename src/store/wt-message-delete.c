/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-store.h"

#include "wt-conversation-store.h"
#include "wt-message-columns.h"
#include "wt-row.h"
#include "wt-search-store.h"

/* Leaving tombstones. */

typedef struct
{
  gint64 conversation_id;
  gsize n_seqs;
  gint64 *seqs;
} Many;

static void
many_free (gpointer data)
{
  Many *many = data;

  g_free (many->seqs);
  g_free (many);
}

static void
free_names (gpointer data)
{
  g_strfreev (data);
}

static void
free_deleted (gpointer data)
{
  wt_deleted_messages_free (data);
}

/**
 * wt_deleted_messages_free:
 * @self: (nullable) (transfer full): what was deleted
 */
void
wt_deleted_messages_free (WtDeletedMessages *self)
{
  if (self == NULL)
    return;

  g_clear_pointer (&self->messages, g_ptr_array_unref);
  g_clear_pointer (&self->unused, g_strfreev);
  g_free (self);
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
      " AND NOT EXISTS (SELECT 1 FROM draft_attachment AS d WHERE d.blob = a.blob)"
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

  return wt_database_step_done (db, statement, error);
}

/* Returns: (transfer full) (nullable): its blobs that nobody uses any more */
static GStrv
delete_loaded (WtDatabase *db, const WtMessageRecord *message, GError **error)
{
  g_auto (GStrv) blobs = take_blobs (db, message->id, error);

  if (blobs == NULL || !wt_search_store_forget (db, message->id, message->text, error)
      || !bury (db, message, error))
    return NULL;

  return g_steal_pointer (&blobs);
}

static gpointer
delete_message (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *id = data;
  g_autoptr (WtMessageRecord) message = wt_message_columns_load (db, *id, error);
  g_auto (GStrv) blobs = NULL;

  if (message == NULL)
    return NULL;
  blobs = delete_loaded (db, message, error);
  if (blobs == NULL || !wt_conversation_store_count (db, message->conversation_id, error))
    return NULL;

  return g_steal_pointer (&blobs);
}

static gboolean
load_by_seq (WtDatabase *db, const Many *many, gsize i, WtMessageRecord **message, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT " WT_MESSAGE_COLUMNS
      " FROM message AS m WHERE m.conversation_id = ?1 AND m.seq = ?2 AND m.deleted = 0",
      error);
  int code;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, many->conversation_id);
  sqlite3_bind_int64 (statement, 2, many->seqs[i]);
  code = wt_database_step (db, statement, error);
  *message = code == SQLITE_ROW ? wt_message_columns_read (statement) : NULL;
  return code == SQLITE_ROW || code == SQLITE_DONE;
}

static gpointer
delete_many (WtDatabase *db, gpointer data, GError **error)
{
  const Many *many = data;
  g_autoptr (WtDeletedMessages) deleted = g_new0 (WtDeletedMessages, 1);
  g_autoptr (GStrvBuilder) unused = g_strv_builder_new ();

  deleted->messages = wt_message_columns_new_array ();
  for (gsize i = 0; i < many->n_seqs; i++)
    {
      g_auto (GStrv) blobs = NULL;
      WtMessageRecord *message = NULL;

      if (!load_by_seq (db, many, i, &message, error))
        return NULL;
      if (message == NULL)
        continue;
      g_ptr_array_add (deleted->messages, message);
      blobs = delete_loaded (db, message, error);
      if (blobs == NULL)
        return NULL;
      g_strv_builder_addv (unused, (const char **) blobs);
    }
  if (!wt_conversation_store_count (db, many->conversation_id, error))
    return NULL;

  deleted->unused = g_strv_builder_end (unused);
  return g_steal_pointer (&deleted);
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
 * Returns: (transfer full): its blobs that no other message, no draft and no sticker uses, or %NULL with @error set to
 *   %WT_DATABASE_ERROR_NOT_FOUND where there is no such message
 */
GStrv
wt_message_store_delete_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_delete_async), NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_message_store_delete_many_async:
 * @db: the database
 * @conversation_id: a conversation's row id
 * @seqs: (array length=n_seqs): positions in it; those that are not there, or deleted, are passed over
 * @n_seqs: how many
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are gone
 * @data: for @callback
 *
 * As wt_message_store_delete_async(), all of them in one transaction: whatever happens, they are all there or all gone.
 */
void
wt_message_store_delete_many_async (WtDatabase *db,
                                    gint64 conversation_id,
                                    const gint64 *seqs,
                                    gsize n_seqs,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  Many *many = g_new0 (Many, 1);

  many->conversation_id = conversation_id;
  many->n_seqs = n_seqs;
  many->seqs = g_memdup2 (seqs, n_seqs * sizeof *seqs);
  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, delete_many, many, many_free,
                                    free_deleted, cancellable, wt_message_store_delete_many_async,
                                    callback, data);
}

/**
 * wt_message_store_delete_many_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): the messages as they were, and their blobs that no other message, no draft and no sticker uses; %NULL on error
 */
WtDeletedMessages *
wt_message_store_delete_many_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_delete_many_async),
                        NULL);

  return wt_database_run_finish (db, result, error);
}
