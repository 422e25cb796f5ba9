/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-sample-model.h"
#include "wt-sample-row.h"
#include "wt-test.h"
#include "wt-timeline-view.h"

G_BEGIN_DECLS

/* A window as the program's: the timeline, its scrollbar, a composer below and a pane beside it. */
typedef struct
{
  GtkWidget *window;
  WtTimelineView *view;
  GtkScrolledWindow *scroller;
  GtkAdjustment *adjustment;
  GtkAdjustment *message;
  GtkWidget *composer;
  GtkWidget *pane;
  WtSampleModel *model; /* owned */

  /* counted */
  guint n_frames;
  guint n_created;
  guint n_alive;
  guint n_bound;
  guint n_binds; /* since it was made */
  guint max_children;

  /* what each painted frame is asked */
  void (*check) (gpointer data);
  gpointer check_data;
} WtSampleWindow;

WtSampleWindow *wt_sample_window_new (guint n_items);
void wt_sample_window_free (WtSampleWindow *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtSampleWindow, wt_sample_window_free)

void wt_sample_window_present (WtSampleWindow *self);
void wt_sample_window_frames (WtSampleWindow *self, guint n);
void
wt_sample_window_set_check (WtSampleWindow *self, void (*check) (gpointer data), gpointer data);
void wt_sample_window_scroll (WtSampleWindow *self, double by);
void wt_sample_window_fling (WtSampleWindow *self, double velocity);

int wt_sample_window_get_width (WtSampleWindow *self);
int wt_sample_window_get_page (WtSampleWindow *self);
gboolean wt_sample_window_get_y (WtSampleWindow *self, guint position, double *y, double *height);
gboolean wt_sample_window_get_item_y (WtSampleWindow *self, WtSampleItem *item, double *y);
WtSampleItem *wt_sample_window_get_read_item (WtSampleWindow *self);
double wt_sample_window_get_gap (WtSampleWindow *self);
void wt_sample_window_assert_sound (WtSampleWindow *self);
int wt_sample_window_main (int argc, char *argv[], void (*add_tests) (void));

G_END_DECLS
