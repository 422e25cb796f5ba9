/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-spell-checker.h"

G_BEGIN_DECLS

/**
 * WtSpellAdapter:
 *
 * Underlines the misspelt words of a text view: what was changed, a piece at a time while nothing else is to do, and the word that is
 * being typed when the cursor leaves it. Offers corrections in the view's context menu. The text itself, and what undo knows of it,
 * stay as they are.
 */
#define WT_TYPE_SPELL_ADAPTER (wt_spell_adapter_get_type ())
G_DECLARE_FINAL_TYPE (WtSpellAdapter, wt_spell_adapter, WT, SPELL_ADAPTER, GObject)

WtSpellAdapter *wt_spell_adapter_new (WtSpellChecker *checker, GtkTextView *view);
gboolean wt_spell_adapter_find_misspelt (WtSpellAdapter *self,
                                         const GtkTextIter *place,
                                         GtkTextIter *start,
                                         GtkTextIter *end);
gboolean wt_spell_adapter_is_busy (WtSpellAdapter *self);

G_END_DECLS
