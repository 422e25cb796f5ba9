/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile-upkeep.h"

#include <glib/gstdio.h>
#include <sys/stat.h>

#include "wt-profile-private.h"

/* What takes how much space. Shelf by shelf, off the main thread: neither the window nor a message that comes waits. */

#define N_SHELVES 256

typedef struct
{
  /* Owned */
  WtBlobs *blobs;
  char *folder;
  WtUsage *usage;
  GHashTable *uses; /* (nullable): of the shelf that is counted */

  guint shelf;
} Measuring;

static void
measuring_free (gpointer data)
{
  Measuring *measuring = data;

  g_clear_pointer (&measuring->usage, wt_usage_free);
  g_clear_pointer (&measuring->uses, g_hash_table_unref);
  g_clear_object (&measuring->blobs);
  g_free (measuring->folder);
  g_free (measuring);
}

static WtUsage *
usage_new (void)
{
  WtUsage *self = g_new0 (WtUsage, 1);

  self->conversations = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
  return self;
}

/**
 * wt_usage_free:
 * @self: (transfer full): what was measured
 */
void
wt_usage_free (WtUsage *self)
{
  g_hash_table_unref (self->conversations);
  g_free (self);
}

/**
 * wt_usage_get_total:
 * @self: what was measured
 *
 * Returns: bytes, of all there is
 */
guint64
wt_usage_get_total (const WtUsage *self)
{
  guint64 total = self->unused.bytes + self->parts.bytes + self->database.bytes
                  + self->backups.bytes;

  for (guint i = 0; i < WT_USAGE_N_KINDS; i++)
    total += self->kinds[i].bytes;
  return total;
}

static void
add (WtUsageShare *share, gint64 size)
{
  share->bytes += (guint64) size;
  share->count++;
}

static void
add_to_conversation (WtUsage *usage, gint64 id, gint64 size)
{
  guint64 *bytes = g_hash_table_lookup (usage->conversations, &id);

  if (bytes == NULL)
    {
      bytes = g_new0 (guint64, 1);
      g_hash_table_insert (usage->conversations, g_memdup2 (&id, sizeof id), bytes);
    }
  *bytes += (guint64) size;
}

static void
count_blob (const char *blob, gint64 size, gpointer data)
{
  Measuring *measuring = data;
  const WtBlobUse *use = blob != NULL ? g_hash_table_lookup (measuring->uses, blob) : NULL;

  if (use == NULL)
    {
      add (&measuring->usage->unused, size);
      return;
    }
  add (&measuring->usage->kinds[use->kind], size);
  add (&measuring->usage->holds[use->hold], size);
  if (use->conversation_id != 0)
    add_to_conversation (measuring->usage, use->conversation_id, size);
}

static char *
name_shelf (guint shelf)
{
  return g_strdup_printf ("%02x", shelf);
}

static void ask_next (GTask *task);

static void
count_shelf (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Measuring *measuring = data;
  g_autofree char *shelf = name_shelf (measuring->shelf);

  wt_blobs_measure (measuring->blobs, shelf, count_blob, measuring);
  g_task_return_boolean (task, TRUE);
}

static void
measure_files (const char *folder, const char *prefix, WtUsageShare *share)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_str_has_prefix (name, prefix) && g_lstat (path, &info) == 0 && S_ISREG (info.st_mode))
        add (share, info.st_size);
    }
}

/* A backup is named after the database: PATH.schemaN.bak. */
static void
count_rest (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Measuring *measuring = data;
  WtUsage *usage = measuring->usage;
  g_autofree char *downloads = g_build_filename (measuring->folder, "downloads", NULL);

  wt_blobs_measure (measuring->blobs, "", count_blob, measuring);
  measure_files (downloads, "", &usage->parts);
  measure_files (measuring->folder, "wheatear.db.", &usage->backups);
  measure_files (measuring->folder, "wheatear.db", &usage->database);
  usage->database.bytes -= usage->backups.bytes;
  usage->database.count -= usage->backups.count;
  g_task_return_boolean (task, TRUE);
}

static void
on_counted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Measuring *measuring = g_task_get_task_data (task);

  g_clear_pointer (&measuring->uses, g_hash_table_unref);
  if (measuring->shelf == N_SHELVES)
    {
      g_task_return_pointer (task, g_steal_pointer (&measuring->usage),
                             (GDestroyNotify) wt_usage_free);
      return;
    }
  measuring->shelf++;
  ask_next (task);
}

static void
count (GTask *task, GTaskThreadFunc func)
{
  g_autoptr (GTask) counting = g_task_new (g_task_get_source_object (task), NULL, on_counted,
                                           g_object_ref (task));

  g_task_set_source_tag (counting, count);
  g_task_set_priority (counting, G_PRIORITY_LOW);
  g_task_set_task_data (counting, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (counting, func);
}

static void
on_uses (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Measuring *measuring = g_task_get_task_data (task);
  GError *error = NULL;

  measuring->uses = wt_attachment_usage_list_finish (WT_DATABASE (source), result, &error);
  if (measuring->uses != NULL)
    count (task, count_shelf);
  else
    g_task_return_error (task, error);
}

static void
ask_next (GTask *task)
{
  WtProfile *self = g_task_get_source_object (task);
  Measuring *measuring = g_task_get_task_data (task);
  g_autofree char *shelf = name_shelf (measuring->shelf);

  if (g_task_return_error_if_cancelled (task))
    return;
  if (measuring->shelf < N_SHELVES)
    wt_attachment_usage_list_async (self->database, shelf, g_task_get_cancellable (task), on_uses,
                                    g_object_ref (task));
  else
    count (task, count_rest);
}

/**
 * wt_profile_measure_async:
 * @self: an open profile
 * @cancellable: (nullable): stops it
 * @callback: called when it is known
 * @data: for @callback
 *
 * Measures what the profile takes on the disk, and what for.
 */
void
wt_profile_measure_async (WtProfile *self,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_return_if_fail (WT_IS_PROFILE (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Measuring *measuring = g_new0 (Measuring, 1);

  measuring->blobs = g_object_ref (self->blobs);
  measuring->folder = g_strdup (self->folder);
  measuring->usage = usage_new ();
  g_task_set_source_tag (task, wt_profile_measure_async);
  g_task_set_task_data (task, measuring, measuring_free);
  ask_next (task);
}

/**
 * wt_profile_measure_finish:
 * @self: a profile
 * @result: the result
 * @error: return location for a #WtDatabaseError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): what was measured
 */
WtUsage *
wt_profile_measure_finish (WtProfile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
