/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-chat-view.h"
#include "wt-composer.h"
#include "wt-message-row.h"
#include "wt-profile.h"
#include "wt-timeline-view.h"

G_BEGIN_DECLS

/* A real profile that never goes online, with two conversations, and a window that shows them. */
typedef struct
{
  char *folder;
  WtProfile *profile;
  WtSession *session;
  WtConversation *chat;
  WtConversation *group;
  GtkWidget *window;
  WtChatView *view;
  WtTimelineView *timeline;
  WtComposer *composer;
  guint n_troubles;
} WtChatFixture;

void wt_chat_fixture_set_up (WtChatFixture *fixture, gconstpointer data);
void wt_chat_fixture_tear_down (WtChatFixture *fixture, gconstpointer data);
void wt_chat_fixture_add (WtChatFixture *fixture,
                          WtConversation *conversation,
                          const char *author,
                          WtSegment *segment);
void wt_chat_fixture_add_message (WtChatFixture *fixture,
                                  WtConversation *conversation,
                                  const char *author,
                                  const char *text);
void wt_chat_fixture_fill (WtChatFixture *fixture, WtConversation *conversation, guint n_messages);
void wt_chat_fixture_read_all (WtChatFixture *fixture, WtConversation *conversation);
void wt_chat_fixture_open (WtChatFixture *fixture, WtConversation *conversation);
guint wt_chat_fixture_get_n_messages (WtChatFixture *fixture);
WtMessageRow *wt_chat_fixture_get_row (WtChatFixture *fixture, guint position);

G_END_DECLS
