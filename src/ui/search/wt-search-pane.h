/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-profile.h"
#include "wt-search-filter.h"
#include "wt-search-hit.h"

G_BEGIN_DECLS

/**
 * WtSearchPane:
 *
 * Searches everywhere, or in one conversation, and lists what was found with the words around it. Stands where the
 * list of conversations does.
 *
 * Signals: `chosen` (#WtSearchHit): it is to be shown; `closed`: the list of conversations is wanted.
 */
#define WT_TYPE_SEARCH_PANE (wt_search_pane_get_type ())
G_DECLARE_FINAL_TYPE (WtSearchPane, wt_search_pane, WT, SEARCH_PANE, GtkWidget)

GtkWidget *wt_search_pane_new (WtProfile *profile);
void wt_search_pane_open (WtSearchPane *self,
                          const WtSearchFilter *filter,
                          WtConversation *conversation);
void wt_search_pane_focus (WtSearchPane *self);
void wt_search_pane_set_show_end_buttons (WtSearchPane *self, gboolean show);

G_END_DECLS
