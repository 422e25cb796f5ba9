/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-conversation-list.h"

G_BEGIN_DECLS

/**
 * WtConversationPane:
 *
 * The chats, or the groups, as a list that can be filtered, with something to do where it is empty.
 *
 * Properties: `groups` (gboolean, construct-only): whether it shows groups.
 * Signals: `chosen` (#WtConversation): clicked, or Enter pressed: it is to be opened; `looked-at` (#WtConversation): the arrow keys came to it.
 */
#define WT_TYPE_CONVERSATION_PANE (wt_conversation_pane_get_type ())
G_DECLARE_FINAL_TYPE (WtConversationPane, wt_conversation_pane, WT, CONVERSATION_PANE, GtkWidget)

void wt_conversation_pane_set_model (WtConversationPane *self, WtConversationList *conversations);
void wt_conversation_pane_set_filter (WtConversationPane *self, const char *text);
void wt_conversation_pane_set_current (WtConversationPane *self, WtConversation *conversation);
gboolean wt_conversation_pane_grab_list (WtConversationPane *self);
WtConversation *wt_conversation_pane_get_first (WtConversationPane *self);
WtConversation *wt_conversation_pane_get_beside (WtConversationPane *self, int step);
void wt_conversation_pane_refresh_times (WtConversationPane *self);

G_END_DECLS
