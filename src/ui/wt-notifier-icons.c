/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-notifier-icons.h"

#include "wt-initials.h"
#include "wt-notifier-avatar.h"

#include <errno.h>
#include <glib/gstdio.h>

#define ICON_SIZE 96

/* More than this are not kept. */
#define MOST_ICONS 64

struct _WtNotifierIcons
{
  GObject parent_instance;

  /* Owned. */
  GHashTable *icons; /* what is drawn → GIcon */
  char *folder;      /* NULL until an icon has to be a file */
};

G_DEFINE_FINAL_TYPE (WtNotifierIcons, wt_notifier_icons, G_TYPE_OBJECT)

typedef struct
{
  char *key; /* colour and initials: with them the picture is determined */
  char *initials;
  guint colour;
  char *path; /* NULL: bytes are wanted */
} Drawing;

static void
drawing_free (gpointer data)
{
  Drawing *drawing = data;

  g_free (drawing->key);
  g_free (drawing->initials);
  g_free (drawing->path);
  g_free (drawing);
}

static void
draw (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Drawing *drawing = data;
  GError *error = NULL;
  g_autoptr (GBytes) png = wt_notifier_avatar_draw (drawing->initials, drawing->colour, ICON_SIZE);
  g_autoptr (GFile) file = NULL;
  gsize size;
  const char *bytes = g_bytes_get_data (png, &size);

  if (drawing->path == NULL)
    {
      g_task_return_pointer (task, g_bytes_icon_new (png), g_object_unref);
      return;
    }
  if (!g_file_set_contents (drawing->path, bytes, (gssize) size, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  file = g_file_new_for_path (drawing->path);
  g_task_return_pointer (task, g_file_icon_new (file), g_object_unref);
}

static void
remove_file (gpointer key, gpointer value, gpointer data)
{
  if (G_IS_FILE_ICON (value))
    g_unlink (g_file_peek_path (g_file_icon_get_file (value)));
}

static void
forget_all (WtNotifierIcons *self)
{
  g_hash_table_foreach (self->icons, remove_file, NULL);
  g_hash_table_remove_all (self->icons);
}

static void
wt_notifier_icons_finalize (GObject *object)
{
  WtNotifierIcons *self = WT_NOTIFIER_ICONS (object);

  forget_all (self);
  g_clear_pointer (&self->icons, g_hash_table_unref);
  if (self->folder != NULL)
    g_rmdir (self->folder);
  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (wt_notifier_icons_parent_class)->finalize (object);
}

static void
wt_notifier_icons_class_init (WtNotifierIconsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_notifier_icons_finalize;
}

static void
wt_notifier_icons_init (WtNotifierIcons *self)
{
  self->icons = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * wt_notifier_icons_new:
 *
 * Returns: (transfer full): no icons yet
 */
WtNotifierIcons *
wt_notifier_icons_new (void)
{
  return g_object_new (WT_TYPE_NOTIFIER_ICONS, NULL);
}

/* Where others read it while we run, and nobody afterwards. */
static gboolean
make_folder (WtNotifierIcons *self, GError **error)
{
  g_autofree char *folder = NULL;
  int code;

  if (self->folder != NULL)
    return TRUE;
  folder = g_build_filename (g_get_user_runtime_dir (), "wheatear-icons-XXXXXX", NULL);
  if (g_mkdtemp_full (folder, 0700) != NULL)
    {
      self->folder = g_steal_pointer (&folder);
      return TRUE;
    }
  code = errno;
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

/**
 * wt_notifier_icons_get_async:
 * @self: the icons
 * @name: what the avatar is of, as the window shows it
 * @as_file: whether the icon has to be a file that others can read, not bytes
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is drawn
 * @data: for @callback
 */
void
wt_notifier_icons_get_async (WtNotifierIcons *self,
                             const char *name,
                             gboolean as_file,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_return_if_fail (WT_IS_NOTIFIER_ICONS (self));
  g_return_if_fail (name != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Drawing *drawing = g_new0 (Drawing, 1);
  GError *error = NULL;
  GIcon *known;

  g_task_set_source_tag (task, wt_notifier_icons_get_async);
  g_task_set_task_data (task, drawing, drawing_free);
  drawing->colour = wt_initials_get_colour (name);
  drawing->initials = wt_initials_new (name);
  drawing->key = g_strdup_printf ("%c%u-%s", as_file ? 'f' : 'b', drawing->colour,
                                  drawing->initials);
  known = g_hash_table_lookup (self->icons, drawing->key);
  if (known != NULL)
    {
      g_task_return_pointer (task, g_object_ref (known), g_object_unref);
      return;
    }
  if (as_file)
    {
      g_autofree char *sum = g_compute_checksum_for_string (G_CHECKSUM_SHA1, drawing->key, -1);
      g_autofree char *leaf = g_strconcat (sum, ".png", NULL);

      if (!make_folder (self, &error))
        {
          g_task_return_error (task, error);
          return;
        }
      drawing->path = g_build_filename (self->folder, leaf, NULL);
    }
  g_task_run_in_thread (task, draw);
}

/**
 * wt_notifier_icons_get_finish:
 * @self: the icons
 * @result: the result
 * @error: return location for a #GFileError or #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the avatar
 */
GIcon *
wt_notifier_icons_get_finish (WtNotifierIcons *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  Drawing *drawing = g_task_get_task_data (G_TASK (result));
  GIcon *icon = g_task_propagate_pointer (G_TASK (result), error);

  if (icon == NULL || g_hash_table_contains (self->icons, drawing->key))
    return icon;
  if (g_hash_table_size (self->icons) >= MOST_ICONS)
    forget_all (self);
  g_hash_table_insert (self->icons, g_strdup (drawing->key), g_object_ref (icon));
  return icon;
}
