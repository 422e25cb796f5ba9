/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-conversation.h"
#include "wt-message.h"

G_BEGIN_DECLS

char *wt_notifier_words_title (WtConversation *conversation);
char *wt_notifier_words_body (WtConversation *conversation, WtMessage *message, gboolean preview);
char *wt_notifier_words_more (guint conversations);
GNotification *wt_notifier_words_make (WtConversation *conversation,
                                       const char *body,
                                       gboolean markup,
                                       const char *category);

G_END_DECLS
