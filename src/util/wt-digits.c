/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-digits.h"

/**
 * wt_digits_parse:
 * @text: any text
 * @most: the largest number that will do
 * @value: (out): the number
 *
 * Reads a number that is written in decimal digits and nothing else. Thread-safe, which g_ascii_string_to_unsigned() is
 * not: of threads that call it for the first time at the same moment it fails in all but one, for it looks at `errno` after
 * it has waited for them.
 *
 * Returns: whether @text is a number from 0 to @most
 */
gboolean
wt_digits_parse (const char *text, guint64 most, guint64 *value)
{
  guint64 number = 0;

  if (*text == '\0')
    return FALSE;

  for (; *text != '\0'; text++)
    {
      if (!g_ascii_isdigit (*text) || !g_uint64_checked_mul (&number, number, 10)
          || !g_uint64_checked_add (&number, number, (guint64) (*text - '0')))
        return FALSE;
    }
  if (number > most)
    return FALSE;

  *value = number;
  return TRUE;
}
