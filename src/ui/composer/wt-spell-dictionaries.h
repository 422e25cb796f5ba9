/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtSpellDictionaries:
 *
 * The dictionaries of some languages. Loading them and asking for suggestions takes a while, and nothing of it may be used by two
 * threads at once: see #WtSpellChecker. Built without Enchant there are none.
 */
typedef struct _WtSpellDictionaries WtSpellDictionaries;

gboolean wt_spell_dictionaries_are_available (void);
WtSpellDictionaries *wt_spell_dictionaries_new (const char *const *languages);
void wt_spell_dictionaries_free (WtSpellDictionaries *self);
gboolean wt_spell_dictionaries_check (WtSpellDictionaries *self, const char *word);
GStrv wt_spell_dictionaries_suggest (WtSpellDictionaries *self, const char *word, guint most);
void wt_spell_dictionaries_add (WtSpellDictionaries *self, const char *word);
void wt_spell_dictionaries_ignore (WtSpellDictionaries *self, const char *word);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtSpellDictionaries, wt_spell_dictionaries_free)

G_END_DECLS
