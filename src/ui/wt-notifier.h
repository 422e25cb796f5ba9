/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtNotifier:
 *
 * Tells the desktop of messages that the user does not see: one notification a conversation, replaced by the next, withdrawn
 * when read; and of messages of one's own that could not be sent.
 *
 * The application has the actions `open-conversation` and `mark-read`, each with a conversation's row id.
 */
#define WT_TYPE_NOTIFIER (wt_notifier_get_type ())
G_DECLARE_FINAL_TYPE (WtNotifier, wt_notifier, WT, NOTIFIER, GObject)

WtNotifier *wt_notifier_new (GApplication *application, WtProfile *profile, GSettings *settings);
void wt_notifier_set_seen (WtNotifier *self, WtConversation *conversation);

G_END_DECLS
