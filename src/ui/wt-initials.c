/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-initials.h"

#include <string.h>

/**
 * wt_initials_new:
 * @name: what an avatar is of, valid UTF-8
 *
 * Returns: (transfer full): the first characters of its first and last word, in capitals; perhaps empty
 */
char *
wt_initials_new (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  g_autofree char *stripped = g_strstrip (g_utf8_strup (name, -1));
  g_autofree char *normal = g_utf8_normalize (stripped, -1, G_NORMALIZE_DEFAULT_COMPOSE);
  GString *initials = g_string_new (NULL);
  const char *last;

  if (normal != NULL && *normal != '\0')
    {
      g_string_append_unichar (initials, g_utf8_get_char (normal));
      last = strrchr (normal, ' ');
      if (last != NULL)
        g_string_append_unichar (initials, g_utf8_get_char (last + 1));
    }
  return g_string_free (initials, FALSE);
}

/**
 * wt_initials_get_colour:
 * @name: what an avatar is of
 *
 * Returns: which colour it has, less than %WT_INITIALS_N_COLOURS
 */
guint
wt_initials_get_colour (const char *name)
{
  g_return_val_if_fail (name != NULL, 0);

  return g_str_hash (name) % WT_INITIALS_N_COLOURS;
}
