/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-chat-view.h"
#include "wt-session-watch.h"
#include "wt-sidebar.h"
#include "wt-storage-bar.h"
#include "wt-window.h"

G_BEGIN_DECLS

struct _WtWindow
{
  AdwApplicationWindow parent_instance;

  /* Owned. */
  GSettings *settings;
  WtProfile *profile; /* NULL until it is open */
  WtNotifier *notifier;
  WtSessionWatch *watch;
  WtConversation *conversation; /* the one in the chat view */
  GSignalGroup *conversation_signals;

  gboolean demo;

  /* Template children. */
  AdwToastOverlay *toasts;
  GtkStack *pages;
  AdwStatusPage *failure;
  GtkWidget *try_again;
  WtStorageBar *storage_bar;
  AdwLeaflet *leaflet;
  WtSidebar *sidebar;
  GtkWidget *chat_page;
  AdwWindowTitle *chat_title;
  GtkMenuButton *chat_menu;
  GtkStack *chat_stack;
  AdwBin *chat_bin;

  /* Borrowed: in chat_bin. */
  WtChatView *chat;
};

void wt_window_install_actions (GtkWidgetClass *widget_class);
void wt_window_update_actions (WtWindow *self);
void wt_window_ask_for_trust (WtWindow *self, WtSession *session);
void wt_window_close_conversation (WtWindow *self);
void wt_window_show_sidebar (WtWindow *self);

G_END_DECLS
