/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <gtk/gtk.h>

#include "wt-deletion.h"
#include "wt-member.h"
#include "wt-message-context.h"
#include "wt-profile.h"
#include "wt-search-bar.h"

G_BEGIN_DECLS

/**
 * WtChatView:
 *
 * An open conversation: its timeline and the composer below it.
 *
 * Properties: `conversation` (nullable).
 * Signals: `trouble` (char *text): something went wrong that the user should be told in passing. `deleted` (#WtDeletion): a message is
 * deleted here; for good as soon as nobody holds that.
 */
#define WT_TYPE_CHAT_VIEW (wt_chat_view_get_type ())
G_DECLARE_FINAL_TYPE (WtChatView, wt_chat_view, WT, CHAT_VIEW, GtkWidget)

GtkWidget *wt_chat_view_new (WtProfile *profile, GSettings *settings);
void wt_chat_view_set_conversation (WtChatView *self, WtConversation *conversation);
WtConversation *wt_chat_view_get_conversation (WtChatView *self);
void wt_chat_view_focus_composer (WtChatView *self);
void wt_chat_view_show_message (WtChatView *self,
                                WtConversation *conversation,
                                gint64 seq,
                                const char *typed);
WtSearchBar *wt_chat_view_get_search (WtChatView *self);
void wt_chat_view_mention (WtChatView *self, WtMember *member);
WtMessageContext *wt_chat_view_get_context (WtChatView *self);
void wt_chat_view_save_draft (WtChatView *self);

G_END_DECLS
