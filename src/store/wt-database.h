#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * WtDatabaseError:
 * @WT_DATABASE_ERROR_NEWER: the file's schema is newer than this program's; it was not touched
 * @WT_DATABASE_ERROR_CORRUPT: not a database, or a damaged one
 * @WT_DATABASE_ERROR_FULL: no space left
 * @WT_DATABASE_ERROR_READ_ONLY: the file or its folder cannot be written
 * @WT_DATABASE_ERROR_BUSY: another program holds it
 * @WT_DATABASE_ERROR_CONSTRAINT: a constraint was violated
 * @WT_DATABASE_ERROR_NOT_FOUND: no such row
 * @WT_DATABASE_ERROR_CLOSED: the database was closed
 * @WT_DATABASE_ERROR_FAILED: anything else
 */
typedef enum
{
  WT_DATABASE_ERROR_NEWER = 1,
  WT_DATABASE_ERROR_CORRUPT,
  WT_DATABASE_ERROR_FULL,
  WT_DATABASE_ERROR_READ_ONLY,
  WT_DATABASE_ERROR_BUSY,
  WT_DATABASE_ERROR_CONSTRAINT,
  WT_DATABASE_ERROR_NOT_FOUND,
  WT_DATABASE_ERROR_CLOSED,
  WT_DATABASE_ERROR_FAILED,
} WtDatabaseError;
#define WT_DATABASE_ERROR (wt_database_error_quark ())
GQuark wt_database_error_quark (void);

/**
 * WtDatabase: the one SQLite file, on one worker thread. Tasks run in the order they were given; what waits when
 * the thread comes round is run in one transaction, each task in its own savepoint, and no task completes before that
 * transaction is committed.
 */
#define WT_TYPE_DATABASE (wt_database_get_type ())
G_DECLARE_FINAL_TYPE (WtDatabase, wt_database, WT, DATABASE, GObject)

/**
 * WtDatabaseFunc:
 * @db: the database, for this call only
 * @data: the task's data
 * @error: return location for an error
 *
 * Runs on the database thread.
 *
 * Returns: (nullable): the task's result
 */
typedef gpointer (*WtDatabaseFunc) (WtDatabase *db, gpointer data, GError **error);

WtDatabase *wt_database_new (const char *path);
void wt_database_open_async (WtDatabase *self,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data);
gboolean wt_database_open_finish (WtDatabase *self, GAsyncResult *result, GError **error);
void wt_database_run_async (WtDatabase *self,
                            WtDatabaseFunc func,
                            gpointer func_data,
                            GDestroyNotify free_func_data,
                            GDestroyNotify free_result,
                            GCancellable *cancellable,
                            gpointer source_tag,
                            GAsyncReadyCallback callback,
                            gpointer data);
gpointer wt_database_run_finish (WtDatabase *self, GAsyncResult *result, GError **error);
void wt_database_close (WtDatabase *self);
const char *wt_database_get_path (WtDatabase *self);

/* For the stores, on the database thread only. */
sqlite3_stmt *wt_database_prepare (WtDatabase *self, const char *sql, GError **error);
gboolean wt_database_step_done (WtDatabase *self, sqlite3_stmt *statement, GError **error);
gboolean wt_database_exec (WtDatabase *self, const char *sql, GError **error);
sqlite3 *wt_database_get_handle (WtDatabase *self);
void wt_database_set_error (WtDatabase *self, GError **error);

G_END_DECLS
