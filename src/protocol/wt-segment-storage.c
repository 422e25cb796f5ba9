/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Segments on disk: without contents, which are blobs, and without keys. The format is
 * `{"v":1,"segment":{"type":NAME,…}}`; fields are added, never given another meaning. */

#include "wt-segment-private.h"

#include <string.h>

#include "wt-json-fields.h"
#include "wt-json-write.h"
#include "wt-redact.h"

#define VERSION 1
#define OTHER "other"
/* Longer base64 belongs in a blob. */
#define MAX_INLINE_BYTES 200
/* Of a string within what is not understood. */
#define MAX_FOREIGN_BYTES 4096

static WtJsonValue *store (WtSegment *self);
static WtSegment *restore (WtJsonValue *node, guint depth, GError **error);

/**
 * wt_media_to_storage:
 * @self: some media
 *
 * Returns: (transfer full): an object; base64 only where it is next to nothing
 */
WtJsonValue *
wt_media_to_storage (const WtMedia *self)
{
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  wt_json_put_text (object, "url", self->url);
  wt_json_put_text (object, "blob", self->blob);
  wt_json_put_text (object, "name", self->name);
  wt_json_put_text (object, "mime_type", self->mime_type);
  wt_json_put_text (object, "file_id", self->file_id);
  if (self->size >= 0)
    wt_json_value_set_integer (object, "size", self->size);
  if (self->width > 0 && self->height > 0)
    {
      wt_json_value_set_integer (object, "width", self->width);
      wt_json_value_set_integer (object, "height", self->height);
    }
  if (self->removed)
    wt_json_value_set_boolean (object, "removed", TRUE);
  if (self->base64 != NULL && g_bytes_get_size (self->base64) <= MAX_INLINE_BYTES)
    {
      g_autofree char *text = wt_json_make_valid (g_bytes_get_data (self->base64, NULL),
                                                  (gssize) g_bytes_get_size (self->base64));

      wt_json_value_set_string (object, "base64", text);
    }

  return g_steal_pointer (&object);
}

/* Both or none: one alone says nothing. */
static void
restore_extent (WtMedia *self, WtJsonValue *object)
{
  double width, height;

  if (!wt_json_get_number (wt_json_value_get_member (object, "width"), &width)
      || !wt_json_get_number (wt_json_value_get_member (object, "height"), &height))
    return;
  if (width < 1 || width > G_MAXINT || height < 1 || height > G_MAXINT)
    return;

  self->width = (int) width;
  self->height = (int) height;
}

static gboolean
get_flag (WtJsonValue *object, const char *name)
{
  WtJsonValue *node = wt_json_value_get_member (object, name);

  return wt_json_value_is (node, WT_JSON_KIND_BOOLEAN) && wt_json_value_get_boolean (node);
}

/**
 * wt_media_from_storage:
 * @object: what wt_media_to_storage() wrote
 *
 * Returns: (transfer full): some media
 */
WtMedia *
wt_media_from_storage (WtJsonValue *object)
{
  WtMedia *self = wt_media_new ();
  g_autofree char *base64 = NULL;
  double size;

  self->url = wt_json_dup_text (NULL, wt_json_value_get_member (object, "url"));
  self->blob = wt_json_dup_text (NULL, wt_json_value_get_member (object, "blob"));
  self->name = wt_json_dup_text (NULL, wt_json_value_get_member (object, "name"));
  self->mime_type = wt_json_dup_text (NULL, wt_json_value_get_member (object, "mime_type"));
  self->file_id = wt_json_dup_text (NULL, wt_json_value_get_member (object, "file_id"));
  if (wt_json_get_number (wt_json_value_get_member (object, "size"), &size) && size >= 0
      && size < 9007199254740992.0)
    self->size = (gint64) size;
  restore_extent (self, object);
  self->removed = get_flag (object, "removed");

  base64 = wt_json_dup_text (NULL, wt_json_value_get_member (object, "base64"));
  if (base64 != NULL)
    self->base64 = g_bytes_new (base64, strlen (base64));

  return self;
}

/* What is not ours may hold anything. */
static void
put_foreign (WtJsonValue *object, const char *name, WtJsonValue *foreign)
{
  if (foreign != NULL)
    wt_json_value_set_member (
        object, name, wt_redact_object (NULL, foreign, MAX_FOREIGN_BYTES, WT_REDACT_REMOVE));
}

static void
store_mention (WtJsonValue *object, const WtMention *mention)
{
  wt_json_put_text (object, "user_id", mention->user_id);
  wt_json_put_text (object, "nickname", mention->nickname);
  wt_json_put_text (object, "cardname", mention->cardname);
}

/* As deep as on the wire, so that what was within the bounds there is within them here. */
static WtJsonValue *
store_child (WtSegment *self, guint index)
{
  WtJsonValue *child = store (g_ptr_array_index (self->children, index));
  g_autoptr (WtJsonValue) object = NULL;

  if (self->kind == WT_SEGMENT_SEGLIST)
    return child;

  object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  wt_json_put_text (object, "author", g_ptr_array_index (self->authors, index));
  put_foreign (object, "message", g_ptr_array_index (self->envelopes, index));
  wt_json_value_set_member (object, "segment", child);

  return g_steal_pointer (&object);
}

static WtJsonValue *
store (WtSegment *self)
{
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  wt_json_value_set_string (object, "type",
                            self->kind == WT_SEGMENT_OTHER ? OTHER
                                                           : wt_segment_kind_to_name (self->kind));
  if (self->kind == WT_SEGMENT_OTHER)
    wt_json_put_text (object, "name", self->type_name);
  wt_json_put_text (object, "text", self->text);
  if (self->media != NULL)
    wt_json_value_set_member (object, "media", wt_media_to_storage (self->media));
  wt_json_put_text (object, "wrapper", self->wrapper);
  if (self->mention != NULL)
    store_mention (object, self->mention);
  if (self->json != NULL)
    wt_json_value_set_member (
        object, "json", wt_redact_tree (NULL, self->json, MAX_FOREIGN_BYTES, WT_REDACT_REMOVE));
  put_foreign (object, "data_extra", self->data_extra);
  put_foreign (object, "extra", self->extra);

  if (self->children != NULL)
    {
      WtJsonValue *children = wt_json_value_new (WT_JSON_KIND_ARRAY);

      for (guint i = 0; i < self->children->len; i++)
        wt_json_value_append (children, store_child (self, i));
      wt_json_value_set_member (object, "children", children);
    }

  return g_steal_pointer (&object);
}

/**
 * wt_segment_to_storage:
 * @self: a segment whose contents are blobs: see wt_segment_map_media()
 *
 * The form of a message on disk. Base64 of more than a few hundred bytes is not written, members whose
 * names say key are left out of what is not understood, its long strings are replaced by their size.
 *
 * Returns: (transfer full): JSON text for wt_segment_from_storage()
 */
char *
wt_segment_to_storage (WtSegment *self)
{
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  g_return_val_if_fail (self != NULL, NULL);

  wt_json_value_set_integer (object, "v", VERSION);
  wt_json_value_set_member (object, "segment", store (self));

  return wt_json_value_to_text (object);
}

static WtJsonValue *
get_object (WtJsonValue *object, const char *name)
{
  WtJsonValue *member = wt_json_value_get_member (object, name);

  return wt_json_value_is (member, WT_JSON_KIND_OBJECT) ? member : NULL;
}

static gboolean
fail (GError **error, const char *problem)
{
  g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_TYPE, "stored segment: %s", problem);
  return FALSE;
}

static gboolean
restore_forward (WtSegment *self, WtJsonValue *node, guint depth, GError **error)
{
  WtSegment *child = NULL;
  g_autofree char *author = NULL;

  if (!wt_json_check_object (node, "stored forward", error))
    return FALSE;

  child = restore (wt_json_value_get_member (node, "segment"), depth + 1, error);
  if (child == NULL)
    return FALSE;

  author = wt_json_dup_text (NULL, wt_json_value_get_member (node, "author"));
  wt_segment_add_forward (self, author, wt_json_copy_object (get_object (node, "message")), child);
  return TRUE;
}

static gboolean
restore_child (WtSegment *self, WtJsonValue *node, guint depth, GError **error)
{
  WtSegment *child = NULL;

  if (self->kind == WT_SEGMENT_FORWARD)
    return restore_forward (self, node, depth, error);

  child = restore (node, depth + 1, error);
  if (child == NULL)
    return FALSE;

  wt_segment_add_child (self, child);
  return TRUE;
}

static gboolean
restore_children (WtSegment *self, WtJsonValue *object, guint depth, GError **error)
{
  WtJsonValue *member = wt_json_value_get_member (object, "children");

  if (!wt_json_value_is (member, WT_JSON_KIND_ARRAY))
    return fail (error, "no children");
  if (depth >= WT_PROTOCOL_MAX_SEGMENT_DEPTH)
    return fail (error, "too deep");

  for (guint i = 0; i < wt_json_value_get_length (member); i++)
    {
      if (!restore_child (self, wt_json_value_get_element (member, i), depth, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
restore_mention (WtSegment *self, WtJsonValue *object, GError **error)
{
  g_autofree char *id = wt_json_dup_text (NULL, wt_json_value_get_member (object, "user_id"));
  g_autofree char *nickname = wt_json_dup_text (NULL,
                                                wt_json_value_get_member (object, "nickname"));
  g_autofree char *cardname = wt_json_dup_text (NULL,
                                                wt_json_value_get_member (object, "cardname"));

  if (id == NULL)
    return fail (error, "a mention of nobody");

  self->mention = wt_mention_new (id, nickname, cardname);
  return TRUE;
}

/* What the kind's readers rely on. */
static gboolean
restore_value (WtSegment *self, WtJsonValue *object, guint depth, GError **error)
{
  switch (self->kind)
    {
    case WT_SEGMENT_IMAGE:
    case WT_SEGMENT_EMOJI:
    case WT_SEGMENT_VOICE:
    case WT_SEGMENT_FILE:
      if (get_object (object, "media") == NULL)
        return fail (error, "no media");
      self->media = wt_media_from_storage (get_object (object, "media"));
      return TRUE;
    case WT_SEGMENT_AT:
      return restore_mention (self, object, error);
    case WT_SEGMENT_SEGLIST:
    case WT_SEGMENT_FORWARD:
      return restore_children (self, object, depth, error);
    case WT_SEGMENT_OTHER:
      return self->json != NULL ? TRUE : fail (error, "nothing in it");
    case WT_SEGMENT_TEXT:
    case WT_SEGMENT_FACE:
    case WT_SEGMENT_REPLY:
    default:
      return self->text != NULL ? TRUE : fail (error, "no text");
    }
}

static WtSegment *
restore (WtJsonValue *node, guint depth, GError **error)
{
  g_autoptr (WtSegment) self = NULL;
  g_autofree char *type = NULL;
  WtSegmentKind kind = WT_SEGMENT_OTHER;
  WtJsonValue *json;

  if (!wt_json_check_object (node, "stored segment", error))
    return NULL;

  type = wt_json_dup_text (NULL, wt_json_value_get_member (node, "type"));
  if (type == NULL || (!wt_segment_kind_from_name (type, &kind) && strcmp (type, OTHER) != 0))
    {
      fail (error, "of an unknown type");
      return NULL;
    }

  json = wt_json_value_get_member (node, "json");
  if (kind == WT_SEGMENT_OTHER)
    {
      g_autofree char *name = wt_json_dup_text (NULL, wt_json_value_get_member (node, "name"));

      self = wt_segment_new_other (name, NULL);
    }
  else
    {
      self = wt_segment_new (kind);
      self->text = wt_json_dup_text (NULL, wt_json_value_get_member (node, "text"));
    }
  self->wrapper = wt_json_dup_text (NULL, wt_json_value_get_member (node, "wrapper"));
  self->json = json != NULL ? wt_json_copy (NULL, json, NULL) : NULL;
  self->data_extra = wt_json_copy_object (get_object (node, "data_extra"));
  self->extra = wt_json_copy_object (get_object (node, "extra"));

  return restore_value (self, node, depth, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * wt_segment_from_storage:
 * @storage: what wt_segment_to_storage() returned, in this or an earlier version
 * @error: return location for a #WtProtocolError: `RANGE` for a newer version, else what is wrong
 *
 * Returns: (transfer full) (nullable): the segment
 */
WtSegment *
wt_segment_from_storage (const char *storage, GError **error)
{
  g_autoptr (WtJsonValue) root = NULL;
  double version = 0;

  g_return_val_if_fail (storage != NULL, NULL);

  root = wt_json_value_from_text (storage, error);
  if (root == NULL || !wt_json_check_object (root, "stored message", error))
    return NULL;

  if (!wt_json_get_number (wt_json_value_get_member (root, "v"), &version) || version < 1
      || version >= VERSION + 1)
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_RANGE,
                   "stored message: of another version");
      return NULL;
    }

  return restore (wt_json_value_get_member (root, "segment"), 0, error);
}
