/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* No more messages than this are selected at once. */
#define WT_MESSAGE_SELECTION_MOST 10000

/**
 * WtMessageSelection:
 *
 * Which messages of the open conversation are selected, by their positions: whether they are in memory does not matter. While
 * there are any, the view is in its selection mode.
 *
 * Signals: `changed`.
 */
#define WT_TYPE_MESSAGE_SELECTION (wt_message_selection_get_type ())
G_DECLARE_FINAL_TYPE (WtMessageSelection, wt_message_selection, WT, MESSAGE_SELECTION, GObject)

WtMessageSelection *wt_message_selection_new (void);
guint wt_message_selection_get_size (WtMessageSelection *self);
gboolean wt_message_selection_contains (WtMessageSelection *self, gint64 seq);
gboolean wt_message_selection_toggle (WtMessageSelection *self, gint64 seq);
gboolean wt_message_selection_extend (WtMessageSelection *self, gint64 seq);
void wt_message_selection_set_range (WtMessageSelection *self, gint64 first, gint64 last);
void wt_message_selection_clear (WtMessageSelection *self);
GArray *wt_message_selection_list (WtMessageSelection *self);

G_END_DECLS
