/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-account-mark.h"
#include "wt-chat-view.h"
#include "wt-deletion.h"
#include "wt-details-pane.h"
#include "wt-opening-page.h"
#include "wt-search-pane.h"
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
  WtDeletion *deletion; /* that can still be undone */
  AdwToast *deletion_toast;

  gboolean demo;

  /* Template children. */
  AdwToastOverlay *toasts;
  GtkStack *pages;
  WtStorageBar *storage_bar;
  AdwLeaflet *leaflet;
  GtkStack *side;
  WtSidebar *sidebar;
  GtkWidget *chat_page;
  AdwWindowTitle *chat_title;
  WtAccountMark *chat_mark;
  GtkMenuButton *chat_menu;
  GtkWidget *search_button;
  GtkWidget *details_button;
  GtkStack *chat_stack;
  AdwBin *chat_bin;
  AdwFlap *flap;
  AdwBin *details_bin;

  /* Borrowed; NULL until they are seen for the first time. */
  WtOpeningPage *opening; /* in pages */
  GtkWidget *welcome;     /* in pages */
  WtChatView *chat;       /* in chat_bin */
  WtDetailsPane *details; /* in details_bin */
  WtSearchPane *search;   /* in side */

  GtkWidget *focus_pane; /* the last of these that had the focus */
  guint focus_source;
  guint chat_source;              /* makes the chat view once there is nothing else to do */
  GtkWidget *focus_before_search; /* weak */
  GtkWidget *inspector;           /* weak; while it is open */
};

void wt_window_install_actions (GtkWidgetClass *widget_class);
void wt_window_update_actions (WtWindow *self);
void wt_window_ask_for_trust (WtWindow *self, WtSession *session);

/* wt-window-conversation.c */
void wt_window_update_chat_title (WtWindow *self);
void wt_window_update_chat_buttons (WtWindow *self);
void wt_window_init_chat_menu (WtWindow *self);
void wt_window_update_seen (WtWindow *self);
void wt_window_close_conversation (WtWindow *self);
void wt_window_show_sidebar (WtWindow *self);
void wt_window_show_conversation (WtWindow *self, WtConversation *conversation);
WtChatView *wt_window_need_chat (WtWindow *self);

/* wt-window-details.c */
void wt_window_init_details (WtWindow *self);
void wt_window_update_details (WtWindow *self);
void wt_window_fold_details (WtWindow *self);
void wt_window_install_details (GtkWidgetClass *widget_class);

/* wt-window-delete.c */
void wt_window_take_deletion (WtWindow *self, WtDeletion *deletion);
void wt_window_commit_deletion (WtWindow *self);
void wt_window_install_delete (GtkWidgetClass *widget_class);

/* wt-window-focus.c */
void wt_window_init_focus (WtWindow *self);
void wt_window_leave_toast (WtWindow *self);
void wt_window_dispose_focus (WtWindow *self);

/* wt-window-search.c */
void wt_window_close_search (WtWindow *self);
void wt_window_find_links (WtWindow *self);
void wt_window_install_search_actions (GtkWidgetClass *widget_class);
void wt_window_update_search_actions (WtWindow *self, gboolean main);

G_END_DECLS
