/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <gio/gio.h>

#include "wt-conversation-list.h"

typedef struct
{
  WtAccount *account;
  WtConversationList *list;
  guint changes;
} Fixture;

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  Fixture *fixture = data;

  fixture->changes++;
  g_assert_cmpuint (position + added, <=, g_list_model_get_n_items (model));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();

  record->id = 1;
  record->user_id = g_strdup ("me");
  fixture->account = wt_account_new (record);
  fixture->list = wt_conversation_list_new ();
  g_signal_connect (fixture->list, "items-changed", G_CALLBACK (on_items_changed), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_assert_finalize_object (fixture->list);
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

/* Against a list that is sorted anew after each change. */
static void
test_random (Fixture *fixture, gconstpointer data)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  gint64 times[50];

  g_test_message ("seed %u", seed);
  for (gint64 id = 0; id < 50; id++)
    add (fixture, id + 1, times[id] = g_rand_int_range (random, 1, 1000), 0);
  for (guint step = 0; step < 500; step++)
    {
      gint64 id = g_rand_int_range (random, 0, 50);
      gint64 previous = G_MAXINT64;

      times[id] += g_rand_int_range (random, 0, 300);
      update (fixture, id + 1, times[id], 0);
      for (guint i = 0; i < 50; i++)
        {
          g_autoptr (WtConversation) item = g_list_model_get_item (G_LIST_MODEL (fixture->list), i);

          g_assert_cmpint (wt_conversation_get_last_time (item), <=, previous);
          g_assert_cmpint (wt_conversation_get_last_time (item), ==,
                           times[wt_conversation_get_id (item) - 1]);
          previous = wt_conversation_get_last_time (item);
        }
    }
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
  ADD ("/conversation-list/random", test_random);
  return g_test_run ();
}
