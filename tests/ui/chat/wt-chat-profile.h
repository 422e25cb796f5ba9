/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-message-store.h"
#include "wt-profile.h"

G_BEGIN_DECLS

/* A real profile that never goes online: what the fixtures of blocks and of whole chats have in common. */

WtProfile *wt_chat_profile_open (char **folder, WtSession **session);
void wt_chat_profile_close (WtProfile *profile, char *folder);
WtConversation *
wt_chat_profile_add (WtSession *session, WtConversationKind kind, const char *peer_id);
WtStoredMessage *wt_chat_profile_store (WtProfile *profile,
                                        WtConversation *conversation,
                                        const char *author,
                                        WtSegment *segment);

G_END_DECLS
