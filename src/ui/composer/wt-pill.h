/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-segment.h"

G_BEGIN_DECLS

/**
 * WtPill:
 *
 * A tag on the piece of a text that stands for something else: somebody mentioned, or a face. It is deleted as a whole.
 */
#define WT_TYPE_PILL (wt_pill_get_type ())
G_DECLARE_FINAL_TYPE (WtPill, wt_pill, WT, PILL, GtkTextTag)

WtPill *wt_pill_new (WtSegment *segment);
WtSegment *wt_pill_get_segment (WtPill *self);
void wt_pill_set_colours (WtPill *self, const GdkRGBA *text, const GdkRGBA *background);

WtPill *wt_pill_find (const GtkTextIter *iter);
WtPill *wt_pill_find_range (const GtkTextIter *iter, GtkTextIter *start, GtkTextIter *end);

G_END_DECLS
