/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-database-private.h"

#include "wt-database-error.h"

/* What tasks call on the database thread. */

/**
 * wt_database_prepare:
 * @self: the database, on its thread
 * @sql: one statement, a literal: it must live as long as the database
 * @error: return location for an error
 *
 * Prepares a statement once and keeps it. It is reset and its bindings are cleared here, and again
 * when the task has ended, so that what is bound has to live until then.
 *
 * Returns: (nullable) (transfer none): the statement
 */
sqlite3_stmt *
wt_database_prepare (WtDatabase *self, const char *sql, GError **error)
{
  sqlite3_stmt *statement = g_hash_table_lookup (self->statements, sql);

  if (statement != NULL)
    {
      sqlite3_reset (statement);
      sqlite3_clear_bindings (statement);
    }
  else if (sqlite3_prepare_v3 (self->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, NULL)
           == SQLITE_OK)
    {
      g_hash_table_insert (self->statements, (gpointer) sql, statement);
    }
  else
    {
      self->fatal |= wt_database_error_is_fatal (sqlite3_errcode (self->handle));
      wt_database_error_set_sql (error, self->path, self->handle);
      return NULL;
    }

  g_ptr_array_add (self->used, statement);
  return statement;
}

/**
 * wt_database_step:
 * @self: the database, on its thread
 * @statement: a statement
 * @error: return location for an error
 *
 * Returns: %SQLITE_ROW, %SQLITE_DONE, or anything else with @error set
 */
int
wt_database_step (WtDatabase *self, sqlite3_stmt *statement, GError **error)
{
  int code = sqlite3_step (statement);

  if (code != SQLITE_ROW && code != SQLITE_DONE)
    wt_database_set_error (self, error);

  return code;
}

/**
 * wt_database_step_done:
 * @self: the database, on its thread
 * @statement: a statement whose rows, if any, do not matter
 * @error: return location for an error
 *
 * Returns: whether it was run
 */
gboolean
wt_database_step_done (WtDatabase *self, sqlite3_stmt *statement, GError **error)
{
  int code = SQLITE_ROW;

  while (code == SQLITE_ROW)
    code = wt_database_step (self, statement, error);

  return code == SQLITE_DONE;
}

/**
 * wt_database_exec:
 * @self: the database, on its thread
 * @sql: statements without values in them
 * @error: return location for an error
 *
 * Returns: whether all of @sql was run
 */
gboolean
wt_database_exec (WtDatabase *self, const char *sql, GError **error)
{
  if (sqlite3_exec (self->handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  self->fatal |= wt_database_error_is_fatal (sqlite3_errcode (self->handle));
  wt_database_error_set_sql (error, self->path, self->handle);
  return FALSE;
}

/**
 * wt_database_defer:
 * @self: the database, on its thread, in a task that writes
 * @func: what to do
 * @data: (transfer full): for @func
 * @free_data: (nullable): frees @data
 *
 * Has @func called in the same transaction, after the last task of the group or before the next one
 * with %WT_DATABASE_SETTLED: for what is much cheaper done for many tasks at once, outside their
 * savepoints. It is forgotten when the task fails; when it fails itself, the whole group does.
 */
void
wt_database_defer (WtDatabase *self,
                   WtDatabaseDeferred func,
                   gpointer data,
                   GDestroyNotify free_data)
{
  WtDatabaseLater later = { .func = func, .data = data, .free_data = free_data };

  g_array_append_val (self->later, later);
}

/**
 * wt_database_get_handle:
 * @self: the database, on its thread
 *
 * Returns: (nullable) (transfer none): the SQLite connection
 */
sqlite3 *
wt_database_get_handle (WtDatabase *self)
{
  return self->handle;
}

/**
 * wt_database_set_error:
 * @self: the database, on its thread
 * @error: return location for an error
 *
 * Sets @error from what the last call to SQLite returned, without any bound value.
 */
void
wt_database_set_error (WtDatabase *self, GError **error)
{
  self->fatal |= wt_database_error_is_fatal (sqlite3_errcode (self->handle));
  wt_database_error_set_from (error, self->path, self->handle);
}
