/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-session.h"

G_BEGIN_DECLS

/**
 * WtQuoteFinder:
 *
 * Finds the messages that others of a conversation quote, each once.
 *
 * Signals: `changed`: what was found or not found may be so no more: ask again.
 */
#define WT_TYPE_QUOTE_FINDER (wt_quote_finder_get_type ())
G_DECLARE_FINAL_TYPE (WtQuoteFinder, wt_quote_finder, WT, QUOTE_FINDER, GObject)

/**
 * WtQuoteState:
 * @WT_QUOTE_LOOKING: it is being looked for; `changed` follows
 * @WT_QUOTE_FOUND: here it is
 * @WT_QUOTE_MISSING: it is not in this history
 */
typedef enum
{
  WT_QUOTE_LOOKING,
  WT_QUOTE_FOUND,
  WT_QUOTE_MISSING,
} WtQuoteState;

WtQuoteFinder *wt_quote_finder_new (void);
void wt_quote_finder_set_conversation (WtQuoteFinder *self,
                                       WtSession *session,
                                       WtConversation *conversation);
WtQuoteState wt_quote_finder_look_up (WtQuoteFinder *self,
                                      const char *message_id,
                                      const WtMessageRecord **record);

G_END_DECLS
