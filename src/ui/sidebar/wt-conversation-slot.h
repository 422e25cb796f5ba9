/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation-row.h"

G_BEGIN_DECLS

/**
 * WtConversationSlot:
 *
 * The place of a conversation in a list: what a screen reader says of it, and the room that its row takes. The row itself, with its
 * dozen widgets, is made when the place comes into view. Both follow the conversation and its account, with one update
 * per turn of the main loop however much changes.
 *
 * Signals: `chosen` (#WtConversation): it was clicked; `menu` (#WtConversationRow, double, double): its menu is asked for at these
 * coordinates of the row.
 */
#define WT_TYPE_CONVERSATION_SLOT (wt_conversation_slot_get_type ())
G_DECLARE_FINAL_TYPE (WtConversationSlot, wt_conversation_slot, WT, CONVERSATION_SLOT, GtkWidget)

GtkWidget *wt_conversation_slot_new (void);
void wt_conversation_slot_set_conversation (WtConversationSlot *self, WtConversation *conversation);
WtConversationRow *wt_conversation_slot_fill (WtConversationSlot *self);
WtConversationRow *wt_conversation_slot_get_row (WtConversationSlot *self);
gboolean wt_conversation_slot_is_filled (WtConversationSlot *self);
void wt_conversation_slot_set_room (WtConversationSlot *self, int room);
void wt_conversation_slot_update (WtConversationSlot *self);

G_END_DECLS
