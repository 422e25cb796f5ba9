/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-export-markdown.h"

#include <string.h>

#include "wt-escape.h"

/* What means something within a line, in CommonMark and its usual extensions. */
#define SPECIAL "\\`*_[]<>#|~&!$"
/* What means something at its beginning. */
#define SPECIAL_FIRST "-+=:"

#define NO_BREAK_SPACE "\xc2\xa0"

static void
append_indent (GString *out, const char *line, gsize length)
{
  for (gsize i = 0; i < length; i++)
    g_string_append (out, line[i] == '\t' ? NO_BREAK_SPACE NO_BREAK_SPACE : NO_BREAK_SPACE);
}

/* Where a line's beginning would make a list of it: how many digits stand before the dot or bracket. */
static gsize
count_list_digits (const char *line)
{
  gsize n = strspn (line, "0123456789");

  return n > 0 && (line[n] == '.' || line[n] == ')') ? n : 0;
}

static void
append_line (GString *out, const char *line)
{
  g_autofree char *safe = NULL;
  gsize indent = strspn (line, " \t");
  gsize digits;

  append_indent (out, line, indent);
  safe = wt_escape_text (line + indent);
  digits = count_list_digits (safe);
  g_string_append_len (out, safe, (gssize) digits);
  if (digits > 0)
    g_string_append_c (out, '\\');
  if (*safe != '\0' && strchr (SPECIAL_FIRST, *safe) != NULL)
    g_string_append_c (out, '\\');
  for (const char *at = safe + digits; *at != '\0'; at++)
    {
      if (strchr (SPECIAL, *at) != NULL)
        g_string_append_c (out, '\\');
      g_string_append_c (out, *at);
    }
}

/**
 * wt_export_markdown_escape:
 * @text: (nullable): what somebody wrote
 *
 * Returns: (transfer full): Markdown that shows @text as it is, line by line: no heading, link, picture, HTML or escape
 *   sequence can come of it
 */
char *
wt_export_markdown_escape (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", -1);
  g_auto (GStrv) lines = g_strsplit (valid, "\n", -1);
  g_autoptr (GString) out = g_string_new (NULL);

  for (char **line = lines; *line != NULL; line++)
    {
      gsize length = strlen (*line);

      if (length > 0 && (*line)[length - 1] == '\r')
        (*line)[length - 1] = '\0';
      append_line (out, *line);
      /* A break within the paragraph; an empty line ends it by itself. */
      if (line[1] != NULL)
        g_string_append (out, **line != '\0' && *line[1] != '\0' ? "\\\n" : "\n");
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/**
 * wt_export_markdown_escape_line:
 * @text: (nullable): a name
 *
 * Returns: (transfer full): the same in one line
 */
char *
wt_export_markdown_escape_line (const char *text)
{
  g_autofree char *line = wt_escape_text (text);

  return wt_export_markdown_escape (line);
}

/**
 * wt_export_markdown_link:
 * @text: what it is called
 * @path: (type filename): where it is, relative to the document
 * @is_picture: whether to show it
 *
 * Returns: (transfer full): a link
 */
char *
wt_export_markdown_link (const char *text, const char *path, gboolean is_picture)
{
  g_autofree char *escaped = wt_export_markdown_escape_line (text);
  g_autofree char *uri = g_uri_escape_bytes ((const guint8 *) path, strlen (path), "/");

  return g_strdup_printf ("%s[%s](%s)", is_picture ? "!" : "", escaped, uri);
}
