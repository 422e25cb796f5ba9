/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-segment.h"

G_BEGIN_DECLS

/* Private to the protocol layer. */

/*
 * WtSegment:
 * @type_name: the name on the wire; of a `dict` that is not understood, what it wraps
 * @text: text, face or message id
 * @wrapper: for media read from a `dict`: the type it had in there
 * @authors: forwarded messages' authors, one for each child; NULL where nobody is named
 * @envelopes: what else each forwarded message has (`message_info`), objects, one for each child; NULL
 *   where the list held a segment without a message around it
 * @json: what was read, where the fields above do not hold it all: kinds OTHER, and media without
 *   anything to show
 * @data_extra: unknown members of `data` where that is an object
 * @extra: unknown members beside `type` and `data`
 */
struct _WtSegment
{
  WtSegmentKind kind;
  char *type_name;
  char *text;
  WtMedia *media;
  char *wrapper;
  WtMention *mention;
  GPtrArray *children;
  GPtrArray *authors;
  GPtrArray *envelopes;
  WtJsonValue *json;
  WtJsonValue *data_extra;
  WtJsonValue *extra;
};

WtSegment *wt_segment_new (WtSegmentKind kind);
WtSegment *wt_segment_new_other (const char *type_name, WtJsonValue *json);
void wt_segment_add_child (WtSegment *self, WtSegment *child);
void wt_segment_add_forward (WtSegment *self,
                             const char *author,
                             WtJsonValue *envelope,
                             WtSegment *child);
gboolean wt_segment_kind_has_media (WtSegmentKind kind);
const char *wt_segment_kind_to_name (WtSegmentKind kind);
gboolean wt_segment_kind_from_name (const char *name, WtSegmentKind *kind);
WtMention *wt_mention_new (const char *user_id, const char *nickname, const char *cardname);

const char *wt_segment_get_file_name (WtSegment *self);
WtSegment *wt_segment_with_file_name (WtSegment *self, const char *name);

gboolean wt_media_has_source (const WtMedia *self);
gboolean wt_media_read (WtMedia *self, WtJson *document, WtJsonValue *data, WtJsonValue **extra);
WtJsonValue *wt_media_write (const WtMedia *self,
                             WtSegmentKind kind,
                             WtDialect dialect,
                             WtJsonValue *extra,
                             WtJson *document);
WtJsonValue *wt_media_to_storage (const WtMedia *self);
WtMedia *wt_media_from_storage (WtJsonValue *object);

G_END_DECLS
