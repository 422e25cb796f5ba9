/* SPDX-License-Identifier: GPL-3.0-or-later */

#include "wt-dialect.h"

static void
test_names (void)
{
  static const WtDialect dialects[] = { WT_DIALECT_GUIDE, WT_DIALECT_MAIBOT };

  for (guint i = 0; i < G_N_ELEMENTS (dialects); i++)
    {
      WtDialect dialect = dialects[1 - i];

      g_assert_true (wt_dialect_from_string (wt_dialect_to_string (dialects[i]), &dialect));
      g_assert_cmpint (dialect, ==, dialects[i]);
    }
}

static void
test_unknown (void)
{
  static const char *const names[] = { NULL, "", "qq", "guide ", "maibot2" };
  WtDialect dialect = WT_DIALECT_MAIBOT;

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    g_assert_false (wt_dialect_from_string (names[i], &dialect));
  g_assert_cmpint (dialect, ==, WT_DIALECT_MAIBOT);
  g_assert_true (wt_dialect_from_string ("MaiBot", NULL));
}

/* They are on disk. */
static void
test_numbers (void)
{
  g_assert_cmpint (WT_DIALECT_GUIDE, ==, 0);
  g_assert_cmpint (WT_DIALECT_MAIBOT, ==, 1);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/dialect/names", test_names);
  g_test_add_func ("/dialect/unknown", test_unknown);
  g_test_add_func ("/dialect/numbers", test_numbers);

  return g_test_run ();
}
