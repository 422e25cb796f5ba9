/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib.h>

#include "wt-display-text.h"
#include "wt-faces.h"

static void
test_known (void)
{
  g_assert_cmpstr (wt_faces_get_emoji ("0"), ==, "😲");
  g_assert_cmpstr (wt_faces_get_emoji ("14"), ==, "🙂");
  g_assert_cmpstr (wt_faces_get_emoji ("76"), ==, "👍");
  g_assert_cmpstr (wt_faces_get_emoji ("179"), ==, "🐶");
  g_assert_cmpstr (wt_faces_get_emoji ("357"), ==, "💔");
  g_assert_cmpstr (wt_faces_get_emoji ("微笑"), ==, "🙂");
  g_assert_cmpstr (wt_faces_get_emoji ("/捂脸"), ==, "🤦");
  g_assert_nonnull (wt_faces_get_name ("264"));
}

static void
test_unknown (void)
{
  static const char *const ids[] = { "",   "-1",  "45",  "9999", "99999999999",
                                     "1 ", "0x1", "14a", "/",    "abc" };

  for (guint i = 0; i < G_N_ELEMENTS (ids); i++)
    {
      g_assert_null (wt_faces_get_emoji (ids[i]));
      g_assert_null (wt_faces_get_name (ids[i]));
    }
}

/* Every one that is found is one emoji, so that a message of one alone is large; the classic ones are all there. */
static void
test_table (void)
{
  guint n_known = 0;

  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *id = g_strdup_printf ("%u", i);
      const char *emoji = wt_faces_get_emoji (id);

      if (emoji == NULL)
        continue;
      n_known++;
      g_test_message ("face %u", i);
      g_assert_cmpuint (wt_display_text_count_emoji (emoji), ==, 1);
      g_assert_cmpint (*wt_faces_get_name (id), !=, '\0');
    }
  g_assert_cmpuint (n_known, >, 250);
  for (guint i = 0; i < 38; i++)
    {
      if (i == 17)
        continue; /* there is none */

      g_autofree char *id = g_strdup_printf ("%u", i);

      g_assert_nonnull (wt_faces_get_emoji (id));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/faces/known", test_known);
  g_test_add_func ("/faces/unknown", test_unknown);
  g_test_add_func ("/faces/table", test_table);
  return g_test_run ();
}
