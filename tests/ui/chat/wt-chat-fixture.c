/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-fixture.h"

#include "wt-chat-profile.h"
#include "wt-chat-test.h"
#include "wt-test.h"

/* As if it had come in while the conversation was not open. */
void
wt_chat_fixture_add (WtChatFixture *fixture,
                     WtConversation *conversation,
                     const char *author,
                     WtSegment *segment)
{
  wt_stored_message_free (wt_chat_profile_store (fixture->profile, conversation, author, segment));
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
  fixture->profile = wt_chat_profile_open (&fixture->folder, &fixture->session);
  fixture->chat = wt_chat_profile_add (fixture->session, WT_CONVERSATION_DIRECT, "peer");
  fixture->group = wt_chat_profile_add (fixture->session, WT_CONVERSATION_GROUP, "group");
  open_window (fixture);
}

void
wt_chat_fixture_tear_down (WtChatFixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->chat);
  g_clear_object (&fixture->group);
  g_clear_object (&fixture->session);
  wt_chat_profile_close (g_steal_pointer (&fixture->profile), g_steal_pointer (&fixture->folder));
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
