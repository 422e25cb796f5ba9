/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-store.h"

#include "wt-row.h"

/* Finding, making and listing conversations. What changes them is in wt-conversation-update.c. */

#define CONVERSATION_COLUMNS                                                                       \
  "id, account_id, kind, platform, peer_id, title, target_platform, target_secret, last_seq, "     \
  "read_seq, unread, mentions, level, pinned, archived, draft, last_time, last_direction, "        \
  "last_delivery, last_author, last_text, name, dialect"

static void
free_record (gpointer data)
{
  wt_conversation_record_free (data);
}

static void
free_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static WtConversationRecord *
read_conversation (sqlite3_stmt *statement)
{
  WtConversationRecord *conversation = wt_conversation_record_new ();

  conversation->id = sqlite3_column_int64 (statement, 0);
  conversation->account_id = sqlite3_column_int64 (statement, 1);
  conversation->kind = (WtConversationKind) wt_row_get_enum (statement, 2, WT_CONVERSATION_GROUP);
  conversation->platform = wt_row_dup_text (statement, 3);
  conversation->peer_id = wt_row_dup_text (statement, 4);
  conversation->title = wt_row_dup_text (statement, 5);
  conversation->target_platform = wt_row_dup_text (statement, 6);
  conversation->target_secret = wt_row_dup_text (statement, 7);
  conversation->last_seq = sqlite3_column_int64 (statement, 8);
  conversation->read_seq = sqlite3_column_int64 (statement, 9);
  conversation->unread = wt_row_get_count (statement, 10);
  conversation->mentions = wt_row_get_count (statement, 11);
  conversation->level = (WtLevel) wt_row_get_enum (statement, 12, WT_LEVEL_NONE);
  conversation->pinned = wt_row_get_flag (statement, 13);
  conversation->archived = wt_row_get_flag (statement, 14);
  conversation->draft = wt_row_dup_text (statement, 15);
  conversation->last_time = sqlite3_column_int64 (statement, 16);
  conversation->last_direction = (WtDirection) wt_row_get_enum (statement, 17, WT_DIRECTION_OUT);
  conversation->last_delivery = (WtDelivery) wt_row_get_enum (statement, 18, WT_DELIVERY_FAILED);
  conversation->last_author = wt_row_dup_text (statement, 19);
  conversation->last_text = wt_row_dup_text (statement, 20);
  conversation->name = wt_row_dup_text (statement, 21);
  if (sqlite3_column_int (statement, 22) >= 0)
    conversation->dialect = wt_row_get_enum (statement, 22, WT_DIALECT_MAIBOT);

  return conversation;
}

static gboolean
brings (const char *wanted, const char *stored)
{
  return wanted != NULL && *wanted != '\0' && g_strcmp0 (wanted, stored) != 0;
}

static void
replace (char **stored, const char *wanted)
{
  if (!brings (wanted, *stored))
    return;

  g_free (*stored);
  *stored = g_strdup (wanted);
}

static int
compare_activity (gconstpointer a, gconstpointer b)
{
  const WtConversationRecord *left = *(gpointer const *) a, *right = *(gpointer const *) b;

  if (left->last_time != right->last_time)
    return left->last_time > right->last_time ? -1 : 1;
  return left->id > right->id ? -1 : left->id < right->id;
}

/* All of them are wanted, so the table is read as it lies on the disk: by way of an index each row would be looked up, and
 * SQLite would sort whole rows where pointers are enough. */
static gpointer
list_conversations (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *account_id = data;
  g_autoptr (GPtrArray) conversations = g_ptr_array_new_with_free_func (free_record);
  sqlite3_stmt *statement = wt_database_prepare (
      db, "SELECT " CONVERSATION_COLUMNS " FROM conversation WHERE ?1 IN (0, account_id)", error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, *account_id);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (conversations, read_conversation (statement));
  if (code != SQLITE_DONE)
    return NULL;

  g_ptr_array_sort (conversations, compare_activity);
  /* Its pages are not needed again soon. */
  sqlite3_db_release_memory (wt_database_get_handle (db));
  return g_steal_pointer (&conversations);
}

static WtConversationRecord *
insert_conversation (WtDatabase *db, const WtConversationRecord *record, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "INSERT INTO conversation (account_id, kind, platform, peer_id, title, target_platform,"
      " target_secret, level, pinned, archived, name, dialect) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7,"
      " ?8, ?9, ?10, ?11, ?12)"
      " RETURNING " CONVERSATION_COLUMNS,
      error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, record->account_id);
  sqlite3_bind_int (statement, 2, record->kind);
  wt_row_bind_key (statement, 3, record->platform);
  wt_row_bind_key (statement, 4, record->peer_id);
  wt_row_bind_text (statement, 5, record->title);
  wt_row_bind_text (statement, 6, record->target_platform);
  wt_row_bind_text (statement, 7, record->target_secret);
  sqlite3_bind_int (statement, 8, record->level);
  sqlite3_bind_int (statement, 9, record->pinned);
  sqlite3_bind_int (statement, 10, record->archived);
  wt_row_bind_text (statement, 11, record->name);
  sqlite3_bind_int (statement, 12, record->dialect);
  if (wt_database_step (db, statement, error) != SQLITE_ROW)
    return NULL;

  return read_conversation (statement);
}

static gboolean
update_names (WtDatabase *db, const WtConversationRecord *conversation, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "UPDATE conversation SET title = ?2, target_platform = ?3,"
      " target_secret = ?4 WHERE id = ?1",
      error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, conversation->id);
  wt_row_bind_text (statement, 2, conversation->title);
  wt_row_bind_text (statement, 3, conversation->target_platform);
  wt_row_bind_text (statement, 4, conversation->target_secret);

  return wt_database_step_done (db, statement, error);
}

static gpointer
ensure_conversation (WtDatabase *db, gpointer data, GError **error)
{
  return wt_conversation_store_ensure (db, data, error);
}

/**
 * wt_conversation_store_list_async:
 * @db: the database
 * @account_id: the account's row id; 0: every account's
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads all conversations.
 */
void
wt_conversation_store_list_async (WtDatabase *db,
                                  gint64 account_id,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, list_conversations,
                                    g_memdup2 (&account_id, sizeof account_id), g_free, free_array,
                                    cancellable, wt_conversation_store_list_async, callback, data);
}

/**
 * wt_conversation_store_list_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtConversationRecord): the one with the newest message
 *   first, or %NULL
 */
GPtrArray *
wt_conversation_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_conversation_store_list_async), NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_conversation_store_ensure_async:
 * @db: the database
 * @record: the conversation's account, kind, platform and peer id; for a new one also title, target
 *   and flags
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Finds a conversation or makes it. Where it exists, a title, target platform or target secret that
 * @record brings (neither %NULL nor empty) and that is another one is stored: a group was renamed.
 */
void
wt_conversation_store_ensure_async (WtDatabase *db,
                                    const WtConversationRecord *record,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_return_if_fail (record != NULL);

  wt_database_run_with_flags_async (
      db, WT_DATABASE_WRITE, ensure_conversation, wt_conversation_record_copy (record), free_record,
      free_record, cancellable, wt_conversation_store_ensure_async, callback, data);
}

/**
 * wt_conversation_store_ensure_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): the whole conversation, or %NULL
 */
WtConversationRecord *
wt_conversation_store_ensure_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_conversation_store_ensure_async),
                        NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_conversation_store_ensure:
 * @db: the database, on its thread, in a task that writes
 * @record: the conversation
 * @error: return location for an error
 *
 * See wt_conversation_store_ensure_async().
 *
 * Returns: (nullable) (transfer full): the whole conversation
 */
WtConversationRecord *
wt_conversation_store_ensure (WtDatabase *db, const WtConversationRecord *record, GError **error)
{
  g_autoptr (GError) failure = NULL;
  g_autoptr (WtConversationRecord) found = wt_conversation_store_find (db, record, &failure);

  if (failure != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&failure));
      return NULL;
    }
  if (found == NULL)
    return insert_conversation (db, record, error);
  if (!wt_conversation_store_differs (found, record))
    return g_steal_pointer (&found);

  replace (&found->title, record->title);
  replace (&found->target_platform, record->target_platform);
  replace (&found->target_secret, record->target_secret);

  return update_names (db, found, error) ? g_steal_pointer (&found) : NULL;
}

/**
 * wt_conversation_store_load:
 * @db: the database, on its thread
 * @conversation_id: the conversation's row id
 * @error: return location for an error
 *
 * Returns: (nullable) (transfer full): the conversation; %NULL with %WT_DATABASE_ERROR_NOT_FOUND
 *   where there is none
 */
WtConversationRecord *
wt_conversation_store_load (WtDatabase *db, gint64 conversation_id, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db, "SELECT " CONVERSATION_COLUMNS " FROM conversation WHERE id = ?1", error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, conversation_id);
  code = wt_database_step (db, statement, error);
  if (code == SQLITE_DONE)
    g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND, "%s: no such conversation",
                 wt_database_get_path (db));

  return code == SQLITE_ROW ? read_conversation (statement) : NULL;
}

/**
 * wt_conversation_store_find:
 * @db: the database, on its thread
 * @record: account, kind, platform and peer id
 * @error: return location for an error
 *
 * Returns: (nullable) (transfer full): the conversation; %NULL without @error where there is none
 */
WtConversationRecord *
wt_conversation_store_find (WtDatabase *db, const WtConversationRecord *record, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT " CONVERSATION_COLUMNS " FROM conversation WHERE account_id = ?1 AND kind = ?2"
      " AND platform = ?3 AND peer_id = ?4",
      error);

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, record->account_id);
  sqlite3_bind_int (statement, 2, record->kind);
  wt_row_bind_key (statement, 3, record->platform);
  wt_row_bind_key (statement, 4, record->peer_id);
  if (wt_database_step (db, statement, error) != SQLITE_ROW)
    return NULL;

  return read_conversation (statement);
}

/**
 * wt_conversation_store_differs:
 * @stored: a stored conversation
 * @wanted: the same, as somebody knows it now
 *
 * Returns: whether wt_conversation_store_ensure() with @wanted would change @stored
 */
gboolean
wt_conversation_store_differs (const WtConversationRecord *stored,
                               const WtConversationRecord *wanted)
{
  return brings (wanted->title, stored->title)
         || brings (wanted->target_platform, stored->target_platform)
         || brings (wanted->target_secret, stored->target_secret);
}
