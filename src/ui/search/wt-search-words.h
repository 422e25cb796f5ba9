/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <pango/pango.h>

#include "wt-search-filter.h"

G_BEGIN_DECLS

/**
 * WtSearchRange:
 * @start: the first byte
 * @end: the first byte behind
 *
 * A part of a text.
 */
typedef struct
{
  guint start;
  guint end;
} WtSearchRange;

/* Returns: (transfer full) (element-type WtSearchRange): where the words are, ascending */
GArray *wt_search_words_find (const char *text, const char *typed);
char *wt_search_words_excerpt (const char *text, const char *typed, guint most_characters);
PangoAttrList *wt_search_words_mark (const char *text, const char *typed, gboolean bold);
char *wt_search_words_nothing (const WtSearchFilter *filter, const char *title);

G_END_DECLS
