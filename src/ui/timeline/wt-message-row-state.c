/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-message-row-private.h"

#include <glib/gi18n-lib.h>

#include "wt-date-words.h"
#include "wt-delivery-words.h"

/* What a screen reader is given at once. */
#define MOST_SPOKEN 1000
#define MOST_SPOKEN_LINES 30

/* "author: text, time, state", as a screen reader says it. */
static void
update_accessible (WtMessageRow *self, const char *clock, const char *words)
{
  g_autoptr (GString) label = g_string_new (NULL);
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *author = NULL;
  WtTextBudget budget = { MOST_SPOKEN, MOST_SPOKEN_LINES };

  if (wt_message_get_deleted (self->message))
    g_string_append (text, _ ("Message deleted here"));
  else if (!wt_display_text_append (text, wt_message_get_text (self->message), &budget))
    g_string_append (text, "…");

  author = wt_message_get_outgoing (self->message)
               ? g_strdup (_ ("You"))
               : wt_display_text_line (wt_message_get_author_name (self->message),
                                       WT_MESSAGE_ROW_MOST_NAME);
  /* Translators: a message as a screen reader says it: author, text, time */
  g_string_append_printf (label, _ ("%s: %s, %s"), author, text->str, clock);
  if (*words != '\0')
    g_string_append_printf (label, ", %s", words);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, label->str,
                                  -1);
}

/* While a large one leaves. */
static gboolean
is_leaving (WtMessage *message)
{
  WtDelivery delivery = wt_message_get_delivery (message);

  return wt_message_get_progress (message) >= 0
         && (delivery == WT_DELIVERY_QUEUED || delivery == WT_DELIVERY_SENT);
}

static char *
make_words (WtMessage *message, const char *failure)
{
  double progress = CLAMP (wt_message_get_progress (message), 0, 1);

  if (!is_leaving (message))
    return wt_delivery_words (wt_message_get_delivery (message), failure);

  return g_strdup_printf (_ ("Sending %d %%"), (int) (progress * 100));
}

/* Everything that depends on how far the message got. */
void
wt_message_row_update_state (WtMessageRow *self)
{
  WtMessageBubble *bubble = WT_MESSAGE_BUBBLE (self->bubble);
  const WtMessageRecord *record = wt_message_get_record (self->message);
  WtDelivery delivery;
  g_autofree char *clock = NULL;
  g_autofree char *words = NULL;

  if (record == NULL)
    {
      wt_message_bubble_set_failure (bubble, NULL);
      gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      _ ("Message is being loaded"), -1);
      return;
    }

  delivery = wt_message_get_delivery (self->message);
  clock = wt_date_words_clock (wt_message_get_time (self->message));
  words = make_words (self->message, record->failure);
  if (is_leaving (self->message))
    {
      /* In the footer, before the time. */
      g_autofree char *above = g_steal_pointer (&clock);

      clock = g_strdup_printf ("%s · %s", words, above);
    }

  wt_message_bubble_set_state (bubble, clock, wt_message_get_time (self->message),
                               wt_delivery_get_icon_name (delivery), words);
  wt_message_bubble_set_failure (
      bubble,
      delivery == WT_DELIVERY_FAILED && !wt_message_get_deleted (self->message) ? words : NULL);
  if (delivery == WT_DELIVERY_FAILED)
    gtk_widget_add_css_class (self->bubble, "failed");
  else
    gtk_widget_remove_css_class (self->bubble, "failed");
  update_accessible (self, clock, words);
}
