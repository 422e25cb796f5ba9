/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-profile.h"
#include "wt-search-filter.h"

G_BEGIN_DECLS

/**
 * WtSearchBar:
 *
 * Searches in one conversation, above its messages: words, conditions, which hit of how many, and a day to go to.
 * Wraps onto two lines where it is narrow.
 *
 * Signals: `go` (gint64 seq): a hit is to be shown; `day` (gint64 time): the first message from then on is;
 * `words` (char *typed, nullable): what is to stand out in the messages; `list`: all hits are wanted as a list;
 * `closed`: nothing is searched any more, and the focus did not go back to where it had been.
 */
#define WT_TYPE_SEARCH_BAR (wt_search_bar_get_type ())
G_DECLARE_FINAL_TYPE (WtSearchBar, wt_search_bar, WT, SEARCH_BAR, GtkWidget)

GtkWidget *wt_search_bar_new (WtProfile *profile);
void wt_search_bar_set_conversation (WtSearchBar *self, WtConversation *conversation);
void wt_search_bar_open (WtSearchBar *self);
void wt_search_bar_open_calendar (WtSearchBar *self);
void wt_search_bar_close (WtSearchBar *self);
void wt_search_bar_step (WtSearchBar *self, int step);
const WtSearchFilter *wt_search_bar_get_filter (WtSearchBar *self);

G_END_DECLS
