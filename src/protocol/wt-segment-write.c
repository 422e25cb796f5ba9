/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Segments to the wire, in the dialect that the other side reads (`wire.md` section 3). */

#include "wt-segment-private.h"

#include "wt-json-fields.h"

static WtJsonValue *
make_typed (const char *type, WtJsonValue *data)
{
  g_autoptr (WtJsonValue) object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  wt_json_value_set_string (object, "type", type);
  wt_json_value_set_member (object, "data", data);

  return g_steal_pointer (&object);
}

static WtJsonValue *
write_mention (WtSegment *self, WtDialect dialect)
{
  g_autoptr (WtJsonValue) object = NULL;
  const WtMention *mention = self->mention;
  gboolean is_bare = mention->nickname == NULL && mention->cardname == NULL;

  if (dialect == WT_DIALECT_MAIBOT && is_bare && self->data_extra == NULL)
    return wt_json_value_new_string (mention->user_id);

  object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  if (dialect == WT_DIALECT_MAIBOT)
    {
      wt_json_put_text (object, "target_user_id", mention->user_id);
      wt_json_put_text (object, "target_user_nickname", mention->nickname);
      wt_json_put_text (object, "target_user_cardname", mention->cardname);
    }
  else
    {
      wt_json_put_text (object, "user_id", mention->user_id);
      wt_json_put_text (object, "nickname", mention->nickname);
      wt_json_put_text (object, "cardname", mention->cardname);
    }
  wt_json_put_rest (object, self->data_extra);

  return g_steal_pointer (&object);
}

/* A face or a reply. */
static WtJsonValue *
write_id (WtSegment *self, const char *name)
{
  g_autoptr (WtJsonValue) object = NULL;

  if (self->data_extra == NULL)
    return wt_json_value_new_string (self->text);

  object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  wt_json_value_set_string (object, name, self->text);
  wt_json_put_rest (object, self->data_extra);

  return g_steal_pointer (&object);
}

/* MaiBot's bridge reads one level only. */
static void
add_flat (WtJsonValue *array, WtSegment *self, WtJson *document)
{
  for (guint i = 0; i < self->children->len; i++)
    {
      WtSegment *child = g_ptr_array_index (self->children, i);

      if (child->kind == WT_SEGMENT_SEGLIST)
        add_flat (array, child, document);
      else
        wt_json_value_append (array, wt_segment_to_json (child, WT_DIALECT_MAIBOT, document));
    }
}

static WtJsonValue *
write_seglist (WtSegment *self, WtDialect dialect, WtJson *document)
{
  WtJsonValue *array = wt_json_value_new (WT_JSON_KIND_ARRAY);

  if (dialect == WT_DIALECT_MAIBOT)
    {
      add_flat (array, self, document);
    }
  else
    {
      for (guint i = 0; i < self->children->len; i++)
        wt_json_value_append (
            array, wt_segment_to_json (g_ptr_array_index (self->children, i), dialect, document));
    }

  return array;
}

static WtJsonValue *
write_forward (WtSegment *self, WtDialect dialect, WtJson *document)
{
  WtJsonValue *array = wt_json_value_new (WT_JSON_KIND_ARRAY);

  for (guint i = 0; i < self->children->len; i++)
    {
      WtJsonValue *envelope = g_ptr_array_index (self->envelopes, i);
      WtJsonValue *child = wt_segment_to_json (g_ptr_array_index (self->children, i), dialect,
                                               document);
      WtJsonValue *object = NULL;

      if (envelope == NULL)
        {
          wt_json_value_append (array, child);
          continue;
        }

      object = wt_json_copy_object (envelope);
      wt_json_value_set_member (object, "message_segment", child);
      wt_json_value_append (array, object);
    }

  return array;
}

/* Read as a wrapped URL, and still one. */
static gboolean
is_wrapped_url (WtSegment *self)
{
  return self->wrapper != NULL && g_str_has_suffix (self->wrapper, "url")
         && self->media->url != NULL && self->media->base64 == NULL;
}

static gboolean
is_wrapped (WtSegment *self, WtDialect dialect)
{
  if (self->kind == WT_SEGMENT_FACE)
    return dialect == WT_DIALECT_MAIBOT;

  return is_wrapped_url (self) || g_strcmp0 (self->wrapper, "file") == 0;
}

static WtJsonValue *
write_media (WtSegment *self, WtDialect dialect, WtJson *document)
{
  if (is_wrapped_url (self) && self->data_extra == NULL)
    return wt_json_value_new_string (self->media->url);

  return wt_media_write (self->media, self->kind, dialect, self->data_extra, document);
}

static WtJsonValue *
write_data (WtSegment *self, WtDialect dialect, WtJson *document)
{
  switch (self->kind)
    {
    case WT_SEGMENT_IMAGE:
    case WT_SEGMENT_EMOJI:
    case WT_SEGMENT_VOICE:
    case WT_SEGMENT_FILE:
      return write_media (self, dialect, document);
    case WT_SEGMENT_AT:
      return write_mention (self, dialect);
    case WT_SEGMENT_FACE:
      return write_id (self, "id");
    case WT_SEGMENT_REPLY:
      return write_id (self, "message_id");
    case WT_SEGMENT_SEGLIST:
      return write_seglist (self, dialect, document);
    case WT_SEGMENT_FORWARD:
      return write_forward (self, dialect, document);
    case WT_SEGMENT_TEXT:
    case WT_SEGMENT_OTHER:
    default:
      return wt_json_value_new_string (self->text);
    }
}

/**
 * wt_segment_to_json:
 * @self: a segment
 * @dialect: how it is written
 * @document: (nullable): the document that the result is for; large contents are lifted into it
 *
 * Writes a segment. %WT_DIALECT_GUIDE: pictures and files as base64 or URL in a string, `at` as an
 * object of `user_id`, `nickname` and `cardname`; a file's name is the payload's business.
 * %WT_DIALECT_MAIBOT: files as an object, faces in a `dict`, lists of one level, `at` as an id or an
 * object of `target_user_*`. Media that is only a blob has no contents here: see
 * wt_segment_map_media(). What was not understood is written as it came.
 *
 * Returns: (transfer full): `{"type":…,"data":…}`
 */
WtJsonValue *
wt_segment_to_json (WtSegment *self, WtDialect dialect, WtJson *document)
{
  WtJsonValue *node = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  if (self->json != NULL && (self->media == NULL || !wt_media_has_source (self->media)))
    return wt_json_copy (NULL, self->json, NULL);

  node = make_typed (self->type_name, write_data (self, dialect, document));
  if (is_wrapped (self, dialect))
    {
      wt_json_value_set_string (node, "type",
                                self->wrapper != NULL ? self->wrapper : self->type_name);
      node = make_typed ("dict", node);
    }
  wt_json_put_rest (node, self->extra);

  return node;
}
