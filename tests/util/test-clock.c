/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-clock.h"
#include "wt-test.h"

static gboolean
append_time (gpointer data)
{
  gpointer *pair = data;

  g_string_append_printf (pair[0], "%" G_GINT64_FORMAT " ", wt_clock_get_monotonic (pair[1]));
  return G_SOURCE_REMOVE;
}

static void
test_manual_order (void)
{
  g_autoptr (WtClock) clock = wt_clock_new_manual (0, 5000000);
  g_autoptr (GString) log = g_string_new (NULL);
  gpointer pair[] = { log, clock };

  wt_clock_add_timeout (clock, 30, append_time, pair, NULL);
  wt_clock_add_timeout (clock, 10, append_time, pair, NULL);
  guint removed = wt_clock_add_timeout (clock, 20, append_time, pair, NULL);
  wt_clock_remove_timeout (clock, removed);
  wt_clock_advance (clock, 9);
  g_assert_cmpstr (log->str, ==, "");
  wt_clock_advance (clock, 100);
  g_assert_cmpstr (log->str, ==, "10000 30000 ");
  g_assert_cmpint (wt_clock_get_monotonic (clock), ==, 109000);
  g_assert_cmpint (wt_clock_get_real (clock), ==, 5109000);
}

static gboolean
count_to_three (gpointer data)
{
  int *count = data;

  return ++*count < 3 ? G_SOURCE_CONTINUE : G_SOURCE_REMOVE;
}

static void
test_manual_repeats (void)
{
  g_autoptr (WtClock) clock = wt_clock_new_manual (0, 0);
  int count = 0;

  wt_clock_add_timeout (clock, 10, count_to_three, &count, NULL);
  wt_clock_advance (clock, 1000);
  g_assert_cmpint (count, ==, 3);
}

static void
test_real_jumps (void)
{
  g_autoptr (WtClock) clock = wt_clock_new_manual (7, 100);

  wt_clock_set_real (clock, 3);
  g_assert_cmpint (wt_clock_get_real (clock), ==, 3);
  g_assert_cmpint (wt_clock_get_monotonic (clock), ==, 7);
}

static void
mark (gpointer data)
{
  *(gboolean *) data = TRUE;
}

static void
test_system (void)
{
  g_autoptr (WtClock) clock = wt_clock_new ();
  gboolean freed = FALSE, dropped = FALSE;
  int count = 0;

  g_assert_cmpint (wt_clock_get_monotonic (clock), <=, g_get_monotonic_time ());
  wt_clock_add_timeout (clock, 1, count_to_three, &count, NULL);
  wt_test_wait_until (count == 3);

  guint id = wt_clock_add_timeout (clock, 100000, count_to_three, &freed, mark);
  wt_clock_remove_timeout (clock, id);
  g_assert_true (freed);

  wt_clock_add_timeout (clock, 100000, count_to_three, &dropped, mark);
  g_clear_object (&clock);
  g_assert_true (dropped);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/clock/manual/order", test_manual_order);
  g_test_add_func ("/clock/manual/repeats", test_manual_repeats);
  g_test_add_func ("/clock/manual/real-jumps", test_real_jumps);
  g_test_add_func ("/clock/system", test_system);
  return g_test_run ();
}
