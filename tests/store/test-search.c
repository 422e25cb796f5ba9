/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-search-store.h"
#include "wt-store-test.h"

static gint64
add (WtStoreFixture *fixture, const char *peer, const char *text)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, peer);
  g_autofree char *msg_id = g_uuid_string_random ();
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, text);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtStoredMessage) stored = wt_store_test_add (fixture->db, group, message, NULL,
                                                          &error);

  g_assert_no_error (error);
  return stored->message->id;
}

static GPtrArray *
search_in (WtStoreFixture *fixture,
           gint64 account_id,
           gint64 conversation_id,
           const char *text,
           guint limit)
{
  WtSearchQuery query = { account_id, conversation_id, text, limit };
  g_autoptr (GError) error = NULL;
  GPtrArray *found = NULL;

  wt_store_test_call (result, wt_search_store_search_async, fixture->db, &query);
  found = wt_search_store_search_finish (fixture->db, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (found);

  return found;
}

static void
assert_found (WtStoreFixture *fixture, const char *text, guint expected)
{
  g_autoptr (GPtrArray) found = search_in (fixture, 0, 0, text, 100);

  if (found->len != expected)
    g_error ("\"%s\" found %u messages, not %u", text, found->len, expected);
}

static void
test_tokenize (void)
{
  static const struct
  {
    const char *text;
    const char *words;
  } cases[] = {
    { NULL, "" },
    { "", "" },
    { "hello world", "hello world" },
    { "你好", " 你  好 " },
    { "a你b", "a 你 b" },
    { "ひらカタ", " ひ  ら  カ  タ " },
    { "한국어", " 한  국  어 " },
    { "ＡＢＣ１２！", "ABC12!" },
    { "ｶﾀ", " ｶ  ﾀ " },
    { "𠀀𰀀", " 𠀀  𰀀 " },
    { "々〇", " 々  〇 " },
    { "say \"hi\"", "say  hi " },
    { "é ß ж", "é ß ж" },
    { "，。！", ",。!" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = wt_search_store_tokenize (cases[i].text);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

static void
test_make_match (void)
{
  static const struct
  {
    const char *typed;
    const char *match;
  } cases[] = {
    { NULL, NULL },
    { "", NULL },
    { "   \t\n", NULL },
    { "!!! ... \"", NULL },
    { "😀", NULL },
    { "hello", "\"hello\" *" },
    { "hello wor", "\"hello\" * AND \"wor\" *" },
    { "你好", "\" 你  好 \"" },
    { "v2你好", "\"v2 你  好 \"" },
    { "你好v2", "\" 你  好 v2\" *" },
    { "a\"b", "\"a b\" *" },
    { "x ! y", "\"x\" * AND \"y\" *" },
    { "你好\xe3\x80\x80世界", "\" 你  好 \" AND \" 世  界 \"" },
    { "NEAR(a", "\"NEAR(a\" *" },
    { "ＡＢ", "\"AB\" *" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *match = wt_search_store_make_match (cases[i].typed);

      g_assert_cmpstr (match, ==, cases[i].match);
    }
}

static void
test_queries (WtStoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    const char *typed;
    guint expected;
  } cases[] = {
    { "天气", 2 },
    { "天", 3 },
    { "气天", 0 },
    { "天天", 1 },
    { "今天天气", 1 },
    { "今天 不错", 1 },
    { "今天 坏", 0 },
    { "麦", 1 },
    { "𠀀", 1 },
    { "カタ", 1 },
    { "한국", 1 },
    { "hello", 2 },
    { "hel", 2 },
    { "HELLO", 2 },
    { "ello", 0 },
    { "hello wor", 1 },
    { "wor hel", 1 },
    { "cafe", 1 },
    { "café", 1 },
    { "CAFÉ", 1 },
    { "wheatear v2", 1 },
    { "v2测试", 1 },
    { "v2测", 1 },
    { "ABC", 1 },
    { "ａｂｃ", 1 },
    { "example.org", 1 },
    { "example.o", 1 },
    { "https://exam", 1 },
    { "example org/pa", 1 },
    { "привет", 1 },
    { "прив", 1 },
    { "o'clock", 1 },
    { "user_name", 1 },
    { "100%", 1 },
    { "nothing", 0 },
  };

  add (fixture, "g", "今天天气不错");
  add (fixture, "g", "天气 预报");
  add (fixture, "g", "明天见，麦麦");
  add (fixture, "g", "𠀀 カタカナ 한국어");
  add (fixture, "g", "Hello world");
  add (fixture, "g", "hello there");
  add (fixture, "g", "un Café noir");
  add (fixture, "g", "Wheatear v2测试版");
  add (fixture, "g", "ＡＢＣ");
  add (fixture, "g", "see https://example.org/path?x=1");
  add (fixture, "g", "Привет, user_name! At 5 o'clock, 100%");
  add (fixture, "g", NULL);
  add (fixture, "g", "");
  add (fixture, "g", "😀😀");

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    assert_found (fixture, cases[i].typed, cases[i].expected);
}

static void
test_hostile_queries (WtStoreFixture *fixture, gconstpointer data)
{
  static const char *const queries[] = {
    NULL,           "",          " ",      "\"",  "\"\"",     "'",      "*",        "a*b\"",
    "text:x",       "-a",        "^a",     "(",   ")",        "a OR b", "AND",      "NOT",
    "NEAR(a b)",    "{a}:b",     "a + b",  "\\",  "%",        "_",      ";--",      "\x01\x02",
    "a AND",        "OR",        "\"a",    "a\"", "\xff\xfe", "a\xc3",  "\xed\xa0", "😀",
    "\xe2\x80\xae", "ab\"cd\"*", "你\"好", "{",   "text : (", "\"*",    "a NEAR b", "＂",
    "＂a＂*",
  };
  g_autofree char *huge = g_strnfill (1000000, 'a');
  g_autofree char *spaced = NULL;
  g_autofree char *quotes = g_strnfill (5000, '"');
  g_autoptr (GString) many = g_string_new (NULL);

  add (fixture, "g", "plain text a b");
  for (guint i = 0; i < G_N_ELEMENTS (queries); i++)
    g_ptr_array_unref (search_in (fixture, 0, 0, queries[i], 10));
  for (int i = 0; i < 10000; i++)
    g_string_append (many, "a \xe4\xbd\xa0 ");
  spaced = g_strdup (many->str);
  g_ptr_array_unref (search_in (fixture, 0, 0, huge, 10));
  g_ptr_array_unref (search_in (fixture, 0, 0, spaced, 10));
  g_ptr_array_unref (search_in (fixture, 0, 0, quotes, 10));
}

static void
test_random_queries (WtStoreFixture *fixture, gconstpointer data)
{
  static const char alphabet[] = "ab \"'*()+-^:{}\\%_,.\xe4\xbd\xa0\xff";

  add (fixture, "g", "a b ab 你");
  for (int i = 0; i < 2000; i++)
    {
      char typed[12] = { 0 };

      for (guint j = 0; j < sizeof typed - 1; j++)
        typed[j] = alphabet[g_test_rand_int_range (0, sizeof alphabet - 1)];
      g_ptr_array_unref (search_in (fixture, 0, 0, typed, 10));
    }
}

static void
test_scope_and_order (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 first = add (fixture, "a", "麦田 one");
  gint64 second = add (fixture, "b", "麦田 two");
  gint64 third = add (fixture, "a", "麦田 three");
  gint64 other_account = wt_store_test_add_account (fixture->db, "uuid-2");
  gint64 conversation = 0;
  g_autoptr (GPtrArray) found = search_in (fixture, 0, 0, "麦田", 100);
  WtMessageRecord *message = g_ptr_array_index (found, 0);

  g_assert_cmpint (found->len, ==, 3);
  g_assert_cmpint (message->id, ==, third);
  g_assert_cmpstr (message->text, ==, "麦田 three");
  conversation = message->conversation_id;
  g_assert_cmpint (((WtMessageRecord *) g_ptr_array_index (found, 1))->id, ==, second);
  g_assert_cmpint (((WtMessageRecord *) g_ptr_array_index (found, 2))->id, ==, first);

  g_clear_pointer (&found, g_ptr_array_unref);
  found = search_in (fixture, 0, conversation, "麦田", 100);
  g_assert_cmpint (found->len, ==, 2);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search_in (fixture, fixture->account_id, 0, "麦田", 2);
  g_assert_cmpint (found->len, ==, 2);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search_in (fixture, other_account, 0, "麦田", 100);
  g_assert_cmpint (found->len, ==, 0);
  g_clear_pointer (&found, g_ptr_array_unref);
  found = search_in (fixture, 0, 0, "麦田", 0);
  g_assert_cmpint (found->len, ==, 0);
}

static void
delete_message (WtStoreFixture *fixture, gint64 id)
{
  wt_store_test_call (result, wt_message_store_delete_async, fixture->db, id);
  g_auto (GStrv) blobs = wt_message_store_delete_finish (fixture->db, result, NULL);

  g_assert_nonnull (blobs);
}

static gint64
count_indexed (WtStoreFixture *fixture, const char *match)
{
  g_autofree char *sql = g_strdup_printf (
      "SELECT count(*) FROM message_search WHERE message_search MATCH '%s'", match);

  return wt_store_test_query (fixture->db, sql);
}

static void
test_deletes (WtStoreFixture *fixture, gconstpointer data)
{
  gint64 first = add (fixture, "a", "麦田里的守望者 Catcher\"s \xe2\x80\x9crye\xe2\x80\x9d ＡＢＣ");
  gint64 second = add (fixture, "a", "麦田 in the wind");
  gint64 third = 0;

  assert_found (fixture, "麦田", 2);
  delete_message (fixture, first);
  assert_found (fixture, "麦田", 1);
  assert_found (fixture, "catcher", 0);
  /* In the index itself, not only behind the join. */
  g_assert_cmpint (count_indexed (fixture, "\"麦 田\""), ==, 1);
  g_assert_cmpint (count_indexed (fixture, "catcher"), ==, 0);
  g_assert_cmpint (count_indexed (fixture, "abc"), ==, 0);
  g_assert_cmpint (count_indexed (fixture, "\"守 望 者\""), ==, 0);

  delete_message (fixture, first);
  delete_message (fixture, second);
  g_assert_cmpint (count_indexed (fixture, "\"麦 田\""), ==, 0);
  third = add (fixture, "a", "麦田 again");
  g_assert_cmpint (third, >, second);
  wt_store_test_reopen (fixture);
  assert_found (fixture, "麦田", 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/search/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,                   \
              wt_store_test_tear_down)
  g_test_add_func ("/search/tokenize", test_tokenize);
  g_test_add_func ("/search/make-match", test_make_match);
  ADD ("queries", test_queries);
  ADD ("hostile-queries", test_hostile_queries);
  ADD ("random-queries", test_random_queries);
  ADD ("scope-and-order", test_scope_and_order);
  ADD ("deletes", test_deletes);

  return g_test_run ();
}
