/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation.h"
#include "wt-database.h"
#include "wt-message.h"

G_BEGIN_DECLS

/**
 * WtTimeline:
 *
 * A conversation's messages as a #GListModel of #WtMessage: item i is the message with seq i + 1. Only a few pages around what is
 * looked at are in memory; a message that is not is handed out unloaded and loads by itself.
 */
#define WT_TYPE_TIMELINE (wt_timeline_get_type ())
G_DECLARE_FINAL_TYPE (WtTimeline, wt_timeline, WT, TIMELINE, GObject)

WtTimeline *wt_timeline_new (WtDatabase *database, WtConversation *conversation);
WtConversation *wt_timeline_get_conversation (WtTimeline *self);

/* Loads the pages around @position, so that the first painted frame has its messages. */
void wt_timeline_prepare_async (WtTimeline *self,
                                guint position,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data);
gboolean wt_timeline_prepare_finish (WtTimeline *self, GAsyncResult *result, GError **error);

/* For the session, and for deleting. */
const WtMessageRecord *wt_timeline_lookup_record (WtTimeline *self, gint64 seq);
void wt_timeline_append (WtTimeline *self, GPtrArray *records);
void wt_timeline_change (WtTimeline *self, const WtMessageRecord *record);
void wt_timeline_set_delivery (WtTimeline *self, const WtMessageRecord *record);
void wt_timeline_set_progress (WtTimeline *self, gint64 seq, double progress);

G_END_DECLS
