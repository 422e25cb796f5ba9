/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-records.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtMessage:
 *
 * One message in a timeline. It may not be loaded yet: then only its position is known, and `loaded` turns true
 * (and the rest is notified) within moments.
 *
 * Properties (read-only, notifying): `loaded`, `outgoing`, `author-id`, `author-name`, `time` (microseconds since the epoch, ours), `text`,
 * `segment`, `delivery` (#WtDelivery), `deleted`, `progress` (double: how much of a large outgoing message has left, 0…1, or -1: nothing to
 * show).
 */
#define WT_TYPE_MESSAGE (wt_message_get_type ())
G_DECLARE_FINAL_TYPE (WtMessage, wt_message, WT, MESSAGE, GObject)

#define WT_TYPE_DELIVERY (wt_delivery_get_type ())
GType wt_delivery_get_type (void);

WtMessage *wt_message_new (gint64 seq);
void wt_message_load (WtMessage *self, const WtMessageRecord *record);
void wt_message_set_delivery (WtMessage *self, const WtMessageRecord *record);
void wt_message_set_progress (WtMessage *self, double progress);

gboolean wt_message_get_loaded (WtMessage *self);
gint64 wt_message_get_seq (WtMessage *self);
gint64 wt_message_get_id (WtMessage *self);
const WtMessageRecord *wt_message_get_record (WtMessage *self); /* NULL while not loaded */
gboolean wt_message_get_outgoing (WtMessage *self);
const char *wt_message_get_author_id (WtMessage *self);
const char *wt_message_get_author_name (
    WtMessage *self); /* card name, nickname or id; never empty once loaded */
gint64 wt_message_get_time (WtMessage *self);
const char *wt_message_get_text (WtMessage *self);
WtSegment *wt_message_get_segment (WtMessage *self);
WtDelivery wt_message_get_delivery (WtMessage *self);
gboolean wt_message_get_deleted (WtMessage *self);
double wt_message_get_progress (WtMessage *self);

G_END_DECLS
