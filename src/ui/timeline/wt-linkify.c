/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-linkify.h"

#include <string.h>

/* Longer ones stay text. */
#define MOST_LINK_BYTES 2048

typedef enum
{
  SCHEME_NONE,
  SCHEME_HTTP,
  SCHEME_MAILTO,
} Scheme;

/* Scripts written without spaces, where a link ends at the first letter that follows it. */
static gboolean
is_unspaced (gunichar c)
{
  switch (g_unichar_get_script (c))
    {
    case G_UNICODE_SCRIPT_HAN:
    case G_UNICODE_SCRIPT_HIRAGANA:
    case G_UNICODE_SCRIPT_KATAKANA:
    case G_UNICODE_SCRIPT_HANGUL:
    case G_UNICODE_SCRIPT_BOPOMOFO:
    case G_UNICODE_SCRIPT_THAI:
    case G_UNICODE_SCRIPT_LAO:
    case G_UNICODE_SCRIPT_KHMER:
    case G_UNICODE_SCRIPT_MYANMAR:
      return TRUE;
    default:
      return FALSE;
    }
}

/* Whether @c carries on a link whose character before is @previous. "https://host/麦穗" is one link,
 * "https://host/page麦穗" a link and two letters. */
static gboolean
is_link_character (gunichar c, gunichar previous)
{
  if (c < 0x80)
    return c > ' ' && c != 0x7f && strchr ("<>\"`{}|\\^", (int) c) == NULL;
  if (!g_unichar_isalnum (c) && !g_unichar_ismark (c))
    return FALSE;
  if (!is_unspaced (c))
    return TRUE;

  return previous >= 0x80 || !g_ascii_isalnum ((char) previous);
}

/* The scheme whose colon is at @colon, and where it starts. */
static Scheme
find_scheme (const char *text, const char *colon, const char *end, const char **start)
{
  static const struct
  {
    const char *name;
    Scheme scheme;
  } schemes[] = {
    { "https", SCHEME_HTTP },
    { "http", SCHEME_HTTP },
    { "mailto", SCHEME_MAILTO },
  };

  for (guint i = 0; i < G_N_ELEMENTS (schemes); i++)
    {
      gsize length = strlen (schemes[i].name);

      if ((gsize) (colon - text) < length)
        continue;
      if (g_ascii_strncasecmp (colon - length, schemes[i].name, length) != 0)
        continue;
      *start = colon - length;
      if (*start > text && (g_ascii_isalnum ((*start)[-1]) || strchr ("+-_", (*start)[-1]) != NULL))
        continue;
      if (schemes[i].scheme == SCHEME_HTTP && (end - colon < 3 || memcmp (colon, "://", 3) != 0))
        continue;
      return schemes[i].scheme;
    }

  return SCHEME_NONE;
}

/* Takes off what closes the sentence, not the link: full stops, and brackets opened before it. */
static const char *
trim_end (const char *start, const char *end)
{
  static const char closing[] = ")]", opening[] = "([";
  gssize open[2] = { 0, 0 };

  for (const char *c = start; c < end; c++)
    for (guint i = 0; i < 2; i++)
      open[i] += (*c == opening[i]) - (*c == closing[i]);

  while (end > start)
    {
      const char *bracket = strchr (closing, end[-1]);

      if (bracket != NULL && open[bracket - closing] < 0)
        open[bracket - closing]++;
      else if (strchr (".,;:!?'*", end[-1]) == NULL)
        break;
      end--;
    }

  return end;
}

/* Where the link ends; @run: where characters that could be of one end. */
static const char *
find_end (const char *after_scheme, const char *end, Scheme scheme, const char **run)
{
  const char *p = after_scheme;
  gunichar previous = '/';

  while (p < end)
    {
      gunichar c = g_utf8_get_char (p);

      /* A mail address only: other fields could ask the mailer to attach a file. */
      if (!is_link_character (c, previous) || (scheme == SCHEME_MAILTO && c == '?'))
        break;
      previous = c;
      p = g_utf8_next_char (p);
    }

  *run = p;
  return p - after_scheme <= MOST_LINK_BYTES ? trim_end (after_scheme, p) : after_scheme;
}

/* The address in ASCII, or NULL when it is none. */
static char *
make_address (const char *start, const char *end, Scheme scheme)
{
  g_autofree char *raw = g_strndup (start, (gsize) (end - start));
  g_autofree char *ascii = g_uri_escape_string (
      raw, G_URI_RESERVED_CHARS_GENERIC_DELIMITERS G_URI_RESERVED_CHARS_SUBCOMPONENT_DELIMITERS "%",
      FALSE);
  g_autoptr (GUri) uri = g_uri_parse (ascii, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED, NULL);
  const char *host;

  if (uri == NULL)
    return NULL;
  if (scheme == SCHEME_MAILTO)
    return strchr (g_uri_get_path (uri), '@') > g_uri_get_path (uri) ? g_steal_pointer (&ascii)
                                                                     : NULL;

  /* An international name is in its ASCII form here. */
  host = g_uri_get_host (uri);
  if (host == NULL || (!g_ascii_isalnum (*host) && strchr (host, ':') == NULL))
    return NULL;

  return g_str_is_ascii (raw) ? g_steal_pointer (&ascii) : g_uri_to_string (uri);
}

static void
append_text (GString *markup, const char *start, const char *end)
{
  g_autofree char *escaped = g_markup_escape_text (start, end - start);

  g_string_append (markup, escaped);
}

/**
 * wt_linkify_append:
 * @markup: where to append
 * @text: valid UTF-8 as a peer wrote it
 * @length: bytes of @text
 * @n_links: (inout): links made so far, to share %WT_LINKIFY_MOST_LINKS among several texts
 *
 * Appends @text as Pango markup. Everything is escaped: nothing in @text is ever taken for markup. Addresses
 * that begin with `http://`, `https://` or `mailto:` become links, shown as they are written.
 */
void
wt_linkify_append (GString *markup, const char *text, gsize length, guint *n_links)
{
  const char *end = text + length;
  const char *done = text;
  const char *colon = text;

  while (*n_links < WT_LINKIFY_MOST_LINKS
         && (colon = memchr (colon, ':', (gsize) (end - colon))) != NULL)
    {
      const char *start = NULL;
      const char *run = colon + 1;
      Scheme scheme = find_scheme (done, colon, end, &start);
      const char *after = colon + (scheme == SCHEME_HTTP ? 3 : 1);
      const char *stop = scheme != SCHEME_NONE ? find_end (after, end, scheme, &run) : after;
      g_autofree char *address = stop > after ? make_address (start, stop, scheme) : NULL;

      /* What is no link as a whole is not searched for others in it: the work stays linear. */
      colon = run;
      if (address == NULL)
        continue;

      append_text (markup, done, start);
      g_string_append (markup, "<a href=\"");
      append_text (markup, address, address + strlen (address));
      g_string_append (markup, "\">");
      append_text (markup, start, stop);
      g_string_append (markup, "</a>");
      (*n_links)++;
      done = colon = stop;
    }

  append_text (markup, done, end);
}

/**
 * wt_linkify_to_markup:
 * @text: valid UTF-8
 *
 * Returns: (transfer full): @text as Pango markup, see wt_linkify_append()
 */
char *
wt_linkify_to_markup (const char *text)
{
  GString *markup = g_string_new (NULL);
  guint n_links = 0;

  wt_linkify_append (markup, text, strlen (text), &n_links);
  return g_string_free (markup, FALSE);
}

/**
 * wt_linkify_is_allowed:
 * @uri: an address somebody clicked
 *
 * Whether @uri may be handed to the desktop: only web and mail addresses.
 *
 * Returns: %TRUE if it may
 */
gboolean
wt_linkify_is_allowed (const char *uri)
{
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_PARSE_RELAXED | G_URI_FLAGS_ENCODED,
                                         NULL);
  const char *scheme;

  if (parsed == NULL)
    return FALSE;
  for (const char *c = uri; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c) || *c == ' ')
      return FALSE;

  scheme = g_uri_get_scheme (parsed);
  if (strcmp (scheme, "mailto") == 0)
    return g_uri_get_query (parsed) == NULL;

  return (strcmp (scheme, "http") == 0 || strcmp (scheme, "https") == 0)
         && g_uri_get_host (parsed) != NULL && *g_uri_get_host (parsed) != '\0';
}
