/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtSearchDateButton:
 *
 * A button with a calendar to go to a day.
 *
 * Signals: `chosen` (gint64 time): the day's first moment here, microseconds since the epoch.
 */
#define WT_TYPE_SEARCH_DATE_BUTTON (wt_search_date_button_get_type ())
G_DECLARE_FINAL_TYPE (WtSearchDateButton, wt_search_date_button, WT, SEARCH_DATE_BUTTON, GtkWidget)

GtkWidget *wt_search_date_button_new (void);
void wt_search_date_button_popup (WtSearchDateButton *self);
gint64 wt_search_date_button_get_day (GtkCalendar *calendar, int days_later);

G_END_DECLS
