/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-spell-dictionaries.h"

/* Where the program is built without Enchant. */

gboolean
wt_spell_dictionaries_are_available (void)
{
  return FALSE;
}

WtSpellDictionaries *
wt_spell_dictionaries_new (const char *const *languages)
{
  return NULL;
}

void
wt_spell_dictionaries_free (WtSpellDictionaries *self)
{
}

gboolean
wt_spell_dictionaries_check (WtSpellDictionaries *self, const char *word)
{
  return TRUE;
}

GStrv
wt_spell_dictionaries_suggest (WtSpellDictionaries *self, const char *word, guint most)
{
  return g_new0 (char *, 1);
}

void
wt_spell_dictionaries_add (WtSpellDictionaries *self, const char *word)
{
}

void
wt_spell_dictionaries_ignore (WtSpellDictionaries *self, const char *word)
{
}
