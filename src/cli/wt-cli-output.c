/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-cli-output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

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
 * wt_cli_output_escape:
 * @text: (nullable): any bytes, as a peer wrote them
 *
 * Makes text fit for a terminal: one line, in which control characters, escape sequences and bidirectional overrides are
 * written out, as `\x1b` or `\u202e`.
 *
 * Returns: (transfer full): valid UTF-8
 */
char *
wt_cli_output_escape (const char *text)
{
  return escape (text, append_escape);
}

/**
 * wt_cli_output_escape_json:
 * @json: JSON text in one line
 *
 * Writes the same characters as JSON does, so that the value stays what it is.
 *
 * Returns: (transfer full): the same JSON value
 */
char *
wt_cli_output_escape_json (const char *json)
{
  return escape (json, append_json_escape);
}

static gboolean
write_line (FILE *stream, const char *line, GError **error)
{
  if (fputs (line, stream) >= 0 && fputc ('\n', stream) != EOF && fflush (stream) == 0)
    return TRUE;

  int code = errno;

  clearerr (stream);
  g_set_error_literal (error, G_IO_ERROR, (int) g_io_error_from_errno (code), g_strerror (code));
  return FALSE;
}

/* In the terminal's own encoding. */
static char *
to_terminal (const char *line)
{
  const char *charset;
  char *converted = NULL;

  if (!g_get_charset (&charset))
    converted = g_convert_with_fallback (line, -1, charset, "UTF-8", "?", NULL, NULL, NULL);
  return converted != NULL ? converted : g_strdup (line);
}

/**
 * wt_cli_output_line:
 * @line: a line of UTF-8 for standard output, made of words of ours and of what wt_cli_output_escape() returned
 * @error: return location for a #GIOErrorEnum: %G_IO_ERROR_BROKEN_PIPE where nobody reads any more
 *
 * Returns: whether it was written
 */
gboolean
wt_cli_output_line (const char *line, GError **error)
{
  g_autofree char *encoded = to_terminal (line);

  return write_line (stdout, encoded, error);
}

/**
 * wt_cli_output_json:
 * @json: a JSON value in one line
 * @error: return location for an error as wt_cli_output_line()'s
 *
 * Writes it to standard output; in UTF-8 whatever the locale is, and safe on a terminal.
 *
 * Returns: whether it was written
 */
gboolean
wt_cli_output_json (const char *json, GError **error)
{
  g_autofree char *safe = wt_cli_output_escape_json (json);

  return write_line (stdout, safe, error);
}

/**
 * wt_cli_output_note:
 * @format: what to tell the user on standard error, in one line
 * @...: for @format; may be a peer's text
 *
 * What cannot be written there is lost.
 */
void
wt_cli_output_note (const char *format, ...)
{
  g_autofree char *text = NULL;
  g_autofree char *safe = NULL;
  g_autofree char *line = NULL;
  g_autofree char *encoded = NULL;
  va_list list;

  va_start (list, format);
  text = g_strdup_vprintf (format, list);
  va_end (list);
  safe = wt_cli_output_escape (text);
  line = g_strconcat ("wheatear-cli: ", safe, NULL);
  encoded = to_terminal (line);
  write_line (stderr, encoded, NULL);
}

/**
 * wt_cli_output_is_terminal:
 * @stream: standard output or error
 *
 * Returns: whether somebody looks at it, and lines may be written over
 */
gboolean
wt_cli_output_is_terminal (FILE *stream)
{
  return isatty (fileno (stream)) && g_strcmp0 (g_getenv ("TERM"), "dumb") != 0;
}

static gboolean
has_colours (void)
{
  const char *unwanted = g_getenv ("NO_COLOR");

  return (unwanted == NULL || *unwanted == '\0') && wt_cli_output_is_terminal (stdout);
}

/**
 * wt_cli_output_paint:
 * @text: text that is safe
 * @colour: how to set it off
 *
 * Returns: (transfer full): @text, in colour only where standard output is a terminal and NO_COLOR is not set
 */
char *
wt_cli_output_paint (const char *text, WtCliColour colour)
{
  static const char *const codes[] = {
    [WT_CLI_GOOD] = "32",
    [WT_CLI_BAD] = "31",
    [WT_CLI_STRONG] = "1",
    [WT_CLI_FAINT] = "2",
  };

  if (colour == WT_CLI_PLAIN || !has_colours ())
    return g_strdup (text);
  return g_strdup_printf ("\033[%sm%s\033[0m", codes[colour], text);
}

/**
 * wt_cli_output_get_width:
 * @text: text that is safe
 *
 * Returns: how many columns it takes on a terminal
 */
guint
wt_cli_output_get_width (const char *text)
{
  guint width = 0;

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);

      if (!g_unichar_iszerowidth (c))
        width += g_unichar_iswide (c) ? 2 : 1;
    }
  return width;
}

/**
 * wt_cli_output_pad:
 * @text: text that is safe
 * @width: columns
 *
 * Returns: (transfer full): @text with blanks behind it, at least @width wide
 */
char *
wt_cli_output_pad (const char *text, guint width)
{
  guint own = wt_cli_output_get_width (text);
  g_autofree char *blanks = g_strnfill (width > own ? width - own : 0, ' ');

  return g_strconcat (text, blanks, NULL);
}
