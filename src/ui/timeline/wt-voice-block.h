/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtVoiceBlock:
 *
 * A #WtMessageBlock: a recording with a button that plays it, where it is and how long it is. Always of the same
 * height. What plays belongs to the context's #WtVoicePlayer, so rows come and go without it.
 *
 * Actions: `voice.toggle` (play, pause, download or cancel), `voice.save`.
 */
#define WT_TYPE_VOICE_BLOCK (wt_voice_block_get_type ())
G_DECLARE_FINAL_TYPE (WtVoiceBlock, wt_voice_block, WT, VOICE_BLOCK, GtkWidget)

G_END_DECLS
