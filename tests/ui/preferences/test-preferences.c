/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-preferences.h"

#include "wt-settings.h"
#include "wt-spell-checker.h"
#include "wt-ui-test.h"

typedef struct
{
  GSettings *settings;
  WtProfile *profile;
  char *folder;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->settings = wt_settings_open (NULL, &error);
  g_assert_no_error (error);
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
  fixture->window = wt_preferences_new (fixture->settings, fixture->profile);
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  wt_test_wait_until (fixture->window == NULL);
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
  g_object_unref (fixture->settings);
}

static gpointer
child (Fixture *fixture, const char *name)
{
  GObject *found = gtk_widget_get_template_child (fixture->window, WT_TYPE_PREFERENCES, name);

  g_assert_nonnull (found);
  return found;
}

static const char *
get_page (Fixture *fixture)
{
  return adw_preferences_window_get_visible_page_name (ADW_PREFERENCES_WINDOW (fixture->window));
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  const char *const names[] = { "storage", "accounts", "notifications", "chats", "general" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      wt_preferences_show_page (WT_PREFERENCES (fixture->window), names[i]);
      g_assert_cmpstr (get_page (fixture), ==, names[i]);
    }
}

/* Nothing speaks of what the program cannot do as it is built. */
static void
test_spelling (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpint (gtk_widget_get_visible (child (fixture, "spelling_row")), ==,
                   wt_spell_checker_is_available ());
}

/* Each switch is its setting, both ways. */
static void
test_switches (Fixture *fixture, gconstpointer data)
{
  const struct
  {
    const char *key;
    const char *widget;
  } switches[] = {
    { "enter-sends", "enter_sends" },       { "check-spelling", "check_spelling" },
    { "scale-pictures", "scale_pictures" }, { "notifications", "notifications" },
    { "notification-preview", "preview" },  { "run-in-background", "background" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (switches); i++)
    {
      GtkSwitch *widget = child (fixture, switches[i].widget);
      gboolean before = g_settings_get_boolean (fixture->settings, switches[i].key);

      g_assert_cmpint (gtk_switch_get_active (widget), ==, before);
      gtk_switch_set_active (widget, !before);
      g_assert_cmpint (g_settings_get_boolean (fixture->settings, switches[i].key), ==, !before);
      g_settings_set_boolean (fixture->settings, switches[i].key, before);
      g_assert_cmpint (gtk_switch_get_active (widget), ==, before);
    }
}

static void
test_choices (Fixture *fixture, gconstpointer data)
{
  AdwComboRow *style = child (fixture, "style");
  AdwComboRow *remote = child (fixture, "remote_pictures");
  g_autofree char *stored_style = NULL;
  g_autofree char *stored_remote = NULL;

  g_assert_cmpuint (adw_combo_row_get_selected (style), ==, 0);
  adw_combo_row_set_selected (style, 2);
  stored_style = g_settings_get_string (fixture->settings, "style");
  g_assert_cmpstr (stored_style, ==, "dark");
  g_assert_cmpuint (adw_combo_row_get_selected (remote), ==, 1);
  adw_combo_row_set_selected (remote, 2);
  stored_remote = g_settings_get_string (fixture->settings, "remote-pictures");
  g_assert_cmpstr (stored_remote, ==, "never");
  g_settings_reset (fixture->settings, "style");
  g_settings_reset (fixture->settings, "remote-pictures");
}

static void
test_without_profile (void)
{
  g_autoptr (GSettings) settings = wt_settings_open (NULL, NULL);
  GtkWidget *window = wt_preferences_new (settings, NULL);

  g_object_add_weak_pointer (G_OBJECT (window), (gpointer *) &window);
  gtk_window_present (GTK_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
  wt_test_wait_until (window == NULL);
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;

#define ADD(name, func) g_test_add ("/preferences/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("pages", test_pages);
  ADD ("spelling", test_spelling);
  ADD ("switches", test_switches);
  ADD ("choices", test_choices);
  g_test_add_func ("/preferences/without-profile", test_without_profile);

  return g_test_run ();
}
