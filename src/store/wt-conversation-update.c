/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-store.h"

#include "wt-row.h"
#include "wt-search-store.h"

/* What changes and deletes stored conversations. */

typedef struct
{
  gint64 id;
  gint64 seq;
  char *draft;
} Change;

static void
change_free (gpointer data)
{
  Change *change = data;

  g_free (change->draft);
  g_free (change);
}

static void
free_record (gpointer data)
{
  wt_conversation_record_free (data);
}

/* TRUE as a task's result, if the statement changed a row. */
static gpointer
run_on_one (WtDatabase *db, sqlite3_stmt *statement, GError **error)
{
  if (!wt_database_step_done (db, statement, error))
    return NULL;
  if (sqlite3_changes (wt_database_get_handle (db)) > 0)
    return GINT_TO_POINTER (TRUE);

  g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND, "%s: no such conversation",
               wt_database_get_path (db));
  return NULL;
}

static gpointer
update_conversation (WtDatabase *db, gpointer data, GError **error)
{
  const WtConversationRecord *record = data;
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "UPDATE conversation SET title = ?2, target_platform = ?3, target_secret = ?4, level = ?5,"
      " pinned = ?6, archived = ?7, name = ?8, dialect = ?9 WHERE id = ?1",
      error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, record->id);
  wt_row_bind_text (statement, 2, record->title);
  wt_row_bind_text (statement, 3, record->target_platform);
  wt_row_bind_text (statement, 4, record->target_secret);
  sqlite3_bind_int (statement, 5, record->level);
  sqlite3_bind_int (statement, 6, record->pinned);
  sqlite3_bind_int (statement, 7, record->archived);
  wt_row_bind_text (statement, 8, record->name);
  sqlite3_bind_int (statement, 9, record->dialect);

  return run_on_one (db, statement, error);
}

static gpointer
set_draft (WtDatabase *db, gpointer data, GError **error)
{
  const Change *change = data;

  return GINT_TO_POINTER (wt_conversation_store_set_draft (db, change->id, change->draft, error));
}

static gpointer
mark_read (WtDatabase *db, gpointer data, GError **error)
{
  const Change *change = data;
  g_autoptr (WtConversationRecord) conversation = wt_conversation_store_load (db, change->id,
                                                                              error);
  gint64 seq = 0;

  if (conversation == NULL)
    return NULL;
  seq = MIN (change->seq, conversation->last_seq);
  if (seq <= conversation->read_seq)
    return g_steal_pointer (&conversation);
  if (!wt_conversation_store_set_read (db, change->id, seq, error))
    return NULL;

  return wt_conversation_store_load (db, change->id, error);
}

static gpointer
delete_conversation (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *id = data;
  g_autoptr (WtConversationRecord) conversation = wt_conversation_store_load (db, *id, error);
  sqlite3_stmt *statement = NULL;

  if (conversation == NULL || !wt_search_store_forget_all (db, 0, *id, error))
    return NULL;

  statement = wt_database_prepare (db, "DELETE FROM conversation WHERE id = ?1", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, *id);

  return wt_database_step_done (db, statement, error) ? g_steal_pointer (&conversation) : NULL;
}

/**
 * wt_conversation_store_update_async:
 * @db: the database
 * @record: the conversation's id, title, name, target platform and secret, dialect, level, pinned, archived
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Writes what the user decides about a conversation: not its counters, not its draft.
 */
void
wt_conversation_store_update_async (WtDatabase *db,
                                    const WtConversationRecord *record,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_return_if_fail (record != NULL);

  wt_database_run_with_flags_async (
      db, WT_DATABASE_WRITE, update_conversation, wt_conversation_record_copy (record), free_record,
      NULL, cancellable, wt_conversation_store_update_async, callback, data);
}

/**
 * wt_conversation_store_update_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is written; else %WT_DATABASE_ERROR_NOT_FOUND where there is no such
 *   conversation
 */
gboolean
wt_conversation_store_update_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_conversation_store_update_async),
                        FALSE);

  return GPOINTER_TO_INT (wt_database_run_finish (db, result, error));
}

/**
 * wt_conversation_store_set_draft_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @draft: (nullable): what stands in the composer
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Keeps the draft.
 */
void
wt_conversation_store_set_draft_async (WtDatabase *db,
                                       gint64 conversation_id,
                                       const char *draft,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data)
{
  Change *change = g_new0 (Change, 1);

  change->id = conversation_id;
  change->draft = g_strdup (draft);
  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, set_draft, change, change_free, NULL,
                                    cancellable, wt_conversation_store_set_draft_async, callback,
                                    data);
}

/**
 * wt_conversation_store_set_draft_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is written; else %WT_DATABASE_ERROR_NOT_FOUND where there is no such
 *   conversation
 */
gboolean
wt_conversation_store_set_draft_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_conversation_store_set_draft_async),
                        FALSE);

  return GPOINTER_TO_INT (wt_database_run_finish (db, result, error));
}

/**
 * wt_conversation_store_mark_read_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @seq: the newest message that was read; one that is not there yet is taken as the newest
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Marks all up to and including @seq as read: unread and mentions count the incoming messages above
 * it that are not deleted. Nothing becomes unread again by a smaller @seq.
 */
void
wt_conversation_store_mark_read_async (WtDatabase *db,
                                       gint64 conversation_id,
                                       gint64 seq,
                                       GCancellable *cancellable,
                                       GAsyncReadyCallback callback,
                                       gpointer data)
{
  Change *change = g_new0 (Change, 1);

  change->id = conversation_id;
  change->seq = seq;
  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, mark_read, change, change_free,
                                    free_record, cancellable, wt_conversation_store_mark_read_async,
                                    callback, data);
}

/**
 * wt_conversation_store_mark_read_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): the conversation as it is now, or %NULL with @error set to
 *   %WT_DATABASE_ERROR_NOT_FOUND where there is no such conversation
 */
WtConversationRecord *
wt_conversation_store_mark_read_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_conversation_store_mark_read_async),
                        NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_conversation_store_delete_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Deletes a conversation with its messages, members and attachments. Local only: nobody is told.
 * Blobs that are unused then are found with wt_message_store_list_unused_async().
 */
void
wt_conversation_store_delete_async (WtDatabase *db,
                                    gint64 conversation_id,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  wt_database_run_async (db, delete_conversation,
                         g_memdup2 (&conversation_id, sizeof conversation_id), g_free, free_record,
                         cancellable, wt_conversation_store_delete_async, callback, data);
}

/**
 * wt_conversation_store_delete_finish:
 * @db: the database
 * @result: the result
 * @secret: (out) (optional) (nullable) (transfer full): the name of its target's secret
 * @error: return location for an error
 *
 * Returns: whether it is gone; else %WT_DATABASE_ERROR_NOT_FOUND where there is no such
 *   conversation
 */
gboolean
wt_conversation_store_delete_finish (WtDatabase *db,
                                     GAsyncResult *result,
                                     char **secret,
                                     GError **error)
{
  g_autoptr (WtConversationRecord) conversation = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, wt_conversation_store_delete_async),
                        FALSE);

  conversation = wt_database_run_finish (db, result, error);
  if (secret != NULL)
    *secret = conversation != NULL ? g_steal_pointer (&conversation->target_secret) : NULL;

  return conversation != NULL;
}

/**
 * wt_conversation_store_count:
 * @db: the database, on its thread, in a task that writes
 * @conversation_id: the conversation's row id
 * @error: return location for an error
 *
 * Counts again what is unread: only messages above read_seq are looked at.
 *
 * Returns: whether it worked
 */
gboolean
wt_conversation_store_count (WtDatabase *db, gint64 conversation_id, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "UPDATE conversation SET (unread, mentions) = (SELECT count(*), coalesce (sum (mentions_me), "
      "0)"
      " FROM message WHERE conversation_id = ?1 AND seq > conversation.read_seq AND direction = 0"
      " AND deleted = 0) WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, conversation_id);

  return wt_database_step_done (db, statement, error);
}

/**
 * wt_conversation_store_set_read:
 * @db: the database, on its thread, in a task that writes
 * @conversation_id: the conversation's row id
 * @seq: the newest position that was read, at most the last one
 * @error: return location for an error
 *
 * Sets what was read, also to less than before, and counts what is unread.
 *
 * Returns: whether it worked
 */
gboolean
wt_conversation_store_set_read (WtDatabase *db, gint64 conversation_id, gint64 seq, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db, "UPDATE conversation SET read_seq = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, conversation_id);
  sqlite3_bind_int64 (statement, 2, seq);

  return wt_database_step_done (db, statement, error)
         && wt_conversation_store_count (db, conversation_id, error);
}

/**
 * wt_conversation_store_set_draft:
 * @db: the database, on its thread, in a task that writes
 * @conversation_id: the conversation's row id
 * @draft: (nullable): what stands in the composer
 * @error: return location for an error
 *
 * See wt_conversation_store_set_draft_async().
 *
 * Returns: whether it worked
 */
gboolean
wt_conversation_store_set_draft (WtDatabase *db,
                                 gint64 conversation_id,
                                 const char *draft,
                                 GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db, "UPDATE conversation SET draft = ?2 WHERE id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, conversation_id);
  wt_row_bind_text (statement, 2, draft);

  return run_on_one (db, statement, error) != NULL;
}
