/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>
#include <string.h>

#include "wt-conversation-list.h"

#include "wt-test.h"

typedef struct
{
  WtAccount *account;
  WtConversationList *list;
  guint changes;
  guint moved;       /* items that were said to have been replaced */
  GPtrArray *shadow; /* what somebody has who heard of every change and looks at nothing else */
} Fixture;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Fixture *fixture = data;

  fixture->changes++;
  fixture->moved += added;
  g_assert_cmpuint (position + added, <=, g_list_model_get_n_items (model));
  if (removed > 0)
    g_ptr_array_remove_range (fixture->shadow, position, removed);
  for (guint i = 0; i < added; i++)
    g_ptr_array_insert (fixture->shadow, (int) (position + i),
                        g_list_model_get_item (model, position + i));
  g_assert_cmpuint (fixture->shadow->len, ==, g_list_model_get_n_items (model));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();

  record->id = 1;
  record->user_id = g_strdup ("me");
  fixture->account = wt_account_new (record);
  fixture->shadow = g_ptr_array_new_with_free_func (g_object_unref);
  fixture->list = wt_conversation_list_new ();
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->list);
  g_ptr_array_unref (fixture->shadow);
  g_assert_finalize_object (fixture->account);
}

static WtConversationRecord *
make_record (gint64 id, gint64 last_time, guint unread)
{
  WtConversationRecord *record = wt_conversation_record_new ();

  record->id = id;
  record->account_id = 1;
  record->peer_id = g_strdup_printf ("peer-%" G_GINT64_FORMAT, id);
  record->kind = id % 2 ? WT_CONVERSATION_DIRECT : WT_CONVERSATION_GROUP;
  record->last_time = last_time;
  record->last_seq = last_time;
  record->unread = unread;
  return record;
}

static void
add (Fixture *fixture, gint64 id, gint64 last_time, guint unread)
{
  g_autoptr (WtConversationRecord) record = make_record (id, last_time, unread);
  g_autoptr (WtConversation) conversation = wt_conversation_new (fixture->account, record);

  wt_conversation_list_add (fixture->list, conversation);
}

static void
update (Fixture *fixture, gint64 id, gint64 last_time, guint unread)
{
  g_autoptr (WtConversationRecord) record = make_record (id, last_time, unread);

  wt_conversation_update (wt_conversation_list_lookup (fixture->list, id), record);
}

static void
assert_order (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) order = g_string_new (NULL);
  GListModel *model = G_LIST_MODEL (fixture->list);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (WtConversation) conversation = g_list_model_get_item (model, i);

      g_assert_true (g_ptr_array_index (fixture->shadow, i) == conversation);
      g_string_append_printf (order, "%" G_GINT64_FORMAT " ",
                              wt_conversation_get_id (conversation));
    }
  g_assert_cmpstr (order->str, ==, expected);
  g_assert_null (g_list_model_get_item (model, g_list_model_get_n_items (model)));
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 10, 0);
  add (fixture, 2, 30, 0);
  add (fixture, 3, 20, 0);
  assert_order (fixture, "2 3 1 ");
  fixture->changes = 0;
  update (fixture, 1, 40, 0);
  assert_order (fixture, "1 2 3 ");
  g_assert_cmpuint (fixture->changes, ==, 1);
  update (fixture, 1, 41, 0);
  g_assert_cmpuint (fixture->changes, ==, 1);
}

static void
test_pinned (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) record = make_record (1, 10, 0);

  add (fixture, 1, 10, 0);
  add (fixture, 2, 30, 0);
  record->pinned = TRUE;
  wt_conversation_set_options (wt_conversation_list_lookup (fixture->list, 1), record);
  assert_order (fixture, "1 2 ");
  /* What the disk had before the user pinned it does not unpin it. */
  update (fixture, 1, 11, 0);
  assert_order (fixture, "1 2 ");
}

static void
test_stale (Fixture *fixture, gconstpointer data)
{
  add (fixture, 1, 10, 5);
  update (fixture, 1, 9, 99);
  g_assert_cmpuint (wt_conversation_list_get_unread (fixture->list, WT_CONVERSATION_DIRECT), ==, 5);
}

/* The ACK is shown when it comes; a record that was read before it was stored comes later. */
static void
test_overtaken_delivery (Fixture *fixture, gconstpointer data)
{
  WtConversation *conversation;
  g_autoptr (WtConversationRecord) before = make_record (1, 10, 0);
  g_autoptr (WtConversationRecord) next = make_record (1, 11, 0);

  add (fixture, 1, 10, 0);
  conversation = wt_conversation_list_lookup (fixture->list, 1);
  before->last_delivery = WT_DELIVERY_QUEUED;
  before->read_seq = 10;
  wt_conversation_set_last_delivery (conversation, 10, WT_DELIVERY_ACKED);
  wt_conversation_update (conversation, before);
  g_assert_cmpint (wt_conversation_get_record (conversation)->last_delivery, ==, WT_DELIVERY_ACKED);
  g_assert_cmpint (wt_conversation_get_read_seq (conversation), ==, 10);

  next->read_seq = 10;
  next->last_delivery = WT_DELIVERY_QUEUED;
  wt_conversation_update (conversation, next);
  g_assert_cmpint (wt_conversation_get_record (conversation)->last_delivery, ==,
                   WT_DELIVERY_QUEUED);
}

static void
test_unread (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) record = make_record (1, 11, 7);

  add (fixture, 1, 10, 2);
  add (fixture, 3, 10, 3);
  add (fixture, 2, 10, 4);
  g_assert_cmpuint (wt_conversation_list_get_unread (fixture->list, WT_CONVERSATION_DIRECT), ==, 5);
  g_assert_cmpuint (wt_conversation_list_get_unread (fixture->list, WT_CONVERSATION_GROUP), ==, 4);
  update (fixture, 1, 11, 7);
  g_assert_cmpuint (wt_conversation_list_get_unread (fixture->list, WT_CONVERSATION_DIRECT), ==,
                    10);
  record->level = WT_LEVEL_NONE;
  wt_conversation_set_options (wt_conversation_list_lookup (fixture->list, 1), record);
  g_assert_cmpuint (wt_conversation_list_get_unread (fixture->list, WT_CONVERSATION_DIRECT), ==, 3);
  wt_conversation_list_remove (fixture->list, wt_conversation_list_lookup (fixture->list, 3));
  g_assert_cmpuint (wt_conversation_list_get_unread (fixture->list, WT_CONVERSATION_DIRECT), ==, 0);
  wt_conversation_list_remove_account (fixture->list, fixture->account);
  g_assert_cmpuint (wt_conversation_list_get_unread (fixture->list, WT_CONVERSATION_GROUP), ==, 0);
  assert_order (fixture, "");
}

static guint
get_count (Fixture *fixture, const char *property)
{
  guint number = 0;

  g_object_get (fixture->list, property, &number, NULL);
  return number;
}

/* By pane, by level, archived or not; and nothing is left when all are gone. */
static void
test_counts (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) record = make_record (2, 10, 5);
  g_autoptr (WtConversation) group = NULL;

  record->mentions = 2;
  group = wt_conversation_new (fixture->account, record);
  wt_conversation_list_add (fixture->list, group);
  add (fixture, 1, 10, 3);
  g_assert_cmpuint (get_count (fixture, "unread-groups"), ==, 5);
  g_assert_cmpuint (get_count (fixture, "unread-direct"), ==, 3);
  g_assert_cmpuint (get_count (fixture, "mentions-groups"), ==, 2);

  record->level = WT_LEVEL_MENTIONS;
  wt_conversation_set_options (group, record);
  g_assert_cmpuint (get_count (fixture, "unread-groups"), ==, 2);
  g_assert_cmpuint (get_count (fixture, "mentions-groups"), ==, 2);
  record->level = WT_LEVEL_NONE;
  wt_conversation_set_options (group, record);
  g_assert_cmpuint (get_count (fixture, "unread-groups"), ==, 0);
  g_assert_cmpuint (get_count (fixture, "mentions-groups"), ==, 0);
  g_assert_cmpuint (get_count (fixture, "archived-unread-groups"), ==, 0);

  record->level = WT_LEVEL_ALL;
  record->archived = TRUE;
  wt_conversation_set_options (group, record);
  g_assert_cmpuint (get_count (fixture, "unread-groups"), ==, 0);
  g_assert_cmpuint (get_count (fixture, "archived-groups"), ==, 1);
  g_assert_cmpuint (get_count (fixture, "archived-unread-groups"), ==, 5);
  wt_conversation_set_hidden (group, TRUE);
  g_assert_cmpuint (get_count (fixture, "archived-groups"), ==, 0);
  g_assert_cmpuint (get_count (fixture, "archived-unread-groups"), ==, 0);
  wt_conversation_set_hidden (group, FALSE);
  g_assert_cmpuint (wt_conversation_list_get_archived_unread (fixture->list, WT_CONVERSATION_GROUP),
                    ==, 5);
  wt_conversation_list_remove_account (fixture->list, fixture->account);
  g_assert_cmpuint (get_count (fixture, "archived-unread-groups"), ==, 0);
  g_assert_cmpuint (wt_conversation_list_get_mentions (fixture->list, WT_CONVERSATION_GROUP), ==,
                    0);
}

/* Against a list that is sorted anew after each change, with moves near and far. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 300
  };
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  gint64 times[N];

  g_test_message ("seed %u", seed);
  for (gint64 id = 0; id < N; id++)
    add (fixture, id + 1, times[id] = g_rand_int_range (random, 1, 1000), 0);
  for (guint step = 0; step < 500; step++)
    {
      gint64 id = g_rand_int_range (random, 0, N);
      gint64 previous = G_MAXINT64;

      times[id] += g_rand_int_range (random, 0, 300);
      update (fixture, id + 1, times[id], 0);
      for (guint i = 0; i < N; i++)
        {
          g_autoptr (WtConversation) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

          g_assert_true (g_ptr_array_index (fixture->shadow, i) == item);
          g_assert_cmpint (wt_conversation_get_last_time (item), <=, previous);
          g_assert_cmpint (wt_conversation_get_last_time (item), ==,
                           times[wt_conversation_get_id (item) - 1]);
          previous = wt_conversation_get_last_time (item);
        }
    }
}

static void
assert_sorted (Fixture *fixture)
{
  GListModel *model = G_LIST_MODEL (fixture->list);
  gint64 previous = G_MAXINT64;

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (WtConversation) item = g_list_model_get_item (model, i);

      g_assert_true (g_ptr_array_index (fixture->shadow, i) == item);
      g_assert_cmpint (wt_conversation_get_last_time (item), <=, previous);
      previous = wt_conversation_get_last_time (item);
    }
}

/* Many change at once, some of them more than once, and one goes meanwhile: told of together, and in order. */
static void
test_frozen (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 300
  };
  gint64 time = N;
  guint changes;

  for (gint64 id = 1; id <= N; id++)
    add (fixture, id, id, 0);

  changes = fixture->changes;
  wt_conversation_list_freeze (fixture->list);
  wt_conversation_list_freeze (fixture->list);
  for (guint i = 0; i < 100; i++)
    update (fixture, N - i * 7 % 50, ++time, 1);
  wt_conversation_list_thaw (fixture->list);
  g_assert_cmpuint (fixture->changes, ==, changes);
  wt_conversation_list_thaw (fixture->list);
  g_assert_cmpuint (fixture->changes, ==, changes + 1);
  assert_sorted (fixture);
  g_assert_cmpuint (wt_conversation_list_get_unread (fixture->list, WT_CONVERSATION_DIRECT), ==,
                    25);

  for (guint round = 0; round < 100; round++)
    {
      gint64 gone = g_test_rand_int_range (1, N + 1);

      wt_conversation_list_freeze (fixture->list);
      for (gint32 i = g_test_rand_int_range (1, 80); i > 0; i--)
        update (fixture, g_test_rand_int_range (1, N + 1), ++time, 1);
      update (fixture, gone, ++time, 1);
      wt_conversation_list_remove (fixture->list,
                                   wt_conversation_list_lookup (fixture->list, gone));
      add (fixture, gone, ++time, 0);
      wt_conversation_list_thaw (fixture->list);
      assert_sorted (fixture);
    }
  g_assert_cmpuint (fixture->shadow->len, ==, N);
}

static gint64
get_first_id (Fixture *fixture)
{
  g_autoptr (WtConversation) first = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);

  return wt_conversation_get_id (first);
}

static void
update_in_turn (Fixture *fixture, gint64 id, gint64 time)
{
  wt_conversation_list_freeze (fixture->list);
  update (fixture, id, time, 1);
  wt_conversation_list_thaw_in_turn (fixture->list);
}

/* While messages pour in: the first is shown at once, the others as often as anybody can read, and the last is not forgotten. */
static void
test_in_turn (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 10,
    MS = 350,
    LEAST_TURN_MS = 50
  };
  gint64 time = N;
  gint64 begin, elapsed;
  guint rounds = 0;

  for (gint64 id = 1; id <= N; id++)
    add (fixture, id, id, 0);
  fixture->changes = 0;
  begin = g_get_monotonic_time ();
  update_in_turn (fixture, 1, ++time);
  g_assert_cmpuint (fixture->changes, ==, 1);
  g_assert_cmpint (get_first_id (fixture), ==, 1);

  do
    {
      update_in_turn (fixture, 1 + ++rounds % N, ++time);
      g_main_context_iteration (NULL, FALSE);
      elapsed = (g_get_monotonic_time () - begin) / 1000;
    }
  while (elapsed < MS);
  g_assert_cmpuint (rounds, >, 100);
  g_assert_cmpuint (fixture->changes, >=, 2);
  g_assert_cmpint (fixture->changes, <=, 2 + elapsed / LEAST_TURN_MS);
  g_assert_cmpuint (wt_conversation_list_get_unread (fixture->list, WT_CONVERSATION_DIRECT), ==,
                    N / 2);

  update_in_turn (fixture, 7, ++time);
  wt_test_wait_until (get_first_id (fixture) == 7);
  assert_sorted (fixture);

  /* One that goes before its turn. */
  update_in_turn (fixture, 3, ++time);
  update_in_turn (fixture, 4, ++time);
}

/* What happens for one message does not grow with the list: nobody is told to look at what lies between. */
static void
test_many (Fixture *fixture, gconstpointer data)
{
  enum
  {
    N = 10000,
    STEPS = 2000
  };
  g_autoptr (GPtrArray) conversations = g_ptr_array_new_with_free_func (g_object_unref);

  for (gint64 id = 1; id <= N; id++)
    {
      g_autoptr (WtConversationRecord) record = make_record (id, id, 0);

      g_ptr_array_add (conversations, wt_conversation_new (fixture->account, record));
    }
  wt_conversation_list_add_many (fixture->list, conversations);
  g_assert_cmpuint (fixture->changes, ==, 1);

  fixture->moved = 0;
  for (gint64 step = 1; step <= STEPS; step++)
    update (fixture, step * 7919 % N + 1, N + step, 1);
  g_assert_cmpuint (fixture->moved, <=, STEPS);
  g_assert_cmpuint (fixture->shadow->len, ==, N);

  g_autoptr (WtConversation) first = g_list_model_get_item (G_LIST_MODEL (fixture->list), 0);

  g_assert_cmpint (wt_conversation_get_id (first), ==, (gint64) STEPS * 7919 % N + 1);
  g_assert_true (g_ptr_array_index (fixture->shadow, 0) == first);
}

static void
test_matches (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtConversationRecord) record = make_record (1, 10, 0);
  g_autoptr (WtConversationRecord) next = NULL;
  g_autoptr (WtConversation) conversation = NULL;
  g_autofree char *wheat = wt_conversation_fold ("ＷＨＥＡＴ");
  g_autofree char *across = wt_conversation_fold ("field peer");
  g_autofree char *chinese = wt_conversation_fold ("小麦");
  g_autofree char *long_text = g_strnfill (100000, 'x');
  g_autofree char *bounded = wt_conversation_fold (long_text);

  record->title = g_strdup ("Wheat field");
  conversation = wt_conversation_new (fixture->account, record);
  g_assert_true (wt_conversation_matches (conversation, ""));
  g_assert_true (wt_conversation_matches (conversation, wheat));
  g_assert_true (wt_conversation_matches (conversation, "peer-1"));
  g_assert_false (wt_conversation_matches (conversation, across));
  g_assert_false (wt_conversation_matches (conversation, chinese));
  g_assert_cmpuint (strlen (bounded), <=, 4096);

  /* What was looked through before is looked through anew. */
  next = make_record (1, 11, 0);
  next->title = g_strdup ("Barley");
  next->last_text = g_strdup ("早上的小麦");
  wt_conversation_update (conversation, next);
  g_assert_true (wt_conversation_matches (conversation, chinese));
  g_assert_false (wt_conversation_matches (conversation, wheat));
  g_free (next->name);
  next->name = g_strdup ("Wheaty");
  wt_conversation_set_options (conversation, next);
  g_assert_true (wt_conversation_matches (conversation, wheat));
}

/* One of these, or anything at all. */
static gunichar
pick_character (void)
{
  static const char *const some
      = "aZ9 "
        "~é麦田。《》，！ＷｚＡ\xcc\x81\xcc\x96がｶﾞ가각ßİΣ㎏½🌾👩\xe2\x80\x8d\xef\xb8\x8f…“”ﬁ豈〇";
  gunichar c;

  if (g_test_rand_bit ())
    return g_utf8_get_char (g_utf8_offset_to_pointer (
        some, g_test_rand_int_range (0, (gint32) g_utf8_strlen (some, -1))));
  do
    c = (gunichar) g_test_rand_int_range (1, g_test_rand_bit () ? 0x10000 : 0x30000);
  while (!g_unichar_validate (c));
  return c;
}

/* However it is done: it is what GLib's own functions make of it. */
static void
test_fold (Fixture *fixture, gconstpointer data)
{
  for (guint i = 0; i < 5000; i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      gint32 n = g_test_rand_int_range (0, 12);

      for (gint32 j = 0; j < n; j++)
        g_string_append_unichar (text, pick_character ());

      g_autofree char *normal = g_utf8_normalize (text->str, -1, G_NORMALIZE_ALL);
      g_autofree char *expected = g_utf8_casefold (normal, -1);
      g_autofree char *folded = wt_conversation_fold (text->str);

      g_assert_cmpstr (folded, ==, expected);
    }

  g_autofree char *nothing = wt_conversation_fold (NULL);
  g_autofree char *broken = wt_conversation_fold ("Wheat\xff field");

  g_assert_cmpstr (nothing, ==, "");
  g_assert_cmpstr (broken, ==, "wheat");
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/conversation-list/order", test_order);
  ADD ("/conversation-list/pinned", test_pinned);
  ADD ("/conversation-list/stale", test_stale);
  ADD ("/conversation-list/overtaken-delivery", test_overtaken_delivery);
  ADD ("/conversation-list/unread", test_unread);
  ADD ("/conversation-list/counts", test_counts);
  ADD ("/conversation-list/random", test_random);
  ADD ("/conversation-list/frozen", test_frozen);
  ADD ("/conversation-list/in-turn", test_in_turn);
  ADD ("/conversation-list/many", test_many);
  ADD ("/conversation-list/matches", test_matches);
  ADD ("/conversation-list/fold", test_fold);
  return g_test_run ();
}
