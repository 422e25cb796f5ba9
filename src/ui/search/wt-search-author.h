/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-database.h"

G_BEGIN_DECLS

/**
 * WtSearchAuthor:
 *
 * Where one types whose messages are searched for; those who have written are offered below.
 *
 * Signals: `changed`: by the user. `activate`: Enter was pressed in it.
 */
#define WT_TYPE_SEARCH_AUTHOR (wt_search_author_get_type ())
G_DECLARE_FINAL_TYPE (WtSearchAuthor, wt_search_author, WT, SEARCH_AUTHOR, GtkWidget)

GtkWidget *wt_search_author_new (void);
void
wt_search_author_set_place (WtSearchAuthor *self, WtDatabase *database, gint64 conversation_id);
const char *wt_search_author_get_text (WtSearchAuthor *self);
void wt_search_author_set_text (WtSearchAuthor *self, const char *text);

G_END_DECLS
