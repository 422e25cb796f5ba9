/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-account-store.h"

#include "wt-row.h"
#include "wt-search-store.h"

#define ACCOUNT_COLUMNS                                                                            \
  "id, uuid, label, url, auth, platform, user_id, nickname, cardname, dialect, has_target, "       \
  "target_platform, enabled, position, colour, remote_pictures, ca_file, certificate_file, "       \
  "key_file, trusted_fingerprint, insecure"

/* auth is an enumeration of the net layer: kept as it is, within reason. */
#define AUTH_LAST 255

static void
free_records (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
free_record (gpointer data)
{
  wt_account_record_free (data);
}

static WtAccountRecord *
read_account (sqlite3_stmt *statement)
{
  WtAccountRecord *account = wt_account_record_new ();

  account->id = sqlite3_column_int64 (statement, 0);
  account->uuid = wt_row_dup_text (statement, 1);
  account->label = wt_row_dup_text (statement, 2);
  account->url = wt_row_dup_text (statement, 3);
  account->auth = wt_row_get_enum (statement, 4, AUTH_LAST);
  account->platform = wt_row_dup_text (statement, 5);
  account->user_id = wt_row_dup_text (statement, 6);
  account->nickname = wt_row_dup_text (statement, 7);
  account->cardname = wt_row_dup_text (statement, 8);
  account->dialect = (WtDialect) wt_row_get_enum (statement, 9, WT_DIALECT_MAIBOT);
  account->has_target = wt_row_get_flag (statement, 10);
  account->target_platform = wt_row_dup_text (statement, 11);
  account->enabled = wt_row_get_flag (statement, 12);
  account->position = wt_row_get_int (statement, 13);
  account->colour = wt_row_get_int (statement, 14);
  account->remote_pictures = (WtRemotePictures) wt_row_get_enum (statement, 15, WT_REMOTE_NEVER);
  account->ca_file = wt_row_dup_text (statement, 16);
  account->certificate_file = wt_row_dup_text (statement, 17);
  account->key_file = wt_row_dup_text (statement, 18);
  account->trusted_fingerprint = wt_row_dup_text (statement, 19);
  account->insecure = wt_row_get_flag (statement, 20);

  return account;
}

/* Parameters ?1 to ?20 in the order of ACCOUNT_COLUMNS without the id. */
static void
bind_account (sqlite3_stmt *statement, const WtAccountRecord *account)
{
  wt_row_bind_text (statement, 1, account->uuid);
  wt_row_bind_text (statement, 2, account->label);
  wt_row_bind_text (statement, 3, account->url);
  sqlite3_bind_int (statement, 4, account->auth);
  wt_row_bind_text (statement, 5, account->platform);
  wt_row_bind_text (statement, 6, account->user_id);
  wt_row_bind_text (statement, 7, account->nickname);
  wt_row_bind_text (statement, 8, account->cardname);
  sqlite3_bind_int (statement, 9, account->dialect);
  sqlite3_bind_int (statement, 10, account->has_target);
  wt_row_bind_text (statement, 11, account->target_platform);
  sqlite3_bind_int (statement, 12, account->enabled);
  sqlite3_bind_int (statement, 13, account->position);
  sqlite3_bind_int (statement, 14, account->colour);
  sqlite3_bind_int (statement, 15, account->remote_pictures);
  wt_row_bind_text (statement, 16, account->ca_file);
  wt_row_bind_text (statement, 17, account->certificate_file);
  wt_row_bind_text (statement, 18, account->key_file);
  wt_row_bind_text (statement, 19, account->trusted_fingerprint);
  sqlite3_bind_int (statement, 20, account->insecure);
}

static gpointer
list_accounts (WtDatabase *db, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) accounts = g_ptr_array_new_with_free_func (free_record);
  sqlite3_stmt *statement = wt_database_prepare (
      db, "SELECT " ACCOUNT_COLUMNS " FROM account ORDER BY position, id", error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (accounts, read_account (statement));

  return code == SQLITE_DONE ? g_steal_pointer (&accounts) : NULL;
}

static gint64
insert_account (WtDatabase *db, const WtAccountRecord *account, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "INSERT INTO account (uuid, label, url, auth, platform, user_id, nickname, cardname, dialect,"
      " has_target, target_platform, enabled, position, colour, remote_pictures, ca_file,"
      " certificate_file, key_file, trusted_fingerprint, insecure) VALUES (?1, ?2, ?3, ?4, ?5, ?6,"
      " ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20)",
      error);

  if (statement == NULL)
    return 0;
  bind_account (statement, account);
  if (!wt_database_step_done (db, statement, error))
    return 0;

  return sqlite3_last_insert_rowid (wt_database_get_handle (db));
}

static gint64
update_account (WtDatabase *db, const WtAccountRecord *account, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "UPDATE account SET uuid = ?1, label = ?2, url = ?3, auth = ?4, platform = ?5, user_id = ?6,"
      " nickname = ?7, cardname = ?8, dialect = ?9, has_target = ?10, target_platform = ?11,"
      " enabled = ?12, position = ?13, colour = ?14, remote_pictures = ?15, ca_file = ?16,"
      " certificate_file = ?17, key_file = ?18, trusted_fingerprint = ?19, insecure = ?20"
      " WHERE id = ?21",
      error);

  if (statement == NULL)
    return 0;
  bind_account (statement, account);
  sqlite3_bind_int64 (statement, 21, account->id);
  if (!wt_database_step_done (db, statement, error))
    return 0;
  if (sqlite3_changes (wt_database_get_handle (db)) > 0)
    return account->id;

  g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND, "%s: no such account",
               wt_database_get_path (db));
  return 0;
}

static gpointer
save_account (WtDatabase *db, gpointer data, GError **error)
{
  const WtAccountRecord *account = data;
  gint64 id = account->id == 0 ? insert_account (db, account, error)
                               : update_account (db, account, error);

  return id != 0 ? g_memdup2 (&id, sizeof id) : NULL;
}

static gboolean
add_account_secrets (WtDatabase *db, GStrvBuilder *names, gint64 id, GError **error)
{
  g_autoptr (WtAccountRecord) account = NULL;
  g_autofree char *key = NULL;
  g_autofree char *target = NULL;
  sqlite3_stmt *statement = wt_database_prepare (
      db, "SELECT " ACCOUNT_COLUMNS " FROM account WHERE id = ?1", error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  code = wt_database_step (db, statement, error);
  if (code == SQLITE_DONE)
    g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND, "%s: no such account",
                 wt_database_get_path (db));
  if (code != SQLITE_ROW)
    return FALSE;

  account = read_account (statement);
  key = wt_account_record_dup_key_secret (account);
  target = wt_account_record_dup_target_secret (account);
  g_strv_builder_add (names, key);
  g_strv_builder_add (names, target);

  return TRUE;
}

static gboolean
add_conversation_secrets (WtDatabase *db, GStrvBuilder *names, gint64 id, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT DISTINCT target_secret FROM conversation"
      " WHERE account_id = ?1 AND target_secret IS NOT NULL",
      error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, id);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    {
      g_autofree char *name = wt_row_dup_text (statement, 0);

      g_strv_builder_add (names, name);
    }

  return code == SQLITE_DONE;
}

static gpointer
delete_account (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *id = data;
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  sqlite3_stmt *statement = NULL;

  if (!add_account_secrets (db, names, *id, error)
      || !add_conversation_secrets (db, names, *id, error)
      || !wt_search_store_forget_all (db, *id, 0, error))
    return NULL;

  statement = wt_database_prepare (db, "DELETE FROM account WHERE id = ?1", error);
  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, *id);

  return wt_database_step_done (db, statement, error) ? g_strv_builder_end (names) : NULL;
}

static void
free_names (gpointer data)
{
  g_strfreev (data);
}

/**
 * wt_account_store_list_async:
 * @db: the database
 * @cancellable: (nullable): a cancellable
 * @callback: called when the accounts were read
 * @data: for @callback
 *
 * Reads all accounts.
 */
void
wt_account_store_list_async (WtDatabase *db,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, list_accounts, NULL, NULL, free_records,
                                    cancellable, wt_account_store_list_async, callback, data);
}

/**
 * wt_account_store_list_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtAccountRecord): by position, or %NULL
 */
GPtrArray *
wt_account_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_account_store_list_async), NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_account_store_save_async:
 * @db: the database
 * @record: the account, with a uuid of its own; no keys, also not in the URL
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Inserts the account when its id is 0, else writes all of it. Errors:
 * %WT_DATABASE_ERROR_CONSTRAINT where the uuid is missing or another account's,
 * %WT_DATABASE_ERROR_NOT_FOUND where the id is.
 */
void
wt_account_store_save_async (WtDatabase *db,
                             const WtAccountRecord *record,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_return_if_fail (record != NULL);

  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, save_account,
                                    wt_account_record_copy (record), free_record, g_free,
                                    cancellable, wt_account_store_save_async, callback, data);
}

/**
 * wt_account_store_save_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: the account's row id, or 0 with @error set
 */
gint64
wt_account_store_save_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *id = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, wt_account_store_save_async), 0);

  id = wt_database_run_finish (db, result, error);
  return id != NULL ? *id : 0;
}

/**
 * wt_account_store_delete_async:
 * @db: the database
 * @account_id: the account's row id
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Deletes an account with its conversations, their messages, members and attachments. Blobs that
 * are unused then are found with wt_message_store_list_unused_async().
 */
void
wt_account_store_delete_async (WtDatabase *db,
                               gint64 account_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  wt_database_run_async (db, delete_account, g_memdup2 (&account_id, sizeof account_id), g_free,
                         free_names, cancellable, wt_account_store_delete_async, callback, data);
}

/**
 * wt_account_store_delete_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): the names of all secrets to forget, stored or not, or %NULL
 */
GStrv
wt_account_store_delete_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_account_store_delete_async), NULL);

  return wt_database_run_finish (db, result, error);
}

static gpointer
order_accounts (WtDatabase *db, gpointer data, GError **error)
{
  GArray *ids = data;

  for (guint i = 0; i < ids->len; i++)
    {
      sqlite3_stmt *statement = wt_database_prepare (
          db, "UPDATE account SET position = ?1 WHERE id = ?2", error);

      if (statement == NULL)
        return NULL;
      sqlite3_bind_int64 (statement, 1, i);
      sqlite3_bind_int64 (statement, 2, g_array_index (ids, gint64, i));
      if (!wt_database_step_done (db, statement, error))
        return NULL;
    }
  return g_memdup2 (&ids->len, sizeof ids->len);
}

static void
free_ids (gpointer data)
{
  g_array_unref (data);
}

/**
 * wt_account_store_order_async:
 * @db: the database
 * @ids: (element-type gint64): the row ids of all accounts, in their new order
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is on disk
 * @data: for @callback
 *
 * Writes where each account stands among the others, all of them or none.
 */
void
wt_account_store_order_async (WtDatabase *db,
                              GArray *ids,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_return_if_fail (ids != NULL);

  wt_database_run_with_flags_async (db, WT_DATABASE_WRITE, order_accounts, g_array_copy (ids),
                                    free_ids, g_free, cancellable, wt_account_store_order_async,
                                    callback, data);
}

/**
 * wt_account_store_order_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is on disk
 */
gboolean
wt_account_store_order_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_autofree guint *count = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, wt_account_store_order_async), FALSE);

  count = wt_database_run_finish (db, result, error);
  return count != NULL;
}

static gboolean
measure (WtDatabase *db, gint64 account, const char *sql, gint64 *a, gint64 *b, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (db, sql, error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, account);
  if (wt_database_step (db, statement, error) != SQLITE_ROW)
    return FALSE;
  *a = sqlite3_column_int64 (statement, 0);
  *b = sqlite3_column_int64 (statement, 1);
  return TRUE;
}

/* Positions are dense, so that a conversation's last one says how many there are, however many those are. */
static gpointer
measure_account (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *id = data;
  WtAccountContents contents = { 0 };

  if (!measure (db, *id,
                "SELECT count(*), coalesce (sum (last_seq), 0) FROM conversation"
                " WHERE account_id = ?1",
                &contents.chats, &contents.messages, error)
      || !measure (db, *id,
                   "SELECT count(*), coalesce (sum (size), 0) FROM ("
                   " SELECT max (a.size, 0) AS size FROM conversation AS c"
                   " JOIN attachment AS a ON a.conversation_id = c.id"
                   " WHERE c.account_id = ?1 AND a.blob IS NOT NULL"
                   " AND NOT EXISTS (SELECT 1 FROM attachment AS b"
                   "  JOIN conversation AS d ON d.id = b.conversation_id"
                   "  WHERE b.blob = a.blob AND d.account_id <> ?1)"
                   " AND NOT EXISTS (SELECT 1 FROM draft_attachment AS e"
                   "  JOIN conversation AS f ON f.id = e.conversation_id"
                   "  WHERE e.blob = a.blob AND f.account_id <> ?1)"
                   " AND NOT EXISTS (SELECT 1 FROM sticker AS s WHERE s.blob = a.blob)"
                   " GROUP BY a.blob)",
                   &contents.files, &contents.bytes, error))
    return NULL;
  return g_memdup2 (&contents, sizeof contents);
}

/**
 * wt_account_store_measure_async:
 * @db: the database
 * @account_id: the account's row id
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is known
 * @data: for @callback
 *
 * Finds out what wt_account_store_delete_async() would delete.
 */
void
wt_account_store_measure_async (WtDatabase *db,
                                gint64 account_id,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, measure_account,
                                    g_memdup2 (&account_id, sizeof account_id), g_free, g_free,
                                    cancellable, wt_account_store_measure_async, callback, data);
}

/**
 * wt_account_store_measure_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): what goes with the account; free it with g_free()
 */
WtAccountContents *
wt_account_store_measure_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_account_store_measure_async), NULL);

  return wt_database_run_finish (db, result, error);
}
