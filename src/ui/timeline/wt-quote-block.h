/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtQuoteBlock:
 *
 * A #WtMessageBlock: the message that is replied to: who wrote it, a line of it, and its picture. Always two lines
 * high. Clicked, it asks the context to jump there.
 *
 * Actions: `quote.jump`.
 */
#define WT_TYPE_QUOTE_BLOCK (wt_quote_block_get_type ())
G_DECLARE_FINAL_TYPE (WtQuoteBlock, wt_quote_block, WT, QUOTE_BLOCK, GtkWidget)

G_END_DECLS
