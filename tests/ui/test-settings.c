/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-settings.h"

#include "wt-ui-test.h"

static void
test_keyfile (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *folder = g_dir_make_tmp ("wheatear-test-XXXXXX", &error);
  g_autofree char *path = g_build_filename (folder, "settings.ini", NULL);
  g_autofree char *contents = NULL;

  g_assert_no_error (error);
  {
    g_autoptr (GSettings) settings = wt_settings_open (folder, &error);

    g_assert_no_error (error);
    g_assert_true (g_settings_get_boolean (settings, "enter-sends"));
    g_settings_set_boolean (settings, "enter-sends", FALSE);
    g_settings_sync ();
  }
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (contents, "enter-sends=false"));
  {
    g_autoptr (GSettings) again = wt_settings_open (folder, &error);

    g_assert_false (g_settings_get_boolean (again, "enter-sends"));
  }
  wt_test_remove_folder (folder);
}

/* A new account takes the number as it is. */
static void
test_remote_pictures (void)
{
  static const char *const names[] = { "ask", "always", "never" };
  static const WtRemotePictures values[] = { WT_REMOTE_ASK, WT_REMOTE_ALWAYS, WT_REMOTE_NEVER };
  g_autoptr (GError) error = NULL;
  g_autoptr (GSettings) settings = wt_settings_open (NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (g_settings_get_enum (settings, "remote-pictures"), ==, WT_REMOTE_ASK);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_assert_true (g_settings_set_string (settings, "remote-pictures", names[i]));
      g_assert_cmpint (g_settings_get_enum (settings, "remote-pictures"), ==, (int) values[i]);
    }
  g_settings_reset (settings, "remote-pictures");
}

/* A missing schema is an error to be told, not the program's end. */
static void
test_missing (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GError) error = NULL;

      g_setenv ("GSETTINGS_SCHEMA_DIR", "/nonexistent", TRUE);
      g_setenv ("XDG_DATA_DIRS", "/nonexistent", TRUE);
      g_setenv ("XDG_DATA_HOME", "/nonexistent", TRUE);
      g_assert_null (wt_settings_open (NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND);
      return;
    }
  g_test_trap_subprocess (NULL, 0, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/ui/settings/keyfile", test_keyfile);
  g_test_add_func ("/ui/settings/remote-pictures", test_remote_pictures);
  g_test_add_func ("/ui/settings/missing", test_missing);
  return g_test_run ();
}
