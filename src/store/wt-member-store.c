/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-store.h"

#include "wt-row.h"

/* Who wrote in a conversation. Members are learnt in wt-message-add.c. */

static void
free_member (gpointer data)
{
  wt_member_record_free (data);
}

static void
free_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static WtMemberRecord *
read_member (sqlite3_stmt *statement)
{
  WtMemberRecord *member = wt_member_record_new ();

  member->conversation_id = sqlite3_column_int64 (statement, 0);
  member->platform = wt_row_dup_text (statement, 1);
  member->user_id = wt_row_dup_text (statement, 2);
  member->nickname = wt_row_dup_text (statement, 3);
  member->cardname = wt_row_dup_text (statement, 4);
  member->last_seen = sqlite3_column_int64 (statement, 5);

  return member;
}

static gpointer
list_members (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *conversation_id = data;
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (free_member);
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT conversation_id, platform, user_id, nickname, cardname, last_seen FROM member"
      " WHERE conversation_id = ?1 ORDER BY last_seen DESC, platform, user_id",
      error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, *conversation_id);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (members, read_member (statement));

  return code == SQLITE_DONE ? g_steal_pointer (&members) : NULL;
}

/**
 * wt_conversation_store_list_members_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads everybody who has written in a conversation.
 */
void
wt_conversation_store_list_members_async (WtDatabase *db,
                                          gint64 conversation_id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer data)
{
  wt_database_run_with_flags_async (
      db, WT_DATABASE_READ, list_members, g_memdup2 (&conversation_id, sizeof conversation_id),
      g_free, free_array, cancellable, wt_conversation_store_list_members_async, callback, data);
}

/**
 * wt_conversation_store_list_members_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtMemberRecord): the one seen last first, or %NULL
 */
GPtrArray *
wt_conversation_store_list_members_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_conversation_store_list_members_async),
                        NULL);

  return wt_database_run_finish (db, result, error);
}
