/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-cache.h"

#include "wt-picture-texture.h"

typedef struct
{
  GList link; /* in the order of use; the last used first */
  char *key;
  GdkTexture *texture;
  WtPictureInfo info;
  gsize memory;
} Entry;

struct _WtPictureCache
{
  GHashTable *entries; /* by key; owns them */
  GQueue order;
  gsize memory;
  gsize most;
};

static void
free_entry (gpointer data)
{
  Entry *entry = data;

  g_free (entry->key);
  g_object_unref (entry->texture);
  g_free (entry);
}

static void
remove_entry (WtPictureCache *self, Entry *entry)
{
  g_queue_unlink (&self->order, &entry->link);
  self->memory -= entry->memory;
  g_hash_table_remove (self->entries, entry->key);
}

/**
 * wt_picture_cache_new:
 * @most: how many bytes of pixels are kept
 *
 * Returns: (transfer full): an empty cache
 */
WtPictureCache *
wt_picture_cache_new (gsize most)
{
  WtPictureCache *self = g_new0 (WtPictureCache, 1);

  self->entries = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, free_entry);
  g_queue_init (&self->order);
  self->most = most;
  return self;
}

void
wt_picture_cache_free (WtPictureCache *self)
{
  g_hash_table_unref (self->entries);
  g_free (self);
}

/**
 * wt_picture_cache_lookup:
 * @self: a cache
 * @key: what it was added under
 * @info: (out) (optional): what it is
 *
 * Returns: (transfer full) (nullable): the picture; now the last used
 */
GdkTexture *
wt_picture_cache_lookup (WtPictureCache *self, const char *key, WtPictureInfo *info)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry == NULL)
    return NULL;

  g_queue_unlink (&self->order, &entry->link);
  g_queue_push_head_link (&self->order, &entry->link);
  if (info != NULL)
    *info = entry->info;
  return g_object_ref (entry->texture);
}

/**
 * wt_picture_cache_add:
 * @self: a cache
 * @key: what to find it by
 * @texture: the picture
 * @info: what it is
 *
 * Keeps a picture, in place of those that were not used for the longest time.
 */
void
wt_picture_cache_add (WtPictureCache *self,
                      const char *key,
                      GdkTexture *texture,
                      const WtPictureInfo *info)
{
  Entry *entry = g_hash_table_lookup (self->entries, key);

  if (entry != NULL)
    remove_entry (self, entry);
  if (wt_picture_texture_get_memory (texture) > self->most)
    return;

  entry = g_new0 (Entry, 1);
  entry->link.data = entry;
  entry->key = g_strdup (key);
  entry->texture = g_object_ref (texture);
  entry->info = *info;
  entry->memory = wt_picture_texture_get_memory (texture);
  g_hash_table_insert (self->entries, entry->key, entry);
  g_queue_push_head_link (&self->order, &entry->link);
  self->memory += entry->memory;

  while (self->memory > self->most)
    remove_entry (self, g_queue_peek_tail (&self->order));
}

/**
 * wt_picture_cache_get_memory:
 * @self: a cache
 *
 * Returns: bytes of pixels in it
 */
gsize
wt_picture_cache_get_memory (WtPictureCache *self)
{
  return self->memory;
}

/**
 * wt_picture_cache_get_n_pictures:
 * @self: a cache
 *
 * Returns: how many there are
 */
guint
wt_picture_cache_get_n_pictures (WtPictureCache *self)
{
  return g_hash_table_size (self->entries);
}
