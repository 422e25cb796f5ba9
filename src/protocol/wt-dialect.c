/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-dialect.h"

static const char *const names[] = {
  [WT_DIALECT_GUIDE] = "guide",
  [WT_DIALECT_MAIBOT] = "maibot",
};

/**
 * wt_dialect_to_string:
 * @dialect: a dialect
 *
 * The dialect's name as it is kept in settings and printed by the command line tool.
 *
 * Returns: (transfer none): `guide` or `maibot`
 */
const char *
wt_dialect_to_string (WtDialect dialect)
{
  g_return_val_if_fail ((guint) dialect < G_N_ELEMENTS (names), names[WT_DIALECT_GUIDE]);

  return names[dialect];
}

/**
 * wt_dialect_from_string:
 * @text: (nullable): a name as of wt_dialect_to_string(), in any case
 * @dialect: (out) (optional): the dialect of that name; untouched when there is none
 *
 * Returns: whether @text names a dialect
 */
gboolean
wt_dialect_from_string (const char *text, WtDialect *dialect)
{
  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strcasecmp (text, names[i]) != 0)
        continue;
      if (dialect != NULL)
        *dialect = (WtDialect) i;
      return TRUE;
    }

  return FALSE;
}
