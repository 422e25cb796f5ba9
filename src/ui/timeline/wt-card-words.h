/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtCardWords:
 * @title: one line, never empty
 * @subtitle: (nullable): another
 * @url: (nullable): an address that may be opened
 *
 * What is said of a part that is not shown any other way.
 */
typedef struct
{
  char *title;
  char *subtitle;
  char *url;
} WtCardWords;

WtCardWords *wt_card_words_new (WtSegment *segment);
void wt_card_words_free (WtCardWords *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCardWords, wt_card_words_free)

G_END_DECLS
