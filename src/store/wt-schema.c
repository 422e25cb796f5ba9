/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-schema.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wt-database-error.h"
#include "wt-store-resources.h"

#define MIGRATION_PATH "/io/github/wheatear_im/Wheatear/store/migration-%d.sql"

/* Offsets in the file format's header. */
#define HEADER_LENGTH 100
#define HEADER_USER_VERSION 60
#define HEADER_APPLICATION_ID 68

static gboolean
refuse_newer (const char *path, int version, int newest, GError **error)
{
  g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NEWER,
               "%s: schema %d is newer than this program's (%d)", path, version, newest);
  return FALSE;
}

static gboolean
refuse_foreign (const char *path, GError **error)
{
  g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CORRUPT,
               "%s: not a database of this program", path);
  return FALSE;
}

static gboolean
run (sqlite3 *handle, const char *path, const char *sql, GError **error)
{
  if (sqlite3_exec (handle, sql, NULL, NULL, NULL) == SQLITE_OK)
    return TRUE;

  wt_database_error_set_sql (error, path, handle);
  return FALSE;
}

static gboolean
read_number (sqlite3 *handle, const char *path, const char *sql, gint64 *number, GError **error)
{
  sqlite3_stmt *statement = NULL;
  gboolean found = sqlite3_prepare_v2 (handle, sql, -1, &statement, NULL) == SQLITE_OK
                   && sqlite3_step (statement) == SQLITE_ROW;

  if (found)
    *number = sqlite3_column_int64 (statement, 0);
  else
    wt_database_error_set_sql (error, path, handle);
  sqlite3_finalize (statement);

  return found;
}

static guint32
read_big_endian (const guint8 *bytes)
{
  guint32 number = 0;

  memcpy (&number, bytes, sizeof number);
  return GUINT32_FROM_BE (number);
}

static gboolean
check_header (const guint8 *header, gssize length, const char *path, int newest, GError **error)
{
  guint32 application = 0;
  gint32 version = 0;

  if (length < HEADER_LENGTH || memcmp (header, "SQLite format 3", 16) != 0)
    {
      g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CORRUPT, "%s: not a database", path);
      return FALSE;
    }

  application = read_big_endian (header + HEADER_APPLICATION_ID);
  version = (gint32) read_big_endian (header + HEADER_USER_VERSION);
  if (application != 0 && application != WT_SCHEMA_APPLICATION_ID)
    return refuse_foreign (path, error);
  if (version > newest)
    return refuse_newer (path, version, newest, error);

  return TRUE;
}

/**
 * wt_schema_load_migrations:
 *
 * Returns: (transfer full): the SQL of each migration; the one at index n leads from schema n to n
 *   + 1
 */
GStrv
wt_schema_load_migrations (void)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (int version = 1; version <= WT_SCHEMA_VERSION; version++)
    {
      g_autofree char *name = g_strdup_printf (MIGRATION_PATH, version);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = g_resource_lookup_data (wt_store_get_resource (), name,
                                                         G_RESOURCE_LOOKUP_FLAGS_NONE, &error);
      g_autofree char *sql = NULL;

      g_assert_no_error (error);
      sql = g_strndup (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
      g_strv_builder_add (builder, sql);
    }

  return g_strv_builder_end (builder);
}

/**
 * wt_schema_check_file:
 * @path: the database file, which need not exist
 * @newest: the newest schema that can be used
 * @error: return location for an error
 *
 * Looks at the file's header without SQLite, which would make files beside it: what is not ours or
 * newer than @newest is left exactly as it was.
 *
 * Returns: whether the file can be opened; else %WT_DATABASE_ERROR_NEWER,
 *   %WT_DATABASE_ERROR_CORRUPT, %WT_DATABASE_ERROR_READ_ONLY or %WT_DATABASE_ERROR_FAILED
 */
gboolean
wt_schema_check_file (const char *path, int newest, GError **error)
{
  guint8 header[HEADER_LENGTH];
  gssize length = 0;
  struct stat info;
  /* Not blocking: the path may lead to a pipe. */
  int fd = g_open (path, O_RDONLY | O_CLOEXEC | O_NONBLOCK, 0);

  if (fd < 0 && errno == ENOENT)
    return TRUE;
  if (fd < 0)
    {
      int errnum = errno;

      g_set_error (error, WT_DATABASE_ERROR, wt_database_error_from_errno (errnum), "%s: %s", path,
                   g_strerror (errnum));
      return FALSE;
    }
  if (fstat (fd, &info) != 0 || !S_ISREG (info.st_mode))
    {
      g_close (fd, NULL);
      g_set_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_FAILED, "%s: not a regular file",
                   path);
      return FALSE;
    }

  do
    length = read (fd, header, sizeof header);
  while (length < 0 && errno == EINTR);
  g_close (fd, NULL);

  return info.st_size == 0 || check_header (header, length, path, newest, error);
}

/**
 * wt_schema_check:
 * @handle: an open database
 * @path: its path
 * @newest: the newest schema that can be used
 * @version: (out): its schema, 0 when it is empty
 * @error: return location for an error
 *
 * Checks what the header of the file alone does not tell: while there is a write-ahead log, the
 * schema's number may be in that. Reads only.
 *
 * Returns: whether it can be used; else an error as wt_schema_check_file()
 */
gboolean
wt_schema_check (sqlite3 *handle, const char *path, int newest, int *version, GError **error)
{
  gint64 application = 0;
  gint64 tables = 0;
  gint64 number = 0;

  if (!read_number (handle, path, "PRAGMA user_version", &number, error)
      || !read_number (handle, path, "PRAGMA application_id", &application, error)
      || !read_number (handle, path, "SELECT count(*) FROM sqlite_schema", &tables, error))
    return FALSE;

  if (application != WT_SCHEMA_APPLICATION_ID && (application != 0 || number != 0 || tables != 0))
    return refuse_foreign (path, error);
  if (number > newest)
    return refuse_newer (path, (int) number, newest, error);
  if (number < 0 || (number == 0 && tables != 0))
    return refuse_foreign (path, error);

  *version = (int) number;
  return TRUE;
}

static gboolean
copy_database (sqlite3 *handle, const char *path, const char *copy, GError **error)
{
  g_autofree char *journal = g_strconcat (copy, "-journal", NULL);
  sqlite3 *target = NULL;
  sqlite3_backup *backup = NULL;
  int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX;
  int code = SQLITE_OK;
  int fd = -1;

  /* What an interrupted earlier attempt left is not worth anything. */
  g_unlink (copy);
  g_unlink (journal);
  fd = g_open (copy, O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
  if (fd >= 0)
    g_close (fd, NULL);

  code = sqlite3_open_v2 (copy, &target, flags, NULL);
  if (code == SQLITE_OK)
    {
      backup = sqlite3_backup_init (target, "main", handle, "main");
      if (backup != NULL)
        sqlite3_backup_step (backup, -1);
      code = backup != NULL ? sqlite3_backup_finish (backup) : sqlite3_extended_errcode (target);
    }
  if (code != SQLITE_OK)
    wt_database_error_set (error, copy, code, target != NULL ? sqlite3_system_errno (target) : 0);
  sqlite3_close (target);
  if (code != SQLITE_OK)
    g_unlink (copy);

  return code == SQLITE_OK;
}

/* The copy has its final name only when it is whole and on disk. */
static gboolean
back_up (sqlite3 *handle, const char *path, int version, GError **error)
{
  g_autofree char *copy = g_strdup_printf ("%s.schema%d.bak", path, version);
  g_autofree char *part = g_strconcat (copy, ".part", NULL);

  if (!copy_database (handle, path, part, error))
    return FALSE;
  if (g_rename (part, copy) != 0)
    {
      int errnum = errno;

      g_set_error (error, WT_DATABASE_ERROR, wt_database_error_from_errno (errnum), "%s: %s", copy,
                   g_strerror (errnum));
      g_unlink (part);
      return FALSE;
    }

  g_debug ("%s: backed up to %s before its migration", path, copy);
  return TRUE;
}

static gboolean
migrate (sqlite3 *handle, const char *path, const char *const *migrations, int last, GError **error)
{
  g_autofree char *stamp = g_strdup_printf ("PRAGMA application_id = %d; PRAGMA user_version = %d",
                                            WT_SCHEMA_APPLICATION_ID, last);
  int version = 0;

  /* Again, under the lock: another program may have migrated it meanwhile. */
  if (!wt_schema_check (handle, path, last, &version, error))
    return FALSE;
  for (int i = version; i < last; i++)
    {
      if (!run (handle, path, migrations[i], error))
        return FALSE;
    }

  return version == last || run (handle, path, stamp, error);
}

/**
 * wt_schema_upgrade:
 * @handle: an open database, foreign keys not yet enforced
 * @path: its path
 * @migrations: the SQL of all migrations, as wt_schema_load_migrations() returns them
 * @error: return location for an error
 *
 * Brings the database to the newest schema, in one transaction. One that is not empty is copied
 * first, to PATH.schemaN.bak where N is the schema it has.
 *
 * Returns: whether it has the newest schema now; else nothing was changed
 */
gboolean
wt_schema_upgrade (sqlite3 *handle, const char *path, const char *const *migrations, GError **error)
{
  int newest = (int) g_strv_length ((GStrv) migrations);
  int version = 0;

  if (!wt_schema_check (handle, path, newest, &version, error))
    return FALSE;
  if (version == newest)
    return TRUE;
  if (version > 0 && !back_up (handle, path, version, error))
    return FALSE;

  if (!run (handle, path, "BEGIN IMMEDIATE", error))
    return FALSE;
  if (migrate (handle, path, migrations, newest, error) && run (handle, path, "COMMIT", error))
    return TRUE;

  sqlite3_exec (handle, "ROLLBACK", NULL, NULL, NULL);
  return FALSE;
}
