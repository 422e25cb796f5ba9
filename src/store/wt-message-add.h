/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-message-store.h"

G_BEGIN_DECLS

/* For the message store, on the database thread only. */
WtStoredMessage *wt_message_add (WtDatabase *db,
                                 const WtConversationRecord *conversation,
                                 WtMessageRecord **message,
                                 GPtrArray *attachments,
                                 GError **error);

G_END_DECLS
