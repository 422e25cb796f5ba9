/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-cli-output.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "wt-escape.h"

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
 * @line: a line of UTF-8 for standard output, made of words of ours and of what wt_escape_text() returned
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
  g_autofree char *safe = wt_escape_json (json);

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
  safe = wt_escape_text (text);
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
