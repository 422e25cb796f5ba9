/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtMentionPopover:
 *
 * Whom one may mean by what is typed after an “@”. Takes neither the focus nor keys: the text keeps both.
 *
 * Signals: `picked` (#WtSegment, char *label): somebody was chosen, and how the text names them.
 */
#define WT_TYPE_MENTION_POPOVER (wt_mention_popover_get_type ())
G_DECLARE_FINAL_TYPE (WtMentionPopover, wt_mention_popover, WT, MENTION_POPOVER, GtkPopover)

GtkWidget *wt_mention_popover_new (void);
void wt_mention_popover_set_members (WtMentionPopover *self, GListModel *members, gboolean all);
GListModel *wt_mention_popover_get_members (WtMentionPopover *self);
gboolean wt_mention_popover_filter (WtMentionPopover *self, const char *typed);
void wt_mention_popover_choose_next (WtMentionPopover *self, int by);
void wt_mention_popover_pick (WtMentionPopover *self);
WtSegment *wt_mention_popover_match (WtMentionPopover *self, const char *text, glong *n_characters);

G_END_DECLS
