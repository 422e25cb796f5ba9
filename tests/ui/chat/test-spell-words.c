/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-spell-words.h"

#include <string.h>

static char *
join (const char *text, gboolean in_code)
{
  g_autoptr (GPtrArray) words = wt_spell_words_find (text, in_code);
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < words->len; i++)
    {
      const WtSpellWord *word = words->pdata[i];
      const char *start = g_utf8_offset_to_pointer (text, word->start);
      const char *end = g_utf8_offset_to_pointer (text, word->end);

      /* It is where it says, but for its apostrophe. */
      if (strstr (text, "’") == NULL)
        g_assert_cmpmem (start, (gsize) (end - start), word->word, strlen (word->word));
      g_string_append_printf (joined, "%s%s", joined->len > 0 ? "|" : "", word->word);
    }
  return g_string_free (joined, FALSE);
}

static void
test_find (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { "", "" },
    { "Good morning, field!", "Good|morning|field" },
    { "don't “quote” (me)", "don't|quote|me" },
    { "it’s", "it's" },
    { "a I to", "to" },
    { "line\nbreak\r\nhere", "line|break|here" },
    { "42 3rd v2 2nd", "" },
    { "NASA WtComposer camelCase Mixed", "Mixed" },
    { "see https://example.org/teh, www.example.org and me@example.org now", "see|and|now" },
    { "@Anna and ＠Bob wrote @x", "and|wrote" },
    { "open ~/teh/file.txt /usr/bin C:\\dir src/ui/x and/or", "open|and|or" },
    { "run `teh code` then ``` x", "run|then" },
    { "a `lone backtick", "backtick" },
    { "xx`teh`yy", "xx|yy" },
    { "```\nteh code\n```\nwords", "words" },
    { "#tag --option $HOME foo_bar a=b x::y <b>", "" },
    { "你好teh世界", "teh" },
    { "我用Firefox看网页", "Firefox" },
    { "日本語のtextです 한국어 text", "text|text" },
    { "Grüße aus Köln", "Grüße|aus|Köln" },
    { "привет мир", "привет|мир" },
    { "well-known end.Start", "well|known" },
    { "🎉party🎉 now", "party|now" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = join (cases[i].text, FALSE);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_in_code (void)
{
  g_autofree char *inside = join ("teh code\n```\nwords", TRUE);

  g_assert_cmpstr (inside, ==, "words");
  g_assert_true (wt_spell_words_is_fence ("```c"));
  g_assert_false (wt_spell_words_is_fence ("``"));
}

/* Whatever is pasted. */
static void
test_odd (void)
{
  static const char *const pieces[] = { "`",
                                        "```",
                                        "\n",
                                        "teh",
                                        "你",
                                        " ",
                                        "\xe2\x80\x8b",
                                        "’",
                                        "é",
                                        "e\xcc\x81",
                                        "\xef\xbf\xbc",
                                        "👩‍👩‍👧",
                                        "@",
                                        "/",
                                        "א",
                                        "ไทย" };
  g_autoptr (GRand) random = g_rand_new_with_seed (5);

  for (guint i = 0; i < 2000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      g_autofree char *words = NULL;
      gint n_pieces = g_rand_int_range (random, 0, 12);

      for (gint j = 0; j < n_pieces; j++)
        g_string_append (text, pieces[g_rand_int_range (random, 0, G_N_ELEMENTS (pieces))]);
      words = join (text->str, i % 2 != 0);
      g_assert_true (g_utf8_validate (words, -1, NULL));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/spell-words/find", test_find);
  g_test_add_func ("/spell-words/in-code", test_in_code);
  g_test_add_func ("/spell-words/odd", test_odd);
  return g_test_run ();
}
