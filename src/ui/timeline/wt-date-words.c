/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-date-words.h"

#include <glib/gi18n-lib.h>
#include <langinfo.h>

/* Days that are called by their weekday's name in lists. */
#define WEEK 7

/* More seconds than any day has. */
#define LONGEST_DAY (30 * 60 * 60)

/* NULL for times that no calendar holds. */
static GDateTime *
make_local (gint64 time_us)
{
  return g_date_time_new_from_unix_local (time_us / G_USEC_PER_SEC
                                          - (time_us % G_USEC_PER_SEC < 0));
}

static gint
day_number (GDateTime *time)
{
  GDate date;

  g_date_clear (&date, 1);
  g_date_set_dmy (&date, (GDateDay) g_date_time_get_day_of_month (time),
                  (GDateMonth) g_date_time_get_month (time),
                  (GDateYear) g_date_time_get_year (time));
  return (gint) g_date_get_julian (&date);
}

/* Of the whole program, as the locale is. */
static WtDateClock chosen_clock = WT_DATE_CLOCK_LOCALE;

static gboolean
has_twelve_hours (void)
{
  const char *format = nl_langinfo (T_FMT);

  if (chosen_clock != WT_DATE_CLOCK_LOCALE)
    return chosen_clock == WT_DATE_CLOCK_12;

  for (const char *c = format; c[0] != '\0' && c[1] != '\0'; c++)
    if (c[0] == '%' && (c[1] == 'r' || c[1] == 'I' || c[1] == 'l' || c[1] == 'p' || c[1] == 'P'))
      return TRUE;

  return FALSE;
}

static char *
format_clock (GDateTime *time, gboolean twelve_hours)
{
  if (twelve_hours)
    /* Translators: a time of day with 12 hours, as in “2:05 PM” */
    return g_date_time_format (time, _ ("%-l:%M %p"));

  /* Translators: a time of day with 24 hours, as in “14:05” */
  return g_date_time_format (time, _ ("%H:%M"));
}

char *
wt_date_words_short_at (gint64 time_us, gint64 now_us, gboolean twelve_hours)
{
  g_autoptr (GDateTime) time = make_local (time_us);
  g_autoptr (GDateTime) now = make_local (now_us);
  gint days;

  if (time == NULL || now == NULL)
    return g_strdup ("");

  days = day_number (now) - day_number (time);
  if (days == 0)
    return format_clock (time, twelve_hours);
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (days > 1 && days < WEEK)
    /* xgettext:no-c-format
     * Translators: a weekday in a list, as in “Mon” */
    return g_date_time_format (time, _ ("%a"));
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    /* Translators: a day of this year in a list, as in “3 Mar” */
    return g_date_time_format (time, _ ("%-d %b"));

  /* Translators: a day of another year in a list, as in “3 Mar 2019” */
  return g_date_time_format (time, _ ("%-d %b %Y"));
}

char *
wt_date_words_clock_at (gint64 time_us, gboolean twelve_hours)
{
  g_autoptr (GDateTime) time = make_local (time_us);

  return time != NULL ? format_clock (time, twelve_hours) : g_strdup ("");
}

char *
wt_date_words_day_at (gint64 time_us, gint64 now_us)
{
  g_autoptr (GDateTime) time = make_local (time_us);
  g_autoptr (GDateTime) now = make_local (now_us);
  gint days;

  if (time == NULL || now == NULL)
    return g_strdup ("");

  days = day_number (now) - day_number (time);
  if (days == 0)
    return g_strdup (_ ("Today"));
  if (days == 1)
    return g_strdup (_ ("Yesterday"));
  if (g_date_time_get_year (time) == g_date_time_get_year (now))
    /* Translators: a day of this year above its messages, as in “Monday 3 March” */
    return g_date_time_format (time, _ ("%A %-d %B"));

  /* Translators: a day of another year above its messages, as in “Monday 3 March 2019” */
  return g_date_time_format (time, _ ("%A %-d %B %Y"));
}

/**
 * wt_date_words_short:
 * @time_us: microseconds since the epoch
 *
 * The time today, “Yesterday”, the weekday within a week, else the date; for lists.
 *
 * Returns: (transfer full): words; empty for a time that no calendar holds
 */
char *
wt_date_words_short (gint64 time_us)
{
  return wt_date_words_short_at (time_us, g_get_real_time (), has_twelve_hours ());
}

/**
 * wt_date_words_clock:
 * @time_us: microseconds since the epoch
 *
 * Returns: (transfer full): the time of day with 12 or 24 hours as the locale has it
 */
char *
wt_date_words_clock (gint64 time_us)
{
  return wt_date_words_clock_at (time_us, has_twelve_hours ());
}

/**
 * wt_date_words_day:
 * @time_us: microseconds since the epoch
 *
 * Returns: (transfer full): “Today”, “Yesterday”, or the date with its weekday and, if it is another, the year
 */
char *
wt_date_words_day (gint64 time_us)
{
  return wt_date_words_day_at (time_us, g_get_real_time ());
}

/**
 * wt_date_words_full:
 * @time_us: microseconds since the epoch
 *
 * Returns: (transfer full): date and time to the second
 */
char *
wt_date_words_full (gint64 time_us)
{
  g_autoptr (GDateTime) time = make_local (time_us);

  if (time == NULL)
    return g_strdup ("");
  if (has_twelve_hours ())
    /* Translators: date and time, as in “Monday 3 March 2019, 2:05:09 PM” */
    return g_date_time_format (time, _ ("%A %-d %B %Y, %-l:%M:%S %p"));

  /* Translators: date and time, as in “Monday 3 March 2019, 14:05:09” */
  return g_date_time_format (time, _ ("%A %-d %B %Y, %H:%M:%S"));
}

/**
 * wt_date_words_same_day:
 * @a_us: microseconds since the epoch
 * @b_us: microseconds since the epoch
 *
 * Returns: whether both are on one day of the local calendar
 */
gboolean
wt_date_words_same_day (gint64 a_us, gint64 b_us)
{
  g_autoptr (GDateTime) a = make_local (a_us);
  g_autoptr (GDateTime) b = make_local (b_us);

  if (a == NULL || b == NULL)
    return a == b;

  return day_number (a) == day_number (b);
}

/**
 * wt_date_words_later_day:
 * @a_us: microseconds since the epoch
 * @b_us: microseconds since the epoch
 *
 * Returns: whether @a_us is on a later day of the local calendar than @b_us
 */
gboolean
wt_date_words_later_day (gint64 a_us, gint64 b_us)
{
  return a_us > b_us && !wt_date_words_same_day (a_us, b_us);
}

/**
 * wt_date_words_get_calendar:
 * @now_us: microseconds since the epoch
 *
 * Returns: a number that is another one when what is said of times is: on another day, in another time zone
 */
gint64
wt_date_words_get_calendar (gint64 now_us)
{
  g_autoptr (GDateTime) now = make_local (now_us);

  if (now == NULL)
    return -1;
  return (gint64) day_number (now) * G_TIME_SPAN_DAY + g_date_time_get_utc_offset (now);
}

/**
 * wt_date_words_set_clock:
 * @clock: what the user has chosen for the whole desktop
 *
 * Has times of day written with 12 or 24 hours whatever the locale says.
 */
void
wt_date_words_set_clock (WtDateClock clock)
{
  chosen_clock = clock;
}

static gboolean
is_another_day (GDateTime *now, guint seconds)
{
  g_autoptr (GDateTime) then = g_date_time_new_from_unix_local (g_date_time_to_unix (now)
                                                                + seconds);

  return then != NULL && day_number (then) != day_number (now);
}

/**
 * wt_date_words_seconds_to_midnight:
 * @now_us: microseconds since the epoch
 *
 * Returns: seconds until “today” is yesterday, at least 1
 */
guint
wt_date_words_seconds_to_midnight (gint64 now_us)
{
  /* A calendar may have no midnight, or two, and days of 23 or 25 hours: it is asked, and not computed. */
  guint today = 0, later = LONGEST_DAY;
  g_autoptr (GDateTime) now = make_local (now_us);

  if (now == NULL || !is_another_day (now, later))
    return 24 * 60 * 60;

  while (later - today > 1)
    {
      guint middle = today + (later - today) / 2;

      if (is_another_day (now, middle))
        later = middle;
      else
        today = middle;
    }
  return later + 1;
}
