/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-composer-private.h"

#include "wt-spell-menu.h"

/**
 * wt_composer_set_spell_checker:
 * @self: a composer
 * @checker: (nullable): looks words up
 *
 * To be called once. Where the program cannot check the spelling nothing happens.
 */
void
wt_composer_set_spell_checker (WtComposer *self, WtSpellChecker *checker)
{
  g_return_if_fail (WT_IS_COMPOSER (self));
  g_return_if_fail (checker == NULL || WT_IS_SPELL_CHECKER (checker));
  g_return_if_fail (self->spelling == NULL);

  if (checker == NULL || !wt_spell_checker_is_available ())
    return;

  self->spelling = wt_spell_adapter_new (checker, self->view);
  self->spell_menu = wt_spell_menu_new (checker, self->spelling, self->view);
}

/**
 * wt_composer_follow_spelling:
 * @self: a composer
 * @settings: with the keys `check-spelling` and `spelling-languages`
 *
 * Underlines what is misspelt as the user wants it. To be called once, instead of wt_composer_set_spell_checker().
 */
void
wt_composer_follow_spelling (WtComposer *self, GSettings *settings)
{
  g_return_if_fail (WT_IS_COMPOSER (self));
  g_return_if_fail (G_IS_SETTINGS (settings));

  g_autoptr (WtSpellChecker) checker = NULL;

  if (!wt_spell_checker_is_available ())
    return;

  checker = wt_spell_checker_new ();
  g_settings_bind (settings, "check-spelling", checker, "enabled", G_SETTINGS_BIND_GET);
  g_settings_bind (settings, "spelling-languages", checker, "languages", G_SETTINGS_BIND_GET);
  wt_composer_set_spell_checker (self, checker);
}

/**
 * wt_composer_get_spelling:
 * @self: a composer
 *
 * Returns: (transfer none) (nullable): knows what is misspelt
 */
WtSpellAdapter *
wt_composer_get_spelling (WtComposer *self)
{
  g_return_val_if_fail (WT_IS_COMPOSER (self), NULL);

  return self->spelling;
}
