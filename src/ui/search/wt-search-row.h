/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-search-hit.h"

G_BEGIN_DECLS

/**
 * WtSearchRow:
 *
 * A hit in the list: in which conversation, when, by whom, and the words around it.
 */
#define WT_TYPE_SEARCH_ROW (wt_search_row_get_type ())
G_DECLARE_FINAL_TYPE (WtSearchRow, wt_search_row, WT, SEARCH_ROW, GtkWidget)

GtkWidget *wt_search_row_new (void);
void wt_search_row_set_hit (WtSearchRow *self, WtSearchHit *hit);

G_END_DECLS
