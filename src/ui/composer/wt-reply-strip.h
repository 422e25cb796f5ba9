/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-records.h"

G_BEGIN_DECLS

/**
 * WtReplyStrip:
 *
 * The message that is being replied to, above the text; hidden while there is none.
 *
 * Signals: `close`: the user wants no reply after all.
 */
#define WT_TYPE_REPLY_STRIP (wt_reply_strip_get_type ())
G_DECLARE_FINAL_TYPE (WtReplyStrip, wt_reply_strip, WT, REPLY_STRIP, GtkWidget)

GtkWidget *wt_reply_strip_new (void);
void wt_reply_strip_set_message (WtReplyStrip *self, const WtMessageRecord *message);

G_END_DECLS
