/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-sticker-store.h"

#include "wt-row.h"

static void
free_sticker (gpointer data)
{
  wt_sticker_record_free (data);
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
list_stickers (WtDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) stickers = g_ptr_array_new_with_free_func (free_sticker);
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT blob, mime_type, width, height, added, used FROM sticker"
      " ORDER BY used DESC, added DESC, blob",
      error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    {
      WtStickerRecord *sticker = wt_sticker_record_new ();

      sticker->blob = wt_row_dup_text (statement, 0);
      sticker->mime_type = wt_row_dup_text (statement, 1);
      sticker->width = wt_row_get_int (statement, 2);
      sticker->height = wt_row_get_int (statement, 3);
      sticker->added = sqlite3_column_int64 (statement, 4);
      sticker->used = sqlite3_column_int64 (statement, 5);
      g_ptr_array_add (stickers, sticker);
    }

  return code == SQLITE_DONE ? g_steal_pointer (&stickers) : NULL;
}

static gpointer
save_sticker (WtDatabase *db, gpointer data, GError **error)
{
  const WtStickerRecord *sticker = data;
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "INSERT INTO sticker (blob, mime_type, width, height, added, used)"
      " VALUES (?1, ?2, ?3, ?4, ?5, ?6) ON CONFLICT (blob) DO UPDATE SET used = excluded.used",
      error);

  if (statement == NULL)
    return NULL;
  wt_row_bind_key (statement, 1, sticker->blob);
  wt_row_bind_text (statement, 2, sticker->mime_type);
  sqlite3_bind_int (statement, 3, sticker->width);
  sqlite3_bind_int (statement, 4, sticker->height);
  sqlite3_bind_int64 (statement, 5, sticker->added);
  sqlite3_bind_int64 (statement, 6, sticker->used);

  return GINT_TO_POINTER (wt_database_step_done (db, statement, error));
}

static gpointer
remove_sticker (WtDatabase *db, gpointer data, GError **error)
{
  const char *blob = data;
  g_autoptr (GStrvBuilder) unused = g_strv_builder_new ();
  sqlite3_stmt *statement = wt_database_prepare (db, "DELETE FROM sticker WHERE blob = ?1", error);
  int code = SQLITE_ERROR;

  if (statement == NULL)
    return NULL;
  wt_row_bind_text (statement, 1, blob);
  if (!wt_database_step_done (db, statement, error))
    return NULL;

  statement = wt_database_prepare (
      db,
      "SELECT 1 FROM attachment WHERE blob = ?1"
      " UNION ALL SELECT 1 FROM draft_attachment WHERE blob = ?1 LIMIT 1",
      error);
  if (statement == NULL)
    return NULL;
  wt_row_bind_text (statement, 1, blob);
  code = wt_database_step (db, statement, error);
  if (code == SQLITE_DONE)
    g_strv_builder_add (unused, blob);
  else if (code != SQLITE_ROW)
    return NULL;

  return g_strv_builder_end (unused);
}

/**
 * wt_sticker_record_new:
 *
 * Returns: (transfer full): an empty record
 */
WtStickerRecord *
wt_sticker_record_new (void)
{
  return g_new0 (WtStickerRecord, 1);
}

/**
 * wt_sticker_record_copy:
 * @self: a record
 *
 * Returns: (transfer full): a deep copy
 */
WtStickerRecord *
wt_sticker_record_copy (const WtStickerRecord *self)
{
  WtStickerRecord *copy = g_memdup2 (self, sizeof *self);

  copy->blob = g_strdup (self->blob);
  copy->mime_type = g_strdup (self->mime_type);

  return copy;
}

/**
 * wt_sticker_record_free:
 * @self: (nullable) (transfer full): a record
 */
void
wt_sticker_record_free (WtStickerRecord *self)
{
  if (self == NULL)
    return;

  g_free (self->blob);
  g_free (self->mime_type);
  g_free (self);
}

/**
 * wt_sticker_store_list_async:
 * @db: the database
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads all stickers.
 */
void
wt_sticker_store_list_async (WtDatabase *db,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, list_stickers, NULL, NULL, free_array,
                                    cancellable, wt_sticker_store_list_async, callback, data);
}

/**
 * wt_sticker_store_list_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtStickerRecord): the one used last first, or %NULL
 */
GPtrArray *
wt_sticker_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_sticker_store_list_async), NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_sticker_store_save_async:
 * @db: the database
 * @record: the sticker; its blob is in the blob folder
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Adds a sticker; of one that is there already, writes only when it was used.
 */
void
wt_sticker_store_save_async (WtDatabase *db,
                             const WtStickerRecord *record,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_return_if_fail (record != NULL && record->blob != NULL);

  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, save_sticker,
                                    wt_sticker_record_copy (record), free_sticker, NULL,
                                    cancellable, wt_sticker_store_save_async, callback, data);
}

/**
 * wt_sticker_store_save_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is on disk
 */
gboolean
wt_sticker_store_save_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_sticker_store_save_async), FALSE);

  return GPOINTER_TO_INT (wt_database_run_finish (db, result, error));
}

/**
 * wt_sticker_store_remove_async:
 * @db: the database
 * @blob: the sticker's blob
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Removes a sticker; one that is not there is gone already.
 */
void
wt_sticker_store_remove_async (WtDatabase *db,
                               const char *blob,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_return_if_fail (blob != NULL);

  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, remove_sticker, g_strdup (blob), g_free,
                                    free_names, cancellable, wt_sticker_store_remove_async,
                                    callback, data);
}

/**
 * wt_sticker_store_remove_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): its blob where no message or draft uses it either, else nothing in it; %NULL with @error
 */
GStrv
wt_sticker_store_remove_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_sticker_store_remove_async), NULL);

  return wt_database_run_finish (db, result, error);
}
