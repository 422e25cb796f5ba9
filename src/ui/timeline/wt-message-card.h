/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-message-parts.h"

G_BEGIN_DECLS

/**
 * WtMessageCard:
 *
 * An icon and one or two lines in a bubble, for what is not text; also the strip of a quoted message.
 */
#define WT_TYPE_MESSAGE_CARD (wt_message_card_get_type ())
G_DECLARE_FINAL_TYPE (WtMessageCard, wt_message_card, WT, MESSAGE_CARD, GtkWidget)

GtkWidget *wt_message_card_new (void);
void wt_message_card_set_part (WtMessageCard *self, const WtMessagePart *part);

G_END_DECLS
