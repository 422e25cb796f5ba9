/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-notifier-words.h"

#include "wt-display-text.h"

#include <glib/gi18n-lib.h>

/* As in the list of conversations: the avatar's colour depends on it. */
#define TITLE_CHARACTERS 120
#define BODY_CHARACTERS 200

/**
 * wt_notifier_words_title:
 * @conversation: a conversation
 *
 * Returns: (transfer full): its name in one line, as the window has it; not markup
 */
char *
wt_notifier_words_title (WtConversation *conversation)
{
  return wt_display_text_line (wt_conversation_get_title (conversation), TITLE_CHARACTERS);
}

static char *
make_line (WtConversation *conversation, WtMessage *message)
{
  const char *name = wt_message_get_author_name (message);
  const char *text = wt_message_get_text (message);
  g_autofree char *author = wt_display_text_line (name != NULL ? name : "", TITLE_CHARACTERS);
  g_autofree char *line = wt_display_text_line (text != NULL ? text : "", BODY_CHARACTERS);

  if (wt_conversation_get_kind (conversation) != WT_CONVERSATION_GROUP || *author == '\0'
      || *line == '\0')
    return g_steal_pointer (&line);
  if (wt_message_get_record (message)->mentions_me)
    /* TRANSLATORS: an author and what was written to a group */
    return g_strdup_printf (_ ("%s mentioned you: %s"), author, line);
  /* TRANSLATORS: an author and what was written */
  return g_strdup_printf (_ ("%s: %s"), author, line);
}

/**
 * wt_notifier_words_body:
 * @conversation: a conversation
 * @message: the one to tell of, loaded
 * @preview: whether its text is shown
 *
 * Returns: (transfer full): what was written and, where there are more, how many are new; not markup
 */
char *
wt_notifier_words_body (WtConversation *conversation, WtMessage *message, gboolean preview)
{
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (wt_message_get_loaded (message), NULL);

  guint wanted = MAX (wt_conversation_count_wanted (conversation), 1);
  g_autofree char *count = g_strdup_printf (ngettext ("%u new message", "%u new messages", wanted),
                                            wanted);
  g_autofree char *line = make_line (conversation, message);

  if (!preview || *line == '\0')
    return g_steal_pointer (&count);
  if (wanted == 1)
    return g_steal_pointer (&line);
  return g_strdup_printf ("%s\n%s", line, count);
}

/**
 * wt_notifier_words_more:
 * @conversations: how many more have new messages
 *
 * Returns: (transfer full): this in words
 */
char *
wt_notifier_words_more (guint conversations)
{
  return g_strdup_printf (
      ngettext ("New messages in %u more chat", "New messages in %u more chats", conversations),
      conversations);
}

/**
 * wt_notifier_words_make:
 * @conversation: the conversation that it opens
 * @body: what it says; not markup
 * @markup: whether who shows it takes that for markup
 * @category: what it is about, as the freedesktop specification calls it
 *
 * Returns: (transfer full): a notification
 */
GNotification *
wt_notifier_words_make (WtConversation *conversation,
                        const char *body,
                        gboolean markup,
                        const char *category)
{
  g_autofree char *title = wt_notifier_words_title (conversation);
  g_autofree char *escaped = markup ? g_markup_escape_text (body, -1) : NULL;
  GNotification *notification = g_notification_new (title);

  g_notification_set_body (notification, escaped != NULL ? escaped : body);
  g_notification_set_category (notification, category);
  g_notification_set_default_action_and_target (notification, "app.open-conversation", "x",
                                                wt_conversation_get_id (conversation));
  return notification;
}
