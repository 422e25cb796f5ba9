/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-display-text.h"

#include <string.h>

#define REPLACEMENT 0xfffd
#define ELLIPSIS "…"

static gboolean
is_line_break (gunichar c)
{
  return c == '\n' || c == '\v' || c == '\f' || c == 0x85 || c == 0x2028 || c == 0x2029;
}

/* Characters that turn the direction of what follows, across what belongs to others. */
static gboolean
is_direction_mark (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/**
 * wt_display_text_append:
 * @shown: where to append
 * @text: valid UTF-8 as a peer wrote it
 * @budget: (inout): what may be shown; lessened by what was
 *
 * Appends as much of @text as the budget allows, with every kind of line break as a newline and control
 * characters as U+FFFD. Costs no more than the budget, however long @text is.
 *
 * Returns: %TRUE if all of @text was appended
 */
gboolean
wt_display_text_append (GString *shown, const char *text, WtTextBudget *budget)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == '\r')
        {
          if (p[1] == '\n')
            continue;
          c = '\n';
        }
      if (is_line_break (c))
        c = '\n';
      else if (g_unichar_iscntrl (c) && c != '\t')
        c = REPLACEMENT;

      if (budget->characters == 0 || (c == '\n' && budget->lines == 0))
        return FALSE;
      budget->characters--;
      if (c == '\n')
        budget->lines--;
      g_string_append_unichar (shown, c);
    }

  return TRUE;
}

/**
 * wt_display_text_line:
 * @text: valid UTF-8 as a peer wrote it: a name, a title
 * @most_characters: what is shown of it, at least 1
 *
 * @text in one line: without control characters and marks that turn the direction of what stands beside it,
 * blanks made one, the end of a long one as “…”.
 *
 * Returns: (transfer full): perhaps empty
 */
char *
wt_display_text_line (const char *text, guint most_characters)
{
  g_autoptr (GString) line = g_string_new (NULL);
  guint left = most_characters;
  guint looked_at = 0;
  gboolean blank = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      /* Nothing to be seen in all this: the rest will not be better. */
      if (++looked_at > most_characters * 4)
        break;
      if (g_unichar_isspace (c) || is_line_break (c))
        {
          blank = line->len > 0;
          continue;
        }
      if (g_unichar_iscntrl (c) || is_direction_mark (c))
        continue;
      if (left <= (blank ? 1 : 0))
        {
          g_string_append (line, ELLIPSIS);
          break;
        }
      if (blank)
        {
          g_string_append_c (line, ' ');
          left--;
        }
      blank = FALSE;
      left--;
      g_string_append_unichar (line, c);
    }

  return g_strdup (line->str);
}

static gboolean
is_emoji (gunichar c)
{
  return (c >= 0x1f000 && c <= 0x1faff) || (c >= 0x2600 && c <= 0x27bf)
         || (c >= 0x2b05 && c <= 0x2b55) || (c >= 0x231a && c <= 0x23ff) || c == 0x203c
         || c == 0x2049 || c == 0x3030 || c == 0x303d || c == 0x3297 || c == 0x3299;
}

static gboolean
is_emoji_modifier (gunichar c)
{
  return c == 0xfe0f || c == 0x20e3 || (c >= 0x1f3fb && c <= 0x1f3ff)
         || (c >= 0xe0020 && c <= 0xe007f);
}

/**
 * wt_display_text_count_emoji:
 * @text: valid UTF-8
 *
 * Returns: how many emoji @text consists of, or 0 if there is anything else in it than emoji and blanks, or
 *   more than 12 of them
 */
guint
wt_display_text_count_emoji (const char *text)
{
  guint count = 0;
  guint regional = 0;
  gboolean joined = FALSE;

  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (p - text > 256)
        return 0;
      if (g_unichar_isspace (c))
        continue;
      if (c == 0x200d || is_emoji_modifier (c))
        {
          if (count == 0)
            return 0;
          joined = c == 0x200d;
          continue;
        }
      if (!is_emoji (c))
        return 0;
      if (c >= 0x1f1e6 && c <= 0x1f1ff)
        count += regional++ % 2 == 0 ? 1 : 0; /* two letters make a flag */
      else if (!joined)
        count++;
      joined = FALSE;
    }

  return count <= 12 ? count : 0;
}
