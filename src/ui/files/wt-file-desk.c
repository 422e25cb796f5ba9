/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-file-desk.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/file.h>
#include <unistd.h>

/* Held by whoever a folder belongs to; one that nobody holds is left over. */
#define LOCK_NAME ".lock"

struct _WtFileDesk
{
  GObject parent_instance;

  /* owned */
  GHashTable *saved; /* blob to GFile */
  char *folder;      /* of the copies; NULL before the first */
  int lock;
};

G_DEFINE_FINAL_TYPE (WtFileDesk, wt_file_desk, G_TYPE_OBJECT)

typedef struct
{
  char *from;
  char *folder;
  char *name;
} Copy;

static void
copy_free (gpointer data)
{
  Copy *copy = data;

  g_free (copy->from);
  g_free (copy->folder);
  g_free (copy->name);
  g_free (copy);
}

static char *
make_root (void)
{
  return g_build_filename (g_get_user_cache_dir (), "wheatear", "open", NULL);
}

/* Two levels, as made here; nothing is followed. */
static void
remove_folder (const char *path, guint levels)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_unlink (child) != 0 && levels > 0)
        remove_folder (child, levels - 1);
    }
  g_rmdir (path);
}

static int
take_lock (const char *folder, int flags)
{
  g_autofree char *path = g_build_filename (folder, LOCK_NAME, NULL);
  int fd = g_open (path, flags | O_RDWR | O_CLOEXEC | O_NOFOLLOW, 0600);

  if (fd >= 0 && flock (fd, LOCK_EX | LOCK_NB) != 0)
    {
      g_close (fd, NULL);
      fd = -1;
    }
  return fd;
}

/* Folders of programs that were killed. One without a lock file is just being made, or was just removed. */
static void
sweep (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *root = make_root ();
  g_autoptr (GDir) folder = g_dir_open (root, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (root, name, NULL);
      int lock = take_lock (path, 0);

      if (lock < 0)
        continue;
      remove_folder (path, 1);
      g_close (lock, NULL);
    }
  g_task_return_boolean (task, TRUE);
}

static void
wt_file_desk_finalize (GObject *object)
{
  WtFileDesk *self = WT_FILE_DESK (object);

  if (self->folder != NULL)
    remove_folder (self->folder, 1);
  if (self->lock >= 0)
    g_close (self->lock, NULL);
  g_clear_pointer (&self->folder, g_free);
  g_clear_pointer (&self->saved, g_hash_table_unref);

  G_OBJECT_CLASS (wt_file_desk_parent_class)->finalize (object);
}

static void
wt_file_desk_class_init (WtFileDeskClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_file_desk_finalize;
}

static void
wt_file_desk_init (WtFileDesk *self)
{
  self->lock = -1;
  self->saved = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * wt_file_desk_new:
 *
 * Removes what earlier programs left over, on another thread.
 *
 * Returns: a desk without anything on it
 */
WtFileDesk *
wt_file_desk_new (void)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, NULL, NULL);

  g_task_set_source_tag (task, wt_file_desk_new);
  g_task_run_in_thread (task, sweep);
  return g_object_new (WT_TYPE_FILE_DESK, NULL);
}

static gboolean
prepare (WtFileDesk *self, GError **error)
{
  g_autofree char *root = make_root ();
  g_autofree char *folder = g_build_filename (root, "XXXXXX", NULL);

  if (self->folder != NULL)
    return TRUE;
  if (g_mkdir_with_parents (root, 0700) == 0 && g_mkdtemp_full (folder, 0700) != NULL)
    {
      self->lock = take_lock (folder, O_CREAT | O_EXCL);
      self->folder = g_steal_pointer (&folder);
      return TRUE;
    }

  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "%s: %s", root,
               g_strerror (errno));
  return FALSE;
}

/* A folder of its own for each, so that the name is free and can be kept. */
static void
make_copy (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Copy *copy = data;
  g_autofree char *folder = g_build_filename (copy->folder, "XXXXXX", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GFile) from = g_file_new_for_path (copy->from);
  g_autoptr (GFile) to = NULL;
  GError *error = NULL;

  if (g_mkdtemp_full (folder, 0700) == NULL)
    {
      g_task_return_new_error (task, G_IO_ERROR, g_io_error_from_errno (errno), "%s",
                               g_strerror (errno));
      return;
    }

  path = g_build_filename (folder, copy->name, NULL);
  to = g_file_new_for_path (path);
  if (!g_file_copy (from, to, G_FILE_COPY_TARGET_DEFAULT_PERMS | G_FILE_COPY_NOFOLLOW_SYMLINKS,
                    cancellable, NULL, NULL, &error))
    {
      remove_folder (folder, 0);
      g_task_return_error (task, error);
      return;
    }

  /* Nobody runs it, and nobody takes it for the file itself by writing to it. */
  g_chmod (path, 0400);
  g_task_return_pointer (task, g_steal_pointer (&path), g_free);
}

/**
 * wt_file_desk_copy_async:
 * @self: a desk
 * @path: a file
 * @name: a safe name: wt_file_name_make_safe()
 * @cancellable: (nullable): stops it
 * @callback: called with the result
 * @data: for @callback
 *
 * Makes a copy that nobody can write or run, in a folder that only this user can look into.
 */
void
wt_file_desk_copy_async (WtFileDesk *self,
                         const char *path,
                         const char *name,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Copy *copy;

  g_return_if_fail (WT_IS_FILE_DESK (self));
  g_return_if_fail (path != NULL);
  g_return_if_fail (name != NULL && strchr (name, '/') == NULL);

  task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (task, wt_file_desk_copy_async);
  if (!prepare (self, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  copy = g_new0 (Copy, 1);
  copy->from = g_strdup (path);
  copy->folder = g_strdup (self->folder);
  copy->name = g_strdup (name);
  g_task_set_task_data (task, copy, copy_free);
  g_task_run_in_thread (task, make_copy);
}

/**
 * wt_file_desk_copy_finish:
 * @self: a desk
 * @result: the result
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the copy's path, good as long as the desk
 */
char *
wt_file_desk_copy_finish (WtFileDesk *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wt_file_desk_set_saved:
 * @self: a desk
 * @blob: what was saved
 * @file: where
 *
 * Remembers the last place.
 */
void
wt_file_desk_set_saved (WtFileDesk *self, const char *blob, GFile *file)
{
  g_return_if_fail (WT_IS_FILE_DESK (self));
  g_return_if_fail (blob != NULL && G_IS_FILE (file));

  g_hash_table_insert (self->saved, g_strdup (blob), g_object_ref (file));
}

/**
 * wt_file_desk_get_saved:
 * @self: a desk
 * @blob: (nullable): what may have been saved
 *
 * Returns: (transfer none) (nullable): where it was saved last
 */
GFile *
wt_file_desk_get_saved (WtFileDesk *self, const char *blob)
{
  g_return_val_if_fail (WT_IS_FILE_DESK (self), NULL);

  return blob != NULL ? g_hash_table_lookup (self->saved, blob) : NULL;
}
