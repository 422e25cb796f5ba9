/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-author-words.h"

#include <glib/gi18n-lib.h>

#include "wt-display-text.h"

#define MOST_NAME 64

/**
 * wt_author_words:
 * @message: a message as stored
 *
 * Returns: (transfer full): who wrote it, in one line: “You”, or the name in the group, the nickname or the id, the first of
 *   them with anything to see in it
 */
char *
wt_author_words (const WtMessageRecord *message)
{
  const char *const names[] = { message->author_cardname, message->author_nickname,
                                message->author_id };

  if (message->direction == WT_DIRECTION_OUT)
    return g_strdup (_ ("You"));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = names[i] != NULL ? wt_display_text_line (names[i], MOST_NAME) : NULL;

      if (name != NULL && *name != '\0')
        return g_steal_pointer (&name);
    }
  /* Translators: an author of whom nothing is known */
  return g_strdup (_ ("Unknown"));
}
