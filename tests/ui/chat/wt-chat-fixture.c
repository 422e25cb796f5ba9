/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-fixture.h"

#include <glib/gstdio.h>

#include "wt-chat-test.h"
#include "wt-message-store.h"
#include "wt-test.h"

#define NOW WT_CHAT_TEST_NOW
#define MINUTE WT_CHAT_TEST_MINUTE

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  WtChatFixture *fixture = data;

  g_set_object (&fixture->result, result);
}

static GAsyncResult *
wait_result (WtChatFixture *fixture)
{
  wt_test_wait_until (fixture->result != NULL);
  return fixture->result;
}

static void
add_account (WtChatFixture *fixture)
{
  g_autoptr (WtAccountRecord) record = wt_account_record_new ();
  g_autoptr (GError) error = NULL;

  record->url = g_strdup ("ws://127.0.0.1:9/ws");
  record->platform = g_strdup ("desk");
  record->user_id = g_strdup ("me");
  record->nickname = g_strdup ("Me");
  record->target_platform = g_strdup ("desk");
  g_clear_object (&fixture->result);
  wt_profile_save_account_async (fixture->profile, record, "my-key", "peer-key", NULL, keep_result,
                                 fixture);
  fixture->session = g_object_ref (
      wt_profile_save_account_finish (fixture->profile, wait_result (fixture), &error));
  g_assert_no_error (error);
}

static WtConversation *
add_conversation (WtChatFixture *fixture, WtConversationKind kind, const char *peer)
{
  g_autoptr (GError) error = NULL;
  WtConversation *conversation;

  g_clear_object (&fixture->result);
  wt_session_ensure_conversation_async (fixture->session, kind, NULL, peer, peer, NULL, NULL, NULL,
                                        keep_result, fixture);
  conversation = wt_session_ensure_conversation_finish (fixture->session, wait_result (fixture),
                                                        &error);
  g_assert_no_error (error);
  return conversation;
}

/* As if it had come in while the conversation was not open. */
void
wt_chat_fixture_add (WtChatFixture *fixture,
                     WtConversation *conversation,
                     const char *author,
                     WtSegment *segment)
{
  static gint64 count;
  gint64 seq = wt_conversation_get_last_seq (conversation) + 1;
  g_autoptr (WtMessageRecord) record = wt_chat_test_make_record (
      &(WtChatTestMessage){ .seq = seq,
                            .author = author,
                            .time = NOW + seq * MINUTE,
                            .delivery = author != NULL ? WT_DELIVERY_RECEIVED : WT_DELIVERY_ACKED,
                            .segment = segment });
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GError) error = NULL;
  WtDatabase *database = wt_profile_get_database (fixture->profile);

  record->id = record->seq = 0;
  g_free (record->msg_id);
  record->msg_id = g_strdup_printf ("unique-%" G_GINT64_FORMAT, ++count);
  record->digest = g_strdup (record->msg_id);
  record->author_platform = g_strdup ("desk");
  g_clear_object (&fixture->result);
  wt_message_store_add_async (database, wt_conversation_get_record (conversation), record, NULL,
                              NULL, keep_result, fixture);
  stored = wt_message_store_add_finish (database, wait_result (fixture), &error);
  g_assert_no_error (error);
  wt_conversation_update (conversation, stored->conversation);
}

void
wt_chat_fixture_add_message (WtChatFixture *fixture,
                             WtConversation *conversation,
                             const char *author,
                             const char *text)
{
  wt_chat_fixture_add (fixture, conversation, author, wt_segment_new_text (text));
}

static void
on_trouble (WtChatView *view, const char *words, gpointer data)
{
  g_assert_cmpstr (words, !=, "");
  ((WtChatFixture *) data)->n_troubles++;
}

static void
open_window (WtChatFixture *fixture)
{
  fixture->view = WT_CHAT_VIEW (wt_chat_view_new (fixture->profile, NULL));
  g_signal_connect (fixture->view, "trouble", G_CALLBACK (on_trouble), fixture);
  fixture->timeline = WT_TIMELINE_VIEW (
      wt_chat_test_find (GTK_WIDGET (fixture->view), WT_TYPE_TIMELINE_VIEW, NULL));
  fixture->composer = WT_COMPOSER (
      wt_chat_test_find (GTK_WIDGET (fixture->view), WT_TYPE_COMPOSER, NULL));
  fixture->window = wt_chat_test_show (GTK_WIDGET (fixture->view));
}

void
wt_chat_fixture_set_up (WtChatFixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->folder = g_dir_make_tmp ("wt-chat-XXXXXX", NULL);
  fixture->profile = wt_profile_new (fixture->folder);
  wt_profile_open_async (fixture->profile, NULL, keep_result, fixture);
  wt_profile_open_finish (fixture->profile, wait_result (fixture), &error);
  g_assert_no_error (error);
  add_account (fixture);
  fixture->chat = add_conversation (fixture, WT_CONVERSATION_DIRECT, "peer");
  fixture->group = add_conversation (fixture, WT_CONVERSATION_GROUP, "group");
  open_window (fixture);
}

static void
remove_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_rmdir (path);
}

void
wt_chat_fixture_tear_down (WtChatFixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->result);
  g_clear_object (&fixture->chat);
  g_clear_object (&fixture->group);
  g_clear_object (&fixture->session);
  wt_profile_close (fixture->profile);
  g_clear_object (&fixture->profile);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

guint
wt_chat_fixture_get_n_messages (WtChatFixture *fixture)
{
  GListModel *model = wt_timeline_view_get_model (fixture->timeline);

  return model != NULL ? g_list_model_get_n_items (model) : 0;
}

void
wt_chat_fixture_open (WtChatFixture *fixture, WtConversation *conversation)
{
  wt_chat_view_set_conversation (fixture->view, conversation);
  wt_test_wait_until (wt_timeline_view_get_model (fixture->timeline) != NULL);
  wt_chat_test_wait_painted (fixture->window);
}

WtMessageRow *
wt_chat_fixture_get_row (WtChatFixture *fixture, guint position)
{
  return WT_MESSAGE_ROW (wt_timeline_view_get_row (fixture->timeline, position));
}

void
wt_chat_fixture_fill (WtChatFixture *fixture, WtConversation *conversation, guint n_messages)
{
  for (guint i = 0; i < n_messages; i++)
    wt_chat_fixture_add_message (fixture, conversation, i % 3 == 0 ? "ann" : "bob", "some words");
}

void
wt_chat_fixture_read_all (WtChatFixture *fixture, WtConversation *conversation)
{
  wt_session_mark_read (fixture->session, conversation,
                        wt_conversation_get_last_seq (conversation));
  wt_test_wait_until (wt_conversation_get_unread (conversation) == 0);
}
