/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-search-find.h"
#include "wt-store-test.h"

#define DAY (G_GINT64_CONSTANT (86400) * G_USEC_PER_SEC)
#define START (G_GINT64_CONSTANT (1700000000) * G_USEC_PER_SEC)

typedef struct
{
  const char *peer;
  const char *author;
  const char *cardname;
  const char *text;
  const char *kind; /* nullable: of an attachment */
  int day;
} Sample;

static const Sample samples[] = {
  { "field", "alice", "Miller", "今天天气不错", NULL, 0 },
  { "field", "bob", NULL, "look at this 麦田", "image", 1 },
  { "field", "alice", "Miller", "see https://example.org/wheat", NULL, 2 },
  { "barn", "bob", NULL, "麦田 report", "file", 3 },
  { "field", "carol", "100% _wheat_", "麦田 in the wind 😀", NULL, 4 },
  { "field", "bob", NULL, "sticker", "emoji", 5 },
  { "barn", "alice", NULL, "http as a word, 天气", NULL, 6 },
  { "barn", "bob", NULL, "ﾃｽﾄ ひらがな カタカナ 한국어 مرحبا ＡＢＣ Ünïcode", "voice", 7 },
};

static gint64
add (WtStoreFixture *fixture, const Sample *sample, gint64 *conversation_id)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id,
                                                                    sample->peer);
  g_autofree char *msg_id = g_uuid_string_random ();
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, sample->text);
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_attachment_record_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtStoredMessage) stored = NULL;

  g_free (message->author_id);
  g_free (message->author_nickname);
  message->author_id = g_strconcat (sample->author, "-id", NULL);
  message->author_nickname = g_strdup (sample->author);
  message->author_cardname = g_strdup (sample->cardname);
  message->time = START + sample->day * DAY;
  /* Clocks of peers do not matter. */
  message->peer_time = START - sample->day * DAY;
  for (int i = 0; sample->kind != NULL && i < 2; i++)
    {
      WtAttachmentRecord *attachment = wt_attachment_record_new ();

      attachment->position = i;
      attachment->kind = g_strdup (sample->kind);
      attachment->url = g_strdup ("https://example.org/a");
      g_ptr_array_add (attachments, attachment);
    }
  stored = wt_store_test_add (fixture->db, group, message, attachments, &error);
  g_assert_no_error (error);
  if (conversation_id != NULL)
    *conversation_id = stored->conversation->id;
  return stored->message->id;
}

static void
set_up (WtStoreFixture *fixture, gconstpointer data)
{
  wt_store_test_set_up (fixture, data);
  for (guint i = 0; i < G_N_ELEMENTS (samples); i++)
    add (fixture, &samples[i], NULL);
}

static WtSearchPage *
find_page (WtStoreFixture *fixture, const WtSearchFilter *filter, gint64 next, guint limit)
{
  g_autoptr (GError) error = NULL;
  WtSearchPage *page;

  wt_store_test_call (result, wt_search_store_find_async, fixture->db, filter, next, limit);
  page = wt_search_store_find_finish (fixture->db, result, &error);
  g_assert_no_error (error);
  g_assert_nonnull (page);
  return page;
}

/* The row ids of what was found, which are the samples' numbers, on pages of two. */
static char *
find_all (WtStoreFixture *fixture, const WtSearchFilter *filter)
{
  g_autoptr (GString) found = g_string_new (NULL);
  gint64 next = 0;

  do
    {
      g_autoptr (WtSearchPage) page = find_page (fixture, filter, next, 2);

      g_assert_cmpuint (page->messages->len, <=, 2);
      for (guint i = 0; i < page->messages->len; i++)
        g_string_append_printf (found, "%" G_GINT64_FORMAT,
                                ((WtMessageRecord *) page->messages->pdata[i])->id);
      next = page->next;
    }
  while (next != 0);

  return g_strdup (found->str);
}

static void
test_filters (WtStoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    WtSearchFilter filter;
    const char *found;
  } cases[] = {
    { { 0 }, "" },
    { { .text = (char *) "  " }, "" },
    { { .text = (char *) "麦田" }, "542" },
    { { .text = (char *) "天气" }, "71" },
    { { .text = (char *) "麦田", .conversation_id = 1 }, "52" },
    { { .text = (char *) "麦田", .conversation_id = 2 }, "4" },
    { { .text = (char *) "麦田", .account_id = 99 }, "" },
    { { .text = (char *) "麦田", .conversation_id = 99 }, "" },
    { { .text = (char *) "😀" }, "5" },
    { { .text = (char *) "😀", .conversation_id = 1 }, "5" },
    { { .text = (char *) "😀", .conversation_id = 2 }, "" },
    { { .author = (char *) "alice" }, "731" },
    { { .author = (char *) "ALI" }, "731" },
    { { .author = (char *) "alice-id", .conversation_id = 1 }, "31" },
    { { .author = (char *) "miller" }, "31" },
    { { .author = (char *) " bob " }, "8642" },
    { { .author = (char *) "%" }, "5" },
    { { .author = (char *) "_wheat_" }, "5" },
    { { .author = (char *) "' OR 1 --" }, "" },
    { { .author = (char *) "bob", .text = (char *) "麦田" }, "42" },
    { { .kinds = WT_SEARCH_PICTURES }, "2" },
    { { .kinds = WT_SEARCH_FILES }, "4" },
    { { .kinds = WT_SEARCH_LINKS }, "3" },
    { { .kinds = WT_SEARCH_PICTURES | WT_SEARCH_FILES }, "42" },
    { { .kinds = WT_SEARCH_PICTURES | WT_SEARCH_LINKS }, "32" },
    { { .kinds = WT_SEARCH_PICTURES | WT_SEARCH_FILES, .conversation_id = 1 }, "2" },
    { { .kinds = WT_SEARCH_LINKS, .text = (char *) "wheat" }, "3" },
    { { .kinds = WT_SEARCH_LINKS, .text = (char *) "麦田" }, "" },
    { { .kinds = WT_SEARCH_VOICES }, "8" },
    { { .kinds = WT_SEARCH_VOICES | WT_SEARCH_FILES }, "84" },
    { { .kinds = WT_SEARCH_VOICES, .text = (char *) "麦田" }, "" },
    { { .text = (char *) "麦" }, "542" },
    { { .text = (char *) "らが" }, "8" },
    { { .text = (char *) "タカナ" }, "8" },
    { { .text = (char *) "국어" }, "8" },
    { { .text = (char *) "مرح" }, "8" },
    { { .text = (char *) "abc" }, "8" },
    { { .text = (char *) "ａｂ" }, "8" },
    { { .text = (char *) "unico" }, "8" },
    { { .text = (char *) "麦田 rep" }, "4" },
    { { .kinds = WT_SEARCH_FILES, .text = (char *) "麦田" }, "4" },
    { { .from = START + 3 * DAY }, "87654" },
    { { .to = START + 3 * DAY }, "321" },
    { { .from = START + 3 * DAY, .to = START + 5 * DAY }, "54" },
    { { .from = START + 3 * DAY, .to = START + 5 * DAY, .conversation_id = 1 }, "5" },
    { { .from = START + 3 * DAY, .text = (char *) "麦田" }, "54" },
    { { .from = START + 30 * DAY }, "" },
    { { .from = START + 5 * DAY, .to = START }, "" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = find_all (fixture, &cases[i].filter);

      if (!g_str_equal (found, cases[i].found))
        g_error ("case %u found “%s”, not “%s”", i, found, cases[i].found);
    }
}

static void
test_deleted (WtStoreFixture *fixture, gconstpointer data)
{
  static const WtSearchFilter filters[] = {
    { .text = (char *) "麦田" },
    { .author = (char *) "bob" },
    { .kinds = WT_SEARCH_FILES },
    { .conversation_id = 2, .from = START },
  };

  wt_store_test_call (result, wt_message_store_delete_async, fixture->db, 4);
  g_auto (GStrv) blobs = wt_message_store_delete_finish (fixture->db, result, NULL);

  g_assert_nonnull (blobs);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      g_autofree char *found = find_all (fixture, &filters[i]);

      g_assert_null (strchr (found, '4'));
    }
}

/* For who types a name: parts of any of the names, everywhere or in one place, once each, seen last first. */
static void
test_people (WtStoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 conversation;
    const char *typed;
    guint limit;
    const char *found;
  } cases[] = {
    { 0, NULL, 9, "bob-id alice-id carol-id " },
    { 0, " ", 2, "bob-id alice-id " },
    { 1, "", 9, "bob-id carol-id alice-id " },
    { 0, "MILL", 9, "alice-id " },
    { 2, "mill", 9, "" },
    { 0, "100% _", 9, "carol-id " },
    { 0, "%b", 9, "" },
    { 0, "b-id", 9, "bob-id " },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GPtrArray) members = NULL;
      g_autoptr (GString) found = g_string_new (NULL);

      wt_store_test_call (result, wt_conversation_store_find_members_async, fixture->db,
                          cases[i].conversation, cases[i].typed, cases[i].limit);
      members = wt_conversation_store_find_members_finish (fixture->db, result, NULL);
      for (guint j = 0; j < members->len; j++)
        g_string_append_printf (found, "%s ", ((WtMemberRecord *) members->pdata[j])->user_id);
      if (!g_str_equal (found->str, cases[i].found))
        g_error ("case %u found “%s”, not “%s”", i, found->str, cases[i].found);
    }
}

/* What is deleted does not count. */
static void
test_weight (WtStoreFixture *fixture, gconstpointer data)
{
  static const gint64 seqs[] = { 2, 2, 5, 77 };
  g_autofree WtConversationWeight *before = NULL, *after = NULL;
  g_autoptr (WtDeletedMessages) gone = NULL;

  wt_store_test_call (asked, wt_conversation_store_weigh_async, fixture->db, 1);
  before = wt_conversation_store_weigh_finish (fixture->db, asked, NULL);
  g_assert_cmpuint (before->messages, ==, 5);
  g_assert_cmpuint (before->attachments, ==, 4);

  wt_store_test_call (deleted, wt_message_store_delete_many_async, fixture->db, 1, seqs,
                      G_N_ELEMENTS (seqs));
  gone = wt_message_store_delete_many_finish (fixture->db, deleted, NULL);
  g_assert_cmpuint (gone->messages->len, ==, 2);
  g_assert_cmpstr (((WtMessageRecord *) gone->messages->pdata[0])->text, ==, "look at this 麦田");
  wt_store_test_call (again, wt_conversation_store_weigh_async, fixture->db, 1);
  after = wt_conversation_store_weigh_finish (fixture->db, again, NULL);
  g_assert_cmpuint (after->messages, ==, 3);
  g_assert_cmpuint (after->attachments, ==, 0);
}

static void
test_hostile (WtStoreFixture *fixture, gconstpointer data)
{
  static const char *const texts[] = {
    "\"",   "*",      "a OR b", "NEAR(", "'; DROP TABLE message; --",
    "%",    "_",      "\\",     "\x01",  "\xff\xfe",
    "%s%n", "{a}: b", "^",      "() ",   "OR",
    "http", "\\%\\",  "text:",  "-",     "\xed\xa0",
    "＂",   "😀",      "\\_"
  };
  g_autofree char *huge = g_strnfill (1000000, '%');
  g_autofree char *emoji = NULL;
  g_autoptr (GString) many = g_string_new (NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    for (guint kinds = 0; kinds < 16; kinds++)
      {
        WtSearchFilter filter = { .text = (char *) texts[i], .kinds = kinds };
        WtSearchFilter by = { .author = (char *) texts[i], .kinds = kinds };
        g_autofree char *found = find_all (fixture, &filter);
        g_autofree char *found_by = find_all (fixture, &by);

        g_assert_cmpuint (strlen (found), <=, G_N_ELEMENTS (samples));
        g_assert_cmpuint (strlen (found_by), <=, G_N_ELEMENTS (samples));
      }

  for (int i = 0; i < 100000; i++)
    g_string_append (many, "😀");
  emoji = g_strdup (many->str);
  {
    WtSearchFilter filter = { .text = huge, .author = huge };
    WtSearchFilter smiling = { .text = emoji, .author = emoji };
    g_autofree char *found = find_all (fixture, &filter);
    g_autofree char *found_smiling = find_all (fixture, &smiling);

    g_assert_cmpstr (found, ==, "");
    g_assert_cmpstr (found_smiling, ==, "");
  }
  g_assert_cmpint (wt_store_test_query (fixture->db, "SELECT count(*) FROM message"), ==,
                   G_N_ELEMENTS (samples));
}

static gpointer
exec (WtDatabase *db, gpointer data, GError **error)
{
  return wt_database_exec (db, data, error) ? db : NULL;
}

static void
exec_sql (WtStoreFixture *fixture, const char *sql)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wt_database_run_async (fixture->db, exec, g_strdup (sql), g_free, NULL, NULL, exec,
                         wt_store_test_on_ready, &result);
  wt_store_test_wait (&result);
  wt_database_run_finish (fixture->db, result, &error);
  g_assert_no_error (error);
}

/* Many messages at once, past the store, one a second; every thousandth says “needle”. */
static void
fill (WtStoreFixture *fixture, int n)
{
  g_autofree char *sql = g_strdup_printf (
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %d)"
      " INSERT INTO message (account_id, conversation_id, seq, direction, delivery, mentions_me,"
      " peer_time, time, attempts, acked_time, rtt, msg_id, digest, author_id, text)"
      " SELECT 1, 1, 100 + i, 2, 0, 0, 0, %" G_GINT64_FORMAT " + i * 1000000, 0, 0, -1,"
      " 'm' || i, '', 'mass', CASE WHEN i %% 1000 = 0 THEN 'needle' ELSE 'straw' END FROM n",
      n, START + 100 * DAY);

  exec_sql (fixture, sql);
  exec_sql (fixture, "INSERT INTO message_search (rowid, text)"
                     " SELECT id, text FROM message WHERE seq > 100");
}

/* However much there is, a page is soon there, and pages go on where the one before ended. */
static void
test_bounded (WtStoreFixture *fixture, gconstpointer data)
{
  WtSearchFilter rare = { .text = (char *) "straw", .author = (char *) "nobody" };
  WtSearchFilter early = { .conversation_id = 1, .to = START + DAY };
  WtSearchFilter common = { .text = (char *) "needle" };
  WtSearchFilter *const filters[] = { &rare, &early, &common };
  static const guint expected[] = { 0, 1, 25 };

  fill (fixture, 25000);
  for (guint i = 0; i < G_N_ELEMENTS (filters); i++)
    {
      guint n_pages = 0, n_found = 0;
      gint64 next = 0, last = G_MAXINT64;

      do
        {
          g_autoptr (WtSearchPage) page = find_page (fixture, filters[i], next, 10);

          for (guint j = 0; j < page->messages->len; j++)
            {
              WtMessageRecord *message = page->messages->pdata[j];

              g_assert_cmpint (message->id, <, last);
              last = message->id;
            }
          n_found += page->messages->len;
          n_pages++;
          next = page->next;
        }
      while (next != 0);
      g_assert_cmpuint (n_found, ==, expected[i]);
      g_assert_cmpuint (n_pages, ==, 3);
    }
}

static void
test_cancelled (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WtSearchFilter filter = { .text = (char *) "麦田" };

  wt_search_store_find_async (fixture->db, &filter, 0, 10, cancellable, wt_store_test_on_ready,
                              &result);
  g_cancellable_cancel (cancellable);
  wt_store_test_wait (&result);
  g_autoptr (WtSearchPage) page = wt_search_store_find_finish (fixture->db, result, &error);

  /* It may have been faster. */
  if (page == NULL)
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static gint64
find_date (WtStoreFixture *fixture, gint64 conversation, gint64 time)
{
  g_autoptr (GError) error = NULL;
  gint64 seq;

  wt_store_test_call (result, wt_search_store_find_date_async, fixture->db, conversation, time);
  seq = wt_search_store_find_date_finish (fixture->db, result, &error);
  g_assert_no_error (error);
  return seq;
}

static void
test_date (WtStoreFixture *fixture, gconstpointer data)
{
  /* In “field”: days 0, 1, 2, 4, 5. */
  g_assert_cmpint (find_date (fixture, 1, 0), ==, 1);
  g_assert_cmpint (find_date (fixture, 1, START), ==, 1);
  g_assert_cmpint (find_date (fixture, 1, START + 1), ==, 2);
  g_assert_cmpint (find_date (fixture, 1, START + 3 * DAY), ==, 4);
  g_assert_cmpint (find_date (fixture, 1, START + 4 * DAY), ==, 4);
  g_assert_cmpint (find_date (fixture, 1, START + 5 * DAY), ==, 5);
  g_assert_cmpint (find_date (fixture, 1, START + 6 * DAY), ==, 0);
  g_assert_cmpint (find_date (fixture, 1, G_MAXINT64), ==, 0);
  g_assert_cmpint (find_date (fixture, 1, G_MININT64), ==, 1);
  g_assert_cmpint (find_date (fixture, 99, START), ==, 0);

  fill (fixture, 25000);
  g_assert_cmpint (find_date (fixture, 1, START + 100 * DAY + DAY / 24 * 5), ==, 18100);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/search-find/" name, WtStoreFixture, NULL, set_up, func, wt_store_test_tear_down)
  ADD ("filters", test_filters);
  ADD ("deleted", test_deleted);
  ADD ("people", test_people);
  ADD ("weight", test_weight);
  ADD ("hostile", test_hostile);
  ADD ("bounded", test_bounded);
  ADD ("cancelled", test_cancelled);
  ADD ("date", test_date);

  return g_test_run ();
}
