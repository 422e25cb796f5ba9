/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-store.h"

#include <sqlite3.h>

/* How much a conversation holds, for who asks before deleting it. The writer has the same thread, so that a very long one is
 * not counted to its end. */

static void
free_weight (gpointer data)
{
  g_free (data);
}

static gboolean
count (WtDatabase *db, const char *sql, gint64 conversation_id, guint *counted, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, conversation_id);
  sqlite3_bind_int64 (statement, 2, WT_CONVERSATION_WEIGHT_MOST);
  if (wt_database_step (db, statement, error) != SQLITE_ROW)
    return FALSE;

  *counted = (guint) sqlite3_column_int64 (statement, 0);
  return TRUE;
}

static gpointer
weigh (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *id = data;
  g_autofree WtConversationWeight *weight = g_new0 (WtConversationWeight, 1);

  if (!count (
          db,
          "SELECT count(*) FROM (SELECT 1 FROM message WHERE conversation_id = ?1 AND deleted = 0"
          " LIMIT ?2)",
          *id, &weight->messages, error)
      || !count (
          db, "SELECT count(*) FROM (SELECT 1 FROM attachment WHERE conversation_id = ?1 LIMIT ?2)",
          *id, &weight->attachments, error))
    return NULL;

  return g_steal_pointer (&weight);
}

/**
 * wt_conversation_store_weigh_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @cancellable: (nullable): a cancellable
 * @callback: called when it was counted
 * @data: for @callback
 *
 * Counts what is deleted with a conversation, up to %WT_CONVERSATION_WEIGHT_MOST of each.
 */
void
wt_conversation_store_weigh_async (WtDatabase *db,
                                   gint64 conversation_id,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  wt_database_run_with_flags_async (
      db, WT_DATABASE_READ, weigh, g_memdup2 (&conversation_id, sizeof conversation_id), g_free,
      free_weight, cancellable, wt_conversation_store_weigh_async, callback, data);
}

/**
 * wt_conversation_store_weigh_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): to be freed with g_free(); %NULL on error. Nothing where there is no such conversation
 */
WtConversationWeight *
wt_conversation_store_weigh_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_conversation_store_weigh_async), NULL);

  return wt_database_run_finish (db, result, error);
}
