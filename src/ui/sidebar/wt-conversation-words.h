/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation.h"

G_BEGIN_DECLS

char *wt_conversation_words_prefix (WtConversation *conversation);
char *wt_conversation_words_preview (WtConversation *conversation);
char *wt_conversation_words_spoken (WtConversation *conversation, const char *time);
const char *wt_conversation_words_delivery_icon (WtConversation *conversation);
char *wt_conversation_words_delivery (WtConversation *conversation);
char *wt_conversation_words_count (guint count);
char *wt_conversation_words_mentions (guint count);

G_END_DECLS
