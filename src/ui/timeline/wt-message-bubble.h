/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-message-context.h"
#include "wt-message-parts.h"

G_BEGIN_DECLS

/**
 * WtMessageBubble:
 *
 * What one message shows: the author's name, its parts one below the other, and at the end corner the time and
 * how far it got. Lays itself out: one measure must stay far below a millisecond (a box with wrapping labels takes
 * ten times as long).
 *
 * Signals: `more` (the rest of a folded message is wanted), `retry`, `link` (char *: an address was clicked).
 */
#define WT_TYPE_MESSAGE_BUBBLE (wt_message_bubble_get_type ())
G_DECLARE_FINAL_TYPE (WtMessageBubble, wt_message_bubble, WT, MESSAGE_BUBBLE, GtkWidget)

/* Colours that tell authors apart, as CSS classes wt-author-0… */
#define WT_MESSAGE_N_COLOURS 8

GtkWidget *wt_message_bubble_new (void);
void wt_message_bubble_set_author (WtMessageBubble *self, const char *name, guint colour);
void wt_message_bubble_set_parts (WtMessageBubble *self,
                                  GPtrArray *parts,
                                  const char *more,
                                  WtMessage *message,
                                  WtMessageContext *context);
void wt_message_bubble_set_state (WtMessageBubble *self,
                                  const char *clock,
                                  gint64 time,
                                  const char *icon_name,
                                  const char *words);
void wt_message_bubble_set_failure (WtMessageBubble *self, const char *words);
void wt_message_bubble_mark (WtMessageBubble *self, const char *typed);
gboolean wt_message_bubble_has_selection (WtMessageBubble *self);
char *wt_message_bubble_dup_selection (WtMessageBubble *self);
char *wt_message_bubble_dup_link_at (WtMessageBubble *self, GtkWidget *from, double x, double y);

G_END_DECLS
