/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "wt-chat-test.h"
#include "wt-date-words.h"

#define NOW WT_CHAT_TEST_NOW
#define MINUTE WT_CHAT_TEST_MINUTE
#define HOUR (60 * MINUTE)
#define DAY WT_CHAT_TEST_DAY

typedef struct
{
  const char *name;
  gint64 time;
  const char *short_words; /* with 24 hours */
  const char *day_words;
} Case;

static const Case cases[] = {
  { "now", NOW, "14:05", "Today" },
  { "midnight", NOW - 14 * HOUR - 5 * MINUTE - 9 * G_USEC_PER_SEC, "00:00", "Today" },
  { "before-midnight", NOW - 14 * HOUR - 6 * MINUTE, "Yesterday", "Yesterday" },
  { "later-today", NOW + HOUR, "15:05", "Today" },
  { "two-days", NOW - 2 * DAY, "Sat", "Saturday 1 March" },
  { "six-days", NOW - 6 * DAY, "Tue", "Tuesday 25 February" },
  { "seven-days", NOW - 7 * DAY, "24 Feb", "Monday 24 February" },
  { "this-year", NOW - 60 * DAY, "2 Jan", "Thursday 2 January" },
  { "another-year", NOW - 63 * DAY, "30 Dec 2024", "Monday 30 December 2024" },
  { "tomorrow", NOW + DAY, "4 Mar", "Tuesday 4 March" },
  { "next-year", NOW + 365 * DAY, "3 Mar 2026", "Tuesday 3 March 2026" },
  { "epoch", 0, "1 Jan 1970", "Thursday 1 January 1970" },
  { "before-epoch", -1, "31 Dec 1969", "Wednesday 31 December 1969" },
  { "never", G_MAXINT64, "", "" },
  { "never-before", G_MININT64, "", "" },
};

static void
test_case (gconstpointer data)
{
  const Case *test = data;
  g_autofree char *short_words = wt_date_words_short_at (test->time, NOW, FALSE);
  g_autofree char *day_words = wt_date_words_day_at (test->time, NOW);

  g_assert_cmpstr (short_words, ==, test->short_words);
  g_assert_cmpstr (day_words, ==, test->day_words);
}

static void
test_clock (void)
{
  g_autofree char *day = wt_date_words_clock_at (NOW, FALSE);
  g_autofree char *half = wt_date_words_clock_at (NOW, TRUE);
  g_autofree char *night = wt_date_words_clock_at (0, TRUE);
  g_autofree char *never = wt_date_words_clock_at (G_MAXINT64, TRUE);
  g_autofree char *list = wt_date_words_short_at (NOW, NOW, TRUE);
  g_autofree char *full = wt_date_words_full (NOW);

  g_assert_cmpstr (day, ==, "14:05");
  g_assert_cmpstr (half, ==, "2:05 PM");
  g_assert_cmpstr (night, ==, "12:00 AM");
  g_assert_cmpstr (never, ==, "");
  g_assert_cmpstr (list, ==, "2:05 PM");
  g_assert_cmpstr (full, ==, "Monday 3 March 2025, 14:05:09");
}

static void
test_same_day (void)
{
  g_assert_true (wt_date_words_same_day (NOW, NOW));
  g_assert_true (wt_date_words_same_day (NOW, NOW - 14 * HOUR));
  g_assert_false (wt_date_words_same_day (NOW, NOW - 15 * HOUR));
  g_assert_false (wt_date_words_same_day (NOW, NOW - 365 * DAY));
  g_assert_false (wt_date_words_same_day (NOW, G_MAXINT64));
  g_assert_true (wt_date_words_same_day (G_MAXINT64, G_MAXINT64));
}

static void
test_midnight (void)
{
  guint seconds = wt_date_words_seconds_to_midnight (NOW);
  gint64 then = NOW + (gint64) seconds * G_USEC_PER_SEC;

  g_assert_false (wt_date_words_same_day (NOW, then));
  g_assert_true (wt_date_words_same_day (NOW, then - 3 * G_USEC_PER_SEC));
  g_assert_cmpuint (wt_date_words_seconds_to_midnight (G_MAXINT64), >, 0);
}

/* What the desktop says goes before the locale, in lists and above messages, too. */
static void
test_clock_chosen (void)
{
  g_autofree char *half = NULL;
  g_autofree char *full = NULL;
  g_autofree char *day = NULL;

  wt_date_words_set_clock (WT_DATE_CLOCK_12);
  half = wt_date_words_clock (NOW);
  full = wt_date_words_full (NOW);
  wt_date_words_set_clock (WT_DATE_CLOCK_24);
  day = wt_date_words_clock (NOW);
  wt_date_words_set_clock (WT_DATE_CLOCK_LOCALE);
  g_assert_cmpstr (half, ==, "2:05 PM");
  g_assert_cmpstr (full, ==, "Monday 3 March 2025, 2:05:09 PM");
  g_assert_cmpstr (day, ==, "14:05");
}

static void
test_later_day (void)
{
  g_assert_true (wt_date_words_later_day (NOW, NOW - DAY));
  g_assert_false (wt_date_words_later_day (NOW, NOW - HOUR));
  g_assert_false (wt_date_words_later_day (NOW - DAY, NOW));
  g_assert_false (wt_date_words_later_day (0, NOW));
  g_assert_true (wt_date_words_later_day (G_MAXINT64, NOW));
}

/* Another day or another time zone, and nothing else. */
static void
test_calendar (void)
{
  gint64 calendar = wt_date_words_get_calendar (NOW);

  g_assert_cmpint (wt_date_words_get_calendar (NOW + HOUR), ==, calendar);
  g_assert_cmpint (wt_date_words_get_calendar (NOW + DAY), !=, calendar);
  g_setenv ("TZ", "Asia/Shanghai", TRUE);
  g_assert_cmpint (wt_date_words_get_calendar (NOW), !=, calendar);
  g_setenv ("TZ", "UTC", TRUE);
  g_assert_cmpint (wt_date_words_get_calendar (NOW), ==, calendar);
}

/* Days of 23, 24 and 25 hours, and one that was left out; and midnights that are not there. */
static const struct
{
  const char *name;
  const char *zone;
  int day[3];
  int clock[2];
  guint minutes; /* to the next day */
} nights[] = {
  { "usual", "Europe/Berlin", { 2026, 3, 28 }, { 0, 30 }, 23 * 60 + 30 },
  { "short", "Europe/Berlin", { 2026, 3, 29 }, { 0, 30 }, 22 * 60 + 30 },
  { "short-later", "Europe/Berlin", { 2026, 3, 29 }, { 3, 30 }, 20 * 60 + 30 },
  { "long", "Europe/Berlin", { 2026, 10, 25 }, { 0, 30 }, 24 * 60 + 30 },
  { "long-later", "Europe/Berlin", { 2026, 10, 25 }, { 4, 0 }, 20 * 60 },
  { "half-an-hour", "Australia/Lord_Howe", { 2026, 4, 5 }, { 0, 30 }, 24 * 60 },
  { "no-midnight", "Asia/Beirut", { 2026, 3, 28 }, { 23, 30 }, 30 },
  { "midnight-twice", "America/Havana", { 2026, 10, 31 }, { 23, 30 }, 30 },
  { "left-out", "Pacific/Apia", { 2011, 12, 29 }, { 23, 30 }, 30 },
};

static void
test_nights (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (nights); i++)
    {
      g_autoptr (GDateTime) time = NULL;
      gint64 now, then;

      g_setenv ("TZ", nights[i].zone, TRUE);
      time = g_date_time_new_local (nights[i].day[0], nights[i].day[1], nights[i].day[2],
                                    nights[i].clock[0], nights[i].clock[1], 0);
      now = g_date_time_to_unix (time) * G_USEC_PER_SEC;
      then = now + nights[i].minutes * MINUTE;
      g_test_message ("%s", nights[i].name);
      /* What the times are good for, and that the code knows. */
      g_assert_true (wt_date_words_same_day (now, then - 1));
      g_assert_false (wt_date_words_same_day (now, then));
      g_assert_true (wt_date_words_later_day (then, now));
      g_assert_cmpint (wt_date_words_get_calendar (then), !=, wt_date_words_get_calendar (now));
      g_assert_cmpuint (wt_date_words_seconds_to_midnight (now), ==, nights[i].minutes * 60 + 1);
    }
  g_setenv ("TZ", "UTC", TRUE);
}

static gint64
berlin (int day, int month, int hour, int minute)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Berlin");
  g_autoptr (GDateTime) time = g_date_time_new (zone, 2026, month, day, hour, minute, 0);

  return g_date_time_to_unix (time) * G_USEC_PER_SEC;
}

static void
assert_short (gint64 time, gint64 now, const char *expected)
{
  g_autofree char *words = wt_date_words_short_at (time, now, FALSE);

  g_assert_cmpstr (words, ==, expected);
}

/* Yesterday is a day of the calendar, not 24 hours. */
static void
test_changed_clock (void)
{
  gint64 autumn = berlin (25, 10, 0, 10);

  g_setenv ("TZ", "Europe/Berlin", TRUE);
  assert_short (berlin (29, 3, 0, 10), berlin (29, 3, 23, 50), "00:10");
  assert_short (berlin (29, 3, 0, 10), berlin (30, 3, 0, 5), "Yesterday");
  assert_short (berlin (28, 3, 23, 59), berlin (29, 3, 0, 1), "Yesterday");
  g_assert_cmpint (berlin (25, 10, 23, 50) - autumn, >, DAY);
  assert_short (autumn, berlin (25, 10, 23, 50), "00:10");
  assert_short (autumn, berlin (26, 10, 0, 5), "Yesterday");
  assert_short (autumn, berlin (31, 10, 12, 0), "Sun");
  assert_short (autumn, berlin (1, 11, 0, 0), "25 Oct");

  /* Half past two comes twice, on one day. */
  assert_short (autumn + 140 * MINUTE, autumn, "02:30");
  assert_short (autumn + 200 * MINUTE, autumn, "02:30");
  g_setenv ("TZ", "UTC", TRUE);
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("TZ", "UTC", TRUE);
  g_test_init (&argc, &argv, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strdup_printf ("/date-words/table/%s", cases[i].name);

      g_test_add_data_func (path, &cases[i], test_case);
    }
  g_test_add_func ("/date-words/clock", test_clock);
  g_test_add_func ("/date-words/clock-chosen", test_clock_chosen);
  g_test_add_func ("/date-words/same-day", test_same_day);
  g_test_add_func ("/date-words/later-day", test_later_day);
  g_test_add_func ("/date-words/calendar", test_calendar);
  g_test_add_func ("/date-words/midnight", test_midnight);
  g_test_add_func ("/date-words/nights", test_nights);
  g_test_add_func ("/date-words/changed-clock", test_changed_clock);
  return g_test_run ();
}
