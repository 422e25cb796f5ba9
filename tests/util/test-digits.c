/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-digits.h"

#define STARTS 60

static void
test_numbers (void)
{
  static const struct
  {
    const char *text;
    guint64 most;
    gboolean fine;
    guint64 value;
  } cases[] = {
    { "0", 0, TRUE, 0 },
    { "007", 7, TRUE, 7 },
    { "65535", 65535, TRUE, 65535 },
    { "65536", 65535, FALSE, 0 },
    { "18446744073709551615", G_MAXUINT64, TRUE, G_MAXUINT64 },
    { "18446744073709551616", G_MAXUINT64, FALSE, 0 },
    { "99999999999999999999", G_MAXUINT64, FALSE, 0 },
    { "", 9, FALSE, 0 },
    { " 1", 9, FALSE, 0 },
    { "1 ", 9, FALSE, 0 },
    { "+1", 9, FALSE, 0 },
    { "-1", 9, FALSE, 0 },
    { "0x1", 9, FALSE, 0 },
    { "1e0", 9, FALSE, 0 },
    { "١", 9, FALSE, 0 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      guint64 value = 0;

      g_assert_cmpint (wt_digits_parse (cases[i].text, cases[i].most, &value), ==, cases[i].fine);
      g_assert_cmpuint (value, ==, cases[i].value);
    }
}

/* The first numbers that a program reads, in several threads at once. */
static void
test_first (void)
{
  char *command[] = { (char *) g_getenv ("WT_TEST_FIRST_DIGITS"), NULL };

  for (guint i = 0; i < STARTS; i++)
    {
      g_autoptr (GError) error = NULL;
      int status = 0;

      g_spawn_sync (NULL, command, NULL, G_SPAWN_DEFAULT, NULL, NULL, NULL, NULL, &status, &error);
      g_assert_no_error (error);
      g_assert_cmpint (status, ==, 0);
    }
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/digits/numbers", test_numbers);
  g_test_add_func ("/digits/first", test_first);
  return g_test_run ();
}
