/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-profile.h"
#include "wt-search-filter.h"
#include "wt-search-hit.h"

G_BEGIN_DECLS

/**
 * WtSearchResults:
 *
 * What a search has found so far, the newest first: a #GListModel of #WtSearchHit that grows by pages. One question
 * is asked of the database at a time; what was asked meanwhile is forgotten but for the last.
 *
 * Signals: `changed`: it began, found something, or ended.
 */
#define WT_TYPE_SEARCH_RESULTS (wt_search_results_get_type ())
G_DECLARE_FINAL_TYPE (WtSearchResults, wt_search_results, WT, SEARCH_RESULTS, GObject)

WtSearchResults *wt_search_results_new (WtProfile *profile, guint page);
void wt_search_results_search (WtSearchResults *self, const WtSearchFilter *filter);
void wt_search_results_load_more (WtSearchResults *self);
const WtSearchFilter *wt_search_results_get_filter (WtSearchResults *self);
gboolean wt_search_results_get_searching (WtSearchResults *self);
gboolean wt_search_results_get_complete (WtSearchResults *self);
const GError *wt_search_results_get_error (WtSearchResults *self);

G_END_DECLS
