/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-fetched.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>

#include "wt-file-io.h"
#include "wt-file-name.h"
#include "wt-media-probe.h"

/* A part that nobody asked for again in so long is not worth its room. */
#define STALE_SECONDS (7 * 24 * 60 * 60)

static void
remove_old (const char *folder, gint64 seconds)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  gint64 now = g_get_real_time () / G_USEC_PER_SEC;
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      GStatBuf info;

      if (g_lstat (path, &info) == 0 && S_ISREG (info.st_mode) && now - info.st_mtime > seconds)
        g_unlink (path);
    }
}

/**
 * wt_fetched_remove_parts:
 * @folder: (type filename): where downloads go
 *
 * Removes the parts that nothing was written to for %WT_BLOBS_GUARD_SECONDS. Blocks.
 */
void
wt_fetched_remove_parts (const char *folder)
{
  remove_old (folder, WT_BLOBS_GUARD_SECONDS);
}

static void
prepare_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autofree char *folder = g_path_get_dirname (data);
  GError *error = NULL;

  if (g_mkdir_with_parents (folder, 0700) != 0)
    {
      wt_file_io_set_error (&error, errno, "create", folder);
      g_task_return_error (task, error);
      return;
    }
  remove_old (folder, STALE_SECONDS);
  g_task_return_boolean (task, TRUE);
}

/**
 * wt_fetched_prepare_async:
 * @path: where a download is to go
 * @cancellable: (nullable): stops it
 * @callback: called when its folder is there
 * @data: for @callback
 *
 * Makes the folder, and removes what earlier downloads left there long ago.
 */
void
wt_fetched_prepare_async (const char *path,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);

  g_task_set_source_tag (task, wt_fetched_prepare_async);
  g_task_set_task_data (task, g_strdup (path), g_free);
  g_task_run_in_thread (task, prepare_in_thread);
}

/**
 * wt_fetched_prepare_finish:
 * @result: the result
 * @error: return location for a #GIOErrorEnum
 *
 * Returns: whether the folder is there
 */
gboolean
wt_fetched_prepare_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

typedef struct
{
  WtBlobs *blobs;
  WtSegmentKind kind;
  WtMedia *media;
  char *path;
  char *suggested_name;
} Keeping;

static void
keeping_free (gpointer data)
{
  Keeping *keeping = data;

  g_object_unref (keeping->blobs);
  wt_media_free (keeping->media);
  g_free (keeping->path);
  g_free (keeping->suggested_name);
  g_free (keeping);
}

static WtMedia *
keep (const Keeping *keeping, GCancellable *cancellable, GError **error)
{
  g_autoptr (WtMedia) media = wt_media_copy (keeping->media);

  /* The message says what it is to be; the server's word counts for nothing. */
  if (!wt_media_probe (keeping->kind, keeping->path, media, cancellable, error))
    return NULL;

  media->removed = FALSE;
  media->blob = wt_blobs_add_file (keeping->blobs, keeping->path, &media->size, cancellable, error);
  if (media->blob == NULL)
    return NULL;
  if (media->name == NULL && keeping->kind == WT_SEGMENT_FILE && keeping->suggested_name != NULL)
    media->name = wt_file_name_make_safe (keeping->suggested_name, NULL);

  return g_steal_pointer (&media);
}

static void
keep_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Keeping *keeping = data;
  GError *error = NULL;
  WtMedia *media = keep (keeping, cancellable, &error);

  /* Whole, but of no use: the next attempt starts from the beginning. */
  g_unlink (keeping->path);
  if (media != NULL)
    g_task_return_pointer (task, media, (GDestroyNotify) wt_media_free);
  else
    g_task_return_error (task, error);
}

/**
 * wt_fetched_keep_async:
 * @blobs: where it goes
 * @kind: what the message says it is
 * @media: what the message says of it
 * @path: (type filename): what was downloaded; gone afterwards in any case
 * @suggested_name: (nullable): what the server calls it, not to be trusted
 * @cancellable: (nullable): stops it
 * @callback: called when it is in the blob folder
 * @data: for @callback
 *
 * Looks at what came, and keeps it where it is what the message says.
 */
void
wt_fetched_keep_async (WtBlobs *blobs,
                       WtSegmentKind kind,
                       const WtMedia *media,
                       const char *path,
                       const char *suggested_name,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Keeping *keeping = g_new0 (Keeping, 1);

  keeping->blobs = g_object_ref (blobs);
  keeping->kind = kind;
  keeping->media = wt_media_copy (media);
  keeping->path = g_strdup (path);
  keeping->suggested_name = g_strdup (suggested_name);
  g_task_set_source_tag (task, wt_fetched_keep_async);
  g_task_set_task_data (task, keeping, keeping_free);
  g_task_run_in_thread (task, keep_in_thread);
}

/**
 * wt_fetched_keep_finish:
 * @result: the result
 * @error: return location for a #WtMediaError or a #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): the media with its blob, type as sniffed, size and extent
 */
WtMedia *
wt_fetched_keep_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wt_fetched_discard:
 * @path: (type filename): where a download was to go
 *
 * Removes what came of a download. Blocks.
 */
void
wt_fetched_discard (const char *path)
{
  g_autofree char *note = g_strconcat (path, ".resume", NULL);

  g_unlink (path);
  g_unlink (note);
}
