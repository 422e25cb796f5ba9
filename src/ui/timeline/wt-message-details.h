/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-session.h"

G_BEGIN_DECLS

/**
 * WtMessageDetails:
 *
 * A window with all that is known about one message. It follows what becomes of it.
 */
#define WT_TYPE_MESSAGE_DETAILS (wt_message_details_get_type ())
G_DECLARE_FINAL_TYPE (WtMessageDetails, wt_message_details, WT, MESSAGE_DETAILS, AdwWindow)

GtkWidget *
wt_message_details_new (WtSession *session, WtConversation *conversation, WtMessage *message);

G_END_DECLS
