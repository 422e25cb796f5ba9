/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-export-words.h"

#include <glib/gi18n-lib.h>

/* All words of an exported conversation, in one place. */

/**
 * wt_export_words_delivery:
 * @delivery: an outgoing message's delivery
 *
 * Returns: (transfer none) (nullable): what is to be said about it; %NULL where all is well
 */
const char *
wt_export_words_delivery (WtDelivery delivery)
{
  switch (delivery)
    {
    case WT_DELIVERY_QUEUED:
      return _ ("queued");
    case WT_DELIVERY_SENT:
      return _ ("not acknowledged yet");
    case WT_DELIVERY_FAILED:
      return _ ("failed");
    case WT_DELIVERY_RECEIVED:
    case WT_DELIVERY_ACKED:
    default:
      return NULL;
    }
}

/**
 * wt_export_words_deleted:
 *
 * Returns: (transfer none): what stands where a message was that the user deleted
 */
const char *
wt_export_words_deleted (void)
{
  return _ ("[deleted here]");
}

/**
 * wt_export_words_time:
 * @time: microseconds since the epoch
 *
 * Returns: (transfer full): the local time, the same everywhere
 */
char *
wt_export_words_time (gint64 time)
{
  g_autoptr (GDateTime) moment = g_date_time_new_from_unix_local (time / G_USEC_PER_SEC);

  return moment != NULL ? g_date_time_format (moment, "%Y-%m-%d %H:%M:%S") : g_strdup ("?");
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

/**
 * wt_export_words_title:
 * @conversation: a conversation
 *
 * Returns: (transfer none): its title, else the peer's or group's id; not escaped
 */
const char *
wt_export_words_title (const WtConversationRecord *conversation)
{
  if (!is_blank (conversation->title))
    return conversation->title;
  return is_blank (conversation->peer_id) ? "?" : conversation->peer_id;
}

/**
 * wt_export_words_author:
 * @message: a message
 *
 * Returns: (transfer none): the author's card name, nickname or id; not escaped
 */
const char *
wt_export_words_author (const WtMessageRecord *message)
{
  if (!is_blank (message->author_cardname))
    return message->author_cardname;
  if (!is_blank (message->author_nickname))
    return message->author_nickname;
  return is_blank (message->author_id) ? "?" : message->author_id;
}
