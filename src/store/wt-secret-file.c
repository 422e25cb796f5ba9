/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-secret-file.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

/* Secrets in a key file that only its owner may read. Each change is read, changed and written
 * whole, under a lock that other processes on the same profile take too. */

#define SECRETS_GROUP "secrets"

/* No key file of ours comes near; what is larger is not one. */
#define FILE_MOST_BYTES (4 * 1024 * 1024)

/* For file systems without locks. */
G_LOCK_DEFINE_STATIC (file);

static gboolean
fail_errno (const char *path, int errnum, GError **error)
{
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errnum), "%s: %s", path,
               g_strerror (errnum));
  return FALSE;
}

/* A value may be anything, and a key of a key file may not. */
static char *
make_key (const char *name)
{
  return g_uri_escape_string (name, "/", FALSE);
}

/* Returns the lock to close, or -1 with @error set. */
static int
lock_file (const char *path, GError **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *name = g_strconcat (path, ".lock", NULL);
  int fd = -1;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      fail_errno (folder, errno, error);
      return -1;
    }
  fd = g_open (name, O_CREAT | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);
  if (fd < 0)
    {
      fail_errno (name, errno, error);
      return -1;
    }
  while (flock (fd, LOCK_EX) != 0 && errno == EINTR)
    ;

  return fd;
}

static gboolean
check_file (const char *path, gboolean *exists, GError **error)
{
  struct stat info;

  *exists = g_stat (path, &info) == 0;
  if (!*exists)
    return errno == ENOENT || fail_errno (path, errno, error);
  if (!S_ISREG (info.st_mode) || info.st_size > FILE_MOST_BYTES)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: not a file of secrets", path);
      return FALSE;
    }
  if ((info.st_mode & 077) != 0 && g_chmod (path, 0600) != 0)
    return fail_errno (path, errno, error);

  return TRUE;
}

/* An error of the parser would quote the line. */
static GKeyFile *
load_file (const char *path, GError **error)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) failure = NULL;
  gboolean exists = FALSE;

  if (!check_file (path, &exists, error))
    return NULL;
  if (!exists || g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &failure))
    return g_steal_pointer (&file);

  if (failure->domain == G_FILE_ERROR)
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s: cannot be read", path);
  else
    g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "%s: not a file of secrets", path);
  return NULL;
}

static gboolean
save_file (GKeyFile *file, const char *path, GError **error)
{
  gsize length = 0;
  char *text = g_key_file_to_data (file, &length, NULL);
  gboolean saved = g_file_set_contents_full (
      path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
      0600, error);

  secret_password_wipe (text);
  g_free (text);

  return saved;
}

static gboolean
change_key (GKeyFile *file, const char *path, const char *key, const char *value, GError **error)
{
  if (value != NULL)
    g_key_file_set_string (file, SECRETS_GROUP, key, value);
  else if (!g_key_file_remove_key (file, SECRETS_GROUP, key, NULL))
    return TRUE;

  return save_file (file, path, error);
}

/**
 * wt_secret_file_lookup:
 * @path: the file, which need not exist
 * @name: the secret's name
 * @value: (out) (nullable) (transfer full): its value, or %NULL where there is none
 * @error: return location for an error
 *
 * Returns: whether @value is what the file says; else an error of #GIOErrorEnum
 */
gboolean
wt_secret_file_lookup (const char *path, const char *name, char **value, GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *key = make_key (name);

  /* No lock: the file is only ever replaced as a whole. */
  file = load_file (path, error);
  if (file == NULL)
    return FALSE;

  *value = g_key_file_get_string (file, SECRETS_GROUP, key, NULL);
  return TRUE;
}

/**
 * wt_secret_file_change:
 * @path: the file; made with mode 0600 and its folder with 0700
 * @name: the secret's name
 * @value: (nullable): its value, or %NULL to forget it
 * @error: return location for an error
 *
 * Returns: whether it is on disk; else an error of #GIOErrorEnum or #GFileError
 */
gboolean
wt_secret_file_change (const char *path, const char *name, const char *value, GError **error)
{
  g_autoptr (GKeyFile) file = NULL;
  g_autofree char *key = make_key (name);
  gboolean changed = FALSE;
  int lock = -1;

  if (value != NULL && !g_utf8_validate (value, -1, NULL))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_DATA, "The secret is not valid UTF-8");
      return FALSE;
    }

  G_LOCK (file);
  /* Forgetting what no file holds makes none. */
  if (value == NULL && !g_file_test (path, G_FILE_TEST_EXISTS))
    changed = TRUE;
  else if ((lock = lock_file (path, error)) >= 0)
    {
      file = load_file (path, error);
      changed = file != NULL && change_key (file, path, key, value, error);
      g_close (lock, NULL);
    }
  G_UNLOCK (file);

  return changed;
}
