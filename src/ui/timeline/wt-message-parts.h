/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-display-text.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtMessagePartKind:
 * @WT_MESSAGE_PART_TEXT: text with its links and mentions, as Pango markup
 * @WT_MESSAGE_PART_QUOTE: the message that is replied to
 * @WT_MESSAGE_PART_CARD: anything else: an icon and words
 */
typedef enum
{
  WT_MESSAGE_PART_TEXT,
  WT_MESSAGE_PART_QUOTE,
  WT_MESSAGE_PART_CARD,
} WtMessagePartKind;

/**
 * WtMessagePart:
 * @markup: (nullable): a text's markup: everything in it that a peer wrote is escaped
 * @n_characters: of a text, as shown
 * @n_emoji: emoji in a text that has nothing else, or 0
 * @icon_name: (nullable): a card's icon
 * @title: (nullable): a card's or quote's first line
 * @subtitle: (nullable): its second line
 * @reference: (nullable): the id of the message quoted
 *
 * One block of a bubble. Text, mentions and faces that follow each other are one block.
 */
typedef struct
{
  WtMessagePartKind kind;
  char *markup;
  guint n_characters;
  guint n_emoji;
  const char *icon_name;
  char *title;
  char *subtitle;
  char *reference;
} WtMessagePart;

/* Pads a mention's background; not a part of the text. */
#define WT_MESSAGE_HAIR_SPACE "\xe2\x80\x8a"

GPtrArray *wt_message_parts_new (WtSegment *segment, WtTextBudget budget, gboolean *folded);
GPtrArray *wt_message_parts_new_words (const char *words);

G_END_DECLS
