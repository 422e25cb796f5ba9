/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-member.h"
#include "wt-message-context.h"
#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtDetailsPane:
 *
 * Beside an open conversation: what it is, who wrote in it, what was sent in it, and what the user decides about it.
 *
 * Signals: `mention` (#WtMember): somebody is to be mentioned in what is being written. `chat` (#WtConversation): a
 * chat is to be opened. `links`: the messages with links are to be searched. `closed`: by Escape. `done`: something in the chat is to be seen.
 */
#define WT_TYPE_DETAILS_PANE (wt_details_pane_get_type ())
G_DECLARE_FINAL_TYPE (WtDetailsPane, wt_details_pane, WT, DETAILS_PANE, GtkWidget)

GtkWidget *wt_details_pane_new (WtProfile *profile, WtMessageContext *context);
void wt_details_pane_set_conversation (WtDetailsPane *self, WtConversation *conversation);
WtConversation *wt_details_pane_get_conversation (WtDetailsPane *self);
void wt_details_pane_focus (WtDetailsPane *self);
void wt_details_pane_show_list (WtDetailsPane *self, const char *kind);
const char *wt_details_pane_get_list (WtDetailsPane *self);
gboolean wt_details_pane_back (WtDetailsPane *self);

G_END_DECLS
