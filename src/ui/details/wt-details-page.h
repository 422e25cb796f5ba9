/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-message-context.h"

G_BEGIN_DECLS

/**
 * WtDetailsPage:
 *
 * What a conversation is, and what the user decides about it.
 *
 * Signals: `list` (char *kind): `members`, `image`, `file`, `voice` or `link` are to be shown. `chosen` (#WtShared): a picture is to be looked at.
 */
#define WT_TYPE_DETAILS_PAGE (wt_details_page_get_type ())
G_DECLARE_FINAL_TYPE (WtDetailsPage, wt_details_page, WT, DETAILS_PAGE, GtkWidget)

GtkWidget *wt_details_page_new (WtMessageContext *context);
void wt_details_page_set_conversation (WtDetailsPage *self,
                                       WtSession *session,
                                       WtConversation *conversation,
                                       GListModel *members);

G_END_DECLS
