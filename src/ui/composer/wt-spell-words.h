/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A word to be looked up, and where it is in its text, in characters. */
typedef struct
{
  guint start;
  guint end;
  char *word;
} WtSpellWord;

GPtrArray *wt_spell_words_find (const char *text, gboolean in_code);
gboolean wt_spell_words_is_fence (const char *line);

G_END_DECLS
