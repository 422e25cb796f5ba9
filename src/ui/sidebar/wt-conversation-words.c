/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-conversation-words.h"

#include "wt-delivery-words.h"
#include "wt-display-text.h"

#include <glib/gi18n-lib.h>

/* More of a peer's text than this is never laid out in a row. */
#define PREVIEW_CHARACTERS 160
#define NAME_CHARACTERS 80

static char *
line (const char *text, guint most)
{
  return text != NULL ? wt_display_text_line (text, most) : g_strdup ("");
}

static gboolean
has_draft (WtConversation *conversation)
{
  return wt_conversation_get_draft (conversation) != NULL;
}

/**
 * wt_conversation_words_prefix:
 * @conversation: a conversation
 *
 * Returns: (transfer full) (nullable): what stands before the preview: that it is a draft, or who wrote it
 */
char *
wt_conversation_words_prefix (WtConversation *conversation)
{
  const WtConversationRecord *record = wt_conversation_get_record (conversation);

  if (has_draft (conversation))
    return g_strdup (_ ("Draft:"));
  if (record->last_seq == 0)
    return NULL;
  if (record->last_direction == WT_DIRECTION_OUT)
    return g_strdup (_ ("You:"));
  if (record->kind != WT_CONVERSATION_GROUP)
    return NULL;

  g_autofree char *author = line (record->last_author, NAME_CHARACTERS);

  /* TRANSLATORS: the author of a message, before its text */
  return *author != '\0' ? g_strdup_printf (_ ("%s:"), author) : NULL;
}

/**
 * wt_conversation_words_preview:
 * @conversation: a conversation
 *
 * Returns: (transfer full): the draft or the last message in one line
 */
char *
wt_conversation_words_preview (WtConversation *conversation)
{
  const WtConversationRecord *record = wt_conversation_get_record (conversation);

  if (has_draft (conversation))
    return *record->draft != '\0' ? line (record->draft, PREVIEW_CHARACTERS)
                                  : g_strdup (_ ("Attachments"));
  if (record->last_seq == 0)
    return g_strdup (_ ("No messages yet"));
  return line (record->last_text, PREVIEW_CHARACTERS);
}

/* Whether the row's last line is a message of one's own, so that its delivery is shown. */
static gboolean
shows_delivery (WtConversation *conversation)
{
  const WtConversationRecord *record = wt_conversation_get_record (conversation);

  return record->last_seq > 0 && record->last_direction == WT_DIRECTION_OUT
         && !has_draft (conversation);
}

/**
 * wt_conversation_words_delivery_icon:
 * @conversation: a conversation
 *
 * Returns: (transfer none) (nullable): the icon's name for the delivery of one's own last message
 */
const char *
wt_conversation_words_delivery_icon (WtConversation *conversation)
{
  if (!shows_delivery (conversation))
    return NULL;

  return wt_delivery_get_icon_name (wt_conversation_get_record (conversation)->last_delivery);
}

/**
 * wt_conversation_words_delivery:
 * @conversation: a conversation
 *
 * Returns: (transfer full) (nullable): the delivery of one's own last message in words
 */
char *
wt_conversation_words_delivery (WtConversation *conversation)
{
  if (!shows_delivery (conversation))
    return NULL;
  return wt_delivery_words (wt_conversation_get_record (conversation)->last_delivery, NULL);
}

/**
 * wt_conversation_words_count:
 * @count: how many are unread
 *
 * Returns: (transfer full): the number, short enough for a badge
 */
char *
wt_conversation_words_count (guint count)
{
  /* TRANSLATORS: on a badge: more than 999 unread messages */
  return count > 999 ? g_strdup (_ ("999+")) : g_strdup_printf ("%u", count);
}

/**
 * wt_conversation_words_mentions:
 * @count: how many of the unread messages mention the user
 *
 * Returns: (transfer full): the mark, with the number where it is more than one
 */
char *
wt_conversation_words_mentions (guint count)
{
  g_autofree char *number = wt_conversation_words_count (count);

  return count > 1 ? g_strconcat ("@", number, NULL) : g_strdup ("@");
}

/* What the mark on the picture tells the eye. */
static void
add_account (GPtrArray *parts, WtAccount *account)
{
  if (account == NULL || !wt_account_get_several (account))
    return;

  g_autofree char *name = wt_account_dup_display_name (account);

  g_ptr_array_add (parts, g_strdup_printf (_ ("Account %s"), name));
}

/**
 * wt_conversation_words_spoken:
 * @conversation: a conversation
 * @time: (nullable): the time of its last message, in words
 *
 * Returns: (transfer full): the row as a screen reader says it: title, author: text, time, unread, state, and the
 *   account where there are several
 */
char *
wt_conversation_words_spoken (WtConversation *conversation, const char *time)
{
  const WtConversationRecord *record = wt_conversation_get_record (conversation);
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *prefix = wt_conversation_words_prefix (conversation);
  g_autofree char *preview = wt_conversation_words_preview (conversation);
  g_autofree char *delivery = wt_conversation_words_delivery (conversation);

  g_ptr_array_add (parts, line (wt_conversation_get_title (conversation), NAME_CHARACTERS));
  if (prefix != NULL)
    g_ptr_array_add (parts, g_strdup_printf ("%s %s", prefix, preview));
  else
    g_ptr_array_add (parts, g_steal_pointer (&preview));
  if (time != NULL && *time != '\0')
    g_ptr_array_add (parts, g_strdup (time));
  if (record->unread > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u unread message", "%u unread messages",
                                                       record->unread),
                                             record->unread));
  if (record->mentions > 0)
    g_ptr_array_add (parts,
                     g_strdup_printf (ngettext ("%u mention", "%u mentions", record->mentions),
                                      record->mentions));
  if (delivery != NULL)
    g_ptr_array_add (parts, g_steal_pointer (&delivery));
  if (record->pinned)
    g_ptr_array_add (parts, g_strdup (_ ("pinned")));
  if (record->archived)
    g_ptr_array_add (parts, g_strdup (_ ("archived")));
  if (record->level == WT_LEVEL_NONE)
    g_ptr_array_add (parts, g_strdup (_ ("muted")));
  else if (record->level == WT_LEVEL_MENTIONS)
    g_ptr_array_add (parts, g_strdup (_ ("notifies of mentions only")));
  add_account (parts, wt_conversation_get_account (conversation));
  g_ptr_array_add (parts, NULL);

  /* TRANSLATORS: between the parts of a row as it is read out */
  return g_strjoinv (_ (", "), (char **) parts->pdata);
}
