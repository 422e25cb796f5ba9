/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-chat-test.h"
#include "wt-ui-test.h"

G_BEGIN_DECLS

/* A real profile that never goes online, with a chat and a group. */
typedef struct
{
  char *folder;
  WtProfile *profile;
  WtSession *session;
  WtConversation *chat;
  WtConversation *group;
  GtkWidget *window;
} WtSearchFixture;

void wt_search_test_set_up (WtSearchFixture *fixture, gconstpointer data);
void wt_search_test_tear_down (WtSearchFixture *fixture, gconstpointer data);
void wt_search_test_add (WtSearchFixture *fixture,
                         WtConversation *conversation,
                         const char *author,
                         const char *text);
void wt_search_test_fill (WtSearchFixture *fixture, WtConversation *conversation, guint n);

G_END_DECLS
