/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-search-store.h"

#include "wt-message-columns.h"
#include "wt-row.h"

/* The full-text index. It flushes what it gathered at every savepoint, so single messages are
 * indexed at the end of the group; see wt_database_defer(). */

#define SEARCH_MOST_RESULTS 10000

typedef struct
{
  gint64 account_id;
  gint64 conversation_id;
  char *match; /* (nullable) */
  guint limit;
} Search;

typedef struct
{
  gboolean forget;
  gint64 message_id;
  char *words;
} Entry;

static void
search_free (gpointer data)
{
  Search *search = data;

  g_free (search->match);
  g_free (search);
}

static void
entry_free (gpointer data)
{
  Entry *entry = data;

  g_free (entry->words);
  g_free (entry);
}

static void
free_messages (gpointer data)
{
  g_ptr_array_unref (data);
}

static gboolean
write_entry (WtDatabase *db, gpointer data, GError **error)
{
  static const char insert[] = "INSERT INTO message_search (rowid, text) VALUES (?1, ?2)";
  static const char forget[]
      = "INSERT INTO message_search (message_search, rowid, text) VALUES ('delete', ?1, ?2)";
  const Entry *entry = data;
  sqlite3_stmt *statement = wt_database_prepare (db, entry->forget ? forget : insert, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, entry->message_id);
  wt_row_bind_text (statement, 2, entry->words);

  return wt_database_step_done (db, statement, error);
}

static void
defer_entry (WtDatabase *db, gint64 message_id, const char *text, gboolean forget)
{
  Entry *entry = NULL;

  if (text == NULL || *text == '\0')
    return;

  entry = g_new0 (Entry, 1);
  entry->forget = forget;
  entry->message_id = message_id;
  entry->words = wt_search_store_tokenize (text);
  wt_database_defer (db, write_entry, entry, entry_free);
}

/* "+" keeps SQLite from looking for rows of the account and asking the index about each. */
static gpointer
search (WtDatabase *db, gpointer data, GError **error)
{
  const Search *query = data;
  g_autoptr (GPtrArray) messages = wt_message_columns_new_array ();
  sqlite3_stmt *statement = NULL;
  int code = SQLITE_ROW;

  if (query->match == NULL)
    return g_steal_pointer (&messages);

  statement = wt_database_prepare (db,
                                   "SELECT " WT_MESSAGE_COLUMNS
                                   " FROM message_search AS s JOIN message AS m ON m.id = s.rowid"
                                   " WHERE s.text MATCH ?1"
                                   " AND (?2 = 0 OR +m.account_id = ?2)"
                                   " AND (?3 = 0 OR +m.conversation_id = ?3)"
                                   " AND m.deleted = 0"
                                   " ORDER BY s.rowid DESC LIMIT ?4",
                                   error);
  if (statement == NULL)
    return NULL;
  wt_row_bind_text (statement, 1, query->match);
  sqlite3_bind_int64 (statement, 2, query->account_id);
  sqlite3_bind_int64 (statement, 3, query->conversation_id);
  sqlite3_bind_int64 (statement, 4, query->limit);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (messages, wt_message_columns_read (statement));

  return code == SQLITE_DONE ? g_steal_pointer (&messages) : NULL;
}

/**
 * wt_search_store_search_async:
 * @db: the database
 * @query: what to look for; a limit over 10 000 is taken as that
 * @cancellable: (nullable): a cancellable
 * @callback: called when it was looked for
 * @data: for @callback
 *
 * Looks for messages that are not deleted. A query without any word finds nothing.
 */
void
wt_search_store_search_async (WtDatabase *db,
                              const WtSearchQuery *query,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  Search *copy = NULL;

  g_return_if_fail (query != NULL);

  copy = g_new0 (Search, 1);
  copy->account_id = query->account_id;
  copy->conversation_id = query->conversation_id;
  copy->match = wt_search_store_make_match (query->text);
  copy->limit = MIN (query->limit, SEARCH_MOST_RESULTS);
  wt_database_run_with_flags_async (db, WT_DATABASE_READ | WT_DATABASE_SETTLED, search, copy,
                                    search_free, free_messages, cancellable,
                                    wt_search_store_search_async, callback, data);
}

/**
 * wt_search_store_search_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtMessageRecord): the newest first, or %NULL
 */
GPtrArray *
wt_search_store_search_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_search_store_search_async), NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_search_store_index:
 * @db: the database, on its thread, in a task that writes
 * @message_id: a message's row id
 * @text: (nullable): its text
 * @error: return location for an error
 *
 * Has the message indexed in the same transaction.
 *
 * Returns: %TRUE; where indexing fails later, the whole transaction does
 */
gboolean
wt_search_store_index (WtDatabase *db, gint64 message_id, const char *text, GError **error)
{
  defer_entry (db, message_id, text, FALSE);
  return TRUE;
}

/**
 * wt_search_store_forget:
 * @db: the database, on its thread, in a task that writes
 * @message_id: a message's row id
 * @text: (nullable): the text it was indexed with
 * @error: return location for an error
 *
 * Has the message forgotten in the same transaction.
 *
 * Returns: %TRUE; where forgetting fails later, the whole transaction does
 */
gboolean
wt_search_store_forget (WtDatabase *db, gint64 message_id, const char *text, GError **error)
{
  defer_entry (db, message_id, text, TRUE);
  return TRUE;
}

/**
 * wt_search_store_forget_all:
 * @db: the database, on its thread, in a task that writes and is settled
 * @account_id: an account's row id, or 0
 * @conversation_id: a conversation's row id, or 0
 * @error: return location for an error
 *
 * Forgets every message of the account, or of the conversation, at once. They must still be there.
 *
 * Returns: whether it worked
 */
gboolean
wt_search_store_forget_all (WtDatabase *db,
                            gint64 account_id,
                            gint64 conversation_id,
                            GError **error)
{
  static const char of_account[]
      = "SELECT id, text FROM message WHERE account_id = ?1 AND text IS NOT NULL";
  static const char of_conversation[]
      = "SELECT id, text FROM message WHERE conversation_id = ?1 AND text IS NOT NULL";
  sqlite3_stmt *statement = wt_database_prepare (db, account_id != 0 ? of_account : of_conversation,
                                                 error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account_id != 0 ? account_id : conversation_id);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    {
      g_autofree char *text = wt_row_dup_text (statement, 1);
      g_autofree char *words = wt_search_store_tokenize (text);
      Entry entry = { TRUE, sqlite3_column_int64 (statement, 0), words };

      if (*text != '\0' && !write_entry (db, &entry, error))
        return FALSE;
    }

  return code == SQLITE_DONE;
}
