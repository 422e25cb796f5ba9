/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-profile.h"
#include "wt-session-watch.h"

G_BEGIN_DECLS

/**
 * WtSidebar:
 *
 * The account button, the panes Chats and Groups with their filter, and what is wrong, if anything is.
 *
 * Signals: `chosen` (#WtConversation): it is to be opened; `looked-at` (#WtConversation): the arrow keys came to it.
 */
#define WT_TYPE_SIDEBAR (wt_sidebar_get_type ())
G_DECLARE_FINAL_TYPE (WtSidebar, wt_sidebar, WT, SIDEBAR, GtkWidget)

void wt_sidebar_set_profile (WtSidebar *self,
                             WtProfile *profile,
                             WtSessionWatch *watch,
                             GSettings *settings);
void wt_sidebar_set_current (WtSidebar *self, WtConversation *conversation);
WtConversation *wt_sidebar_get_beside (WtSidebar *self, int step);
const char *wt_sidebar_get_pane (WtSidebar *self);
void wt_sidebar_show_pane (WtSidebar *self, const char *pane);
void wt_sidebar_show_archived (WtSidebar *self);
void wt_sidebar_focus_filter (WtSidebar *self);
void wt_sidebar_focus_list (WtSidebar *self);
void wt_sidebar_set_demo (WtSidebar *self, gboolean demo);
void wt_sidebar_set_show_end_buttons (WtSidebar *self, gboolean show);

G_END_DECLS
