/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-spell-adapter.h"

G_BEGIN_DECLS

/**
 * WtSpellMenu:
 *
 * What a text view's context menu offers for a misspelt word, by the mouse and by the keyboard: it opens when the suggestions are there.
 */
#define WT_TYPE_SPELL_MENU (wt_spell_menu_get_type ())
G_DECLARE_FINAL_TYPE (WtSpellMenu, wt_spell_menu, WT, SPELL_MENU, GObject)

WtSpellMenu *
wt_spell_menu_new (WtSpellChecker *checker, WtSpellAdapter *adapter, GtkTextView *view);

G_END_DECLS
