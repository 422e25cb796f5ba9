/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-message-bubble.h"
#include "wt-message-row.h"

G_BEGIN_DECLS

/* Of an author's name, wherever it shows. */
#define WT_MESSAGE_ROW_MOST_NAME 64

struct _WtMessageRow
{
  GtkWidget parent_instance;

  /* owned */
  WtMessageContext *context; /* nullable */

  /* owned while bound */
  WtMessage *message;
  WtMessage *previous;
  WtMedia *menu_media; /* what the menu is about, or NULL */
  WtSegment *shown;    /* what the bubble shows, to see whether it changed */

  gboolean swiped; /* far enough to reply */
  double swipe;    /* how far so far, on a touchpad */
  gboolean group;
  gboolean unread_divider;
  gboolean joined;
  gboolean selecting; /* the conversation is in its selection mode */
  guint unfolded;     /* how often the user asked for more of a long text */

  /* children; all but the bubble only once needed */
  GtkWidget *day;
  GtkWidget *divider;
  GtkWidget *avatar;
  GtkWidget *bubble;
  GtkWidget *check;
  GtkWidget *menu;
};

void wt_message_row_update_state (WtMessageRow *self);

/* wt-message-row-heading.c */
gboolean wt_message_row_is_loaded (WtMessage *message);
void wt_message_row_update_heading (WtMessageRow *self);

void wt_message_row_install_menu (GtkWidgetClass *widget_class);
void wt_message_row_init_menu (WtMessageRow *self);
void wt_message_row_clear_menu (WtMessageRow *self);

void wt_message_row_follow_highlight (WtMessageRow *self);
void wt_message_row_update_highlight (WtMessageRow *self);
void wt_message_row_update_marks (WtMessageRow *self);

void wt_message_row_init_select (WtMessageRow *self);
void wt_message_row_follow_selection (WtMessageRow *self);
void wt_message_row_update_selection (WtMessageRow *self);
void wt_message_row_select (WtMessageRow *self, gboolean extend);
gboolean wt_message_row_is_selected (WtMessageRow *self);

void wt_message_row_init_swipe (WtMessageRow *self);

void wt_message_row_measure (GtkWidget *widget,
                             GtkOrientation orientation,
                             int for_size,
                             int *minimum,
                             int *natural,
                             int *minimum_baseline,
                             int *natural_baseline);
void wt_message_row_size_allocate (GtkWidget *widget, int width, int height, int baseline);

G_END_DECLS
