/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-database-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wt-database-error.h"
#include "wt-schema.h"

/* Opening and closing the file, on the database thread. */

#define MEMORY_PATH ":memory:"

/* How long another program's lock is waited for: each keeps its own for one short transaction. */
#define BUSY_TIMEOUT_MS 3000

static const char settings[] = "PRAGMA synchronous = FULL;"
                               "PRAGMA temp_store = MEMORY;"
                               "PRAGMA cache_size = -16384;"
                               "PRAGMA journal_size_limit = 16777216;"
                               "PRAGMA trusted_schema = OFF";

static gboolean
is_memory (WtDatabase *self)
{
  return g_str_equal (self->path, MEMORY_PATH);
}

static gboolean
fail_errno (const char *path, int errnum, GError **error)
{
  g_set_error (error, WT_DATABASE_ERROR, wt_database_error_from_errno (errnum), "%s: %s", path,
               g_strerror (errnum));
  return FALSE;
}

/* SQLite gives the files it makes beside the database the same mode. */
static gboolean
make_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  struct stat info;
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    return fail_errno (folder, errno, error);

  fd = g_open (path, O_CREAT | O_RDWR | O_CLOEXEC, 0600);
  if (fd < 0)
    return fail_errno (path, errno, error);
  if (fstat (fd, &info) == 0 && (info.st_mode & 077) != 0 && fchmod (fd, 0600) != 0)
    g_debug ("%s: others may read it: %s", path, g_strerror (errno));
  g_close (fd, NULL);

  return TRUE;
}

static gboolean
prepare_path (WtDatabase *self, GError **error)
{
  if (is_memory (self))
    return TRUE;
  if (!wt_schema_check_file (self->path, WT_SCHEMA_VERSION, error))
    return FALSE;
  if (!self->read_only)
    return make_file (self->path, error);
  if (g_file_test (self->path, G_FILE_TEST_EXISTS))
    return TRUE;

  g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND, "%s: no such file",
               self->path);
  return FALSE;
}

static gboolean
open_handle (WtDatabase *self, const char *name, int flags, GError **error)
{
  int code = sqlite3_open_v2 (name, &self->handle,
                              flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE, NULL);

  if (code != SQLITE_OK)
    {
      wt_database_error_set (error, self->path, code,
                             self->handle != NULL ? sqlite3_system_errno (self->handle) : 0);
      return FALSE;
    }

  sqlite3_busy_timeout (self->handle, BUSY_TIMEOUT_MS);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DML, 0, NULL);
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_DQS_DDL, 0, NULL);
  /* Closing writes the log into the file; not into one that turns out not to be for us. */
  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, NULL);

  return TRUE;
}

static gboolean
check_read_only (WtDatabase *self, int version, GError **error)
{
  if (version == WT_SCHEMA_VERSION)
    return TRUE;

  g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_READ_ONLY,
               "%s: schema %d has to be migrated to %d first", self->path, version,
               WT_SCHEMA_VERSION);
  return FALSE;
}

static gboolean
set_up (WtDatabase *self, GError **error)
{
  g_auto (GStrv) migrations = wt_schema_load_migrations ();
  int version = 0;

  if (!wt_schema_check (self->handle, self->path, WT_SCHEMA_VERSION, &version, error)
      || !wt_database_exec (self, settings, error))
    return FALSE;
  if (self->read_only)
    return check_read_only (self, version, error);

  if (sqlite3_db_readonly (self->handle, "main") == 1)
    {
      g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_READ_ONLY, "%s: cannot be written",
                   self->path);
      return FALSE;
    }

  sqlite3_db_config (self->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 0, NULL);
  return wt_database_exec (self, "PRAGMA journal_mode = WAL", error)
         && wt_schema_upgrade (self->handle, self->path, (const char *const *) migrations, error)
         && wt_database_exec (self, "PRAGMA foreign_keys = ON", error);
}

static gboolean
open_to_write (WtDatabase *self, GError **error)
{
  return open_handle (self, self->path, SQLITE_OPEN_READWRITE, error) && set_up (self, error);
}

static gboolean
has_log (WtDatabase *self)
{
  g_autofree char *log = g_strconcat (self->path, "-wal", NULL);
  struct stat info;

  return g_stat (log, &info) == 0 && info.st_size > 0;
}

/* SQLite cannot read what belongs to a log unless it can make one, or unless it is told that nobody
 * writes. Nobody does where there is no log: each who has the file open to write keeps one. */
static gboolean
open_unchanging (WtDatabase *self, GError **error)
{
  g_autofree char *escaped = NULL;
  g_autofree char *uri = NULL;

  if (has_log (self))
    {
      g_set_error (
          error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_READ_ONLY,
          "%s: was not closed in good order, and its folder cannot be written to mend that",
          self->path);
      return FALSE;
    }

  escaped = g_uri_escape_string (self->path, "/", FALSE);
  uri = g_strconcat ("file:", escaped, "?mode=ro&immutable=1", NULL);
  return open_handle (self, uri, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, error)
         && set_up (self, error);
}

static gboolean
open_to_read (WtDatabase *self, GError **error)
{
  g_autoptr (GError) failure = NULL;
  int code = SQLITE_OK;

  if (open_handle (self, self->path, SQLITE_OPEN_READONLY, &failure) && set_up (self, &failure))
    return TRUE;

  code = self->handle != NULL ? sqlite3_errcode (self->handle) & 0xff : SQLITE_OK;
  wt_database_file_close (self);
  if (code == SQLITE_CANTOPEN || code == SQLITE_READONLY)
    return open_unchanging (self, error);

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * wt_database_file_open:
 * @self: a database
 * @error: return location for an error
 *
 * Opens the file, making it and its folder where they do not exist, and brings it to the newest
 * schema.
 *
 * Returns: whether it is open now; one that is open stays so
 */
gboolean
wt_database_file_open (WtDatabase *self, GError **error)
{
  if (self->handle != NULL)
    return TRUE;
  if (prepare_path (self, error)
      && (self->read_only ? open_to_read (self, error) : open_to_write (self, error)))
    return TRUE;

  wt_database_file_close (self);
  return FALSE;
}

/**
 * wt_database_file_close:
 * @self: a database
 *
 * Closes the file; the last one to do so writes the log into it.
 */
void
wt_database_file_close (WtDatabase *self)
{
  int code = SQLITE_OK;

  g_hash_table_remove_all (self->statements);
  if (self->handle == NULL)
    return;

  code = sqlite3_close (g_steal_pointer (&self->handle));
  if (code != SQLITE_OK)
    g_warning ("%s: cannot be closed: %s", self->path, sqlite3_errstr (code));
}
