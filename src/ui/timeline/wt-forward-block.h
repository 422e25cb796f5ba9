/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtForwardBlock:
 *
 * A #WtMessageBlock: forwarded messages: how many, and the first lines of the first of them; unfolded by the user,
 * all of each. What is in it is made only then.
 *
 * Actions: `forward.toggle`.
 */
#define WT_TYPE_FORWARD_BLOCK (wt_forward_block_get_type ())
G_DECLARE_FINAL_TYPE (WtForwardBlock, wt_forward_block, WT, FORWARD_BLOCK, GtkWidget)

G_END_DECLS
