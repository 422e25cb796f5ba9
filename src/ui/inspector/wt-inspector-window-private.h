/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-frame-filter.h"
#include "wt-frame-view.h"
#include "wt-inspector-window.h"

G_BEGIN_DECLS

struct _WtInspectorWindow
{
  AdwWindow parent_instance;

  /* owned */
  GListModel *sessions;
  WtFrameLog *log;
  WtFrameFilter *filter;
  GtkFilterListModel *shown;
  GtkSingleSelection *selection;
  GtkFileChooserNative *chooser; /* nullable: while it is open */
  GCancellable *cancellable;

  /* children */
  AdwToastOverlay *toasts;
  AdwLeaflet *leaflet;
  GtkWidget *list_page;
  GtkWidget *frame_page;
  GtkWidget *title;
  GtkWidget *record;
  GtkWidget *search;
  GtkWidget *entry;
  GtkWidget *filter_button;
  GtkWidget *stack;
  GtkWidget *empty;
  GtkWidget *list;
  GtkAdjustment *scroll;
  WtFrameView *view;

  guint follow;   /* a source: the newest is to be scrolled to */
  gboolean ended; /* the list is scrolled to its end */
};

/* wt-inspector-window-layout.c */
void wt_inspector_window_build (WtInspectorWindow *self);

/* wt-inspector-window-actions.c */
void wt_inspector_window_install_actions (GtkWidgetClass *widget_class);
void wt_inspector_window_update_actions (WtInspectorWindow *self);

/* wt-inspector-window.c */
void wt_inspector_window_show_frame (WtInspectorWindow *self, guint64 serial);
void wt_inspector_window_reset_filter (WtInspectorWindow *self);

G_END_DECLS
