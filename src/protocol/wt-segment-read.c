/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Segments from the wire: all forms of `wire.md` section 3, in either dialect. */

#include "wt-segment-private.h"

#include <string.h>

#include "wt-json-fields.h"

/* An object in a string is parsed on its own: nobody's name needs more. */
#define MAX_INNER_JSON_BYTES WT_JSON_LIFT_BYTES

typedef struct
{
  WtJson *document;
  WtJsonValue *data;
  const char *path;
  guint depth;
} Reader;

/**
 * Result:
 * @FINE: read
 * @STRANGE: a form that is not known, to be shown as it is
 * @WRONG: not what the guide allows
 */
typedef enum
{
  FINE,
  STRANGE,
  WRONG,
} Result;

static WtSegment *read_part (WtJson *document, WtJsonValue *node, guint depth);

/* A string or a number, at most as long as names may be. */
static char *
dup_id (WtJson *document, WtJsonValue *node)
{
  g_autofree char *id = wt_json_dup_text (document, node);

  if (id == NULL || *id == '\0' || strlen (id) > WT_PROTOCOL_MAX_NAME_BYTES)
    return NULL;

  return g_steal_pointer (&id);
}

static Result
read_text (WtSegment *self, const Reader *reader)
{
  self->text = wt_json_dup_text (reader->document, reader->data);

  return self->text != NULL ? FINE : WRONG;
}

static Result
read_media (WtSegment *self, const Reader *reader)
{
  self->media = wt_media_new ();
  if (!wt_media_read (self->media, reader->document, reader->data, &self->data_extra))
    return WRONG;

  return FINE;
}

static Result
read_id (WtSegment *self, const Reader *reader, const char *const *names)
{
  self->text = dup_id (reader->document, reader->data);
  if (self->text == NULL && wt_json_value_is (reader->data, WT_JSON_KIND_OBJECT))
    {
      WtJsonRest rest = { reader->data };

      self->text = wt_json_take_first_text (reader->document, &rest, names);
      self->data_extra = wt_json_rest_copy (&rest, reader->document);
    }

  return self->text != NULL ? FINE : STRANGE;
}

static Result
read_face (WtSegment *self, const Reader *reader)
{
  static const char *const names[] = { "id", "face_id", NULL };

  return read_id (self, reader, names);
}

static Result
read_reply (WtSegment *self, const Reader *reader)
{
  static const char *const names[] = { "message_id", "id", NULL };

  return read_id (self, reader, names);
}

static Result
read_at_object (WtSegment *self, WtJson *document, WtJsonValue *object)
{
  static const char *const ids[] = { "target_user_id", "qq", "user_id", "id", NULL };
  static const char *const nicknames[] = { "target_user_nickname", "nickname", "user_nickname",
                                           "name", NULL };
  static const char *const cardnames[] = { "target_user_cardname", "card", "cardname",
                                           "user_cardname", NULL };
  WtJsonRest rest = { object };
  g_autofree char *id = wt_json_take_first_text (document, &rest, ids);
  g_autofree char *nickname = wt_json_take_first_text (document, &rest, nicknames);
  g_autofree char *cardname = wt_json_take_first_text (document, &rest, cardnames);

  if (id == NULL)
    return STRANGE;

  self->mention = wt_mention_new (id, nickname, cardname);
  self->data_extra = wt_json_rest_copy (&rest, document);

  return FINE;
}

/* The guide says "JSON": some write an object, some an object in a string. */
static Result
read_at_inner (WtSegment *self, const char *text)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text, strlen (text));
  g_autoptr (WtJson) inner = wt_json_parse (bytes, NULL);

  if (inner == NULL || !wt_json_value_is (wt_json_get_root (inner), WT_JSON_KIND_OBJECT))
    return STRANGE;

  return read_at_object (self, inner, wt_json_get_root (inner));
}

static Result
read_at (WtSegment *self, const Reader *reader)
{
  g_autofree char *text = NULL;

  if (wt_json_value_is (reader->data, WT_JSON_KIND_OBJECT))
    return read_at_object (self, reader->document, reader->data);

  text = wt_json_dup_text (reader->document, reader->data);
  if (text == NULL || strlen (text) > MAX_INNER_JSON_BYTES)
    return STRANGE;

  g_strstrip (text);
  if (*text == '{')
    return read_at_inner (self, text);
  if (*text == '\0' || strlen (text) > WT_PROTOCOL_MAX_NAME_BYTES)
    return STRANGE;

  self->mention = wt_mention_new (text, NULL, NULL);
  return FINE;
}

static Result
read_seglist (WtSegment *self, const Reader *reader)
{
  if (!wt_json_value_is (reader->data, WT_JSON_KIND_ARRAY))
    return WRONG;
  if (reader->depth >= WT_PROTOCOL_MAX_SEGMENT_DEPTH)
    return STRANGE;

  for (guint i = 0; i < wt_json_value_get_length (reader->data); i++)
    {
      WtJsonValue *element = wt_json_value_get_element (reader->data, i);

      if (!wt_json_value_is (element, WT_JSON_KIND_NULL))
        wt_segment_add_child (self, read_part (reader->document, element, reader->depth + 1));
    }

  return FINE;
}

static WtJsonValue *
get_object (WtJsonValue *object, const char *name)
{
  WtJsonValue *member = wt_json_value_get_member (object, name);

  return wt_json_value_is (member, WT_JSON_KIND_OBJECT) ? member : NULL;
}

static char *
dup_author (WtJson *document, WtJsonValue *envelope)
{
  static const char *const names[] = { "user_cardname", "user_nickname", "user_id", NULL };
  WtJsonValue *info = get_object (envelope, "message_info");
  WtJsonValue *user = get_object (info, "user_info");
  WtJsonRest rest = { NULL };

  if (user == NULL)
    user = get_object (get_object (info, "sender_info"), "user_info");
  if (user == NULL)
    return NULL;

  rest.object = user;
  return wt_json_take_first_text (document, &rest, names);
}

/* What is no message but a bare segment, or anything else, has no envelope. */
static void
read_forwarded (WtSegment *self, const Reader *reader, WtJsonValue *element)
{
  WtJsonRest rest = { NULL };
  WtJsonValue *envelope = NULL;
  g_autofree char *author = NULL;
  WtJsonValue *part = NULL;

  if (wt_json_value_is (element, WT_JSON_KIND_OBJECT))
    part = wt_json_value_get_member (element, "message_segment");

  if (part == NULL)
    {
      wt_segment_add_forward (self, NULL, NULL,
                              read_part (reader->document, element, reader->depth + 1));
      return;
    }

  rest.object = element;
  author = dup_author (reader->document, rest.object);
  wt_json_rest_take (&rest, "message_segment");
  envelope = wt_json_rest_copy (&rest, reader->document);
  wt_segment_add_forward (self, author,
                          envelope != NULL ? envelope : wt_json_value_new (WT_JSON_KIND_OBJECT),
                          read_part (reader->document, part, reader->depth + 1));
}

static Result
read_forward (WtSegment *self, const Reader *reader)
{
  if (!wt_json_value_is (reader->data, WT_JSON_KIND_ARRAY)
      || reader->depth >= WT_PROTOCOL_MAX_SEGMENT_DEPTH)
    return STRANGE;

  for (guint i = 0; i < wt_json_value_get_length (reader->data); i++)
    {
      WtJsonValue *element = wt_json_value_get_element (reader->data, i);

      if (!wt_json_value_is (element, WT_JSON_KIND_NULL))
        read_forwarded (self, reader, element);
    }

  return FINE;
}

static Result
read_known (WtSegment *self, const Reader *reader)
{
  switch (self->kind)
    {
    case WT_SEGMENT_TEXT:
      return read_text (self, reader);
    case WT_SEGMENT_IMAGE:
    case WT_SEGMENT_EMOJI:
    case WT_SEGMENT_VOICE:
    case WT_SEGMENT_FILE:
      return read_media (self, reader);
    case WT_SEGMENT_AT:
      return read_at (self, reader);
    case WT_SEGMENT_FACE:
      return read_face (self, reader);
    case WT_SEGMENT_REPLY:
      return read_reply (self, reader);
    case WT_SEGMENT_SEGLIST:
      return read_seglist (self, reader);
    case WT_SEGMENT_FORWARD:
      return read_forward (self, reader);
    case WT_SEGMENT_OTHER:
    default:
      return STRANGE;
    }
}

static gboolean
find_wrapped_kind (const char *type, WtSegmentKind *kind)
{
  static const struct
  {
    const char *type;
    WtSegmentKind kind;
  } wrapped[] = {
    { "face", WT_SEGMENT_FACE },      { "imageurl", WT_SEGMENT_IMAGE },
    { "voiceurl", WT_SEGMENT_VOICE }, { "videourl", WT_SEGMENT_FILE },
    { "file", WT_SEGMENT_FILE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (wrapped); i++)
    {
      if (strcmp (type, wrapped[i].type) != 0)
        continue;
      *kind = wrapped[i].kind;
      return TRUE;
    }

  return FALSE;
}

/* `{"type":"dict","data":{"type":…,"data":…}}`; NULL where it is no more than a placeholder. Wrapped
 * URLs must be URLs: what cannot be fetched is better seen as it came. */
static WtSegment *
read_dict (const Reader *reader, const char *type)
{
  g_autoptr (WtSegment) self = NULL;
  Reader inner = *reader;
  WtSegmentKind kind;

  inner.data = wt_json_value_get_member (reader->data, "data");
  if (inner.data == NULL || wt_json_value_get_length (reader->data) != 2
      || !find_wrapped_kind (type, &kind))
    return NULL;

  self = wt_segment_new (kind);
  if (read_known (self, &inner) != FINE)
    return NULL;

  if (self->media != NULL)
    {
      if (!wt_media_has_source (self->media) && self->media->name == NULL)
        return NULL;
      if (g_str_has_suffix (type, "url") && self->media->url == NULL)
        return NULL;
      self->wrapper = g_strdup (type);
    }

  return g_steal_pointer (&self);
}

static WtJsonValue *
read_extra (WtJson *document, WtJsonValue *object)
{
  WtJsonRest rest = { object };

  wt_json_rest_take (&rest, "type");
  wt_json_rest_take (&rest, "data");

  return wt_json_rest_copy (&rest, document);
}

static WtSegment *
read_other (WtJson *document, WtJsonValue *node, const char *type)
{
  return wt_segment_new_other (type, wt_json_copy (document, node, NULL));
}

static WtSegment *
read_unknown (const Reader *reader, WtJsonValue *node, const char *type)
{
  g_autoptr (WtSegment) self = NULL;
  g_autofree char *inner_type = NULL;

  if (strcmp (type, "dict") != 0 || !wt_json_value_is (reader->data, WT_JSON_KIND_OBJECT))
    return read_other (reader->document, node, type);

  inner_type = dup_id (reader->document, wt_json_value_get_member (reader->data, "type"));
  if (inner_type == NULL)
    return read_other (reader->document, node, type);

  self = read_dict (reader, inner_type);
  if (self == NULL)
    return read_other (reader->document, node, inner_type);

  self->extra = read_extra (reader->document, node);
  return g_steal_pointer (&self);
}

static WtSegment *
read_typed (const Reader *reader, WtJsonValue *node, const char *type, GError **error)
{
  g_autoptr (WtSegment) self = NULL;
  WtSegmentKind kind;

  if (!wt_segment_kind_from_name (type, &kind))
    return read_unknown (reader, node, type);

  if (wt_json_value_is (reader->data, WT_JSON_KIND_NULL))
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING, "%s.data is missing",
                   reader->path);
      return NULL;
    }

  self = wt_segment_new (kind);
  switch (read_known (self, reader))
    {
    case WRONG:
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_TYPE,
                   "%s.data is nothing that a segment of type %s can hold", reader->path, type);
      return NULL;
    case STRANGE:
      return read_other (reader->document, node, type);
    case FINE:
    default:
      break;
    }

  if (self->media != NULL && !wt_media_has_source (self->media))
    self->json = wt_json_copy (reader->document, node, NULL);
  self->extra = read_extra (reader->document, node);

  return g_steal_pointer (&self);
}

static WtSegment *
read_segment (WtJson *document, WtJsonValue *node, const char *path, guint depth, GError **error)
{
  Reader reader = { .document = document, .path = path, .depth = depth };
  WtJsonRest rest = { NULL };
  g_autofree char *type = NULL;

  if (!wt_json_check_object (node, path, error))
    return NULL;

  rest.object = node;
  type = wt_json_take_required_text (document, &rest, path, "type", FALSE, error);
  if (type == NULL)
    return NULL;

  reader.data = wt_json_value_get_member (node, "data");
  if (reader.data == NULL)
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING, "%s.data is missing", path);
      return NULL;
    }

  return read_typed (&reader, node, type, error);
}

/* A part of a list. One bad part does not cost the rest: it is shown as it came. */
static WtSegment *
read_part (WtJson *document, WtJsonValue *node, guint depth)
{
  WtSegment *self = read_segment (document, node, "", depth, NULL);
  g_autofree char *type = NULL;

  if (self != NULL)
    return self;

  if (wt_json_value_is (node, WT_JSON_KIND_OBJECT))
    type = dup_id (document, wt_json_value_get_member (node, "type"));

  return read_other (document, node, type);
}

/**
 * wt_segment_from_json:
 * @document: (nullable): the document that knows the lifted strings in @node
 * @node: (nullable): a `message_segment`
 * @path: where it stands, for errors: `payload.message_segment`
 * @error: return location for `MISSING`, `TYPE` or `RANGE`; the message names the member's path
 *
 * Reads a segment in either dialect, as `wire.md` section 3 lists them. `type` and `data` are
 * required. What is not known, or is nested deeper than %WT_PROTOCOL_MAX_SEGMENT_DEPTH, becomes
 * %WT_SEGMENT_OTHER, as does a part of a list that lacks something; nulls in lists are skipped.
 *
 * Returns: (transfer full) (nullable): the segment; its base64 keeps the frame's bytes alive where it
 *   was lifted
 */
WtSegment *
wt_segment_from_json (WtJson *document, WtJsonValue *node, const char *path, GError **error)
{
  return read_segment (document, node, path, 0, error);
}
