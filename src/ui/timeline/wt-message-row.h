/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-message-context.h"

G_BEGIN_DECLS

/**
 * WtMessageRow:
 *
 * A message in the timeline: its bubble at the author's side, the avatar in a column of its own, and above it the
 * day and the divider before what is unread, which belong to the row and not to the model. Rows are used again
 * for other messages.
 *
 * Actions: `message.copy`, `message.copy-selection`, `message.copy-link` (s), `message.open-link` (s), `message.retry`, `message.details`,
 * `message.delete`, `message.select`, `message.reply`, `message.cancel`, `message.menu`; of a picture or file in it: `message.media-open`, `message.media-save`, `message.media-copy`,
 * `message.media-show`, `message.add-sticker`.
 * Signals: `retry`, `details`, `delete`, `reply`: wanted for the row's message; `sticker` (#WtMedia): it is to be one of one's own; `link` (char *): an allowed address is to be opened.
 */
#define WT_TYPE_MESSAGE_ROW (wt_message_row_get_type ())
G_DECLARE_FINAL_TYPE (WtMessageRow, wt_message_row, WT, MESSAGE_ROW, GtkWidget)

/* Lines of a wide window are not wider than this: the eye could not follow. */
#define WT_MESSAGE_ROW_WIDEST 920

GtkWidget *wt_message_row_new (WtMessageContext *context);
void wt_message_row_bind (WtMessageRow *self,
                          WtMessage *message,
                          WtMessage *previous,
                          gboolean group,
                          gboolean unread_divider);
void wt_message_row_unbind (WtMessageRow *self);
void wt_message_row_set_unread_divider (WtMessageRow *self, gboolean shown);
void wt_message_row_refresh_time (WtMessageRow *self);
WtMessage *wt_message_row_get_message (WtMessageRow *self);
gboolean wt_message_row_get_busy (WtMessageRow *self);

G_END_DECLS
