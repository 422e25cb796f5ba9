/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtSearchKinds:
 * @WT_SEARCH_PICTURES: with a picture; stickers are none
 * @WT_SEARCH_FILES: with a file
 * @WT_SEARCH_LINKS: with the address of a web page in the text
 * @WT_SEARCH_VOICES: with a recording
 *
 * What a message must have one of. 0: anything.
 */
typedef enum
{
  WT_SEARCH_PICTURES = 1 << 0,
  WT_SEARCH_FILES = 1 << 1,
  WT_SEARCH_LINKS = 1 << 2,
  WT_SEARCH_VOICES = 1 << 3,
} WtSearchKinds;

/**
 * WtSearchFilter:
 * @account_id: 0 for all
 * @conversation_id: 0 for all
 * @text: (nullable): what was typed: any two CJK characters, Latin prefixes
 * @author: (nullable): a part of the author's name, or the id
 * @kinds: what a message must have one of; 0: anything
 * @from: the first moment, microseconds since the epoch by our clock; 0: the beginning
 * @to: the first moment that is too late; 0: none
 *
 * What to look for. All of it must hold.
 */
typedef struct
{
  gint64 account_id;
  gint64 conversation_id;
  char *text;
  char *author;
  WtSearchKinds kinds;
  gint64 from;
  gint64 to;
} WtSearchFilter;

WtSearchFilter *wt_search_filter_new (void);
WtSearchFilter *wt_search_filter_copy (const WtSearchFilter *self);
void wt_search_filter_free (WtSearchFilter *self);
gboolean wt_search_filter_is_empty (const WtSearchFilter *self);
gboolean wt_search_filter_equal (const WtSearchFilter *a, const WtSearchFilter *b);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtSearchFilter, wt_search_filter_free)

G_END_DECLS
