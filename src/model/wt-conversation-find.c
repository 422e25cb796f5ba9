/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-private.h"

/* Finding a conversation by what is typed: ten thousand are looked through for each key. */

/* More of a text is not looked through. */
#define MOST_BYTES 4096

/**
 * wt_conversation_fold:
 * @text: (nullable): any text
 *
 * Returns: (transfer full): its beginning in the form that wt_conversation_matches() compares
 */
char *
wt_conversation_fold (const char *text)
{
  if (text == NULL)
    return g_strdup ("");

  gsize length = strnlen (text, MOST_BYTES + 1);

  if (length > MOST_BYTES)
    {
      const char *end = g_utf8_find_prev_char (text, text + MOST_BYTES);

      length = end != NULL ? (gsize) (end - text) : 0;
    }
  if (g_str_is_ascii (text))
    return g_ascii_strdown (text, (gssize) length);

  g_autofree char *normal = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_ALL);

  return normal != NULL ? g_utf8_casefold (normal, -1) : g_strdup ("");
}

/* On lines of their own: what is typed has one line and does not match the end of one with the start of another. */
static char *
make_folded (WtConversation *self)
{
  g_autofree char *title = wt_conversation_fold (wt_conversation_get_title (self));
  g_autofree char *peer = wt_conversation_fold (self->record->peer_id);
  g_autofree char *text = wt_conversation_fold (self->record->last_text);

  return g_strjoin ("\n", title, peer, text, NULL);
}

/**
 * wt_conversation_matches:
 * @self: a conversation
 * @folded: what is looked for, from wt_conversation_fold()
 *
 * Returns: whether it is in the title, the peer's id or the last message
 */
gboolean
wt_conversation_matches (WtConversation *self, const char *folded)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), FALSE);
  g_return_val_if_fail (folded != NULL, FALSE);

  if (*folded == '\0')
    return TRUE;
  if (self->folded == NULL)
    self->folded = make_folded (self);
  return strstr (self->folded, folded) != NULL;
}

/**
 * wt_conversation_count_wanted:
 * @self: a conversation
 *
 * Returns: how many of its unread messages the user wants to hear of, by its level
 */
guint
wt_conversation_count_wanted (WtConversation *self)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (self), 0);

  switch (self->record->level)
    {
    case WT_LEVEL_ALL:
      return self->record->unread;
    case WT_LEVEL_MENTIONS:
      return self->record->mentions;
    case WT_LEVEL_NONE:
    default:
      return 0;
    }
}
