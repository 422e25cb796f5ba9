/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-search-bar.h"
#include "wt-search-conditions.h"
#include "wt-search-date-button.h"
#include "wt-search-results.h"

G_BEGIN_DECLS

struct _WtSearchBar
{
  GtkWidget parent_instance;

  /* owned */
  WtDatabase *database;
  WtSearchResults *results;
  WtConversation *conversation; /* nullable */

  GtkWidget *focus_before; /* weak */
  guint index;             /* of the hit that is shown */
  gboolean renewed;        /* the hits are others than those that are counted */
  gboolean stepping;       /* to a hit that is being loaded */

  /* children */
  GtkWidget *entry;
  GtkWidget *tools;
  GtkWidget *count;
  WtSearchDateButton *date;
  WtSearchConditions *conditions;
  GtkWidget *list;
  GtkWidget *older;
  GtkWidget *newer;
  GtkWidget *close;
  GtkWidget *nothing;
};

void wt_search_bar_measure (GtkWidget *widget,
                            GtkOrientation orientation,
                            int for_size,
                            int *minimum,
                            int *natural,
                            int *minimum_baseline,
                            int *natural_baseline);
void wt_search_bar_size_allocate (GtkWidget *widget, int width, int height, int baseline);

G_END_DECLS
