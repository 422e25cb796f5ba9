/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-store.h"
#include "wt-test.h"
#include "wt-timeline.h"

#include "wt-account-store.h"
#include "wt-conversation-store.h"

typedef struct
{
  WtDatabase *database;
  WtAccount *account;
  WtConversation *conversation;
  GAsyncResult *result;
} Fixture;

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  Fixture *fixture = data;

  g_set_object (&fixture->result, result);
}

static GAsyncResult *
wait (Fixture *fixture)
{
  wt_test_wait_until (fixture->result != NULL);
  return fixture->result;
}

static void
add_messages (Fixture *fixture, guint count, GPtrArray *records)
{
  for (guint i = 0; i < count; i++)
    {
      g_autoptr (WtMessageRecord) message = wt_message_record_new ();
      g_autoptr (WtStoredMessage) stored = NULL;

      message->direction = WT_DIRECTION_OUT;
      message->delivery = WT_DELIVERY_QUEUED;
      message->msg_id = g_uuid_string_random ();
      message->digest = g_strdup ("d");
      message->message_id = g_strdup ("m");
      message->author_id = g_strdup ("me");
      message->text = g_strdup_printf ("number %u", i);
      message->segments = g_strdup ("{}");
      g_clear_object (&fixture->result);
      wt_message_store_add_async (fixture->database,
                                  wt_conversation_get_record (fixture->conversation), message, NULL,
                                  NULL, keep_result, fixture);
      stored = wt_message_store_add_finish (fixture->database, wait (fixture), NULL);
      g_assert_nonnull (stored);
      wt_conversation_update (fixture->conversation, stored->conversation);
      if (records != NULL)
        g_ptr_array_add (records, wt_message_record_copy (stored->message));
    }
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtAccountRecord) account = wt_account_record_new ();
  g_autoptr (WtConversationRecord) wanted = wt_conversation_record_new ();
  g_autoptr (WtConversationRecord) made = NULL;

  fixture->database = wt_database_new (":memory:");
  wt_database_open_async (fixture->database, NULL, keep_result, fixture);
  g_assert_true (wt_database_open_finish (fixture->database, wait (fixture), NULL));

  account->uuid = g_strdup ("uuid");
  account->url = g_strdup ("ws://127.0.0.1:1/ws");
  account->platform = g_strdup ("p");
  account->user_id = g_strdup ("me");
  g_clear_object (&fixture->result);
  wt_account_store_save_async (fixture->database, account, NULL, keep_result, fixture);
  account->id = wt_account_store_save_finish (fixture->database, wait (fixture), NULL);
  g_assert_cmpint (account->id, !=, 0);
  fixture->account = wt_account_new (account);

  wanted->account_id = account->id;
  wanted->platform = g_strdup ("p");
  wanted->peer_id = g_strdup ("peer");
  g_clear_object (&fixture->result);
  wt_conversation_store_ensure_async (fixture->database, wanted, NULL, keep_result, fixture);
  made = wt_conversation_store_ensure_finish (fixture->database, wait (fixture), NULL);
  g_assert_nonnull (made);
  fixture->conversation = wt_conversation_new (fixture->account, made);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->result);
  wt_database_close (fixture->database);
  g_object_unref (fixture->database);
  g_object_unref (fixture->conversation);
  g_object_unref (fixture->account);
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = NULL;
  GListModel *model;

  add_messages (fixture, 200, NULL);
  timeline = wt_timeline_new (fixture->database, fixture->conversation);
  model = G_LIST_MODEL (timeline);
  g_assert_cmpuint (g_list_model_get_n_items (model), ==, 200);
  g_assert_null (g_list_model_get_item (model, 200));

  g_clear_object (&fixture->result);
  wt_timeline_prepare_async (timeline, 199, NULL, keep_result, fixture);
  g_assert_true (wt_timeline_prepare_finish (timeline, wait (fixture), NULL));

  g_autoptr (WtMessage) last = g_list_model_get_item (model, 199);
  g_autoptr (WtMessage) again = g_list_model_get_item (model, 199);
  g_autoptr (WtMessage) first = g_list_model_get_item (model, 0);

  g_assert_true (wt_message_get_loaded (last));
  g_assert_cmpstr (wt_message_get_text (last), ==, "number 199");
  g_assert_true (last == again);
  g_assert_false (wt_message_get_loaded (first));
  wt_test_wait_until (wt_message_get_loaded (first));
  g_assert_cmpstr (wt_message_get_text (first), ==, "number 0");
  g_assert_cmpint (wt_message_get_seq (first), ==, 1);
}

static void
test_same_object (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtTimeline) timeline = NULL;
  GListModel *model;

  add_messages (fixture, 1200, NULL);
  timeline = wt_timeline_new (fixture->database, fixture->conversation);
  model = G_LIST_MODEL (timeline);

  g_autoptr (WtMessage) held = g_list_model_get_item (model, 0);

  wt_test_wait_until (wt_message_get_loaded (held));
  for (guint i = 0; i < 1200; i += 10)
    {
      g_autoptr (WtMessage) message = g_list_model_get_item (model, i);

      wt_test_wait_until (wt_message_get_loaded (message));
    }

  g_autoptr (WtMessage) again = g_list_model_get_item (model, 0);

  g_assert_true (held == again);
}

static void
on_items_changed (GListModel *model, guint position, guint removed, guint added, gpointer data)
{
  g_string_append_printf (data, "%u-%u+%u ", position, removed, added);
}

static void
test_append (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_message_record_free);
  g_autoptr (GString) changes = g_string_new (NULL);
  g_autoptr (WtTimeline) timeline = NULL;

  add_messages (fixture, 3, NULL);
  timeline = wt_timeline_new (fixture->database, fixture->conversation);
  g_signal_connect (timeline, "items-changed", G_CALLBACK (on_items_changed), changes);
  add_messages (fixture, 2, records);
  wt_timeline_append (timeline, records);
  wt_timeline_append (timeline, records);
  g_assert_cmpstr (changes->str, ==, "3-0+2 ");

  g_autoptr (WtMessage) last = g_list_model_get_item (G_LIST_MODEL (timeline), 4);

  g_assert_true (wt_message_get_loaded (last));
  g_assert_cmpint (wt_message_get_delivery (last), ==, WT_DELIVERY_QUEUED);

  WtMessageRecord *record = g_ptr_array_index (records, 1);

  record->delivery = WT_DELIVERY_ACKED;
  wt_timeline_set_delivery (timeline, record);
  g_assert_cmpint (wt_message_get_delivery (last), ==, WT_DELIVERY_ACKED);
  record->deleted = TRUE;
  wt_timeline_change (timeline, record);
  g_assert_true (wt_message_get_deleted (last));
}

/* An ACK that is told while the message is being read, and stored only after that. */
static void
test_delivery_overtakes_loading (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GPtrArray) records = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_message_record_free);
  g_autoptr (WtTimeline) timeline = NULL;

  add_messages (fixture, 3, records);
  timeline = wt_timeline_new (fixture->database, fixture->conversation);

  g_autoptr (WtMessage) first = g_list_model_get_item (G_LIST_MODEL (timeline), 0);

  for (guint i = 0; i < records->len; i++)
    {
      WtMessageRecord *record = g_ptr_array_index (records, i);

      record->delivery = WT_DELIVERY_ACKED;
      record->rtt = 77;
      wt_timeline_set_delivery (timeline, record);
    }
  g_assert_false (wt_message_get_loaded (first));
  wt_test_wait_until (wt_message_get_loaded (first));
  for (guint i = 0; i < records->len; i++)
    {
      g_autoptr (WtMessage) message = g_list_model_get_item (G_LIST_MODEL (timeline), i);

      g_assert_true (wt_message_get_loaded (message));
      g_assert_cmpint (wt_message_get_delivery (message), ==, WT_DELIVERY_ACKED);
      g_assert_cmpint (wt_message_get_record (message)->rtt, ==, 77);
      g_assert_cmpstr (wt_message_get_text (message), !=, NULL);
    }
}

static void
test_gone_while_loading (Fixture *fixture, gconstpointer data)
{
  WtTimeline *timeline;
  g_autoptr (WtMessage) message = NULL;

  add_messages (fixture, 10, NULL);
  timeline = wt_timeline_new (fixture->database, fixture->conversation);
  message = g_list_model_get_item (G_LIST_MODEL (timeline), 3);
  g_object_add_weak_pointer (G_OBJECT (timeline), (gpointer *) &timeline);
  g_object_unref (timeline);
  wt_test_wait_until (timeline == NULL);
}

#define ADD(path, func) g_test_add (path, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("/timeline/pages", test_pages);
  ADD ("/timeline/same-object", test_same_object);
  ADD ("/timeline/append", test_append);
  ADD ("/timeline/delivery-overtakes-loading", test_delivery_overtakes_loading);
  ADD ("/timeline/gone-while-loading", test_gone_while_loading);
  return g_test_run ();
}
