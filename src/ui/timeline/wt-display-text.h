/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtTextBudget:
 * @characters: characters that may still be shown
 * @lines: line breaks that may still be shown
 *
 * How much of a text is shown before the rest is folded away.
 */
typedef struct
{
  guint characters;
  guint lines;
} WtTextBudget;

gboolean wt_display_text_append (GString *shown, const char *text, WtTextBudget *budget);
char *wt_display_text_line (const char *text, guint most_characters);
guint wt_display_text_count_emoji (const char *text);

G_END_DECLS
