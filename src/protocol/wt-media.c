/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-segment-private.h"

/**
 * wt_media_new:
 *
 * Returns: (transfer full): media with nothing set and a size of -1
 */
WtMedia *
wt_media_new (void)
{
  WtMedia *self = g_new0 (WtMedia, 1);

  self->size = -1;
  return self;
}

/**
 * wt_media_copy:
 * @self: some media
 *
 * Returns: (transfer full): a copy that shares the bytes of @self's base64
 */
WtMedia *
wt_media_copy (const WtMedia *self)
{
  WtMedia *copy = wt_media_new ();

  copy->url = g_strdup (self->url);
  copy->base64 = self->base64 != NULL ? g_bytes_ref (self->base64) : NULL;
  copy->blob = g_strdup (self->blob);
  copy->name = g_strdup (self->name);
  copy->mime_type = g_strdup (self->mime_type);
  copy->file_id = g_strdup (self->file_id);
  copy->size = self->size;
  copy->width = self->width;
  copy->height = self->height;
  copy->removed = self->removed;

  return copy;
}

/**
 * wt_media_free:
 * @self: (transfer full): some media
 *
 * Frees it with all it holds.
 */
void
wt_media_free (WtMedia *self)
{
  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->base64, g_bytes_unref);
  g_clear_pointer (&self->blob, g_free);
  g_clear_pointer (&self->name, g_free);
  g_clear_pointer (&self->mime_type, g_free);
  g_clear_pointer (&self->file_id, g_free);
  g_free (self);
}

/**
 * wt_media_has_source:
 * @self: some media
 *
 * Returns: whether there is anything to get the contents from
 */
gboolean
wt_media_has_source (const WtMedia *self)
{
  return self->url != NULL || self->base64 != NULL || self->blob != NULL || self->file_id != NULL;
}
