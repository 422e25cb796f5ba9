/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation.h"

G_BEGIN_DECLS

/**
 * WtSearchHit:
 *
 * A message that was found: what its row in the list shows, and where to go. Does not change.
 */
#define WT_TYPE_SEARCH_HIT (wt_search_hit_get_type ())
G_DECLARE_FINAL_TYPE (WtSearchHit, wt_search_hit, WT, SEARCH_HIT, GObject)

WtSearchHit *
wt_search_hit_new (WtConversation *conversation, const WtMessageRecord *record, const char *typed);
WtConversation *wt_search_hit_get_conversation (WtSearchHit *self);
gint64 wt_search_hit_get_seq (WtSearchHit *self);
gint64 wt_search_hit_get_time (WtSearchHit *self);
const char *wt_search_hit_get_author (WtSearchHit *self);
const char *wt_search_hit_get_excerpt (WtSearchHit *self);
const char *wt_search_hit_get_typed (WtSearchHit *self);

G_END_DECLS
