/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-conversation-pane.h"

#include <adwaita.h>

G_BEGIN_DECLS

struct _WtConversationPane
{
  GtkWidget parent_instance;

  gboolean groups;

  /* Owned. */
  WtConversationList *conversations;
  GtkSliceListModel *listed;    /* the newest, and after the first frame all */
  GtkFilterListModel *filtered; /* of these, those that are shown */
  GtkFilter *filter;
  GtkSingleSelection *selection;
  WtConversation *current;
  GtkWidget *menu;
  GtkWidget *before_menu; /* weak: what had the focus when the menu was opened by the keyboard */
  char *wanted;           /* folded filter text, never NULL */

  gboolean archived; /* shows what is archived, and nothing else */
  gboolean syncing;  /* the selection is being changed by us, not by the user */
  int room;          /* how high a row is, in pixels; 0: not known yet */

  GdkFrameClock *clock; /* borrowed, while it is mapped */
  gulong on_layout;
  gulong on_paint;   /* until all are listed */
  guint list_source; /* after that frame */

  /* Template children. */
  GtkWidget *box;
  GtkWidget *archived_header;
  GtkWidget *archived_button;
  GtkLabel *archived_count;
  GtkLabel *archived_unread;
  GtkScrolledWindow *scroller;
  GtkStack *stack;
  GtkListView *list;
};

GtkListItemFactory *wt_conversation_pane_make_factory (WtConversationPane *self);
void wt_conversation_pane_watch_frames (WtConversationPane *self);
void wt_conversation_pane_forget_frames (WtConversationPane *self);
void wt_conversation_pane_update_stack (WtConversationPane *self);
void wt_conversation_pane_show_menu_at_focus (WtConversationPane *self);
void wt_conversation_pane_choose (WtConversationPane *self, WtConversation *conversation);

G_END_DECLS
