/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-sticker-list.h"

#include "wt-import.h"

struct _WtStickerList
{
  GObject parent_instance;

  /* owned */
  WtDatabase *database;
  WtBlobs *blobs;
  GPtrArray *stickers; /* of WtSticker, the one used last first */
};

static void wt_sticker_list_model_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtStickerList,
                               wt_sticker_list,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL,
                                                      wt_sticker_list_model_init))

enum
{
  TROUBLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
report (WtStickerList *self, const GError *error)
{
  if (!g_error_matches (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED))
    g_signal_emit (self, signals[TROUBLE], 0, error);
}

static gboolean
find (WtStickerList *self, const char *blob, guint *position)
{
  for (guint i = 0; blob != NULL && i < self->stickers->len; i++)
    {
      if (g_strcmp0 (wt_sticker_get_blob (g_ptr_array_index (self->stickers, i)), blob) == 0)
        {
          *position = i;
          return TRUE;
        }
    }
  return FALSE;
}

static WtSticker *
make_sticker (WtStickerList *self, const WtStickerRecord *record)
{
  g_autofree char *path = wt_blobs_get_path (self->blobs, record->blob);

  return wt_sticker_new (record, path);
}

/* To the front; one change, so that nothing else moves in a view. */
static void
put_first (WtStickerList *self, const WtStickerRecord *record)
{
  guint position = 0;

  if (find (self, record->blob, &position))
    {
      if (position > 0)
        {
          gpointer sticker = g_ptr_array_steal_index (self->stickers, position);

          g_ptr_array_insert (self->stickers, 0, sticker);
          g_list_model_items_changed (G_LIST_MODEL (self), 0, position + 1, position + 1);
        }
      return;
    }
  g_ptr_array_insert (self->stickers, 0, make_sticker (self, record));
  g_list_model_items_changed (G_LIST_MODEL (self), 0, 0, 1);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtStickerList) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) records = wt_sticker_store_list_finish (WT_DATABASE (source), result,
                                                                &error);
  guint before = self->stickers->len;

  if (records == NULL)
    {
      report (self, error);
      return;
    }
  /* What was added meanwhile is in front. */
  for (guint i = 0; i < records->len; i++)
    {
      const WtStickerRecord *record = g_ptr_array_index (records, i);
      guint position = 0;

      if (!find (self, record->blob, &position))
        g_ptr_array_add (self->stickers, make_sticker (self, record));
    }
  g_list_model_items_changed (G_LIST_MODEL (self), before, 0, self->stickers->len - before);
}

static GType
wt_sticker_list_get_item_type (GListModel *model)
{
  return WT_TYPE_STICKER;
}

static guint
wt_sticker_list_get_n_items (GListModel *model)
{
  return WT_STICKER_LIST (model)->stickers->len;
}

static gpointer
wt_sticker_list_get_item (GListModel *model, guint position)
{
  WtStickerList *self = WT_STICKER_LIST (model);

  if (position >= self->stickers->len)
    return NULL;
  return g_object_ref (g_ptr_array_index (self->stickers, position));
}

static void
wt_sticker_list_model_init (GListModelInterface *iface)
{
  iface->get_item_type = wt_sticker_list_get_item_type;
  iface->get_n_items = wt_sticker_list_get_n_items;
  iface->get_item = wt_sticker_list_get_item;
}

static void
wt_sticker_list_finalize (GObject *object)
{
  WtStickerList *self = WT_STICKER_LIST (object);

  g_clear_object (&self->database);
  g_clear_object (&self->blobs);
  g_clear_pointer (&self->stickers, g_ptr_array_unref);

  G_OBJECT_CLASS (wt_sticker_list_parent_class)->finalize (object);
}

static void
wt_sticker_list_class_init (WtStickerListClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_sticker_list_finalize;

  /**
   * WtStickerList::trouble:
   * @self: a list
   * @error: what happened
   *
   * Something could not be stored or read.
   */
  signals[TROUBLE] = g_signal_new ("trouble", WT_TYPE_STICKER_LIST, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
wt_sticker_list_init (WtStickerList *self)
{
  self->stickers = g_ptr_array_new_with_free_func (g_object_unref);
}

/**
 * wt_sticker_list_new:
 * @database: where they are; open
 * @blobs: where their pictures are
 *
 * Returns: (transfer full): a list that is empty, and is filled within moments
 */
WtStickerList *
wt_sticker_list_new (WtDatabase *database, WtBlobs *blobs)
{
  WtStickerList *self = g_object_new (WT_TYPE_STICKER_LIST, NULL);

  self->database = g_object_ref (database);
  self->blobs = g_object_ref (blobs);
  wt_sticker_store_list_async (database, NULL, on_listed, g_object_ref (self));
  return self;
}

/* Adding: its picture is looked at, and kept (again, so that nobody removes it meanwhile), then it is stored, then shown */

static void
on_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtStickerList *self = g_task_get_source_object (task);
  GError *error = NULL;

  if (!wt_sticker_store_save_finish (WT_DATABASE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  put_first (self, g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

static void
on_imported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtStickerList *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (WtMedia) media = wt_import_finish (WT_BLOBS (source), result, &error);
  WtStickerRecord *record;

  if (media == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  record = wt_sticker_record_new ();
  record->blob = g_strdup (media->blob);
  record->mime_type = g_strdup (media->mime_type);
  record->width = media->width;
  record->height = media->height;
  record->added = g_get_real_time ();
  record->used = record->added;
  g_task_set_task_data (task, record, (GDestroyNotify) wt_sticker_record_free);
  wt_sticker_store_save_async (self->database, record, NULL, on_saved, g_object_ref (task));
}

/**
 * wt_sticker_list_add_file_async:
 * @self: a list
 * @file: a picture, animated or not
 * @cancellable: (nullable): stops it
 * @callback: called when it is added
 * @data: for @callback
 *
 * Adds a sticker. One that is there already moves to the front.
 */
void
wt_sticker_list_add_file_async (WtStickerList *self,
                                GFile *file,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_return_if_fail (WT_IS_STICKER_LIST (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wt_sticker_list_add_file_async);
  wt_import_file_async (self->blobs, file, WT_SEGMENT_EMOJI, 0, cancellable, on_imported,
                        g_object_ref (task));
}

/**
 * wt_sticker_list_add_media_async:
 * @self: a list
 * @media: something with a blob
 * @cancellable: (nullable): stops it
 * @callback: called when it is added
 * @data: for @callback
 *
 * Adds a sticker that was received. One that is there already moves to the front.
 */
void
wt_sticker_list_add_media_async (WtStickerList *self,
                                 const WtMedia *media,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_return_if_fail (WT_IS_STICKER_LIST (self));
  g_return_if_fail (media != NULL);

  g_autofree char *path = wt_blobs_get_path (self->blobs, media->blob);
  g_autoptr (GFile) file = path != NULL ? g_file_new_for_path (path) : NULL;

  if (file != NULL)
    wt_sticker_list_add_file_async (self, file, cancellable, callback, data);
  else
    g_task_report_new_error (self, callback, data, wt_sticker_list_add_file_async, WT_MEDIA_ERROR,
                             WT_MEDIA_ERROR_NOT_FOUND, "The picture is not here");
}

/**
 * wt_sticker_list_add_finish:
 * @self: a list
 * @result: the result
 * @error: return location for a #WtMediaError (%WT_MEDIA_ERROR_UNSUPPORTED: not a picture), a #WtDatabaseError or
 *   a #GIOErrorEnum
 *
 * Returns: whether it is in the list, at the front
 */
gboolean
wt_sticker_list_add_finish (WtStickerList *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
on_touched (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtStickerList) self = data;
  g_autoptr (GError) error = NULL;

  if (!wt_sticker_store_save_finish (WT_DATABASE (source), result, &error))
    report (self, error);
}

/**
 * wt_sticker_list_touch:
 * @self: a list
 * @sticker: one that is in it; others are left alone
 *
 * It was used now: moves to the front.
 */
void
wt_sticker_list_touch (WtStickerList *self, WtSticker *sticker)
{
  g_return_if_fail (WT_IS_STICKER_LIST (self));
  g_return_if_fail (WT_IS_STICKER (sticker));

  g_autoptr (WtStickerRecord) record = wt_sticker_record_copy (wt_sticker_get_record (sticker));
  guint position = 0;

  if (!find (self, record->blob, &position))
    return;
  record->used = g_get_real_time ();
  put_first (self, record);
  wt_sticker_store_save_async (self->database, record, NULL, on_touched, g_object_ref (self));
}

static void
remove_blobs (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  char **names = data;

  for (gsize i = 0; names[i] != NULL; i++)
    wt_blobs_remove (WT_BLOBS (source), names[i], NULL);
  g_task_return_boolean (task, TRUE);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtStickerList) self = data;
  g_autoptr (GError) error = NULL;
  GStrv unused = wt_sticker_store_remove_finish (WT_DATABASE (source), result, &error);
  g_autoptr (GTask) task = NULL;

  if (unused == NULL)
    {
      report (self, error);
      return;
    }
  task = g_task_new (self->blobs, NULL, NULL, NULL);
  g_task_set_source_tag (task, on_removed);
  g_task_set_task_data (task, unused, (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (task, remove_blobs);
}

/**
 * wt_sticker_list_remove:
 * @self: a list
 * @sticker: one that is in it; others are left alone
 *
 * Removes a sticker, and its picture where no message uses it.
 */
void
wt_sticker_list_remove (WtStickerList *self, WtSticker *sticker)
{
  g_return_if_fail (WT_IS_STICKER_LIST (self));
  g_return_if_fail (WT_IS_STICKER (sticker));

  g_autofree char *blob = g_strdup (wt_sticker_get_blob (sticker));
  guint position = 0;

  if (!find (self, blob, &position))
    return;
  g_ptr_array_remove_index (self->stickers, position);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 0);
  wt_sticker_store_remove_async (self->database, blob, NULL, on_removed, g_object_ref (self));
}

/**
 * wt_sticker_list_lookup:
 * @self: a list
 * @blob: (nullable): the name of a blob
 *
 * Returns: (transfer none) (nullable): the sticker that it is
 */
WtSticker *
wt_sticker_list_lookup (WtStickerList *self, const char *blob)
{
  g_return_val_if_fail (WT_IS_STICKER_LIST (self), NULL);

  guint position = 0;

  return find (self, blob, &position) ? g_ptr_array_index (self->stickers, position) : NULL;
}
