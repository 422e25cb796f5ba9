/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Segments made of others: media and file names put in. */

#include "wt-segment-private.h"

#include "wt-json-fields.h"

/* A copy without media and children, which the caller fills. */
static WtSegment *
copy_shell (WtSegment *self)
{
  WtSegment *copy = wt_segment_new (self->kind);

  copy->text = g_strdup (self->text);
  copy->wrapper = g_strdup (self->wrapper);
  copy->json = self->json != NULL ? wt_json_copy (NULL, self->json, NULL) : NULL;
  copy->data_extra = wt_json_copy_object (self->data_extra);
  copy->extra = wt_json_copy_object (self->extra);

  return copy;
}

static void
copy_child (WtSegment *self, guint index, WtSegment *copy, WtSegment *child)
{
  if (self->kind == WT_SEGMENT_FORWARD)
    wt_segment_add_forward (copy, g_ptr_array_index (self->authors, index),
                            wt_json_copy_object (g_ptr_array_index (self->envelopes, index)),
                            child);
  else
    wt_segment_add_child (copy, child);
}

/**
 * wt_segment_map_media:
 * @self: a segment
 * @func: (scope call): called for each picture, sticker, recording and file in it, in order
 * @data: for @func
 * @error: return location for @func's error
 *
 * Puts other media in the place of a segment's: contents that came with the message become blobs on
 * the way in, blobs become contents on the way out. Stops at the first error.
 *
 * Returns: (transfer full) (nullable): a segment with what @func returned; @self itself where there is
 *   no media
 */
WtSegment *
wt_segment_map_media (WtSegment *self, WtSegmentMediaFunc func, gpointer data, GError **error)
{
  g_autoptr (WtSegment) copy = NULL;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (func != NULL, NULL);

  if (self->media == NULL && self->children == NULL)
    return wt_segment_ref (self);

  copy = copy_shell (self);
  if (self->media != NULL)
    {
      copy->media = func (self->kind, self->media, data, error);
      if (copy->media == NULL)
        return NULL;
    }

  for (guint i = 0; i < wt_segment_get_n_children (self); i++)
    {
      WtSegment *child = wt_segment_map_media (g_ptr_array_index (self->children, i), func, data,
                                               error);

      if (child == NULL)
        return NULL;
      copy_child (self, i, copy, child);
    }

  return g_steal_pointer (&copy);
}

/**
 * wt_segment_has_base64:
 * @self: a segment
 *
 * Returns: whether any media in it, at any depth, has its contents in base64
 */
gboolean
wt_segment_has_base64 (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  if (self->media != NULL && self->media->base64 != NULL)
    return TRUE;

  for (guint i = 0; i < wt_segment_get_n_children (self); i++)
    {
      if (wt_segment_has_base64 (g_ptr_array_index (self->children, i)))
        return TRUE;
    }

  return FALSE;
}

/**
 * wt_segment_count_media:
 * @self: a segment
 *
 * Returns: how many pictures, stickers, recordings and files are in it, at any depth: what wt_segment_map_media()
 *   calls its function for. A medium's position in a message is its place among them, from 0.
 */
guint
wt_segment_count_media (WtSegment *self)
{
  guint count;

  g_return_val_if_fail (self != NULL, 0);

  count = self->media != NULL ? 1 : 0;
  for (guint i = 0; i < wt_segment_get_n_children (self); i++)
    count += wt_segment_count_media (g_ptr_array_index (self->children, i));

  return count;
}

static gint
find_file (WtSegment *self)
{
  for (guint i = 0; i < wt_segment_get_n_children (self); i++)
    {
      WtSegment *child = g_ptr_array_index (self->children, i);

      if (child->kind == WT_SEGMENT_FILE)
        return (gint) i;
    }

  return -1;
}

/**
 * wt_segment_get_file_name:
 * @self: a segment
 *
 * Returns: (nullable): the name of the file that @self is, or of the first file in the list that it is
 */
const char *
wt_segment_get_file_name (WtSegment *self)
{
  if (self->kind == WT_SEGMENT_SEGLIST)
    {
      gint index = find_file (self);

      return index >= 0 ? wt_segment_get_file_name (g_ptr_array_index (self->children, index))
                        : NULL;
    }

  return self->kind == WT_SEGMENT_FILE ? self->media->name : NULL;
}

/**
 * wt_segment_with_file_name:
 * @self: a segment
 * @name: a file name
 *
 * Returns: (transfer full) (nullable): @self with @name for the file that it is, or for the first file
 *   in the list that it is; %NULL when there is none, or it has a name
 */
WtSegment *
wt_segment_with_file_name (WtSegment *self, const char *name)
{
  gint index = self->kind == WT_SEGMENT_SEGLIST ? find_file (self) : -1;
  g_autoptr (WtSegment) copy = NULL;
  g_autoptr (WtSegment) named = NULL;

  if (self->kind == WT_SEGMENT_FILE && self->media->name == NULL)
    {
      copy = copy_shell (self);
      copy->media = wt_media_copy (self->media);
      copy->media->name = g_strdup (name);
      return g_steal_pointer (&copy);
    }

  if (index < 0)
    return NULL;

  named = wt_segment_with_file_name (g_ptr_array_index (self->children, index), name);
  if (named == NULL)
    return NULL;

  copy = copy_shell (self);
  for (guint i = 0; i < self->children->len; i++)
    {
      WtSegment *child = (gint) i == index ? named : g_ptr_array_index (self->children, i);

      wt_segment_add_child (copy, wt_segment_ref (child));
    }

  return g_steal_pointer (&copy);
}
