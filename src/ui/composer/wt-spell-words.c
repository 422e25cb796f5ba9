/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-spell-words.h"

#include <pango/pango.h>
#include <string.h>

#define FENCE "```"

/* Nobody means a longer one. */
#define LONGEST_WORD 48

static void
spell_word_free (gpointer data)
{
  WtSpellWord *word = data;

  g_free (word->word);
  g_free (word);
}

/* Written without blanks between the words, or in syllables that no dictionary here knows. */
static gboolean
is_east_asian (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
      return TRUE;
    default:
      return FALSE;
    }
}

/* With a mark that no sentence has: an address, a path, a mention, an option, something of a program. */
static gboolean
is_technical (const gunichar *token, guint length)
{
  guint n_slashes = 0;

  if (strchr ("/#~-$", (int) (token[0] < 0x80 ? token[0] : ' ')) != NULL)
    return TRUE;

  for (guint i = 0; i < length; i++)
    {
      gunichar c = token[i];

      if (c == '@' || c == 0xff20 || c == '_' || c == '\\' || c == '=' || c == '`' || c == '<')
        return TRUE;
      n_slashes += c == '/';
      if ((c == '.' || c == ':') && i > 0 && i + 1 < length && g_unichar_isalnum (token[i - 1])
          && (g_unichar_isalnum (token[i + 1]) || token[i + 1] == '/'))
        return TRUE;
    }
  return n_slashes > 1;
}

static gboolean
is_checked (const gunichar *word, guint length)
{
  guint n_upper = 0, n_letters = 0;

  if (length < 2 || length > LONGEST_WORD)
    return FALSE;

  for (guint i = 0; i < length; i++)
    {
      if (g_unichar_isdigit (word[i]))
        return FALSE;
      n_letters += g_unichar_isalpha (word[i]);
      /* A name of a program's, or an abbreviation. */
      n_upper += i > 0 && g_unichar_isupper (word[i]);
    }
  return n_letters > 0 && n_upper == 0;
}

static void
add_word (GPtrArray *words, const gunichar *characters, guint start, guint end)
{
  WtSpellWord *word;
  char *other;

  if (!is_checked (characters + start, end - start))
    return;

  word = g_new0 (WtSpellWord, 1);
  word->start = start;
  word->end = end;
  word->word = g_ucs4_to_utf8 (characters + start, end - start, NULL, NULL, NULL);
  /* Dictionaries know the one of the keyboard. */
  while ((other = strstr (word->word, "’")) != NULL)
    {
      *other = '\'';
      memmove (other + 1, other + strlen ("’"), strlen (other + strlen ("’")) + 1);
    }
  g_ptr_array_add (words, word);
}

/* The words of one token, without the East Asian characters around them. */
static void
add_token (GPtrArray *words,
           const gunichar *characters,
           const PangoLogAttr *attributes,
           guint start,
           guint end)
{
  for (guint i = start + 1; i <= end; i++)
    if (i == end || attributes[i].is_word_boundary || is_east_asian (characters[i])
        || is_east_asian (characters[i - 1]))
      {
        if (!is_east_asian (characters[start]))
          add_word (words, characters, start, i);
        start = i;
      }
}

/* From the backtick to the one that closes it in the same line; @start where there is none. */
static guint
skip_code (const gunichar *characters, guint start, guint length)
{
  for (guint i = start + 1; i < length && characters[i] != '\n'; i++)
    if (characters[i] == '`')
      return i + 1;

  return start;
}

static guint
skip_line (const gunichar *characters, guint start, guint length)
{
  while (start < length && characters[start] != '\n')
    start++;

  return MIN (start + 1, length);
}

static gboolean
is_fence (const gunichar *characters, guint start, guint length)
{
  return length - start >= strlen (FENCE) && characters[start] == '`'
         && characters[start + 1] == '`' && characters[start + 2] == '`';
}

static gboolean
is_end_of_token (const gunichar *characters, guint start, guint i, guint length)
{
  return i == length || g_unichar_isspace (characters[i])
         || (characters[i] == '`' && i > start && skip_code (characters, i, length) > i);
}

/**
 * wt_spell_words_is_fence:
 * @line: the beginning of a line
 *
 * Returns: whether what follows, or what came before, is a block of code
 */
gboolean
wt_spell_words_is_fence (const char *line)
{
  return g_str_has_prefix (line, FENCE);
}

/**
 * wt_spell_words_find:
 * @text: valid UTF-8, from the beginning of a line; some thousand characters at most
 * @in_code: whether it begins within a block of code
 *
 * Finds what can be spelt wrongly. Not so are numbers, abbreviations, addresses, paths, mentions, code in backticks, and East Asian
 * scripts.
 *
 * Returns: (transfer full): of #WtSpellWord, in order
 */
GPtrArray *
wt_spell_words_find (const char *text, gboolean in_code)
{
  g_return_val_if_fail (text != NULL, NULL);

  g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (spell_word_free);
  glong n_characters = 0;
  g_autofree gunichar *characters = g_utf8_to_ucs4_fast (text, -1, &n_characters);
  g_autofree PangoLogAttr *attributes = g_new0 (PangoLogAttr, n_characters + 1);
  guint length = (guint) n_characters;
  guint start = 0;

  pango_get_log_attrs (text, -1, -1, pango_language_get_default (), attributes,
                       (int) n_characters + 1);
  while (start < length)
    {
      gboolean at_line = start == 0 || characters[start - 1] == '\n';
      gboolean fence = at_line && is_fence (characters, start, length);
      guint end = start;

      if (fence || (at_line && in_code))
        {
          in_code ^= fence;
          start = skip_line (characters, start, length);
          continue;
        }
      if (characters[start] == '`' && (end = skip_code (characters, start, length)) > start)
        {
          start = end;
          continue;
        }

      end = start;
      while (!is_end_of_token (characters, start, end, length))
        end++;
      if (end > start && !is_technical (characters + start, end - start))
        add_token (words, characters, attributes, start, end);
      start = MAX (end, start + 1);
    }
  return g_steal_pointer (&words);
}
