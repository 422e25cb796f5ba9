/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-link.h"
#include "wt-notifier.h"
#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtWindow:
 *
 * The program's window: sidebar and chat, the welcome page while there is no account, or why the messages cannot be opened.
 */
#define WT_TYPE_WINDOW (wt_window_get_type ())
G_DECLARE_FINAL_TYPE (WtWindow, wt_window, WT, WINDOW, AdwApplicationWindow)

WtWindow *wt_window_new (GtkApplication *application, GSettings *settings);
void wt_window_set_profile (WtWindow *self, WtProfile *profile, WtNotifier *notifier);
void wt_window_set_demo (WtWindow *self, gboolean demo);
void wt_window_show_opening (WtWindow *self);
void wt_window_show_failure (WtWindow *self, const char *title, const char *advice);
void wt_window_open_conversation (WtWindow *self, WtConversation *conversation);
WtConversation *wt_window_get_conversation (WtWindow *self);
void wt_window_show_preferences (WtWindow *self);
void wt_window_ask_for_chat (WtWindow *self);
void wt_window_add_linked_account (WtWindow *self, const WtLink *link);
void wt_window_toast (WtWindow *self, const char *text);
void wt_window_toast_until_closed (WtWindow *self, const char *text);

G_END_DECLS
