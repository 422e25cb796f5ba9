/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-chat-test.h"
#include "wt-search-words.h"

static char *
show_ranges (const char *text, const char *typed)
{
  g_autoptr (GArray) ranges = wt_search_words_find (text, typed);
  g_autoptr (GString) shown = g_string_new (NULL);
  guint last = 0;

  for (guint i = 0; i < ranges->len; i++)
    {
      const WtSearchRange *range = &g_array_index (ranges, WtSearchRange, i);

      g_assert_cmpuint (range->start, >=, last);
      g_assert_cmpuint (range->end, >, range->start);
      g_assert_cmpuint (range->end, <=, strlen (text));
      g_string_append_len (shown, text + last, range->start - last);
      g_string_append_c (shown, '[');
      g_string_append_len (shown, text + range->start, range->end - range->start);
      g_string_append_c (shown, ']');
      last = range->end;
    }
  g_string_append (shown, text + last);
  return g_strdup (shown->str);
}

static void
test_find (void)
{
  static const struct
  {
    const char *text;
    const char *typed;
    const char *found;
  } cases[] = {
    { "今天天气不错", "天气", "今天[天气]不错" },
    { "今天天气不错", "天", "今[天天]气不错" },
    { "今天天气不错", "今天 不错", "[今天]天气[不错]" },
    { "Hello world", "hel", "[Hel]lo world" },
    { "Hello world", "WORLD", "Hello [world]" },
    { "Hello world", "orld", "Hello world" },
    { "un Café noir", "cafe", "un [Café] noir" },
    { "un cafe noir", "CAFÉ", "un [cafe] noir" },
    { "ＡＢＣ", "abc", "[ＡＢＣ]" },
    { "v2测试", "测", "v2[测]试" },
    { "v2测试", "v2测", "[v2测]试" },
    { "see https://example.org/x", "example.org", "see https://[example.org]/x" },
    { "the user name", "user-na", "the [user] [na]me" },
    { "한국어", "한국", "[한국]어" },
    { "😀 ok", "😀", "[😀] ok" },
    { "nothing", "", "nothing" },
    { "nothing", "   ", "nothing" },
    { "", "x", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = show_ranges (cases[i].text, cases[i].typed);

      g_assert_cmpstr (found, ==, cases[i].found);
    }
  g_array_unref (wt_search_words_find (NULL, "x"));
  g_array_unref (wt_search_words_find ("x", NULL));
}

static void
test_hostile (void)
{
  static const char alphabet[] = "ab \"'*()+-\n你😀é\xe2\x80\xae<&";
  g_autofree char *huge = g_strnfill (4 * 1024 * 1024, 'a');
  g_autoptr (GArray) ranges = wt_search_words_find (huge, "a");
  g_autofree char *excerpt = wt_search_words_excerpt (huge, "a", 100);

  g_assert_cmpuint (ranges->len, ==, 1);
  g_assert_cmpint (g_utf8_strlen (excerpt, -1), <=, 101);
  for (int i = 0; i < 2000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autoptr (GString) typed = g_string_new (NULL);
      g_autofree char *shown = NULL;
      g_autofree char *part = NULL;

      for (int j = 0; j < 30; j++)
        {
          const char *p = g_utf8_offset_to_pointer (
              alphabet, g_test_rand_int_range (0, (gint32) g_utf8_strlen (alphabet, -1)));

          g_string_append_unichar (j < 22 ? text : typed, g_utf8_get_char (p));
        }
      shown = show_ranges (text->str, typed->str);
      part = wt_search_words_excerpt (text->str, typed->str, 12);
      g_assert_true (g_utf8_validate (shown, -1, NULL));
      g_assert_true (g_utf8_validate (part, -1, NULL));
      g_assert_null (strchr (part, '\n'));
    }
}

static void
test_excerpt (void)
{
  static const struct
  {
    const char *text;
    const char *typed;
    const char *excerpt;
  } cases[] = {
    { "short", "short", "short" },
    { "one\ntwo", "two", "one two" },
    { "aaaa bbbb cccc dddd eeee ffff gggg hhhh needle iiii jjjj", "needle",
      "…ffff gggg hhhh needle iiii jjj…" },
    { "〇一二三四五六七八九十一二三四五六七八九十麦田在这里", "麦田",
      "…一二三四五六七八九十一二三四五六七八九十麦田在这里" },
    { "no hit in here at all, and it goes on and on", "zzz", "no hit in here at all, and it…" },
    { NULL, "x", "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *excerpt = wt_search_words_excerpt (cases[i].text, cases[i].typed, 30);

      g_assert_cmpint (g_utf8_strlen (excerpt, -1), <=, 32);
      g_assert_cmpstr (excerpt, ==, cases[i].excerpt);
    }
}

static void
test_nothing (void)
{
  WtSearchFilter filter = { .text = (char *) "麦\n田",
                            .author = (char *) "Bob",
                            .kinds = WT_SEARCH_PICTURES | WT_SEARCH_LINKS,
                            .from = WT_CHAT_TEST_NOW,
                            .to = WT_CHAT_TEST_NOW };
  g_autofree char *words = wt_search_words_nothing (&filter, "Field");
  g_autofree char *anywhere = wt_search_words_nothing (&filter, NULL);

  g_assert_nonnull (strstr (words, "“Field” for “麦 田” · by “Bob” · only pictures, links · from"));
  g_assert_nonnull (strstr (anywhere, "all chats"));
}

int
main (int argc, char **argv)
{
  wt_chat_test_init (&argc, &argv);
  g_test_add_func ("/search-words/find", test_find);
  g_test_add_func ("/search-words/hostile", test_hostile);
  g_test_add_func ("/search-words/excerpt", test_excerpt);
  g_test_add_func ("/search-words/nothing", test_nothing);
  return g_test_run ();
}
