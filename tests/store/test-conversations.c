/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-store-test.h"

static WtConversationRecord *
ensure (WtDatabase *db, const WtConversationRecord *wanted)
{
  g_autoptr (GError) error = NULL;
  WtConversationRecord *conversation = NULL;

  wt_store_test_call (result, wt_conversation_store_ensure_async, db, wanted);
  conversation = wt_conversation_store_ensure_finish (db, result, &error);
  g_assert_no_error (error);

  return conversation;
}

static GPtrArray *
list (WtDatabase *db, gint64 account_id)
{
  g_autoptr (GError) error = NULL;
  GPtrArray *conversations = NULL;

  wt_store_test_call (result, wt_conversation_store_list_async, db, account_id);
  conversations = wt_conversation_store_list_finish (db, result, &error);
  g_assert_no_error (error);

  return conversations;
}

static WtConversationRecord *
mark_read (WtDatabase *db, gint64 id, gint64 seq)
{
  g_autoptr (GError) error = NULL;
  WtConversationRecord *conversation = NULL;

  wt_store_test_call (result, wt_conversation_store_mark_read_async, db, id, seq);
  conversation = wt_conversation_store_mark_read_finish (db, result, &error);
  g_assert_no_error (error);

  return conversation;
}

static void
test_ensure (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) wanted = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtConversationRecord) made = NULL;
  g_autoptr (WtConversationRecord) same = NULL;
  g_autoptr (WtConversationRecord) renamed = NULL;
  g_autoptr (WtConversationRecord) direct = NULL;
  g_autofree char *stored = NULL;

  wanted->title = g_strdup ("Field");
  wanted->pinned = TRUE;
  wanted->target_platform = g_strdup ("maibot");
  made = ensure (fixture->db, wanted);
  g_assert_cmpint (made->id, >, 0);
  g_assert_cmpint (made->account_id, ==, fixture->account_id);
  g_assert_cmpint (made->kind, ==, WT_CONVERSATION_GROUP);
  g_assert_cmpstr (made->platform, ==, "wheatear");
  g_assert_cmpstr (made->peer_id, ==, "g");
  g_assert_cmpstr (made->title, ==, "Field");
  g_assert_cmpstr (made->target_platform, ==, "maibot");
  g_assert_true (made->pinned);
  g_assert_cmpint (made->last_seq, ==, 0);

  /* What is not brought stays, and flags are the user's. */
  g_clear_pointer (&wanted->title, g_free);
  wanted->target_platform[0] = '\0';
  wanted->pinned = FALSE;
  same = ensure (fixture->db, wanted);
  g_assert_cmpint (same->id, ==, made->id);
  g_assert_cmpstr (same->title, ==, "Field");
  g_assert_cmpstr (same->target_platform, ==, "maibot");
  g_assert_true (same->pinned);

  wanted->title = g_strdup ("麦田");
  wanted->target_secret = g_strdup ("conversation/1");
  renamed = ensure (fixture->db, wanted);
  g_assert_cmpint (renamed->id, ==, made->id);
  g_assert_cmpstr (renamed->title, ==, "麦田");
  g_assert_cmpstr (renamed->target_secret, ==, "conversation/1");
  stored = wt_store_test_query_text (fixture->db, "SELECT title FROM conversation");
  g_assert_cmpstr (stored, ==, "麦田");

  wanted->kind = WT_CONVERSATION_DIRECT;
  direct = ensure (fixture->db, wanted);
  g_assert_cmpint (direct->id, !=, made->id);
}

static void
test_ensure_without_account (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) wanted = wt_store_test_new_group (777, "g");
  g_autoptr (GError) error = NULL;

  wt_store_test_call (result, wt_conversation_store_ensure_async, fixture->db, wanted);
  g_assert_null (wt_conversation_store_ensure_finish (fixture->db, result, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CONSTRAINT);
}

static void
test_null_keys (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) wanted = wt_conversation_record_new ();
  g_autoptr (WtConversationRecord) first = NULL;
  g_autoptr (WtConversationRecord) second = NULL;

  wanted->account_id = fixture->account_id;
  first = ensure (fixture->db, wanted);
  second = ensure (fixture->db, wanted);
  g_assert_cmpint (first->id, ==, second->id);
  g_assert_cmpstr (first->peer_id, ==, "");
}

static void
test_update (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) wanted = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtConversationRecord) conversation = ensure (fixture->db, wanted);
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GError) error = NULL;
  WtConversationRecord *found = NULL;

  conversation->title = g_strdup ("Mine");
  conversation->level = WT_LEVEL_MENTIONS;
  conversation->name = g_strdup ("My own");
  conversation->archived = TRUE;
  conversation->unread = 99;
  conversation->draft = g_strdup ("not this way");
  wt_store_test_call (updated, wt_conversation_store_update_async, fixture->db, conversation);
  g_assert_true (wt_conversation_store_update_finish (fixture->db, updated, NULL));
  wt_store_test_call (drafted, wt_conversation_store_set_draft_async, fixture->db, conversation->id,
                      "草稿");
  g_assert_true (wt_conversation_store_set_draft_finish (fixture->db, drafted, NULL));

  wt_store_test_reopen (fixture);
  conversations = list (fixture->db, fixture->account_id);
  g_assert_cmpint (conversations->len, ==, 1);
  found = g_ptr_array_index (conversations, 0);
  g_assert_cmpstr (found->title, ==, "Mine");
  g_assert_cmpint (found->level, ==, WT_LEVEL_MENTIONS);
  g_assert_cmpstr (found->name, ==, "My own");
  g_assert_true (found->archived);
  g_assert_cmpint (found->unread, ==, 0);
  g_assert_cmpstr (found->draft, ==, "草稿");

  wt_store_test_call (emptied, wt_conversation_store_set_draft_async, fixture->db, conversation->id,
                      NULL);
  g_assert_true (wt_conversation_store_set_draft_finish (fixture->db, emptied, NULL));
  g_assert_null (wt_store_test_query_text (fixture->db, "SELECT draft FROM conversation"));

  conversation->id = 555;
  wt_store_test_call (nobody, wt_conversation_store_update_async, fixture->db, conversation);
  g_assert_false (wt_conversation_store_update_finish (fixture->db, nobody, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
}

static void
add (WtStoreFixture *fixture,
     const char *peer,
     const char *msg_id,
     WtDirection direction,
     gboolean mentions_me,
     gint64 time)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, peer);
  g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "text");
  g_autoptr (WtStoredMessage) stored = NULL;

  message->direction = direction;
  message->mentions_me = mentions_me;
  message->time = time;
  stored = wt_store_test_add (fixture->db, group, message, NULL, NULL);
  g_assert_nonnull (stored);
  g_assert_false (stored->repeat);
}

static void
test_list_order (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) conversations = NULL;
  static const char *const expected[] = { "b", "c", "a" };

  add (fixture, "a", "1", WT_DIRECTION_IN, FALSE, 100);
  add (fixture, "b", "2", WT_DIRECTION_IN, FALSE, 200);
  add (fixture, "c", "3", WT_DIRECTION_IN, FALSE, 150);
  add (fixture, "b", "4", WT_DIRECTION_OUT, FALSE, 300);
  conversations = list (fixture->db, fixture->account_id);
  g_assert_cmpint (conversations->len, ==, G_N_ELEMENTS (expected));
  for (guint i = 0; i < conversations->len; i++)
    {
      WtConversationRecord *conversation = g_ptr_array_index (conversations, i);

      g_assert_cmpstr (conversation->peer_id, ==, expected[i]);
    }
  g_clear_pointer (&conversations, g_ptr_array_unref);
  conversations = list (fixture->db, 999);
  g_assert_cmpint (conversations->len, ==, 0);
}

static void
test_mark_read (WtStoreFixture *fixture, gconstpointer data)
{
  static const struct
  {
    gint64 seq;
    gint64 read_seq;
    guint unread;
    guint mentions;
  } steps[] = {
    { 0, 0, 4, 2 }, { -5, 0, 4, 2 },         { 1, 1, 3, 2 },
    { 3, 3, 2, 1 }, { 2, 3, 2, 1 }, /* nothing is unread again */
    { 4, 4, 1, 1 }, { G_MAXINT64, 5, 0, 0 },
  };
  g_autoptr (GPtrArray) conversations = NULL;
  g_autoptr (GError) error = NULL;
  gint64 id = 0;

  add (fixture, "g", "1", WT_DIRECTION_IN, FALSE, 1);
  add (fixture, "g", "2", WT_DIRECTION_OUT, TRUE, 2);
  add (fixture, "g", "3", WT_DIRECTION_IN, TRUE, 3);
  add (fixture, "g", "4", WT_DIRECTION_IN, FALSE, 4);
  add (fixture, "g", "5", WT_DIRECTION_IN, TRUE, 5);
  conversations = list (fixture->db, fixture->account_id);
  id = ((WtConversationRecord *) g_ptr_array_index (conversations, 0))->id;

  for (guint i = 0; i < G_N_ELEMENTS (steps); i++)
    {
      g_autoptr (WtConversationRecord) conversation = mark_read (fixture->db, id, steps[i].seq);

      g_assert_cmpint (conversation->read_seq, ==, steps[i].read_seq);
      g_assert_cmpint (conversation->unread, ==, steps[i].unread);
      g_assert_cmpint (conversation->mentions, ==, steps[i].mentions);
      g_assert_cmpint (conversation->last_seq, ==, 5);
    }

  wt_store_test_call (result, wt_conversation_store_mark_read_async, fixture->db, 999, 1);
  g_assert_null (wt_conversation_store_mark_read_finish (fixture->db, result, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
}

static void
test_delete (WtStoreFixture *fixture, gconstpointer data)
{
  static const char *const tables[] = { "conversation", "message", "member" };
  g_autoptr (WtConversationRecord) wanted = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (WtConversationRecord) conversation = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *secret = NULL;

  add (fixture, "g", "1", WT_DIRECTION_IN, FALSE, 1);
  add (fixture, "other", "2", WT_DIRECTION_IN, FALSE, 1);
  wanted->target_secret = g_strdup ("conversation/g");
  conversation = ensure (fixture->db, wanted);

  wt_store_test_call (result, wt_conversation_store_delete_async, fixture->db, conversation->id);
  g_assert_true (wt_conversation_store_delete_finish (fixture->db, result, &secret, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (secret, ==, "conversation/g");
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT count(*) FROM %s", tables[i]);

      g_assert_cmpint (wt_store_test_query (fixture->db, sql), ==, 1);
    }
  g_assert_cmpint (
      wt_store_test_query (fixture->db,
                           "SELECT count(*) FROM message_search WHERE message_search MATCH 'text'"),
      ==, 1);

  wt_store_test_call (again, wt_conversation_store_delete_async, fixture->db, conversation->id);
  g_assert_false (wt_conversation_store_delete_finish (fixture->db, again, NULL, &error));
  g_assert_error (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND);
}

static void
test_members (WtStoreFixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) group = wt_store_test_new_group (fixture->account_id, "g");
  g_autoptr (GPtrArray) members = NULL;
  WtMemberRecord *member = NULL;
  gint64 id = 0;
  static const struct
  {
    const char *author;
    const char *nickname;
    const char *cardname;
    WtDirection direction;
    gint64 time;
  } said[] = {
    { "alice", "Alice", "A.", WT_DIRECTION_IN, 10 },  { "bob", "Bob", NULL, WT_DIRECTION_IN, 20 },
    { "me", "Me", NULL, WT_DIRECTION_OUT, 25 },       { NULL, "Nobody", NULL, WT_DIRECTION_IN, 26 },
    { "alice", "Alicia", NULL, WT_DIRECTION_IN, 30 }, { "alice", "", "", WT_DIRECTION_IN, 5 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (said); i++)
    {
      g_autofree char *msg_id = g_strdup_printf ("m%u", i);
      g_autoptr (WtMessageRecord) message = wt_store_test_new_message (msg_id, "text");
      g_autoptr (WtStoredMessage) stored = NULL;

      g_free (message->author_id);
      message->author_id = g_strdup (said[i].author);
      g_free (message->author_nickname);
      message->author_nickname = g_strdup (said[i].nickname);
      message->author_cardname = g_strdup (said[i].cardname);
      message->direction = said[i].direction;
      message->time = said[i].time;
      stored = wt_store_test_add (fixture->db, group, message, NULL, NULL);
      id = stored->conversation->id;
    }

  wt_store_test_call (result, wt_conversation_store_list_members_async, fixture->db, id);
  members = wt_conversation_store_list_members_finish (fixture->db, result, NULL);
  g_assert_cmpint (members->len, ==, 2);
  member = g_ptr_array_index (members, 0);
  g_assert_cmpstr (member->user_id, ==, "alice");
  g_assert_cmpstr (member->nickname, ==, "Alicia");
  g_assert_cmpstr (member->cardname, ==, "A.");
  g_assert_cmpint (member->last_seen, ==, 30);
  g_assert_cmpint (member->conversation_id, ==, id);
  member = g_ptr_array_index (members, 1);
  g_assert_cmpstr (member->user_id, ==, "bob");
  g_assert_cmpstr (member->platform, ==, "wheatear");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/conversations/" name, WtStoreFixture, NULL, wt_store_test_set_up, func,            \
              wt_store_test_tear_down)
  ADD ("ensure", test_ensure);
  ADD ("ensure-without-account", test_ensure_without_account);
  ADD ("null-keys", test_null_keys);
  ADD ("update", test_update);
  ADD ("list-order", test_list_order);
  ADD ("mark-read", test_mark_read);
  ADD ("delete", test_delete);
  ADD ("members", test_members);

  return g_test_run ();
}
