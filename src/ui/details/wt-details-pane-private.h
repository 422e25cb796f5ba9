/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-details-page.h"
#include "wt-details-pane.h"

G_BEGIN_DECLS

struct _WtDetailsPane
{
  GtkWidget parent_instance;

  /* owned */
  WtProfile *profile;
  WtMessageContext *context;
  WtConversation *conversation;
  WtSession *session;
  GListModel *members;
  WtTimeline *timeline; /* while a picture's message is loaded */
  WtMessage *opening;
  char *kind;            /* of the list that is shown, or NULL */
  WtShared *menu_shared; /* what the menu is about */

  gboolean focus_wanted; /* once it is shown */
  guint position;        /* of the picture in the message that is opened */

  /* children */
  GtkWidget *stack;
  WtDetailsPage *page;
  GtkWidget *list_page;
  GtkWidget *back;
  GtkWidget *list_title;
  AdwBin *list;
  GtkWidget *menu;
};

void wt_details_pane_view (WtDetailsPane *self, WtShared *shared);

/* wt-details-pane-menu.c */
void wt_details_pane_install_menu (GtkWidgetClass *widget_class);
void wt_details_pane_init_menu (WtDetailsPane *self);
void wt_details_pane_dispose_menu (WtDetailsPane *self);

G_END_DECLS
