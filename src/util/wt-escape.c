/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-escape.h"

#include <string.h>

/* What peers write, made harmless where it is read as bytes. */

#define ZWNJ 0x200c
#define ZWJ 0x200d

/* Joiners make emoji and Persian words, but only between characters that are not ASCII. */
static gboolean
is_wanted_joiner (gunichar c, gunichar before, gunichar after)
{
  return (c == ZWNJ || c == ZWJ) && before >= 0x80 && after >= 0x80
         && g_unichar_type (before) != G_UNICODE_FORMAT
         && g_unichar_type (after) != G_UNICODE_FORMAT;
}

/* What a terminal would obey instead of showing: control characters of both sets, and everything that turns the order of
 * the text around, hides it or breaks the line. */
static gboolean
is_raw (gunichar c, gunichar before, gunichar after)
{
  switch (g_unichar_type (c))
    {
    case G_UNICODE_CONTROL:
    case G_UNICODE_SURROGATE:
    case G_UNICODE_LINE_SEPARATOR:
    case G_UNICODE_PARAGRAPH_SEPARATOR:
      return TRUE;
    case G_UNICODE_FORMAT:
      return !is_wanted_joiner (c, before, after);
    default:
      return (c & 0xfffe) == 0xfffe || (c >= 0xfdd0 && c <= 0xfdef);
    }
}

static void
append_escape (GString *out, gunichar c)
{
  switch (c)
    {
    case '\n':
      g_string_append (out, "\\n");
      break;
    case '\r':
      g_string_append (out, "\\r");
      break;
    case '\t':
      g_string_append (out, "\\t");
      break;
    default:
      g_string_append_printf (out, c < 0x100 ? "\\x%02x" : c < 0x10000 ? "\\u%04x" : "\\U%08x", c);
    }
}

static void
append_json_escape (GString *out, gunichar c)
{
  if (c < 0x10000)
    g_string_append_printf (out, "\\u%04x", c);
  else
    g_string_append_printf (out, "\\u%04x\\u%04x", 0xd800 + ((c - 0x10000) >> 10),
                            0xdc00 + ((c - 0x10000) & 0x3ff));
}

static char *
escape (const char *text, void (*append) (GString *out, gunichar c))
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_autoptr (GString) out = g_string_sized_new (strlen (valid));
  gunichar before = 0;

  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gunichar after = g_utf8_get_char (g_utf8_next_char (at));

      if (is_raw (c, before, after))
        append (out, c);
      else
        g_string_append_unichar (out, c);
      before = c;
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * wt_escape_text:
 * @text: (nullable): any bytes, as a peer wrote them
 *
 * Makes text fit for a terminal: one line, in which control characters, escape sequences and bidirectional overrides are
 * written out, as `\x1b` or `\u202e`.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
wt_escape_text (const char *text)
{
  return escape (text, append_escape);
}

/**
 * wt_escape_json:
 * @json: JSON text in one line
 *
 * Writes the same characters as JSON does, so that the value stays what it is.
 *
 * Returns: (transfer full): the same JSON value
 */
char *
wt_escape_json (const char *json)
{
  return escape (json, append_json_escape);
}
