/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/**
 * WtDatabaseError:
 * @WT_DATABASE_ERROR_NEWER: the file's schema is newer than this program's; it was not touched
 * @WT_DATABASE_ERROR_CORRUPT: not a database, not one of ours, or a damaged one
 * @WT_DATABASE_ERROR_FULL: no space left
 * @WT_DATABASE_ERROR_READ_ONLY: the file or its folder cannot be written
 * @WT_DATABASE_ERROR_BUSY: another program holds it
 * @WT_DATABASE_ERROR_CONSTRAINT: a constraint was violated
 * @WT_DATABASE_ERROR_NOT_FOUND: no such row, or no such file where it may not be made
 * @WT_DATABASE_ERROR_CLOSED: the database was closed, or is not open yet
 * @WT_DATABASE_ERROR_FAILED: anything else
 *
 * What a store can answer. Messages name the file and never contain a stored value.
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
 * WtDatabaseFlags:
 * @WT_DATABASE_WRITE: the task may write; it has a savepoint of its own
 * @WT_DATABASE_UNGUARDED: the task writes without a savepoint, which is a tenth of what receiving a message takes. For one that
 *   fails before it writes, or not for a reason of its own: where it fails half-way all the same, its transaction is given up,
 *   and from then on these tasks have a savepoint, too
 * @WT_DATABASE_READ: the task only reads: it waits for no other program's lock and may be run again
 * @WT_DATABASE_SETTLED: what earlier tasks deferred (wt_database_defer()) is done before it starts
 * @WT_DATABASE_ALONE: the task is in no transaction, which some statements want; what is given after it waits until it is
 *   done, or was interrupted because it was cancelled or the database closed
 *
 * How a task is to be run.
 */
typedef enum
{
  WT_DATABASE_WRITE = 0,
  WT_DATABASE_READ = 1 << 0,
  WT_DATABASE_SETTLED = 1 << 1,
  WT_DATABASE_ALONE = 1 << 2,
  WT_DATABASE_UNGUARDED = 1 << 3,
} WtDatabaseFlags;

/**
 * WtDatabase: the one SQLite file, on one worker thread. Tasks run in the order they were given;
 * what waits when the thread comes round is run in one transaction, each task that writes in its own
 * savepoint unless it is %WT_DATABASE_UNGUARDED, and no task completes before that transaction is committed.
 *
 * Signals: `trouble` (#GError): a task failed for a reason that is not its own, but the disk's, the file's or another program's, and
 * that will meet others as well. Emitted in the thread-default main context of who made the database, once for many.
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

/**
 * WtDatabaseDeferred:
 * @db: the database, for this call only
 * @data: what was deferred
 * @error: return location for an error
 *
 * Runs on the database thread.
 *
 * Returns: whether it worked; if not, no task of the transaction is stored
 */
typedef gboolean (*WtDatabaseDeferred) (WtDatabase *db, gpointer data, GError **error);

WtDatabase *wt_database_new (const char *path);
WtDatabase *wt_database_new_read_only (const char *path);
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
void wt_database_run_with_flags_async (WtDatabase *self,
                                       WtDatabaseFlags flags,
                                       WtDatabaseFunc func,
                                       gpointer func_data,
                                       GDestroyNotify free_func_data,
                                       GDestroyNotify free_result,
                                       GCancellable *cancellable,
                                       gpointer source_tag,
                                       GAsyncReadyCallback callback,
                                       gpointer data);
gpointer wt_database_run_finish (WtDatabase *self, GAsyncResult *result, GError **error);
void wt_database_probe_async (WtDatabase *self,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean wt_database_probe_finish (WtDatabase *self, GAsyncResult *result, GError **error);
void wt_database_compact_async (WtDatabase *self,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
gint64 wt_database_compact_finish (WtDatabase *self, GAsyncResult *result, GError **error);
const char *wt_database_get_library_version (void);
void wt_database_close (WtDatabase *self);
const char *wt_database_get_path (WtDatabase *self);
gboolean wt_database_get_read_only (WtDatabase *self);

/* For the stores, on the database thread only. */
sqlite3_stmt *wt_database_prepare (WtDatabase *self, const char *sql, GError **error);
int wt_database_step (WtDatabase *self, sqlite3_stmt *statement, GError **error);
gboolean wt_database_step_done (WtDatabase *self, sqlite3_stmt *statement, GError **error);
gboolean wt_database_exec (WtDatabase *self, const char *sql, GError **error);
void wt_database_defer (WtDatabase *self,
                        WtDatabaseDeferred func,
                        gpointer data,
                        GDestroyNotify free_data);
sqlite3 *wt_database_get_handle (WtDatabase *self);
void wt_database_set_error (WtDatabase *self, GError **error);

G_END_DECLS
