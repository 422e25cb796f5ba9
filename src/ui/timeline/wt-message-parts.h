/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-display-text.h"
#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtMessagePartKind:
 * @WT_MESSAGE_PART_TEXT: text with its links and mentions, as Pango markup
 * @WT_MESSAGE_PART_PICTURE: a picture
 * @WT_MESSAGE_PART_STICKER: a sticker: a picture without a bubble, perhaps animated
 * @WT_MESSAGE_PART_FILE: a file
 * @WT_MESSAGE_PART_VOICE: a recording
 * @WT_MESSAGE_PART_QUOTE: the message that is replied to
 * @WT_MESSAGE_PART_FORWARD: forwarded messages
 * @WT_MESSAGE_PART_CARD: anything else: an icon and words
 */
typedef enum
{
  WT_MESSAGE_PART_TEXT,
  WT_MESSAGE_PART_PICTURE,
  WT_MESSAGE_PART_STICKER,
  WT_MESSAGE_PART_FILE,
  WT_MESSAGE_PART_VOICE,
  WT_MESSAGE_PART_QUOTE,
  WT_MESSAGE_PART_FORWARD,
  WT_MESSAGE_PART_CARD,
} WtMessagePartKind;

/**
 * WtMessagePart:
 * @markup: (nullable): a text's markup: everything in it that a peer wrote is escaped
 * @n_characters: of a text, as shown
 * @n_emoji: emoji in a text that has nothing else, or 0
 * @icon_name: (nullable): the icon of anything but text
 * @title: (nullable): its first line, or what it is called
 * @subtitle: (nullable): its second line
 * @reference: (nullable): the id of the message quoted
 * @segment: (nullable): what anything but text was made of
 * @media: (nullable): of a picture, sticker, file or recording; the segment's
 * @position: of @media among the message's media, from 0; of forwarded messages, the first of theirs
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
  WtSegment *segment;
  const WtMedia *media;
  guint position;
} WtMessagePart;

/* Pads a mention's background; not a part of the text. */
#define WT_MESSAGE_HAIR_SPACE "\xe2\x80\x8a"

GPtrArray *wt_message_parts_new (WtSegment *segment,
                                 const char *my_user_id,
                                 WtTextBudget budget,
                                 gboolean *folded);
GPtrArray *wt_message_parts_new_words (const char *words);

G_END_DECLS
