/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-private.h"

/* Finding a conversation by what is typed: ten thousand are looked through for each key. */

/* More of a text is not looked through. */
#define MOST_BYTES 4096

/* Characters that stay as they are when they are decomposed and folded: most of what is written in Chinese. */
static gboolean
is_plain (gunichar c)
{
  return (c >= 0x4e00 && c <= 0x9fff) || (c >= 0x3400 && c <= 0x4dbf)
         || (c >= 0x3001 && c <= 0x3002) || (c >= 0x3008 && c <= 0x3011)
         || (c >= 0x1f300 && c <= 0x1faff);
}

/* The character that @c is folded to where no table is needed for it; 0 for any other. */
static gunichar
fold_quickly (gunichar c)
{
  /* The wide forms of ASCII, which Chinese is punctuated with. */
  if (c >= 0xff01 && c <= 0xff5e)
    c -= 0xff01 - '!';
  if (c < 0x80)
    return (gunichar) g_ascii_tolower ((char) c);
  return is_plain (c) ? c : 0;
}

static void
fold_by_tables (GString *folded, const char *text, gsize length)
{
  g_autofree char *normal = g_utf8_normalize (text, (gssize) length, G_NORMALIZE_ALL);
  g_autofree char *lower = g_utf8_casefold (normal, -1);

  g_string_append (folded, lower);
}

/**
 * wt_conversation_fold:
 * @text: (nullable): any text
 *
 * Returns: (transfer full): its beginning in the form that wt_conversation_matches() compares: decomposed for compatibility, with
 *   cases folded
 */
char *
wt_conversation_fold (const char *text)
{
  gsize length = text != NULL ? strnlen (text, MOST_BYTES) : 0;
  const char *end;

  /* A character that does not fit whole is left out, as is what is no text. */
  if (length > 0)
    g_utf8_validate_len (text, length, &end);
  else
    end = text;

  GString *folded = g_string_sized_new (length + 1);

  /* GLib's tables are slow, and few characters need them. A mark stays in one piece with those around it: no quick one
   * combines. */
  while (text != end)
    {
      const char *quick = text;
      gunichar c = 0;

      while (quick != end && (c = fold_quickly (g_utf8_get_char (quick))) == 0)
        quick = g_utf8_next_char (quick);
      if (quick != text)
        fold_by_tables (folded, text, (gsize) (quick - text));
      if (c != 0)
        g_string_append_unichar (folded, c);
      text = quick != end ? g_utf8_next_char (quick) : end;
    }
  return g_string_free (folded, FALSE);
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
