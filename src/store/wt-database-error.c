/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-database-error.h"

#include <errno.h>

/* What SQLite itself says about a failure can quote a bound value (FTS5 does), and with it what
 * somebody wrote. So messages are made of the code's meaning; SQLite's own words are used only
 * where they name nothing but tables and columns. */

G_DEFINE_QUARK (wt_database_error_quark, wt_database_error)

/**
 * wt_database_error_from_errno:
 * @errnum: an errno
 *
 * Returns: what a failed system call means for the database
 */
WtDatabaseError
wt_database_error_from_errno (int errnum)
{
  switch (errnum)
    {
    case ENOSPC:
    case EDQUOT:
    case EFBIG:
      return WT_DATABASE_ERROR_FULL;
    case EACCES:
    case EPERM:
    case EROFS:
      return WT_DATABASE_ERROR_READ_ONLY;
    default:
      return WT_DATABASE_ERROR_FAILED;
    }
}

static WtDatabaseError
error_from_code (int code, int errnum)
{
  switch (code & 0xff)
    {
    case SQLITE_NOTADB:
    case SQLITE_CORRUPT:
      return WT_DATABASE_ERROR_CORRUPT;
    case SQLITE_FULL:
      return WT_DATABASE_ERROR_FULL;
    case SQLITE_READONLY:
    case SQLITE_PERM:
      return WT_DATABASE_ERROR_READ_ONLY;
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
      return WT_DATABASE_ERROR_BUSY;
    case SQLITE_CONSTRAINT:
      return WT_DATABASE_ERROR_CONSTRAINT;
    case SQLITE_CANTOPEN:
    case SQLITE_IOERR:
      return wt_database_error_from_errno (errnum);
    default:
      return WT_DATABASE_ERROR_FAILED;
    }
}

/**
 * wt_database_error_is_fatal:
 * @code: an SQLite result code, extended or not
 *
 * Returns: whether it leaves a transaction in doubt, so that all of it has to be given up
 */
gboolean
wt_database_error_is_fatal (int code)
{
  switch (code & 0xff)
    {
    case SQLITE_FULL:
    case SQLITE_IOERR:
    case SQLITE_NOMEM:
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
    case SQLITE_READONLY:
    case SQLITE_BUSY:
      return TRUE;
    default:
      return FALSE;
    }
}

/**
 * wt_database_error_set:
 * @error: return location for an error, or %NULL
 * @path: the database's path
 * @code: an SQLite result code, extended where it is known
 * @errnum: the errno behind it, or 0
 *
 * Sets an error in the #WT_DATABASE_ERROR domain from @code alone.
 */
void
wt_database_error_set (GError **error, const char *path, int code, int errnum)
{
  WtDatabaseError kind = error_from_code (code, errnum);

  if (errnum != 0 && ((code & 0xff) == SQLITE_IOERR || (code & 0xff) == SQLITE_CANTOPEN))
    g_set_error (error, WT_DATABASE_ERROR, kind, "%s: %s (%d: %s)", path, sqlite3_errstr (code),
                 code, g_strerror (errnum));
  else
    g_set_error (error, WT_DATABASE_ERROR, kind, "%s: %s (%d)", path, sqlite3_errstr (code), code);
}

/* A COMMIT that fails leaves the errno with the file it failed on: the database or its log. */
static int
find_errno (sqlite3 *handle)
{
  sqlite3_file *log = NULL;
  int errnum = sqlite3_system_errno (handle);

  if (errnum == 0)
    sqlite3_file_control (handle, "main", SQLITE_FCNTL_LAST_ERRNO, &errnum);
  if (errnum != 0)
    return errnum;

  sqlite3_file_control (handle, "main", SQLITE_FCNTL_JOURNAL_POINTER, &log);
  if (log != NULL && log->pMethods != NULL)
    log->pMethods->xFileControl (log, SQLITE_FCNTL_LAST_ERRNO, &errnum);

  return errnum;
}

/**
 * wt_database_error_set_from:
 * @error: return location for an error, or %NULL
 * @path: the database's path
 * @handle: the connection whose last call failed
 *
 * Sets an error in the #WT_DATABASE_ERROR domain. It contains no bound value.
 */
void
wt_database_error_set_from (GError **error, const char *path, sqlite3 *handle)
{
  int code = sqlite3_extended_errcode (handle);

  if ((code & 0xff) == SQLITE_CONSTRAINT)
    g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CONSTRAINT, "%s: %s (%d)", path,
                 sqlite3_errmsg (handle), code);
  else
    wt_database_error_set (error, path, code, find_errno (handle));
}

/**
 * wt_database_error_set_sql:
 * @error: return location for an error, or %NULL
 * @path: the database's path
 * @handle: the connection on which SQL without values in it failed
 *
 * As wt_database_error_set_from(), with SQLite's words about an error in the SQL.
 */
void
wt_database_error_set_sql (GError **error, const char *path, sqlite3 *handle)
{
  int code = sqlite3_extended_errcode (handle);

  if ((code & 0xff) == SQLITE_ERROR)
    g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED, "%s: %s (%d)", path,
                 sqlite3_errmsg (handle), code);
  else
    wt_database_error_set_from (error, path, handle);
}
