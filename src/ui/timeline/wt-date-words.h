/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtDateClock:
 * @WT_DATE_CLOCK_LOCALE: as the locale has it
 * @WT_DATE_CLOCK_12: twelve hours
 * @WT_DATE_CLOCK_24: twenty-four hours
 *
 * How the time of day is written.
 */
typedef enum
{
  WT_DATE_CLOCK_LOCALE,
  WT_DATE_CLOCK_12,
  WT_DATE_CLOCK_24,
} WtDateClock;

/* Times in microseconds since the epoch, shown in the local time zone. All return (transfer full). */
char *wt_date_words_short (gint64 time_us);
char *wt_date_words_clock (gint64 time_us);
char *wt_date_words_day (gint64 time_us);
char *wt_date_words_full (gint64 time_us);
gboolean wt_date_words_same_day (gint64 a_us, gint64 b_us);
gboolean wt_date_words_later_day (gint64 a_us, gint64 b_us);
gint64 wt_date_words_get_calendar (gint64 now_us);
guint wt_date_words_seconds_to_midnight (gint64 now_us);
void wt_date_words_set_clock (WtDateClock clock);

/* The same with a given present and clock, for tests. */
char *wt_date_words_short_at (gint64 time_us, gint64 now_us, gboolean twelve_hours);
char *wt_date_words_clock_at (gint64 time_us, gboolean twelve_hours);
char *wt_date_words_day_at (gint64 time_us, gint64 now_us);

G_END_DECLS
