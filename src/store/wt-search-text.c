/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-search-store.h"

#include <string.h>

/* The index knows words between spaces; Chinese has none. So every CJK character is made a word of
 * its own, and a run of them is asked for as a phrase. The same text must always give the same
 * words, in every version of this program: the index forgets a text only when handed the words it
 * was given. */

/* No more of a text is indexed, in bytes: nobody looks for the end of a megabyte. */
#define INDEXED_MOST_BYTES (1024 * 1024)

/* No more of a query is heeded. */
#define QUERY_MOST_BYTES 1024
#define QUERY_MOST_CHUNKS 32

typedef struct
{
  gunichar first;
  gunichar last;
} Range;

static const Range cjk[] = {
  { 0x1100, 0x11ff },   /* Hangul Jamo */
  { 0x2e80, 0x2fdf },   /* radicals */
  { 0x3005, 0x3007 },   /* iteration mark, closing mark, zero */
  { 0x3021, 0x3029 },   /* Hangzhou numerals */
  { 0x3031, 0x3035 },   /* kana repeat marks */
  { 0x3038, 0x303c },   /* more numerals and marks */
  { 0x3041, 0x30ff },   /* Hiragana, Katakana */
  { 0x3105, 0x312f },   /* Bopomofo */
  { 0x3130, 0x318f },   /* Hangul compatibility Jamo */
  { 0x31a0, 0x31bf },   /* Bopomofo extended */
  { 0x31f0, 0x31ff },   /* Katakana phonetic extensions */
  { 0x3400, 0x4dbf },   /* extension A */
  { 0x4e00, 0x9fff },   /* unified ideographs */
  { 0xa960, 0xa97f },   /* Hangul Jamo extended A */
  { 0xac00, 0xd7ff },   /* Hangul syllables, Jamo extended B */
  { 0xf900, 0xfaff },   /* compatibility ideographs */
  { 0xff66, 0xffdc },   /* halfwidth Katakana and Hangul */
  { 0x1aff0, 0x1b16f }, /* Kana supplement and extensions */
  { 0x20000, 0x2fa1f }, /* extensions B to F, compatibility supplement */
  { 0x30000, 0x323af }, /* extensions G and H */
};

static gboolean
is_cjk (gunichar c)
{
  if (c < cjk[0].first)
    return FALSE;
  for (guint i = 0; i < G_N_ELEMENTS (cjk) && c >= cjk[i].first; i++)
    {
      if (c <= cjk[i].last)
        return TRUE;
    }

  return FALSE;
}

/* Fullwidth ASCII is typed and meant as ASCII. */
static gunichar
fold_width (gunichar c)
{
  return c >= 0xff01 && c <= 0xff5e ? c - 0xfee0 : c;
}

static gboolean
is_word (gunichar c)
{
  return g_unichar_isalnum (c) || is_cjk (c) || g_unichar_type (c) == G_UNICODE_PRIVATE_USE;
}

/* Appends @text set apart; quotes are dropped, for they are not part of any word and would end the
 * query's string. */
static void
append_words (GString *words, const char *text, const char *end)
{
  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = fold_width (g_utf8_get_char (p));

      if (c < 0x80)
        g_string_append_c (words, c == '"' ? ' ' : (char) c);
      else if (!is_cjk (c))
        g_string_append_unichar (words, c);
      else
        {
          g_string_append_c (words, ' ');
          g_string_append_unichar (words, c);
          g_string_append_c (words, ' ');
        }
    }
}

/* Whether there is a word in @text; @prefix: whether the last one may go on. */
static gboolean
find_word (const char *text, const char *end, gboolean *prefix)
{
  gboolean found = FALSE;

  for (const char *p = text; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = fold_width (g_utf8_get_char (p));

      if (!is_word (c))
        continue;
      found = TRUE;
      *prefix = !is_cjk (c);
    }

  return found;
}

/* Made valid before it is cut: a text read back from the database was made valid as a whole. */
static char *
dup_bounded (const char *text, gsize most)
{
  g_autofree char *valid = NULL;
  gsize length = strlen (text);

  if (!g_utf8_validate_len (text, length, NULL))
    {
      valid = g_utf8_make_valid (text, length);
      text = valid;
      length = strlen (valid);
    }
  if (length > most)
    {
      length = most;
      while (length > 0 && ((guchar) text[length] & 0xc0) == 0x80)
        length--;
    }

  return g_strndup (text, length);
}

/**
 * wt_search_store_tokenize:
 * @text: (nullable): a text
 *
 * Returns: (transfer full): the first megabyte of @text as the index is given it: every CJK
 *   character between spaces, fullwidth ASCII as ASCII
 */
char *
wt_search_store_tokenize (const char *text)
{
  g_autofree char *part = dup_bounded (text != NULL ? text : "", INDEXED_MOST_BYTES);
  gsize length = strlen (part);
  GString *words = g_string_sized_new (length + length / 2 + 16);

  append_words (words, part, part + length);

  return g_string_free (words, FALSE);
}

/**
 * wt_search_store_make_match:
 * @typed: (nullable): what was typed
 *
 * Makes the FTS5 expression that finds @typed: all that stands between spaces must be found, each
 * as a phrase, and where it ends in a Latin word that word may go on. Nothing typed is FTS5 syntax.
 *
 * Returns: (nullable) (transfer full): the expression, or %NULL where there is no word in @typed
 */
char *
wt_search_store_make_match (const char *typed)
{
  g_autofree char *query = dup_bounded (typed != NULL ? typed : "", QUERY_MOST_BYTES);
  g_autoptr (GString) match = g_string_new (NULL);
  guint chunks = 0;
  const char *p = query;

  while (*p != '\0' && chunks < QUERY_MOST_CHUNKS)
    {
      g_autoptr (GString) phrase = g_string_new (NULL);
      gboolean prefix = FALSE;
      const char *end = p;

      while (*end != '\0' && !g_unichar_isspace (g_utf8_get_char (end)))
        end = g_utf8_next_char (end);
      if (find_word (p, end, &prefix))
        {
          append_words (phrase, p, end);
          g_string_append_printf (match, "%s\"%s\"%s", chunks > 0 ? " AND " : "", phrase->str,
                                  prefix ? " *" : "");
          chunks++;
        }
      p = *end != '\0' ? g_utf8_next_char (end) : end;
    }

  return chunks > 0 ? g_strdup (match->str) : NULL;
}
