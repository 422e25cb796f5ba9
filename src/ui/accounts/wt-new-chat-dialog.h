/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtNewChatDialog:
 *
 * Asks with whom, or in which group, to chat.
 *
 * Signals: `ready` (#WtConversation): the conversation exists now and is to be opened.
 */
#define WT_TYPE_NEW_CHAT_DIALOG (wt_new_chat_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WtNewChatDialog, wt_new_chat_dialog, WT, NEW_CHAT_DIALOG, AdwWindow)

GtkWidget *wt_new_chat_dialog_new (WtProfile *profile, WtConversationKind kind);

G_END_DECLS
