/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-attachment-usage.h"

#include "wt-row.h"

/* Which blobs are used, what for, and which of them the user could do without. */

#define PREFIX_LENGTH 2

static void
free_table (gpointer data)
{
  g_hash_table_unref (data);
}

static WtBlobUse *
read_use (sqlite3_stmt *statement)
{
  WtBlobUse *use = g_new0 (WtBlobUse, 1);

  use->kind = (WtUsageKind) wt_row_get_enum (statement, 1, WT_USAGE_FILES);
  use->hold = (WtBlobHold) wt_row_get_enum (statement, 2, WT_BLOB_HOLD_REMOTE);
  use->conversation_id = sqlite3_column_int64 (statement, 3);
  return use;
}

static gboolean
read_uses (WtDatabase *db, GHashTable *uses, const char *sql, const char *prefix, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (db, sql, error);
  /* No name in hexadecimal comes after this. */
  g_autofree char *end = g_strconcat (prefix, "g", NULL);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return FALSE;
  wt_row_bind_text (statement, 1, prefix);
  wt_row_bind_text (statement, 2, end);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    g_hash_table_replace (uses, wt_row_dup_text (statement, 0), read_use (statement));

  return code == SQLITE_DONE;
}

static gpointer
list_uses (WtDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GHashTable) uses = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  /* What is used twice counts once, and is held by whoever holds it closest. */
  if (!read_uses (db, uses,
                  "SELECT a.blob,"
                  " min (CASE a.kind WHEN 'image' THEN 0 WHEN 'emoji' THEN 1 WHEN 'voice' THEN 2"
                  " ELSE 3 END),"
                  " min (" WT_ATTACHMENT_HOLD_SQL (
                      "a", "m") "),"
                                " max (a.conversation_id)"
                                " FROM attachment AS a JOIN message AS m ON m.id = a.message_id"
                                " WHERE a.blob >= ?1 AND a.blob < ?2 GROUP BY a.blob",
                  data, error)
      || !read_uses (db, uses,
                     "SELECT blob, CASE WHEN mime_type LIKE 'image/%' THEN 0 ELSE 3 END, 0,"
                     " conversation_id FROM draft_attachment WHERE blob >= ?1 AND blob < ?2",
                     data, error)
      || !read_uses (db, uses, "SELECT blob, 1, 0, 0 FROM sticker WHERE blob >= ?1 AND blob < ?2",
                     data, error))
    return NULL;

  return g_steal_pointer (&uses);
}

/**
 * wt_attachment_usage_list_async:
 * @db: the database
 * @prefix: the first two characters of the blobs' names
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads what the blobs of one shelf are used for. By shelf, so that nobody waits long for the database.
 */
void
wt_attachment_usage_list_async (WtDatabase *db,
                                const char *prefix,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_return_if_fail (prefix != NULL && strlen (prefix) == PREFIX_LENGTH);

  wt_database_run_with_flags_async (db, WT_DATABASE_READ, list_uses, g_strdup (prefix), g_free,
                                    free_table, cancellable, wt_attachment_usage_list_async,
                                    callback, data);
}

/**
 * wt_attachment_usage_list_finish:
 * @db: the database
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * Returns: (transfer full) (element-type utf8 WtBlobUse) (nullable): by the blob's name
 */
GHashTable *
wt_attachment_usage_list_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_attachment_usage_list_async), NULL);

  return wt_database_run_finish (db, result, error);
}
