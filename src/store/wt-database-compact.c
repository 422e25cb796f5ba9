/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-database-private.h"

#include <glib/gstdio.h>
#include <sys/statvfs.h>

/* Tasks outside of any transaction, and the one there is: giving back what deleted messages took. */

/* Often enough that nobody waits for a program to end, and too seldom to be felt. */
#define STEPS_BETWEEN_LOOKS 20000

/* Left to others while the file is written anew. */
#define SPARE_BYTES (16 * 1024 * 1024)

typedef struct
{
  WtDatabase *self;
  GCancellable *cancellable; /* (nullable) */
} Watch;

static gboolean
is_closed (WtDatabase *self)
{
  gboolean closed = FALSE;

  g_mutex_lock (&self->mutex);
  closed = self->closed;
  g_mutex_unlock (&self->mutex);

  return closed;
}

static int
on_steps (gpointer data)
{
  const Watch *watch = data;

  return g_cancellable_is_cancelled (watch->cancellable) || is_closed (watch->self);
}

/* Says why it was interrupted, where it was. */
static void
explain (WtDatabase *self, WtDatabaseJob *job, GCancellable *cancellable)
{
  GError *reason = NULL;

  if (job->error == NULL)
    return;
  if (!g_cancellable_set_error_if_cancelled (cancellable, &reason) && is_closed (self))
    reason = g_error_new (WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED, "%s: closed", self->path);
  if (reason == NULL)
    return;
  g_clear_error (&job->error);
  job->error = reason;
}

/**
 * wt_database_run_alone:
 * @self: a database
 * @job: a task with %WT_DATABASE_ALONE
 * @cancellable: (nullable): interrupts it
 *
 * Runs it, and leaves its result or error in @job. That there was no room for it is its caller's to know, and no
 * trouble for others.
 */
void
wt_database_run_alone (WtDatabase *self, WtDatabaseJob *job, GCancellable *cancellable)
{
  Watch watch = { self, cancellable };

  if (self->handle == NULL)
    {
      g_set_error (&job->error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED, "%s: not open",
                   self->path);
      return;
    }
  if (g_cancellable_set_error_if_cancelled (cancellable, &job->error))
    return;

  sqlite3_progress_handler (self->handle, STEPS_BETWEEN_LOOKS, on_steps, &watch);
  job->result = job->func (self, job->data, &job->error);
  sqlite3_progress_handler (self->handle, 0, NULL, NULL);
  explain (self, job, cancellable);
  if (job->error != NULL && job->result != NULL && job->free_result != NULL)
    g_clear_pointer (&job->result, job->free_result);
  if (g_error_matches (job->error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CORRUPT))
    wt_database_report (self, job->error);
}

static gint64
get_size (const char *path, const char *ending)
{
  g_autofree char *file = g_strconcat (path, ending, NULL);
  GStatBuf info;

  return g_stat (file, &info) == 0 ? info.st_size : 0;
}

/* All of it goes into the log first, which is beside it. */
static gboolean
has_room (WtDatabase *self, gint64 size, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (self->path);
  struct statvfs space;
  guint64 room = 0;

  if (statvfs (folder, &space) != 0)
    return TRUE;
  room = (guint64) space.f_bavail * space.f_frsize;
  if (room >= (guint64) size + SPARE_BYTES)
    return TRUE;

  g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FULL,
               "%s: %" G_GINT64_FORMAT
               " bytes and a few more are needed beside it, and %" G_GUINT64_FORMAT " are free",
               self->path, size, room);
  return FALSE;
}

/* The temporary copy is as large as the file: not in memory. */
static gpointer
compact (WtDatabase *db, gpointer data, GError **error)
{
  gint64 before = get_size (db->path, "") + get_size (db->path, "-wal");
  gint64 *freed = NULL;
  gboolean done = has_room (db, before, error)
                  && wt_database_exec (db, "PRAGMA temp_store = FILE", error)
                  && wt_database_exec (
                      db, "INSERT INTO message_search (message_search) VALUES ('optimize')", error)
                  && wt_database_exec (db, "VACUUM", error);

  wt_database_exec (db, "PRAGMA temp_store = MEMORY", NULL);
  if (!done)
    return NULL;

  /* Where somebody reads, the log goes when he is done. */
  wt_database_exec (db, "PRAGMA wal_checkpoint (TRUNCATE)", NULL);
  freed = g_new (gint64, 1);
  *freed = MAX (before - get_size (db->path, "") - get_size (db->path, "-wal"), 0);
  return freed;
}

/**
 * wt_database_compact_async:
 * @self: an open database
 * @cancellable: (nullable): stops it, and leaves everything as it was
 * @callback: called when it is done
 * @data: for @callback
 *
 * Writes the file anew without what deleted messages left in it, and puts the search index in order. Needs as much free
 * space as the file has. All other tasks wait meanwhile, and nothing of them is lost: it takes a second for some hundred
 * megabytes.
 */
void
wt_database_compact_async (WtDatabase *self,
                           GCancellable *cancellable,
                           GAsyncReadyCallback callback,
                           gpointer data)
{
  wt_database_run_with_flags_async (self, WT_DATABASE_ALONE, compact, NULL, NULL, g_free,
                                    cancellable, wt_database_compact_async, callback, data);
}

/**
 * wt_database_compact_finish:
 * @self: a database
 * @result: the result
 * @error: return location for %WT_DATABASE_ERROR_FULL, %WT_DATABASE_ERROR_BUSY, another #WtDatabaseError, or
 *   %G_IO_ERROR_CANCELLED
 *
 * Returns: by how many bytes the file is smaller now, or -1
 */
gint64
wt_database_compact_finish (WtDatabase *self, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *freed = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, wt_database_compact_async), -1);

  freed = wt_database_run_finish (self, result, error);
  return freed != NULL ? *freed : -1;
}

/**
 * wt_database_get_library_version:
 *
 * Returns: (transfer none): the version of SQLite that runs, for reports of what went wrong
 */
const char *
wt_database_get_library_version (void)
{
  return sqlite3_libversion ();
}
