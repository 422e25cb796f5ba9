/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WtVeil:
 *
 * Which of a conversation's messages are gone from sight while their deletion can still be undone: nobody shows, lists or finds
 * them. Only in memory: what was not deleted when the program ends is there again.
 *
 * Signals: `changed`.
 */
#define WT_TYPE_VEIL (wt_veil_get_type ())
G_DECLARE_FINAL_TYPE (WtVeil, wt_veil, WT, VEIL, GObject)

WtVeil *wt_veil_new (void);
void wt_veil_set (WtVeil *self, const gint64 *seqs, gsize n_seqs, gboolean veiled);
gboolean wt_veil_hides (WtVeil *self, gint64 seq);

G_END_DECLS
