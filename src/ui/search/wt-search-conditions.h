/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-database.h"
#include "wt-search-filter.h"

G_BEGIN_DECLS

/**
 * WtSearchConditions:
 *
 * A button with what a search may ask for beyond words: author, kind, from and to which day.
 *
 * Signals: `changed`: one of them is another.
 */
#define WT_TYPE_SEARCH_CONDITIONS (wt_search_conditions_get_type ())
G_DECLARE_FINAL_TYPE (WtSearchConditions, wt_search_conditions, WT, SEARCH_CONDITIONS, GtkWidget)

GtkWidget *wt_search_conditions_new (void);
void wt_search_conditions_set_place (WtSearchConditions *self,
                                     WtDatabase *database,
                                     gint64 conversation_id);
void wt_search_conditions_write (WtSearchConditions *self, WtSearchFilter *filter);
void wt_search_conditions_read (WtSearchConditions *self, const WtSearchFilter *filter);
void wt_search_conditions_clear (WtSearchConditions *self);

G_END_DECLS
