/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-delivery-words.h"

#include <glib/gi18n-lib.h>

#include "wt-display-text.h"
#include "wt-outbox.h"

#define MOST_REASON 200

/* What went wrong, in words that say what can be done. */
static char *
make_reason (const char *failure)
{
  static const struct
  {
    const char *failure;
    const char *words;
  } reasons[] = {
    { WT_FAILURE_NO_ACK, N_ ("the server did not confirm it") },
    { WT_FAILURE_NO_TARGET, N_ ("this chat has no target; set one in the account") },
    { WT_FAILURE_TOO_LARGE, N_ ("it is larger than the protocol allows") },
    { WT_FAILURE_UNREADABLE, N_ ("a part of it could not be read") },
  };

  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    if (g_str_equal (failure, reasons[i].failure))
      return g_strdup (_ (reasons[i].words));

  return wt_display_text_line (failure, MOST_REASON);
}

/**
 * wt_delivery_get_icon_name:
 * @delivery: a delivery state
 *
 * Returns: (nullable): its icon in the theme; %NULL for incoming messages
 */
const char *
wt_delivery_get_icon_name (WtDelivery delivery)
{
  switch (delivery)
    {
    case WT_DELIVERY_QUEUED:
      return "wt-delivery-queued-symbolic";
    case WT_DELIVERY_SENT:
      return "wt-delivery-sent-symbolic";
    case WT_DELIVERY_ACKED:
      return "wt-delivery-acked-symbolic";
    case WT_DELIVERY_FAILED:
      return "wt-delivery-failed-symbolic";
    case WT_DELIVERY_RECEIVED:
    default:
      return NULL;
    }
}

static char *
make_failure (const char *failure)
{
  g_autofree char *reason = failure != NULL && *failure != '\0' ? make_reason (failure)
                                                                : g_strdup ("");

  /* Translators: %s is the reason */
  return *reason != '\0' ? g_strdup_printf (_ ("Not sent: %s"), reason) : g_strdup (_ ("Not sent"));
}

/**
 * wt_delivery_words:
 * @delivery: a delivery state
 * @failure: (nullable): why it failed, as in #WtMessageRecord
 *
 * What is known about a message's way, in words, and no more than is known: an ACK says that the server has
 * it, not that anybody read it (wire.md section 2).
 *
 * Returns: (transfer full): a short sentence; empty for incoming messages
 */
char *
wt_delivery_words (WtDelivery delivery, const char *failure)
{
  switch (delivery)
    {
    case WT_DELIVERY_QUEUED:
      return g_strdup (_ ("Waiting to be sent"));
    case WT_DELIVERY_SENT:
      return g_strdup (_ ("Sent, not confirmed yet"));
    case WT_DELIVERY_ACKED:
      return g_strdup (_ ("Received by the server"));
    case WT_DELIVERY_FAILED:
      return make_failure (failure);
    case WT_DELIVERY_RECEIVED:
    default:
      return g_strdup ("");
    }
}
