/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <pango/pango.h>
#include <string.h>

#include "wt-linkify.h"

#define A(address) "<a href=\"" address "\">" address "</a>"
#define AS(address, words) "<a href=\"" address "\">" words "</a>"

typedef struct
{
  const char *name;
  const char *text;
  const char *markup;
} Case;

static const Case cases[] = {
  { "empty", "", "" },
  { "plain", "hello", "hello" },
  { "markup", "<b>&amp;</b> \"'", "&lt;b&gt;&amp;amp;&lt;/b&gt; &quot;&apos;" },
  { "anchor", "<a href=\"file:///etc/passwd\">x</a>",
    "&lt;a href=&quot;file:///etc/passwd&quot;&gt;x&lt;/a&gt;" },
  { "http", "http://example.org", A ("http://example.org") },
  { "https", "see https://example.org/a?b=c#d now",
    "see " A ("https://example.org/a?b=c#d") " now" },
  { "mailto", "mailto:me@example.org", A ("mailto:me@example.org") },
  { "capitals", "HTTPS://Example.ORG/Path", A ("HTTPS://Example.ORG/Path") },
  { "ampersand", "http://a.b/?c=1&d=2", AS ("http://a.b/?c=1&amp;d=2", "http://a.b/?c=1&amp;d=2") },
  { "two", "http://a.b http://c.d", A ("http://a.b") " " A ("http://c.d") },
  { "lines", "http://a.b\nhttp://c.d", A ("http://a.b") "\n" A ("http://c.d") },
  { "port", "http://localhost:8080/x", A ("http://localhost:8080/x") },
  { "address", "http://[::1]:8080/x", A ("http://[::1]:8080/x") },
  { "number", "https://127.0.0.1", A ("https://127.0.0.1") },

  { "full-stop", "Look at http://a.b/c.", "Look at " A ("http://a.b/c") "." },
  { "dots", "http://a.b/c...", A ("http://a.b/c") "..." },
  { "comma", "http://a.b, and", A ("http://a.b") ", and" },
  { "question", "http://a.b?", A ("http://a.b") "?" },
  { "bold", "**http://a.b**", "**" A ("http://a.b") "**" },
  { "quotes", "\"http://a.b\"", "&quot;" A ("http://a.b") "&quot;" },
  { "single-quotes", "'http://a.b'", "&apos;" A ("http://a.b") "&apos;" },
  { "angles", "<http://a.b>", "&lt;" A ("http://a.b") "&gt;" },
  { "round", "(http://a.b)", "(" A ("http://a.b") ")" },
  { "round-within", "(see http://a.b/c_(d))", "(see " A ("http://a.b/c_(d)") ")" },
  { "round-own", "http://a.b/c_(d)", A ("http://a.b/c_(d)") },
  { "round-stop", "(http://a.b/c).", "(" A ("http://a.b/c") ")." },
  { "square", "[http://a.b]", "[" A ("http://a.b") "]" },
  { "markdown", "[words](http://a.b/c)", "[words](" A ("http://a.b/c") ")" },

  { "cjk-around", "看https://a.b/c，好吧", "看" A ("https://a.b/c") "，好吧" },
  { "cjk-stop", "https://a.b/c。", A ("https://a.b/c") "。" },
  { "cjk-letters-after", "https://a.b/c后面", A ("https://a.b/c") "后面" },
  { "cjk-host-after", "去https://example.com看看", "去" A ("https://example.com") "看看" },
  { "cjk-path", "https://zh.wikipedia.org/wiki/麦穗，看",
    AS ("https://zh.wikipedia.org/wiki/%E9%BA%A6%E7%A9%97",
        "https://zh.wikipedia.org/wiki/麦穗") "，看" },
  { "cjk-brackets", "（https://a.b/c）", "（" A ("https://a.b/c") "）" },
  { "hangul-after", "https://a.b/c에서", A ("https://a.b/c") "에서" },
  { "umlaut", "https://de.wikipedia.org/wiki/Köln",
    AS ("https://de.wikipedia.org/wiki/K%C3%B6ln", "https://de.wikipedia.org/wiki/Köln") },
  { "international-host", "http://例え.jp/x", AS ("http://xn--r8jz45g.jp/x", "http://例え.jp/x") },

  { "other-scheme", "file:///etc/passwd javascript:alert(1) ftp://a.b data:text/html,x",
    "file:///etc/passwd javascript:alert(1) ftp://a.b data:text/html,x" },
  { "longer-scheme", "xhttp://a.b shttps://a.b", "xhttp://a.b shttps://a.b" },
  { "scheme-only", "http:// https:// mailto: http:", "http:// https:// mailto: http:" },
  { "no-host", "http:///path http://?x", "http:///path http://?x" },
  { "bad-port", "http://a.b:port/", "http://a.b:port/" },
  { "mailto-words", "mailto:nobody", "mailto:nobody" },
  { "mailto-fields", "mailto:a@b.c?attach=/etc/passwd", A ("mailto:a@b.c") "?attach=/etc/passwd" },
  { "override", "http://a.b/\u202egnp.exe", A ("http://a.b/") "\u202egnp.exe" },
  { "zero-width", "http://a.b\u200b/c", A ("http://a.b") "\u200b/c" },
  { "control", "http://a.b/\x01x", A ("http://a.b/") "&#x1;x" },
  { "break-out", "http://a.b/\"><b>x", A ("http://a.b/") "&quot;&gt;&lt;b&gt;x" },
  { "entity", "http://a.b/&quot;onclick",
    AS ("http://a.b/&amp;quot;onclick", "http://a.b/&amp;quot;onclick") },
};

static char *
parse (const char *markup)
{
  g_autoptr (GError) error = NULL;
  char *text = NULL;
  g_autofree char *spans = NULL;
  g_autoptr (GRegex) anchors = g_regex_new ("</?a( href=\"[^\"<>]*\")?>", 0, 0, NULL);

  /* Pango knows no anchors; GTK takes them off like this. */
  spans = g_regex_replace_literal (anchors, markup, -1, 0, "", 0, NULL);
  g_assert_true (pango_parse_markup (spans, -1, 0, NULL, &text, NULL, &error));
  g_assert_no_error (error);
  return text;
}

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *markup = wt_linkify_to_markup (test->text);
  g_autofree char *shown = NULL;

  g_assert_cmpstr (markup, ==, test->markup);
  shown = parse (markup);
  g_assert_cmpstr (shown, ==, test->text);
}

static guint
count_links (const char *markup)
{
  guint n_links = 0;

  for (const char *p = markup; (p = strstr (p, "<a href=")) != NULL; p++)
    n_links++;
  return n_links;
}

static void
test_many (void)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *markup = NULL;

  for (guint i = 0; i < 1000; i++)
    g_string_append (text, "http://a.b ");
  markup = wt_linkify_to_markup (text->str);
  g_assert_cmpuint (count_links (markup), ==, WT_LINKIFY_MOST_LINKS);
}

/* Each would take minutes if the work grew with the square of the length. */
static void
test_hostile (void)
{
  static const char *const pieces[] = { "http://", "http://[", "http://a/)", "(((http://a",
                                        ":",       "mailto:",  "https://a:", "http:" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *markup = NULL;
      g_autofree char *shown = NULL;

      while (text->len < 500000)
        g_string_append (text, pieces[i]);
      markup = wt_linkify_to_markup (text->str);
      shown = parse (markup);
      g_assert_cmpstr (shown, ==, text->str);
    }
}

/* Whatever the text is, what shows is the text, and every link is allowed. */
static void
test_random (void)
{
  static const char *const pieces[] = { "http", "https",  "mailto", ":",    "//",    "a",  ".",
                                        "b",    "/",      "(",      ")",    "[",     "]",  "<",
                                        ">",    "\"",     "&",      "'",    " ",     "\n", "麦",
                                        "，",   "\u202e", "%",      "%zz",  "@",     "?",  "#",
                                        "8",    "é",      "☺",      "\x7f", "\u00a0" };

  for (guint i = 0; i < 20000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *markup = NULL;
      g_autofree char *shown = NULL;
      int n_pieces = g_test_rand_int_range (1, 20);

      for (int j = 0; j < n_pieces; j++)
        g_string_append (text, pieces[g_test_rand_int_range (0, G_N_ELEMENTS (pieces))]);
      markup = wt_linkify_to_markup (text->str);
      shown = parse (markup);
      g_assert_cmpstr (shown, ==, text->str);

      for (const char *p = markup; (p = strstr (p, "href=\"")) != NULL;)
        {
          const char *start = p += strlen ("href=\"");
          g_autofree char *escaped = g_strndup (start, strcspn (start, "\""));
          g_autofree char *address = parse (escaped);

          g_assert_true (wt_linkify_is_allowed (address));
          g_assert_true (g_str_is_ascii (address));
        }
    }
}

static void
test_allowed (void)
{
  static const char *const allowed[] = { "http://a.b", "https://a.b/c?d#e", "mailto:a@b.c",
                                         "HTTP://a.b" };
  static const char *const refused[] = { "",
                                         "a.b",
                                         "file:///etc/passwd",
                                         "javascript:alert(1)",
                                         "ftp://a.b",
                                         "http:",
                                         "http://",
                                         "https:///etc/passwd",
                                         "data:text/html,x",
                                         "smb://a/b",
                                         "http://a b",
                                         "mailto:a@b.c?attach=/etc/passwd",
                                         "http://a.b/\nx",
                                         "tel:1",
                                         "wheatear:x" };

  for (guint i = 0; i < G_N_ELEMENTS (allowed); i++)
    if (!wt_linkify_is_allowed (allowed[i]))
      g_error ("refused: %s", allowed[i]);
  for (guint i = 0; i < G_N_ELEMENTS (refused); i++)
    if (wt_linkify_is_allowed (refused[i]))
      g_error ("allowed: %s", refused[i]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/linkify/markup/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/linkify/many", test_many);
  g_test_add_func ("/linkify/hostile", test_hostile);
  g_test_add_func ("/linkify/random", test_random);
  g_test_add_func ("/linkify/allowed", test_allowed);
  return g_test_run ();
}
