/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-chat-view-private.h"

#include <glib/gi18n-lib.h>

#include "wt-announce.h"
#include "wt-author-words.h"
#include "wt-display-text.h"

/* What comes in while one looks is said by a screen reader: a few messages one by one, of many only how many. */

#define WAIT_MS 250
#define MOST_SPOKEN 3

#define MOST_CHARACTERS 500
#define MOST_LINES 20

/* "Anna: text". %FALSE where it says nothing. */
static gboolean
append (GString *words, WtMessage *message)
{
  WtTextBudget budget = { MOST_CHARACTERS, MOST_LINES };
  g_autofree char *author = NULL;

  if (!wt_message_get_loaded (message) || wt_message_get_outgoing (message)
      || wt_message_get_deleted (message) || wt_message_get_text (message) == NULL)
    return FALSE;

  author = wt_author_words (wt_message_get_record (message));
  if (words->len > 0)
    g_string_append_c (words, '\n');
  /* Translators: a message as a screen reader announces it: author, text */
  g_string_append_printf (words, _ ("%s: "), author);
  wt_display_text_append (words, wt_message_get_text (message), &budget);
  return TRUE;
}

static gboolean
on_due (gpointer data)
{
  WtChatView *self = data;
  guint first = self->announce_first;
  guint n_messages = g_list_model_get_n_items (G_LIST_MODEL (self->timeline));
  g_autoptr (GString) words = g_string_new (NULL);
  guint n_new = n_messages - MIN (first, n_messages);

  self->announce_source = 0;
  if (n_new > MOST_SPOKEN)
    g_string_append_printf (words, ngettext ("%u new message", "%u new messages", n_new), n_new);
  for (guint i = first; i < n_messages && n_new <= MOST_SPOKEN; i++)
    {
      g_autoptr (WtMessage) message = g_list_model_get_item (G_LIST_MODEL (self->timeline), i);

      append (words, message);
    }
  if (words->len > 0 && wt_chat_view_is_watched (self))
    wt_announce (GTK_WIDGET (self->view), words->str);
  return G_SOURCE_REMOVE;
}

/* From @position on there are new messages. */
void
wt_chat_view_announce (WtChatView *self, guint position)
{
  if (!wt_chat_view_is_watched (self) || self->announce_source != 0)
    return;

  self->announce_first = position;
  self->announce_source = g_timeout_add (WAIT_MS, on_due, self);
}

/* They are no more of interest. */
void
wt_chat_view_clear_announcement (WtChatView *self)
{
  g_clear_handle_id (&self->announce_source, g_source_remove);
}
