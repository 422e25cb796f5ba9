/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-conversation.h"

G_BEGIN_DECLS

/**
 * WtConversationRow:
 *
 * A conversation as a row of the sidebar's lists. Made to be bound again and again: no timer, and it follows nothing by itself; its
 * #WtConversationSlot tells it when to look again.
 *
 * Signals: `chosen`: it was clicked; `menu` (double, double): its menu is asked for at these coordinates.
 */
#define WT_TYPE_CONVERSATION_ROW (wt_conversation_row_get_type ())
G_DECLARE_FINAL_TYPE (WtConversationRow, wt_conversation_row, WT, CONVERSATION_ROW, GtkWidget)

GtkWidget *wt_conversation_row_new (void);
WtConversation *wt_conversation_row_get_conversation (WtConversationRow *self);
void wt_conversation_row_set_conversation (WtConversationRow *self, WtConversation *conversation);
void wt_conversation_row_update (WtConversationRow *self);
char *wt_conversation_row_dup_tooltip (WtConversationRow *self, GtkWidget *part);

G_END_DECLS
