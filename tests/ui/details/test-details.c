/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-details-pane.h"
#include "wt-settings.h"
#include "wt-ui-test.h"
#include "wt-window.h"

typedef struct
{
  GSettings *settings;
  WtProfile *profile;
  char *folder;
  WtWindow *window;
  WtSession *session;
  WtConversation *conversation;
} Fixture;

static gpointer
child (Fixture *fixture, const char *name)
{
  GObject *found = gtk_widget_get_template_child (GTK_WIDGET (fixture->window), WT_TYPE_WINDOW,
                                                  name);

  g_assert_nonnull (found);
  return found;
}

static WtDetailsPane *
get_pane (Fixture *fixture)
{
  return WT_DETAILS_PANE (adw_bin_get_child (child (fixture, "details_bin")));
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->settings = wt_settings_open (NULL, &error);
  g_assert_no_error (error);
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
  fixture->window = wt_window_new ((GtkApplication *) data, fixture->settings);
  wt_window_set_profile (fixture->window, fixture->profile, NULL);
  fixture->session = wt_ui_test_add_account (fixture->profile, "me");
  fixture->conversation = wt_ui_test_add_conversation (fixture->session, WT_CONVERSATION_GROUP,
                                                       "field");
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1200, 700);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wt_window_open_conversation (fixture->window, fixture->conversation);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer window = fixture->window;

  g_object_add_weak_pointer (G_OBJECT (window), &window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  wt_test_wait_until (window == NULL);
  g_clear_object (&fixture->conversation);
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
  g_object_unref (fixture->settings);
}

/* Nothing is read for a pane that nobody sees; closed, it forgets. */
static void
test_toggle (Fixture *fixture, gconstpointer data)
{
  AdwFlap *flap = child (fixture, "flap");

  g_assert_false (adw_flap_get_reveal_flap (flap));
  g_assert_null (wt_details_pane_get_conversation (get_pane (fixture)));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.toggle-details", NULL);
  g_assert_true (adw_flap_get_reveal_flap (flap));
  g_assert_true (wt_details_pane_get_conversation (get_pane (fixture)) == fixture->conversation);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.toggle-details", NULL);
  g_assert_null (wt_details_pane_get_conversation (get_pane (fixture)));
}

/* No place beside the messages: it covers them only when asked to. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  AdwFlap *flap = child (fixture, "flap");

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.toggle-details", NULL);
  wt_test_wait_until (!adw_flap_get_folded (flap) && gtk_widget_get_width (GTK_WIDGET (flap)) > 0);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 700);
  wt_test_wait_until (adw_flap_get_folded (flap));
  g_assert_false (adw_flap_get_reveal_flap (flap));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.toggle-details", NULL);
  g_assert_true (adw_flap_get_reveal_flap (flap));
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "members", "image", "file", "voice" };
  WtDetailsPane *pane = get_pane (fixture);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.toggle-details", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      wt_details_pane_show_list (pane, kinds[i]);
      g_assert_cmpstr (wt_details_pane_get_list (pane), ==, kinds[i]);
      wt_test_wait_until (gtk_widget_get_mapped (GTK_WIDGET (pane)));
      g_assert_true (wt_details_pane_back (pane));
      g_assert_false (wt_details_pane_back (pane));
    }
}

static void
test_level (Fixture *fixture, gconstpointer data)
{
  gint64 id = wt_conversation_get_id (fixture->conversation);

  for (int level = WT_LEVEL_NONE; level >= WT_LEVEL_ALL; level--)
    {
      gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.set-level", "(xi)", id, level);
      g_assert_cmpint (wt_conversation_get_record (fixture->conversation)->level, ==, level);
    }
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.set-level", "(xi)", id, 99);
  g_assert_cmpint (wt_conversation_get_record (fixture->conversation)->level, ==, WT_LEVEL_ALL);
}

int
main (int argc, char **argv)
{
  g_autoptr (AdwApplication) application = NULL;
  g_autoptr (GError) error = NULL;

  if (!wt_ui_test_init (&argc, &argv))
    return 77;
  application = adw_application_new ("io.github.wheatear_im.Wheatear.Test",
                                     G_APPLICATION_NON_UNIQUE);
  g_application_register (G_APPLICATION (application), NULL, &error);
  g_assert_no_error (error);
#define ADD(path, func)                                                                            \
  g_test_add ("/ui/details/" path, Fixture, application, set_up, func, tear_down)
  ADD ("toggle", test_toggle);
  ADD ("narrow", test_narrow);
  ADD ("lists", test_lists);
  ADD ("level", test_level);
  return g_test_run ();
}
