/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>
#include <glib.h>

#include "wt-dialect.h"
#include "wt-json.h"

G_BEGIN_DECLS

/**
 * WtSegmentKind:
 * @WT_SEGMENT_TEXT: text, as wt_segment_get_text()
 * @WT_SEGMENT_IMAGE: a picture, as wt_segment_get_media()
 * @WT_SEGMENT_EMOJI: a sticker, as wt_segment_get_media()
 * @WT_SEGMENT_VOICE: a recording, as wt_segment_get_media()
 * @WT_SEGMENT_FILE: a file, as wt_segment_get_media()
 * @WT_SEGMENT_AT: somebody mentioned, as wt_segment_get_mention()
 * @WT_SEGMENT_FACE: a face's identifier, as wt_segment_get_text()
 * @WT_SEGMENT_REPLY: the id of the message replied to, as wt_segment_get_text()
 * @WT_SEGMENT_SEGLIST: children, as wt_segment_get_child()
 * @WT_SEGMENT_FORWARD: forwarded messages, as wt_segment_get_child() and
 *   wt_segment_get_forward_author()
 * @WT_SEGMENT_OTHER: anything else, as wt_segment_get_type_name() and wt_segment_get_json()
 *
 * What a `message_segment` holds. Stored on disk by name, not by number.
 */
typedef enum
{
  WT_SEGMENT_TEXT,
  WT_SEGMENT_IMAGE,
  WT_SEGMENT_EMOJI,
  WT_SEGMENT_VOICE,
  WT_SEGMENT_FILE,
  WT_SEGMENT_AT,
  WT_SEGMENT_FACE,
  WT_SEGMENT_REPLY,
  WT_SEGMENT_SEGLIST,
  WT_SEGMENT_FORWARD,
  WT_SEGMENT_OTHER,
} WtSegmentKind;

/**
 * WtMedia:
 * @url: (nullable): an http(s) address
 * @base64: (nullable): the contents in base64, as they came (ASCII, perhaps with white space or the
 *   url-safe alphabet, without a `data:` prefix); not yet decoded, so perhaps not base64 at all
 * @blob: (nullable): the contents' sha256 in lower-case hexadecimal, once they are in the blob folder
 * @name: (nullable): a file name as the peer wrote it: not to be trusted as a path
 * @mime_type: (nullable): what the peer says it is
 * @file_id: (nullable): the peer's own identifier
 * @size: bytes as the peer says, or -1
 * @width: pixels across as shown, found in the contents, or 0
 * @height: pixels down, or 0
 * @removed: the contents were here, and the user had them removed to save space
 *
 * A picture, sticker, recording or file. At least one of @url, @base64, @blob and @file_id is set, or none
 * where the peer sent something that is none of them.
 */
typedef struct
{
  char *url;
  GBytes *base64;
  char *blob;
  char *name;
  char *mime_type;
  char *file_id;
  gint64 size;
  int width;
  int height;
  gboolean removed;
} WtMedia;

WtMedia *wt_media_new (void);
WtMedia *wt_media_copy (const WtMedia *self);
void wt_media_free (WtMedia *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtMedia, wt_media_free)

/**
 * WtMention:
 * @user_id: who is mentioned; may be `all`
 * @nickname: (nullable): their name
 * @cardname: (nullable): their name in the group
 */
typedef struct
{
  char *user_id;
  char *nickname;
  char *cardname;
} WtMention;

#define WT_TYPE_SEGMENT (wt_segment_get_type ())
typedef struct _WtSegment WtSegment;
GType wt_segment_get_type (void);

WtSegment *wt_segment_new_text (const char *text);
WtSegment *wt_segment_new_media (WtSegmentKind kind, const WtMedia *media);
WtSegment *wt_segment_new_mention (const char *user_id, const char *nickname, const char *cardname);
WtSegment *wt_segment_new_face (const char *id);
WtSegment *wt_segment_new_reply (const char *message_id);
WtSegment *wt_segment_new_list (WtSegment *const *children, gsize n_children);
WtSegment *wt_segment_ref (WtSegment *self);
void wt_segment_unref (WtSegment *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtSegment, wt_segment_unref)

WtSegmentKind wt_segment_get_kind (WtSegment *self);
const char *wt_segment_get_type_name (WtSegment *self);
const char *wt_segment_get_text (WtSegment *self);
const WtMedia *wt_segment_get_media (WtSegment *self);
const WtMention *wt_segment_get_mention (WtSegment *self);
guint wt_segment_get_n_children (WtSegment *self);
WtSegment *wt_segment_get_child (WtSegment *self, guint index);
const char *wt_segment_get_forward_author (WtSegment *self, guint index);
WtJsonValue *wt_segment_get_json (WtSegment *self);

/**
 * WtSegmentMediaFunc:
 * @kind: the segment's kind
 * @media: its media
 * @data: the caller's data
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the media to put in its place, or %NULL on error
 */
typedef WtMedia *(*WtSegmentMediaFunc) (WtSegmentKind kind,
                                        const WtMedia *media,
                                        gpointer data,
                                        GError **error);

WtSegment *
wt_segment_map_media (WtSegment *self, WtSegmentMediaFunc func, gpointer data, GError **error);
gboolean wt_segment_has_base64 (WtSegment *self);
gboolean wt_segment_is_plain_text (WtSegment *self);
gboolean wt_segment_is_plain_list (WtSegment *self);
guint wt_segment_count_media (WtSegment *self);

WtSegment *
wt_segment_from_json (WtJson *document, WtJsonValue *node, const char *path, GError **error);
WtJsonValue *wt_segment_to_json (WtSegment *self, WtDialect dialect, WtJson *document);

char *wt_segment_to_storage (WtSegment *self);
WtSegment *wt_segment_from_storage (const char *storage, GError **error);

char *wt_segment_to_plain_text (WtSegment *self);

G_END_DECLS
