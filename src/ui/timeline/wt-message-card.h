/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtMessageCard:
 *
 * A #WtMessageBlock: an icon and one or two lines, with what the peer sent one click away.
 *
 * Actions: `card.raw`, `card.link`.
 */
#define WT_TYPE_MESSAGE_CARD (wt_message_card_get_type ())
G_DECLARE_FINAL_TYPE (WtMessageCard, wt_message_card, WT, MESSAGE_CARD, GtkWidget)

G_END_DECLS
