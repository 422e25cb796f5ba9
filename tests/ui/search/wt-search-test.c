/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-search-test.h"

#include "wt-message-store.h"

void
wt_search_test_set_up (WtSearchFixture *fixture, gconstpointer data)
{
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
  fixture->session = wt_ui_test_add_account (fixture->profile, "me");
  fixture->chat = wt_ui_test_add_conversation (fixture->session, WT_CONVERSATION_DIRECT, "Bob");
  fixture->group = wt_ui_test_add_conversation (fixture->session, WT_CONVERSATION_GROUP, "Field");
}

void
wt_search_test_tear_down (WtSearchFixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->chat);
  g_clear_object (&fixture->group);
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
}

/* As if it had come in; a minute after the one before. */
void
wt_search_test_add (WtSearchFixture *fixture,
                    WtConversation *conversation,
                    const char *author,
                    const char *text)
{
  gint64 seq = wt_conversation_get_last_seq (conversation) + 1;
  g_autoptr (WtMessageRecord) record = wt_chat_test_make_record (
      &(WtChatTestMessage){ .seq = seq,
                            .author = author,
                            .time = WT_CHAT_TEST_NOW + seq * WT_CHAT_TEST_MINUTE,
                            .delivery = author != NULL ? WT_DELIVERY_RECEIVED : WT_DELIVERY_ACKED,
                            .segment = wt_segment_new_text (text) });
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  record->id = record->seq = 0;
  g_clear_pointer (&record->msg_id, g_free);
  record->msg_id = g_uuid_string_random ();
  record->digest = g_strdup (record->msg_id);
  record->author_platform = g_strdup ("wheatear");
  wt_message_store_add_async (wt_profile_get_database (fixture->profile),
                              wt_conversation_get_record (conversation), record, NULL, NULL,
                              wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  stored = wt_message_store_add_finish (wt_profile_get_database (fixture->profile), result, &error);
  g_assert_no_error (error);
  wt_conversation_update (conversation, stored->conversation);
}

typedef struct
{
  gint64 account_id;
  gint64 conversation_id;
  gint64 seq;
  guint n;
} Fill;

static gpointer
fill (WtDatabase *db, gpointer data, GError **error)
{
  const Fill *task = data;
  g_autofree char *sql = g_strdup_printf (
      "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < %u)"
      " INSERT INTO message (account_id, conversation_id, seq, direction, delivery, mentions_me,"
      " peer_time, time, attempts, acked_time, rtt, msg_id, digest, author_id, text, segments)"
      " SELECT %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT ", %" G_GINT64_FORMAT
      " + i, 0, 0, 0, 0, %" G_GINT64_FORMAT " + i * 60000000, 0, 0, -1, 'm' || i, '', 'carol',"
      " 'straw', '{\"type\":\"text\",\"data\":\"straw\"}' FROM n;"
      "UPDATE conversation SET last_seq = %" G_GINT64_FORMAT ", read_seq = %" G_GINT64_FORMAT
      " WHERE id = %" G_GINT64_FORMAT ";",
      task->n, task->account_id, task->conversation_id, task->seq, WT_CHAT_TEST_NOW,
      task->seq + task->n, task->seq + task->n, task->conversation_id);

  return wt_database_exec (db, sql, error) ? db : NULL;
}

/* Many messages “straw” at once, past the index. */
void
wt_search_test_fill (WtSearchFixture *fixture, WtConversation *conversation, guint n)
{
  WtDatabase *database = wt_profile_get_database (fixture->profile);
  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (conversation));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Fill *task = g_new0 (Fill, 1);

  task->account_id = record->account_id;
  task->conversation_id = record->id;
  task->seq = record->last_seq;
  task->n = n;
  wt_database_run_async (database, fill, task, g_free, NULL, NULL, fill, wt_ui_test_on_done,
                         &result);
  wt_test_wait_until (result != NULL);
  wt_database_run_finish (database, result, &error);
  g_assert_no_error (error);
  record->last_seq += n;
  record->read_seq = record->last_seq;
  wt_conversation_update (conversation, record);
}
