/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-about.h"

#include "wt-ui-test.h"

static void
test_debug_info (void)
{
  g_autofree char *info = wt_about_dup_debug_info ();
  const char *const wanted[] = { "Wheatear ", "GTK 4.",  "libadwaita 1.", "libsoup 3.",
                                 "SQLite 3.", "GLib 2.", "Display: Gdk" };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    g_assert_nonnull (strstr (info, wanted[i]));
  /* It is pasted where all can read it. */
  g_assert_null (strstr (info, g_get_home_dir ()));
  g_assert_null (strstr (info, g_get_host_name ()));
  g_assert_null (strchr (info, '@'));
}

static void
test_window (void)
{
  GListModel *windows = gtk_window_get_toplevels ();
  g_autoptr (GtkWindow) window = NULL;

  wt_about_present (NULL);
  g_assert_cmpuint (g_list_model_get_n_items (windows), ==, 1);
  window = g_list_model_get_item (windows, 0);
  g_assert_true (ADW_IS_ABOUT_WINDOW (window));
  g_assert_cmpint (adw_about_window_get_license_type (ADW_ABOUT_WINDOW (window)), ==,
                   GTK_LICENSE_GPL_3_0);
  g_assert_cmpstr (adw_about_window_get_release_notes (ADW_ABOUT_WINDOW (window)), !=, "");
  gtk_window_destroy (window);
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;

  g_test_add_func ("/about/debug-info", test_debug_info);
  g_test_add_func ("/about/window", test_window);

  return g_test_run ();
}
