/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-search-words.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#include "wt-date-words.h"
#include "wt-display-text.h"

/* Finds in a text what the index found it by, closely enough to show it: without case, width and accents, Latin words
 * from their beginning. */

/* Nobody looks for a hit behind this, in bytes. */
#define MOST_LOOKED_AT (64 * 1024)
#define MOST_TYPED 256
#define MOST_RANGES 200

/* What stands before the first hit of an excerpt, in characters. */
#define LEAD 20

#define MOST_SHOWN 60

/* The marker's colours, legible in light and in dark: the text keeps its own. */
#define MARK_RED 0xf5f5
#define MARK_GREEN 0xc2c2
#define MARK_BLUE 0x1111
#define MARK_ALPHA 0x7000

typedef struct
{
  gunichar c;
  guint offset;
} Folded;

static gunichar
fold (gunichar c)
{
  gunichar parts[G_UNICHAR_MAX_DECOMPOSITION_LENGTH];

  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xfee0;
  c = g_unichar_tolower (c);
  /* Accents; Korean syllables stay whole. */
  if (c >= 0xc0 && c < 0x2000 && g_unichar_fully_decompose (c, FALSE, parts, 1) > 0)
    c = parts[0];
  return c;
}

/* Of a word that is only found from its beginning. */
static gboolean
is_spaced_letter (gunichar c)
{
  return c < 0x2e80 && g_unichar_isalnum (c);
}

static GArray *
fold_text (const char *text, gsize most)
{
  GArray *folded = g_array_new (FALSE, FALSE, sizeof (Folded));

  for (const char *p = text; *p != '\0' && (gsize) (p - text) < most; p = g_utf8_next_char (p))
    {
      Folded one = { fold (g_utf8_get_char (p)), (guint) (p - text) };

      g_array_append_val (folded, one);
    }
  return folded;
}

static guint
get_end (GArray *text, guint index, const char *original)
{
  if (index < text->len)
    return g_array_index (text, Folded, index).offset;
  if (text->len == 0)
    return 0;

  guint last = g_array_index (text, Folded, text->len - 1).offset;

  return last + (guint) (g_utf8_next_char (original + last) - (original + last));
}

static gboolean
matches_at (GArray *text, guint at, const Folded *word, guint length)
{
  if (at + length > text->len)
    return FALSE;
  if (at > 0 && is_spaced_letter (word[0].c)
      && is_spaced_letter (g_array_index (text, Folded, at - 1).c))
    return FALSE;
  for (guint i = 0; i < length; i++)
    {
      if (g_array_index (text, Folded, at + i).c != word[i].c)
        return FALSE;
    }
  return TRUE;
}

/* Returns: whether it was found at all */
static gboolean
find_word (GArray *ranges, GArray *text, const char *original, const Folded *word, guint length)
{
  gboolean found = FALSE;

  for (guint at = 0; at < text->len && ranges->len < MOST_RANGES; at++)
    {
      WtSearchRange range;

      if (!matches_at (text, at, word, length))
        continue;
      range.start = g_array_index (text, Folded, at).offset;
      range.end = get_end (text, at + length, original);
      g_array_append_val (ranges, range);
      found = TRUE;
      at += length - 1;
    }
  return found;
}

/* What stands between signs: the index does not know these. */
static void
find_pieces (GArray *ranges, GArray *text, const char *original, const Folded *word, guint length)
{
  guint start = 0;

  for (guint i = 0; i <= length; i++)
    {
      if (i < length && g_unichar_isalnum (word[i].c))
        continue;
      if (i > start)
        find_word (ranges, text, original, word + start, i - start);
      start = i + 1;
    }
}

static int
compare_ranges (gconstpointer a, gconstpointer b)
{
  const WtSearchRange *first = a, *second = b;

  return (first->start > second->start) - (first->start < second->start);
}

static void
merge_ranges (GArray *ranges)
{
  guint n = 0;

  g_array_sort (ranges, compare_ranges);
  for (guint i = 0; i < ranges->len; i++)
    {
      WtSearchRange *range = &g_array_index (ranges, WtSearchRange, i);
      WtSearchRange *last = n > 0 ? &g_array_index (ranges, WtSearchRange, n - 1) : NULL;

      if (last != NULL && range->start <= last->end)
        last->end = MAX (last->end, range->end);
      else
        g_array_index (ranges, WtSearchRange, n++) = *range;
    }
  g_array_set_size (ranges, n);
}

/**
 * wt_search_words_find:
 * @text: (nullable): valid UTF-8
 * @typed: (nullable): what was searched for
 *
 * Returns: (transfer full) (element-type WtSearchRange): where the words are in the first 64 KiB, ascending, apart
 */
GArray *
wt_search_words_find (const char *text, const char *typed)
{
  GArray *ranges = g_array_new (FALSE, FALSE, sizeof (WtSearchRange));
  g_autoptr (GArray) folded = NULL;
  g_autoptr (GArray) query = NULL;
  guint start = 0;

  if (text == NULL || typed == NULL || *typed == '\0')
    return ranges;

  folded = fold_text (text, MOST_LOOKED_AT);
  query = fold_text (typed, MOST_TYPED);
  for (guint i = 0; i <= query->len; i++)
    {
      if (i < query->len && !g_unichar_isspace (g_array_index (query, Folded, i).c))
        continue;
      if (i > start)
        {
          const Folded *word = &g_array_index (query, Folded, start);

          if (!find_word (ranges, folded, text, word, i - start))
            find_pieces (ranges, folded, text, word, i - start);
        }
      start = i + 1;
    }
  merge_ranges (ranges);
  return ranges;
}

/**
 * wt_search_words_excerpt:
 * @text: (nullable): a message's text, as a peer wrote it
 * @typed: (nullable): what was searched for
 * @most_characters: how much is wanted
 *
 * Returns: (transfer full): one line around the first hit, or the beginning
 */
char *
wt_search_words_excerpt (const char *text, const char *typed, guint most_characters)
{
  g_autoptr (GArray) ranges = wt_search_words_find (text, typed);
  g_autofree char *line = NULL;
  const char *start = text;
  guint lead = 0;

  if (text == NULL)
    return g_strdup ("");
  if (ranges->len > 0)
    start = text + g_array_index (ranges, WtSearchRange, 0).start;
  while (start > text && lead < LEAD)
    {
      start = g_utf8_prev_char (start);
      lead++;
    }
  /* A word is not cut where there is another before the hit. */
  if (start > text)
    {
      const char *p = start;

      for (guint i = 0; i < lead; i++, p = g_utf8_next_char (p))
        {
          if (!g_unichar_isspace (g_utf8_get_char (p)))
            continue;
          start = p;
          break;
        }
    }

  line = wt_display_text_line (start, most_characters);
  return start > text ? g_strconcat ("…", line, NULL) : g_steal_pointer (&line);
}

/**
 * wt_search_words_mark:
 * @text: the text of a label
 * @typed: (nullable): what was searched for
 * @bold: whether the words are set in bold instead of on a marker's ground
 *
 * Returns: (transfer full) (nullable): attributes that make the words stand out, or %NULL where there are none
 */
PangoAttrList *
wt_search_words_mark (const char *text, const char *typed, gboolean bold)
{
  g_autoptr (GArray) ranges = wt_search_words_find (text, typed);
  PangoAttrList *attributes = NULL;

  for (guint i = 0; i < ranges->len; i++)
    {
      const WtSearchRange *range = &g_array_index (ranges, WtSearchRange, i);
      PangoAttribute *ground = pango_attr_background_new (MARK_RED, MARK_GREEN, MARK_BLUE);
      PangoAttribute *alpha = pango_attr_background_alpha_new (MARK_ALPHA);
      PangoAttribute *weight = bold ? pango_attr_weight_new (PANGO_WEIGHT_BOLD) : NULL;

      if (attributes == NULL)
        attributes = pango_attr_list_new ();
      ground->start_index = alpha->start_index = range->start;
      ground->end_index = alpha->end_index = range->end;
      pango_attr_list_insert (attributes, ground);
      pango_attr_list_insert (attributes, alpha);
      if (weight == NULL)
        continue;
      weight->start_index = range->start;
      weight->end_index = range->end;
      pango_attr_list_insert (attributes, weight);
    }
  return attributes;
}

static void
add_kinds (GString *words, WtSearchKinds kinds)
{
  static const struct
  {
    WtSearchKinds kind;
    const char *words;
  } names[] = {
    { WT_SEARCH_PICTURES, N_ ("pictures") },
    { WT_SEARCH_FILES, N_ ("files") },
    { WT_SEARCH_LINKS, N_ ("links") },
    { WT_SEARCH_VOICES, N_ ("recordings") },
  };
  g_autoptr (GString) list = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if ((kinds & names[i].kind) != 0)
      g_string_append_printf (list, "%s%s", list->len > 0 ? _ (", ") : "", _ (names[i].words));
  if (list->len > 0)
    /* Translators: a condition of a search; e.g. “only pictures, files” */
    g_string_append_printf (words, _ (" · only %s"), list->str);
}

static void
add_quoted (GString *words, const char *format, const char *text)
{
  g_autofree char *line = wt_display_text_line (text, MOST_SHOWN);

#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
  g_string_append_printf (words, format, line);
#pragma GCC diagnostic pop
}

/**
 * wt_search_words_nothing:
 * @filter: what was searched for
 * @title: (nullable): the only conversation that was searched, or %NULL for all
 *
 * Returns: (transfer full): says what was looked for and where, for when it was not found
 */
char *
wt_search_words_nothing (const WtSearchFilter *filter, const char *title)
{
  g_autoptr (GString) words = g_string_new (NULL);

  if (title != NULL)
    add_quoted (words, _ ("Searched “%s”"), title);
  else
    g_string_append (words, _ ("Searched all chats and groups"));
  if (filter->text != NULL && *filter->text != '\0')
    add_quoted (words, _ (" for “%s”"), filter->text);
  if (filter->author != NULL && *filter->author != '\0')
    add_quoted (words, _ (" · by “%s”"), filter->author);
  add_kinds (words, filter->kinds);
  if (filter->from != 0)
    {
      g_autofree char *day = wt_date_words_day (filter->from);

      g_string_append_printf (words, _ (" · from %s"), day);
    }
  if (filter->to != 0)
    {
      g_autofree char *day = wt_date_words_day (filter->to - 1);

      g_string_append_printf (words, _ (" · to %s"), day);
    }
  return g_strdup (words->str);
}
