/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-shared-store.h"

#include "wt-message-columns.h"
#include "wt-row.h"

/* The pictures, files and recordings of a conversation, page by page. */

typedef struct
{
  gint64 conversation_id;
  gint64 before_id;
  int before_position;
  guint limit;
  char *kind;
} Page;

static void
page_free (gpointer data)
{
  Page *page = data;

  g_free (page->kind);
  g_free (page);
}

static void
free_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
free_shared (gpointer data)
{
  wt_shared_record_free (data);
}

static WtSharedRecord *
read_shared (sqlite3_stmt *statement)
{
  WtSharedRecord *shared = wt_shared_record_new ();

  shared->attachment = wt_message_columns_read_attachment (statement);
  shared->seq = sqlite3_column_int64 (statement, 11);
  shared->time = sqlite3_column_int64 (statement, 12);
  shared->direction = (WtDirection) wt_row_get_enum (statement, 13, WT_DIRECTION_OUT);
  shared->author = wt_row_dup_text (statement, 14);

  return shared;
}

/* The index has the order; a message is only looked up for what is returned. */
static gpointer
list_shared (WtDatabase *db, gpointer data, GError **error)
{
  const Page *page = data;
  g_autoptr (GPtrArray) found = g_ptr_array_new_with_free_func (free_shared);
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT a.message_id, a.position, a.kind, a.blob, a.url, a.mime_type, a.name, a.size, "
      "a.width,"
      " a.height, a.state, m.seq, m.time, m.direction, coalesce (nullif (m.author_cardname, ''),"
      " nullif (m.author_nickname, ''), m.author_id)"
      " FROM attachment AS a INDEXED BY attachment_shared CROSS JOIN message AS m"
      " ON m.id = a.message_id"
      " WHERE a.conversation_id = ?1 AND a.kind = ?2 AND m.deleted = 0"
      " AND (a.message_id, a.position) < (?3, ?4)"
      " ORDER BY a.message_id DESC, a.position DESC LIMIT ?5",
      error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, page->conversation_id);
  wt_row_bind_text (statement, 2, page->kind);
  sqlite3_bind_int64 (statement, 3, page->before_id > 0 ? page->before_id : G_MAXINT64);
  sqlite3_bind_int (statement, 4, page->before_position);
  sqlite3_bind_int64 (statement, 5, MIN (page->limit, WT_SHARED_STORE_MOST));
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (found, read_shared (statement));

  return code == SQLITE_DONE ? g_steal_pointer (&found) : NULL;
}

/**
 * wt_shared_store_list_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @kind: a segment's type name: `image`, `file`, `voice`
 * @before_id: the row id of the message of the last one of the page before; 0: from the newest
 * @before_position: and its position in that message
 * @limit: how many at most; more than %WT_SHARED_STORE_MOST is taken as that
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads a page of what was sent in a conversation, the newest first. The cost grows with @limit, not with how many
 * messages the conversation has.
 */
void
wt_shared_store_list_async (WtDatabase *db,
                            gint64 conversation_id,
                            const char *kind,
                            gint64 before_id,
                            int before_position,
                            guint limit,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer data)
{
  g_return_if_fail (kind != NULL);

  Page *page = g_new0 (Page, 1);

  page->conversation_id = conversation_id;
  page->before_id = before_id;
  page->before_position = before_position;
  page->limit = limit;
  page->kind = g_strdup (kind);
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, list_shared, page, page_free, free_array,
                                    cancellable, wt_shared_store_list_async, callback, data);
}

/**
 * wt_shared_store_list_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtSharedRecord): the page, the newest first, or %NULL
 */
GPtrArray *
wt_shared_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_shared_store_list_async), NULL);

  return wt_database_run_finish (db, result, error);
}
