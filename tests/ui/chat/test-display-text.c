/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-display-text.h"

typedef struct
{
  const char *text;
  guint characters;
  guint lines;
  const char *shown;
  gboolean whole;
} Shown;

static const Shown shown_cases[] = {
  { "", 10, 10, "", TRUE },
  { "hello", 10, 10, "hello", TRUE },
  { "hello", 5, 0, "hello", TRUE },
  { "hello", 4, 0, "hell", FALSE },
  { "麦穗麦", 2, 0, "麦穗", FALSE },
  { "a\nb\nc", 10, 1, "a\nb", FALSE },
  { "a\r\nb\rc\vd\fe\xc2\x85"
    "f\u2028g\u2029h",
    100, 100, "a\nb\nc\nd\ne\nf\ng\nh", TRUE },
  { "a\tb\x01\x1b\x7fz\xc2\x90", 100, 100, "a\tb\ufffd\ufffd\ufffdz\ufffd", TRUE },
};

static void
test_append (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (shown_cases); i++)
    {
      const Shown *test = &shown_cases[i];
      WtTextBudget budget = { test->characters, test->lines };
      g_autoptr (GString) shown = g_string_new (NULL);

      g_assert_cmpint (wt_display_text_append (shown, test->text, &budget), ==, test->whole);
      g_assert_cmpstr (shown->str, ==, test->shown);
    }
}

static void
test_append_shares (void)
{
  WtTextBudget budget = { 5, 5 };
  g_autoptr (GString) shown = g_string_new (NULL);

  g_assert_true (wt_display_text_append (shown, "abc", &budget));
  g_assert_false (wt_display_text_append (shown, "defgh", &budget));
  g_assert_cmpstr (shown->str, ==, "abcde");
}

static const struct
{
  const char *text;
  guint most;
  const char *line;
} lines[] = {
  { "", 5, "" },
  { "name", 5, "name" },
  { "  a \n b\t\tc  ", 10, "a b c" },
  { "abcdef", 6, "abcdef" },
  { "abcdefg", 6, "abcdef…" },
  { "a\u202eb\u2066c\u2069\x01"
    "d",
    10, "abcd" },
  { "麦穗麦穗", 2, "麦穗…" },
  { " \n\t ", 5, "" },
};

static void
test_line (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      g_autofree char *line = wt_display_text_line (lines[i].text, lines[i].most);

      g_assert_cmpstr (line, ==, lines[i].line);
    }
}

/* A name of nothing but blanks, and long: the work is bounded. */
static void
test_line_blank (void)
{
  g_autofree char *blanks = g_strnfill (10000000, ' ');
  g_autofree char *line = wt_display_text_line (blanks, 64);

  g_assert_cmpstr (line, ==, "");
}

static const struct
{
  const char *text;
  guint count;
} emoji[] = {
  { "", 0 },
  { "a", 0 },
  { "☺", 1 },
  { "🎉", 1 },
  { "🎉👍", 2 },
  { " 🎉 👍\n", 2 },
  { "❤️", 1 },
  { "👍🏽", 1 },
  { "👨‍👩‍👧", 1 },
  { "🇨🇳", 1 },
  { "🇨🇳🇩🇪", 2 },
  { "🎉!", 0 },
  { "1️⃣", 0 },
  { "麦", 0 },
  { "\u200d", 0 },
  { "→", 0 },
  { "🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉🎉", 0 },
};

static void
test_emoji (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (emoji); i++)
    if (wt_display_text_count_emoji (emoji[i].text) != emoji[i].count)
      g_error ("%s: %u", emoji[i].text, wt_display_text_count_emoji (emoji[i].text));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/display-text/append", test_append);
  g_test_add_func ("/display-text/append-shares", test_append_shares);
  g_test_add_func ("/display-text/line", test_line);
  g_test_add_func ("/display-text/line-blank", test_line_blank);
  g_test_add_func ("/display-text/emoji", test_emoji);
  return g_test_run ();
}
