/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-loader.h"

#include "wt-picture-texture.h"

struct _WtPictureLoader
{
  GObject parent_instance;

  /* owned */
  WtPictureCache *cache;
  WtPictureWorkers *workers;
  WtMotionClock *clock;
  GHashTable *loads; /* by key; borrowed: each belongs to the workers */

  guint n_decoded;
};

/* One picture at one size, for everybody who waits for it. A thread reads the first group and writes the second;
 * the third is the main thread's. */
typedef struct
{
  char *path;
  int width;
  int height;
  GCancellable *cancellable;

  GdkTexture *texture;
  WtPictureInfo info;
  GError *error;
  gboolean decoded;

  char *key;
  gpointer job;
  GPtrArray *requests; /* of GTask */
  GWeakRef loader;
} Load;

/* What a task waits for, and how it hears that it need not any more. */
typedef struct
{
  Load *load; /* borrowed while the task is among its requests */
  gulong cancelled_handler;
  WtPictureInfo info;
} Request;

G_DEFINE_FINAL_TYPE (WtPictureLoader, wt_picture_loader, G_TYPE_OBJECT)

static char *
make_key (const char *path, int width, int height)
{
  return g_strdup_printf ("%d×%d %s", width, height, path);
}

static void
free_load (gpointer data)
{
  Load *load = data;

  g_free (load->path);
  g_object_unref (load->cancellable);
  g_clear_object (&load->texture);
  g_clear_error (&load->error);
  g_free (load->key);
  g_ptr_array_unref (load->requests);
  g_weak_ref_clear (&load->loader);
  g_free (load);
}

/* In a thread. */
static void
decode (gpointer data)
{
  Load *load = data;
  g_autoptr (WtPixels) pixels = NULL;

  if (g_cancellable_set_error_if_cancelled (load->cancellable, &load->error))
    return;

  load->decoded = TRUE;
  if (wt_picture_inspect (load->path, &load->info, load->cancellable, &load->error))
    pixels = wt_picture_decode (load->path, load->width, load->height, load->cancellable,
                                &load->error);
  if (pixels != NULL)
    load->texture = wt_picture_texture_new (pixels);
}

static void
answer (GTask *task, Load *load)
{
  Request *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (request->cancelled_handler != 0)
    g_signal_handler_disconnect (cancellable, request->cancelled_handler);
  request->cancelled_handler = 0;
  request->load = NULL;
  request->info = load->info;
  if (load->texture != NULL)
    g_task_return_pointer (task, g_object_ref (load->texture), g_object_unref);
  else
    g_task_return_error (task, g_error_copy (load->error));
}

/* In the main thread. */
static void
on_decoded (gpointer data)
{
  Load *load = data;
  g_autoptr (WtPictureLoader) self = g_weak_ref_get (&load->loader);
  g_autoptr (GPtrArray) requests = g_steal_pointer (&load->requests);

  load->requests = g_ptr_array_new ();
  if (self == NULL)
    return;

  if (load->decoded)
    self->n_decoded++;
  /* Whom nobody waits for any more, another may have taken the place of. */
  if (g_hash_table_lookup (self->loads, load->key) == load)
    g_hash_table_remove (self->loads, load->key);
  if (load->texture != NULL)
    wt_picture_cache_add (self->cache, load->key, load->texture, &load->info);
  for (guint i = 0; i < requests->len; i++)
    answer (requests->pdata[i], load);
}

static void
on_cancelled (GCancellable *cancellable, GTask *task)
{
  WtPictureLoader *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  Load *load = g_steal_pointer (&request->load);
  g_autoptr (GTask) kept = g_object_ref (task);

  if (load == NULL)
    return;

  g_signal_handler_disconnect (cancellable, request->cancelled_handler);
  request->cancelled_handler = 0;
  g_ptr_array_remove (load->requests, task);
  if (load->requests->len == 0)
    {
      g_cancellable_cancel (load->cancellable);
      g_hash_table_remove (self->loads, load->key);
    }
  g_task_return_error_if_cancelled (task);
}

static Load *
start (WtPictureLoader *self, const char *key, const char *path, int width, int height)
{
  Load *load = g_new0 (Load, 1);

  load->path = g_strdup (path);
  load->width = width;
  load->height = height;
  load->cancellable = g_cancellable_new ();
  load->key = g_strdup (key);
  load->requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_weak_ref_init (&load->loader, self);
  g_hash_table_insert (self->loads, load->key, load);
  load->job = wt_picture_workers_push (self->workers, decode, on_decoded, load, free_load);
  return load;
}

static void
wt_picture_loader_finalize (GObject *object)
{
  WtPictureLoader *self = WT_PICTURE_LOADER (object);

  /* Every request holds a reference, so nobody waits for anything. */
  g_clear_pointer (&self->loads, g_hash_table_unref);
  g_clear_pointer (&self->cache, wt_picture_cache_free);
  g_clear_object (&self->workers);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (wt_picture_loader_parent_class)->finalize (object);
}

static void
wt_picture_loader_class_init (WtPictureLoaderClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_picture_loader_finalize;
}

static void
wt_picture_loader_init (WtPictureLoader *self)
{
  self->loads = g_hash_table_new (g_str_hash, g_str_equal);
  self->workers = wt_picture_workers_new ();
  self->clock = wt_motion_clock_new ();
}

/**
 * wt_picture_loader_new:
 * @memory: bytes of pixels to keep, %WT_PICTURE_LOADER_MEMORY unless there is a reason
 *
 * Returns: (transfer full): a loader
 */
WtPictureLoader *
wt_picture_loader_new (gsize memory)
{
  WtPictureLoader *self = g_object_new (WT_TYPE_PICTURE_LOADER, NULL);

  self->cache = wt_picture_cache_new (memory);
  return self;
}

/**
 * wt_picture_loader_peek:
 * @self: a loader
 * @path: as for wt_picture_loader_load_async()
 * @width: as there
 * @height: as there
 * @info: (out) (optional): what it is
 *
 * Returns: (transfer full) (nullable): the picture, if it was loaded before and is still kept
 */
GdkTexture *
wt_picture_loader_peek (WtPictureLoader *self,
                        const char *path,
                        int width,
                        int height,
                        WtPictureInfo *info)
{
  g_return_val_if_fail (WT_IS_PICTURE_LOADER (self), NULL);
  g_return_val_if_fail (path != NULL, NULL);

  g_autofree char *key = make_key (path, width, height);

  return wt_picture_cache_lookup (self->cache, key, info);
}

/**
 * wt_picture_loader_load_async:
 * @self: a loader
 * @path: of a file that does not change, such as one in the blob folder
 * @width: the most pixels of the screen across; 0 for any
 * @height: the most pixels down; 0 for any
 * @cancellable: (nullable): cancelled in the main thread; what nobody waits for is not decoded
 * @callback: called when it is there
 * @data: for @callback
 *
 * Decodes a picture, or an animation's first frame, to fit into a size; never enlarged. The last asked for is
 * decoded first; who asks for the same gets the same.
 */
void
wt_picture_loader_load_async (WtPictureLoader *self,
                              const char *path,
                              int width,
                              int height,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_return_if_fail (WT_IS_PICTURE_LOADER (self));
  g_return_if_fail (path != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autofree char *key = make_key (path, width, height);
  g_autoptr (GdkTexture) texture = NULL;
  Request *request = g_new0 (Request, 1);
  Load *load;

  g_task_set_source_tag (task, wt_picture_loader_load_async);
  g_task_set_task_data (task, request, g_free);
  if (g_task_return_error_if_cancelled (task))
    return;

  texture = wt_picture_cache_lookup (self->cache, key, &request->info);
  if (texture != NULL)
    {
      g_task_return_pointer (task, g_steal_pointer (&texture), g_object_unref);
      return;
    }

  load = g_hash_table_lookup (self->loads, key);
  if (load != NULL)
    wt_picture_workers_hurry (self->workers, load->job);
  else
    load = start (self, key, path, width, height);
  request->load = load;
  if (cancellable != NULL)
    request->cancelled_handler = g_signal_connect (cancellable, "cancelled",
                                                   G_CALLBACK (on_cancelled), task);
  g_ptr_array_add (load->requests, g_steal_pointer (&task));
}

/**
 * wt_picture_loader_load_finish:
 * @self: a loader
 * @result: what the callback was given
 * @info: (out) (optional): what it is, its size before it was made to fit; all 0 where that is not known.
 *   Filled also where it cannot be decoded
 * @error: return location for a #GError
 *
 * Returns: (transfer full): the picture, or %NULL with an error of wt_picture_decode()
 */
GdkTexture *
wt_picture_loader_load_finish (WtPictureLoader *self,
                               GAsyncResult *result,
                               WtPictureInfo *info,
                               GError **error)
{
  g_return_val_if_fail (WT_IS_PICTURE_LOADER (self), NULL);
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  if (info != NULL)
    *info = ((Request *) g_task_get_task_data (G_TASK (result)))->info;
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wt_picture_loader_get_workers:
 * @self: a loader
 *
 * Returns: (transfer none): its threads, for frames of animations
 */
WtPictureWorkers *
wt_picture_loader_get_workers (WtPictureLoader *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_LOADER (self), NULL);

  return self->workers;
}

/**
 * wt_picture_loader_get_clock:
 * @self: a loader
 *
 * Returns: (transfer none): the timer of all animations
 */
WtMotionClock *
wt_picture_loader_get_clock (WtPictureLoader *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_LOADER (self), NULL);

  return self->clock;
}

/**
 * wt_picture_loader_get_cache:
 * @self: a loader
 *
 * Returns: (transfer none): what it keeps
 */
WtPictureCache *
wt_picture_loader_get_cache (WtPictureLoader *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_LOADER (self), NULL);

  return self->cache;
}

/**
 * wt_picture_loader_get_n_decoded:
 * @self: a loader
 *
 * Returns: how many pictures were decoded, or tried to, since it was made
 */
guint
wt_picture_loader_get_n_decoded (WtPictureLoader *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_LOADER (self), 0);

  return self->n_decoded;
}

/**
 * wt_picture_loader_get_n_loading:
 * @self: a loader
 *
 * Returns: how many pictures somebody waits for
 */
guint
wt_picture_loader_get_n_loading (WtPictureLoader *self)
{
  g_return_val_if_fail (WT_IS_PICTURE_LOADER (self), 0);

  return g_hash_table_size (self->loads);
}
