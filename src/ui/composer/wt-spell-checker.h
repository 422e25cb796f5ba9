/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtSpellChecker:
 *
 * Looks words up in the dictionaries of the user's languages, on a thread of its own: nobody waits for the disk.
 *
 * Properties: `enabled` (whether misspelt words are to be shown), `languages` (strings like “en_US”; empty: those of the desktop).
 * Signal: `changed`: the answers are different ones from now on.
 */
#define WT_TYPE_SPELL_CHECKER (wt_spell_checker_get_type ())
G_DECLARE_FINAL_TYPE (WtSpellChecker, wt_spell_checker, WT, SPELL_CHECKER, GObject)

gboolean wt_spell_checker_is_available (void);
WtSpellChecker *wt_spell_checker_new (void);

gboolean wt_spell_checker_get_enabled (WtSpellChecker *self);

void wt_spell_checker_check_async (WtSpellChecker *self,
                                   const char *const *words,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
GByteArray *
wt_spell_checker_check_finish (WtSpellChecker *self, GAsyncResult *result, GError **error);

void wt_spell_checker_suggest_async (WtSpellChecker *self,
                                     const char *word,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
GStrv wt_spell_checker_suggest_finish (WtSpellChecker *self, GAsyncResult *result, GError **error);

void wt_spell_checker_add (WtSpellChecker *self, const char *word);
void wt_spell_checker_ignore (WtSpellChecker *self, const char *word);

G_END_DECLS
