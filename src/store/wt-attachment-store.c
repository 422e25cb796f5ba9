/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-store.h"

#include "wt-heap.h"
#include "wt-message-columns.h"
#include "wt-row.h"

/* Attachments of stored messages, and blobs that are none any more. */

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

static void
free_names (gpointer data)
{
  g_strfreev (data);
}

static gpointer
list_attachments (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *message_id = data;
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (free_attachment);
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT message_id, position, kind, blob, url, mime_type, name, size,"
      " width, height, state FROM attachment WHERE message_id = ?1"
      " ORDER BY position",
      error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, *message_id);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (attachments, wt_message_columns_read_attachment (statement));

  return code == SQLITE_DONE ? g_steal_pointer (&attachments) : NULL;
}

static gpointer
list_unused (WtDatabase *db, gpointer data, GError **error)
{
  const char *const *blobs = data;
  g_autoptr (GStrvBuilder) unused = g_strv_builder_new ();

  for (guint i = 0; blobs[i] != NULL; i++)
    {
      sqlite3_stmt *statement = wt_database_prepare (
          db,
          "SELECT 1 FROM attachment WHERE blob = ?1"
          " UNION ALL SELECT 1 FROM draft_attachment WHERE blob = ?1"
          " UNION ALL SELECT 1 FROM sticker WHERE blob = ?1 LIMIT 1",
          error);
      int code = SQLITE_ERROR;

      if (statement == NULL)
        return NULL;
      wt_row_bind_text (statement, 1, blobs[i]);
      code = wt_database_step (db, statement, error);
      if (code == SQLITE_DONE)
        g_strv_builder_add (unused, blobs[i]);
      else if (code != SQLITE_ROW)
        return NULL;
    }

  return g_strv_builder_end (unused);
}

/**
 * wt_message_store_list_attachments_async:
 * @db: the database
 * @message_id: the message's row id
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads the attachments of one message.
 */
void
wt_message_store_list_attachments_async (WtDatabase *db,
                                         gint64 message_id,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data)
{
  wt_database_run_with_flags_async (
      db, WT_DATABASE_READ, list_attachments, g_memdup2 (&message_id, sizeof message_id), g_free,
      free_array, cancellable, wt_message_store_list_attachments_async, callback, data);
}

/**
 * wt_message_store_list_attachments_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtAttachmentRecord): by position, or %NULL
 */
GPtrArray *
wt_message_store_list_attachments_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_list_attachments_async),
                        NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_message_store_list_unused_async:
 * @db: the database
 * @blobs: names of blobs, as they were found in the blob folder
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @data: for @callback
 *
 * Asks which of @blobs neither a message, a draft nor a sticker uses, after a conversation or an account was deleted.
 */
void
wt_message_store_list_unused_async (WtDatabase *db,
                                    const char *const *blobs,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data)
{
  g_return_if_fail (blobs != NULL);

  wt_database_run_with_flags_async (db, WT_DATABASE_READ, list_unused, g_strdupv ((GStrv) blobs),
                                    free_names, free_names, cancellable,
                                    wt_message_store_list_unused_async, callback, data);
}

/**
 * wt_message_store_list_unused_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): those that nothing uses, or %NULL
 */
GStrv
wt_message_store_list_unused_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_list_unused_async),
                        NULL);

  return wt_database_run_finish (db, result, error);
}

/* A tombstone has none, nor has a message that is gone; but a file that something else wrote may. */
static gpointer
sweep_rows (WtDatabase *db, gpointer data, GError **error)
{
  gboolean swept = wt_database_exec (
      db,
      "DELETE FROM attachment WHERE NOT EXISTS"
      " (SELECT 1 FROM message AS m WHERE m.id = attachment.message_id AND m.deleted = 0)",
      error);

  /* It has looked at pages of all the history, which nobody asks for soon. */
  sqlite3_db_release_memory (wt_database_get_handle (db));
  wt_heap_trim ();
  return GINT_TO_POINTER (swept);
}

/**
 * wt_message_store_sweep_async:
 * @db: the database
 * @cancellable: (nullable): a cancellable
 * @callback: called when they are gone
 * @data: for @callback
 *
 * Deletes the attachments of messages that are deleted or not there at all, so that their blobs are unused.
 */
void
wt_message_store_sweep_async (WtDatabase *db,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, sweep_rows, NULL, NULL, NULL,
                                    cancellable, wt_message_store_sweep_async, callback, data);
}

/**
 * wt_message_store_sweep_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether there are none any more
 */
gboolean
wt_message_store_sweep_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_message_store_sweep_async), FALSE);

  return GPOINTER_TO_INT (wt_database_run_finish (db, result, error));
}
