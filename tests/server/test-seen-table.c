/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-seen-table.h"

static void
test_new_free (void)
{
  g_autoptr (WtClock) clock = wt_clock_new_manual (0, 0);
  g_autoptr (WtSeenTable) table = wt_seen_table_new (clock, 10);

  g_assert_cmpuint (wt_seen_table_get_size (table), ==, 0);
}

static void
test_hour (void)
{
  g_autoptr (WtClock) clock = wt_clock_new_manual (5, 5);
  g_autoptr (WtSeenTable) table = wt_seen_table_new (clock, 10);

  g_assert_true (wt_seen_table_add (table, "a"));
  g_assert_false (wt_seen_table_add (table, "a"));
  wt_clock_advance (clock, 1800 * 1000);
  g_assert_true (wt_seen_table_add (table, "b"));
  g_assert_false (wt_seen_table_add (table, "a"));
  wt_clock_advance (clock, 1800 * 1000 - 1);
  g_assert_false (wt_seen_table_add (table, "a"));
  wt_clock_advance (clock, 1);
  /* A repeat did not prolong it. */
  g_assert_true (wt_seen_table_add (table, "a"));
  g_assert_false (wt_seen_table_add (table, "b"));
  g_assert_cmpuint (wt_seen_table_get_size (table), ==, 2);
}

static void
test_jump (void)
{
  g_autoptr (WtClock) clock = wt_clock_new_manual (0, 1000);
  g_autoptr (WtSeenTable) table = wt_seen_table_new (clock, 10);

  g_assert_true (wt_seen_table_add (table, "a"));
  wt_clock_set_real (clock, G_GINT64_CONSTANT (2000000000) * G_USEC_PER_SEC);
  g_assert_false (wt_seen_table_add (table, "a"));
}

static void
test_bounded (void)
{
  g_autoptr (WtClock) clock = wt_clock_new_manual (0, 0);
  g_autoptr (WtSeenTable) table = wt_seen_table_new (clock, 100);
  g_autofree char *long_id = g_strnfill (100000, 'x');

  g_assert_true (wt_seen_table_add (table, long_id));
  g_assert_false (wt_seen_table_add (table, long_id));
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);

      g_assert_true (wt_seen_table_add (table, id));
      g_assert_cmpuint (wt_seen_table_get_size (table), <=, 100);
    }
  g_assert_true (wt_seen_table_add (table, "0"));
  g_assert_false (wt_seen_table_add (table, "999"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/seen-table/new-free", test_new_free);
  g_test_add_func ("/server/seen-table/hour", test_hour);
  g_test_add_func ("/server/seen-table/clock-jump", test_jump);
  g_test_add_func ("/server/seen-table/bounded", test_bounded);
  return g_test_run ();
}
