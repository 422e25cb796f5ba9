/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>

#include "wt-chat-test.h"
#include "wt-date-words.h"

/* Says moments as the locale does, a line each, for a test that knows what they ought to be: in a list, above
 * messages, the clock, and in full. */

#define NOW WT_CHAT_TEST_NOW
#define DAY WT_CHAT_TEST_DAY

static void
say (gint64 time)
{
  g_autofree char *in_list = NULL;
  g_autofree char *above = wt_date_words_day_at (time, NOW);
  g_autofree char *clock = wt_date_words_clock (time);
  g_autofree char *full = wt_date_words_full (time);

  /* The clock of today is what the locale, or the desktop, decides. */
  in_list = time == NOW ? g_strdup (clock) : wt_date_words_short_at (time, NOW, FALSE);
  g_print ("%s|%s|%s|%s\n", in_list, above, clock, full);
}

/* say-dates CATALOGUES [12|24] */
int
main (int argc, char **argv)
{
  static const gint64 moments[] = { NOW, NOW - DAY, NOW - 2 * DAY, NOW - 30 * DAY,
                                    NOW - 400 * DAY };

  g_assert_cmpint (argc, >=, 2);
  if (setlocale (LC_ALL, "") == NULL)
    return 77;
  bindtextdomain (GETTEXT_PACKAGE, argv[1]);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  if (argc > 2)
    wt_date_words_set_clock (g_str_equal (argv[2], "12") ? WT_DATE_CLOCK_12 : WT_DATE_CLOCK_24);
  for (guint i = 0; i < G_N_ELEMENTS (moments); i++)
    say (moments[i]);
  return 0;
}
