/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values; wt-segment-read.c and wt-segment-write.c are the wire, wt-segment-storage.c the disk. */

#include "wt-segment-private.h"

#include "wt-json-fields.h"

G_DEFINE_BOXED_TYPE (WtSegment, wt_segment, wt_segment_ref, wt_segment_unref)

static const char *const kind_names[] = {
  [WT_SEGMENT_TEXT] = "text",       [WT_SEGMENT_IMAGE] = "image", [WT_SEGMENT_EMOJI] = "emoji",
  [WT_SEGMENT_VOICE] = "voice",     [WT_SEGMENT_FILE] = "file",   [WT_SEGMENT_AT] = "at",
  [WT_SEGMENT_FACE] = "face",       [WT_SEGMENT_REPLY] = "reply", [WT_SEGMENT_SEGLIST] = "seglist",
  [WT_SEGMENT_FORWARD] = "forward",
};

/**
 * wt_segment_kind_to_name:
 * @kind: a kind, but not %WT_SEGMENT_OTHER
 *
 * Returns: its name on the wire and on disk
 */
const char *
wt_segment_kind_to_name (WtSegmentKind kind)
{
  g_return_val_if_fail (kind < WT_SEGMENT_OTHER, NULL);

  return kind_names[kind];
}

/**
 * wt_segment_kind_from_name:
 * @name: a type on the wire or on disk
 * @kind: (out): its kind; untouched when there is none
 *
 * Returns: whether there is a kind of that name
 */
gboolean
wt_segment_kind_from_name (const char *name, WtSegmentKind *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (kind_names); i++)
    {
      if (g_strcmp0 (name, kind_names[i]) != 0)
        continue;
      *kind = (WtSegmentKind) i;
      return TRUE;
    }

  return FALSE;
}

/**
 * wt_segment_kind_has_media:
 * @kind: a kind
 *
 * Returns: whether segments of that kind have a #WtMedia
 */
gboolean
wt_segment_kind_has_media (WtSegmentKind kind)
{
  return kind == WT_SEGMENT_IMAGE || kind == WT_SEGMENT_EMOJI || kind == WT_SEGMENT_VOICE
         || kind == WT_SEGMENT_FILE;
}

static void
mention_free (WtMention *self)
{
  g_clear_pointer (&self->user_id, g_free);
  g_clear_pointer (&self->nickname, g_free);
  g_clear_pointer (&self->cardname, g_free);
  g_free (self);
}

/**
 * wt_mention_new:
 * @user_id: who
 * @nickname: (nullable): their name
 * @cardname: (nullable): their name in the group
 *
 * Returns: (transfer full): a mention
 */
WtMention *
wt_mention_new (const char *user_id, const char *nickname, const char *cardname)
{
  WtMention *self = g_new0 (WtMention, 1);

  self->user_id = g_strdup (user_id);
  self->nickname = g_strdup (nickname);
  self->cardname = g_strdup (cardname);

  return self;
}

static void
unref_object (gpointer object)
{
  if (object != NULL)
    wt_json_value_unref (object);
}

static void
segment_clear (gpointer data)
{
  WtSegment *self = data;

  g_clear_pointer (&self->type_name, g_free);
  g_clear_pointer (&self->text, g_free);
  g_clear_pointer (&self->media, wt_media_free);
  g_clear_pointer (&self->wrapper, g_free);
  g_clear_pointer (&self->mention, mention_free);
  g_clear_pointer (&self->children, g_ptr_array_unref);
  g_clear_pointer (&self->authors, g_ptr_array_unref);
  g_clear_pointer (&self->envelopes, g_ptr_array_unref);
  g_clear_pointer (&self->json, wt_json_value_unref);
  g_clear_pointer (&self->data_extra, wt_json_value_unref);
  g_clear_pointer (&self->extra, wt_json_value_unref);
}

/**
 * wt_segment_new:
 * @kind: a kind
 *
 * Returns: (transfer full): an empty segment, to be filled before anybody else sees it
 */
WtSegment *
wt_segment_new (WtSegmentKind kind)
{
  WtSegment *self = g_atomic_rc_box_new0 (WtSegment);

  self->kind = kind;
  if (kind != WT_SEGMENT_OTHER)
    self->type_name = g_strdup (kind_names[kind]);
  if (kind == WT_SEGMENT_SEGLIST || kind == WT_SEGMENT_FORWARD)
    self->children = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_segment_unref);
  if (kind == WT_SEGMENT_FORWARD)
    {
      self->authors = g_ptr_array_new_with_free_func (g_free);
      self->envelopes = g_ptr_array_new_with_free_func (unref_object);
    }

  return self;
}

/**
 * wt_segment_new_other:
 * @type_name: (nullable): what it calls itself
 * @json: (transfer full): the whole segment as it came, without tokens
 *
 * Returns: (transfer full): a segment that this program does not understand
 */
WtSegment *
wt_segment_new_other (const char *type_name, WtJsonValue *json)
{
  WtSegment *self = wt_segment_new (WT_SEGMENT_OTHER);

  self->type_name = g_strdup (type_name != NULL ? type_name : "");
  self->json = json;

  return self;
}

/**
 * wt_segment_add_child:
 * @self: a list that nobody else has seen yet
 * @child: (transfer full): the next child
 */
void
wt_segment_add_child (WtSegment *self, WtSegment *child)
{
  g_ptr_array_add (self->children, child);
}

/**
 * wt_segment_add_forward:
 * @self: a forward that nobody else has seen yet
 * @author: (nullable): who wrote the forwarded message
 * @envelope: (transfer full) (nullable): what else came with it
 * @child: (transfer full): what they wrote
 */
void
wt_segment_add_forward (WtSegment *self,
                        const char *author,
                        WtJsonValue *envelope,
                        WtSegment *child)
{
  g_ptr_array_add (self->authors, g_strdup (author));
  g_ptr_array_add (self->envelopes, envelope);
  g_ptr_array_add (self->children, child);
}

static WtSegment *
new_with_text (WtSegmentKind kind, const char *text)
{
  WtSegment *self = wt_segment_new (kind);

  self->text = wt_json_make_valid (text, -1);
  return self;
}

/**
 * wt_segment_new_text:
 * @text: plain text
 *
 * Returns: (transfer full): the guide's `text`
 */
WtSegment *
wt_segment_new_text (const char *text)
{
  g_return_val_if_fail (text != NULL, NULL);

  return new_with_text (WT_SEGMENT_TEXT, text);
}

/**
 * wt_segment_new_media:
 * @kind: %WT_SEGMENT_IMAGE, %WT_SEGMENT_EMOJI, %WT_SEGMENT_VOICE or %WT_SEGMENT_FILE
 * @media: (transfer none): the contents; copied, the base64's bytes shared
 *
 * Returns: (transfer full): a picture, sticker, recording or file (guide, "message types";
 *   `wire.md` section 3)
 */
WtSegment *
wt_segment_new_media (WtSegmentKind kind, const WtMedia *media)
{
  WtSegment *self = NULL;

  g_return_val_if_fail (wt_segment_kind_has_media (kind), NULL);
  g_return_val_if_fail (media != NULL, NULL);

  self = wt_segment_new (kind);
  self->media = wt_media_copy (media);

  return self;
}

/**
 * wt_segment_new_mention:
 * @user_id: who; not empty
 * @nickname: (nullable): their name
 * @cardname: (nullable): their name in the group
 *
 * Returns: (transfer full): the guide's `at`
 */
WtSegment *
wt_segment_new_mention (const char *user_id, const char *nickname, const char *cardname)
{
  WtSegment *self = NULL;

  g_return_val_if_fail (user_id != NULL && *user_id != '\0', NULL);

  self = wt_segment_new (WT_SEGMENT_AT);
  self->mention = wt_mention_new (user_id, nickname, cardname);

  return self;
}

/**
 * wt_segment_new_face:
 * @id: a face's identifier
 *
 * Returns: (transfer full): the guide's `face`
 */
WtSegment *
wt_segment_new_face (const char *id)
{
  g_return_val_if_fail (id != NULL, NULL);

  return new_with_text (WT_SEGMENT_FACE, id);
}

/**
 * wt_segment_new_reply:
 * @message_id: the `message_info.message_id` of the message replied to
 *
 * Returns: (transfer full): a `reply` (`wire.md` section 3: to be the first in a list)
 */
WtSegment *
wt_segment_new_reply (const char *message_id)
{
  g_return_val_if_fail (message_id != NULL, NULL);

  return new_with_text (WT_SEGMENT_REPLY, message_id);
}

/**
 * wt_segment_new_list:
 * @children: (array length=n_children) (transfer none): segments
 * @n_children: how many
 *
 * Returns: (transfer full): a `seglist` with references to @children
 */
WtSegment *
wt_segment_new_list (WtSegment *const *children, gsize n_children)
{
  WtSegment *self = NULL;

  g_return_val_if_fail (children != NULL || n_children == 0, NULL);

  self = wt_segment_new (WT_SEGMENT_SEGLIST);
  for (gsize i = 0; i < n_children; i++)
    wt_segment_add_child (self, wt_segment_ref (children[i]));

  return self;
}

/**
 * wt_segment_ref:
 * @self: a segment
 *
 * Returns: (transfer full): @self
 */
WtSegment *
wt_segment_ref (WtSegment *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * wt_segment_unref:
 * @self: (transfer full): a segment
 *
 * Gives up a reference.
 */
void
wt_segment_unref (WtSegment *self)
{
  g_atomic_rc_box_release_full (self, segment_clear);
}

/**
 * wt_segment_get_kind:
 * @self: a segment
 *
 * Returns: what it is
 */
WtSegmentKind
wt_segment_get_kind (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, WT_SEGMENT_OTHER);

  return self->kind;
}

/**
 * wt_segment_get_type_name:
 * @self: a segment
 *
 * Returns: its type on the wire; for a `dict` that is not understood, the type inside it; empty where
 *   a part of a list has none. At most %WT_PROTOCOL_MAX_NAME_BYTES.
 */
const char *
wt_segment_get_type_name (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->type_name;
}

/**
 * wt_segment_get_text:
 * @self: a segment
 *
 * Returns: (nullable): the text, the face's identifier or the id of the message replied to; %NULL for
 *   all other kinds
 */
const char *
wt_segment_get_text (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->text;
}

/**
 * wt_segment_get_media:
 * @self: a segment
 *
 * Returns: (nullable): the picture, sticker, recording or file; %NULL for all other kinds
 */
const WtMedia *
wt_segment_get_media (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->media;
}

/**
 * wt_segment_get_mention:
 * @self: a segment
 *
 * Returns: (nullable): who is mentioned by an `at`; %NULL for all other kinds
 */
const WtMention *
wt_segment_get_mention (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->mention;
}

/**
 * wt_segment_get_n_children:
 * @self: a segment
 *
 * Returns: how many segments a list or a forward holds; 0 for all other kinds
 */
guint
wt_segment_get_n_children (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->children != NULL ? self->children->len : 0;
}

/**
 * wt_segment_get_child:
 * @self: a segment
 * @index: from 0 to below wt_segment_get_n_children()
 *
 * Returns: (transfer none): a list's part, or what a forwarded message says
 */
WtSegment *
wt_segment_get_child (WtSegment *self, guint index)
{
  g_return_val_if_fail (index < wt_segment_get_n_children (self), NULL);

  return g_ptr_array_index (self->children, index);
}

/**
 * wt_segment_get_forward_author:
 * @self: a forward
 * @index: from 0 to below wt_segment_get_n_children()
 *
 * Returns: (nullable): the name of who wrote that message, else their id; %NULL where neither is known
 */
const char *
wt_segment_get_forward_author (WtSegment *self, guint index)
{
  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (self->kind == WT_SEGMENT_FORWARD && index < self->authors->len, NULL);

  return g_ptr_array_index (self->authors, index);
}

/**
 * wt_segment_is_plain_text:
 * @self: a segment
 *
 * Returns: whether wt_segment_get_text() is all there is to it, and wt_segment_to_plain_text() says the same
 */
gboolean
wt_segment_is_plain_text (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == WT_SEGMENT_TEXT && self->json == NULL && self->data_extra == NULL
         && self->extra == NULL;
}

/**
 * wt_segment_is_plain_list:
 * @self: a segment
 *
 * Returns: whether it is a list of one segment that wt_segment_is_plain_text(), and nothing else
 */
gboolean
wt_segment_is_plain_list (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->kind == WT_SEGMENT_SEGLIST && self->extra == NULL && self->children->len == 1
         && wt_segment_is_plain_text (g_ptr_array_index (self->children, 0));
}

/**
 * wt_segment_get_json:
 * @self: a segment
 *
 * The whole segment as it came, `{"type":…,"data":…}`. Not to be changed.
 *
 * Returns: (transfer none) (nullable): what this program does not understand, also for media without
 *   any source; %NULL where there is nothing else to see
 */
WtJsonValue *
wt_segment_get_json (WtSegment *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->json;
}
