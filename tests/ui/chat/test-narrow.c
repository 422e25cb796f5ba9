/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-account-dialog.h"
#include "wt-chat-profile.h"
#include "wt-chat-test.h"
#include "wt-chat-view.h"
#include "wt-check-dialog.h"
#include "wt-inspector-window.h"
#include "wt-new-chat-dialog.h"
#include "wt-preferences.h"
#include "wt-settings.h"
#include "wt-ui-test.h"
#include "wt-window.h"

/* Nothing needs more room than a narrow window has, with letters twice as large as usual, and messages larger still. */

#define NARROW 360
#define DPI 96
#define MESSAGES 1.5

typedef struct
{
  GtkApplication *application; /* borrowed */
  GSettings *settings;
  WtProfile *profile;
  char *folder;
  WtSession *session; /* borrowed */
  WtConversation *conversation;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  g_object_set (gtk_settings_get_default (), "gtk-xft-dpi", 2 * DPI * PANGO_SCALE, NULL);
  fixture->application = (GtkApplication *) data;
  fixture->settings = wt_settings_open (NULL, &error);
  g_assert_no_error (error);
  g_settings_set_double (fixture->settings, "text-scale", MESSAGES);
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  g_clear_object (&fixture->conversation);
  while (g_main_context_iteration (NULL, FALSE))
    ;
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
  g_settings_reset (fixture->settings, "text-scale");
  g_object_unref (fixture->settings);
}

static void
add_group (Fixture *fixture)
{
  fixture->session = wt_ui_test_add_account (fixture->profile, "me");
  fixture->conversation = wt_ui_test_add_conversation (
      fixture->session, WT_CONVERSATION_GROUP, "麦田 · The Wheat Field, where everybody meets");
}

/* Of a window what is in it: without a compositor GTK draws a frame of its own around that. */
static int
get_width (GtkWidget *widget)
{
  GtkWidget *measured = GTK_IS_WINDOW (widget) ? gtk_widget_get_first_child (widget) : widget;
  int width;

  gtk_widget_measure (measured, GTK_ORIENTATION_HORIZONTAL, -1, &width, NULL, NULL, NULL);
  return width;
}

/* Down to those whose children are not to blame by themselves. */
static void
blame (GtkWidget *widget, guint depth)
{
  GtkWidget *child;

  g_test_message ("%*s%s %s.%s needs %d", (int) depth, "", G_OBJECT_TYPE_NAME (widget),
                  gtk_widget_get_css_name (widget),
                  GTK_IS_LABEL (widget) ? gtk_label_get_text (GTK_LABEL (widget)) : "",
                  get_width (widget));
  for (child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      if (gtk_widget_get_visible (child) && !GTK_IS_NATIVE (child)
          && get_width (child) > NARROW / 5)
        blame (child, depth + 1);
    }
}

static void
assert_narrow (GtkWidget *widget, const char *what)
{
  int width = get_width (widget);

  if (width <= NARROW)
    return;

  g_test_message ("%s needs %d", what, width);
  blame (widget, 0);
  g_test_fail ();
}

static void
assert_dialog (GtkWidget *dialog, const char *what)
{
  assert_narrow (dialog, what);
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* As narrow as it becomes, with all that is shown then. */
static void
show_narrow (WtWindow *window)
{
  AdwLeaflet *leaflet = ADW_LEAFLET (
      wt_chat_test_find (GTK_WIDGET (window), ADW_TYPE_LEAFLET, NULL));

  gtk_window_set_default_size (GTK_WINDOW (window), NARROW, 640);
  gtk_window_present (GTK_WINDOW (window));
  wt_test_wait_until (gtk_widget_get_width (GTK_WIDGET (window)) > 0);
  wt_chat_test_wait_painted (GTK_WIDGET (window));
  g_assert_true (adw_leaflet_get_folded (leaflet));
}

static void
close_window (WtWindow *window)
{
  gpointer weak = window;

  g_object_add_weak_pointer (G_OBJECT (window), &weak);
  gtk_window_close (GTK_WINDOW (window));
  wt_test_wait_until (weak == NULL);
}

static void
receive (Fixture *fixture, const char *json)
{
  wt_stored_message_free (wt_chat_profile_store (fixture->profile, fixture->conversation,
                                                 "somebody with a name that is long",
                                                 wt_chat_test_parse_segment (json)));
}

static void
test_chat (Fixture *fixture, gconstpointer data)
{
  WtWindow *window = wt_window_new (fixture->application, fixture->settings);
  GtkWidget *widget = GTK_WIDGET (window);
  GtkWidget *entry, *view;

  wt_window_set_profile (window, fixture->profile, NULL);
  add_group (fixture);
  receive (fixture, "{\"type\":\"text\",\"data\":\"The wheat is ripe: https://example.org/"
                    "a/long/address/that/has/no/end/and/no/blank\"}");
  receive (fixture, "{\"type\":\"file\",\"data\":{\"name\":\"field-notes-of-the-year.txt\","
                    "\"size\":\"5\",\"url\":\"https://example.org/notes\"}}");
  receive (fixture, "{\"type\":\"image\",\"data\":\"https://example.org/field.png\"}");
  receive (fixture, "{\"type\":\"voice\",\"data\":\"https://example.org/lark.wav\"}");
  show_narrow (window);
  wt_window_open_conversation (window, fixture->conversation);
  view = wt_chat_test_find (widget, WT_TYPE_CHAT_VIEW, NULL);
  wt_chat_test_wait_painted (view);
  assert_narrow (widget, "the messages");
  gtk_widget_activate_action (widget, "win.find", NULL);
  entry = GTK_WIDGET (gtk_root_get_focus (GTK_ROOT (window)));
  g_assert_true (GTK_IS_EDITABLE (entry));
  gtk_editable_set_text (GTK_EDITABLE (entry), "wheat");
  wt_test_wait_until (wt_chat_test_find (view, GTK_TYPE_WIDGET, "highlighted") != NULL);
  assert_narrow (widget, "a hit");
  gtk_editable_set_text (GTK_EDITABLE (entry), "nowhere to be found, whatever one tries");
  assert_narrow (widget, "no hit");
  gtk_widget_activate_action (widget, "win.toggle-details", NULL);
  assert_narrow (widget, "the details");
  close_window (window);
}

static void
test_window (Fixture *fixture, gconstpointer data)
{
  WtWindow *window = wt_window_new (fixture->application, fixture->settings);
  GtkWidget *widget = GTK_WIDGET (window);

  assert_narrow (widget, "the window while it opens");
  wt_window_show_failure (window, "The messages could not be opened", "There is no room left.");
  assert_narrow (widget, "the window that failed");
  wt_window_set_profile (window, fixture->profile, NULL);
  assert_narrow (widget, "the welcome page");
  add_group (fixture);
  show_narrow (window);
  assert_narrow (widget, "the list");
  wt_window_open_conversation (window, fixture->conversation);
  assert_narrow (widget, "the chat");
  close_window (window);
}

static void
test_accounts (Fixture *fixture, gconstpointer data)
{
  add_group (fixture);
  assert_dialog (wt_account_dialog_new (fixture->profile, NULL), "a new account");
  assert_dialog (
      wt_account_dialog_new (fixture->profile, wt_session_get_account (fixture->session)),
      "an account");
  assert_dialog (wt_check_dialog_new (fixture->profile, wt_session_get_account (fixture->session)),
                 "the check");
  assert_dialog (wt_new_chat_dialog_new (fixture->profile, WT_CONVERSATION_DIRECT), "a new chat");
  assert_dialog (wt_new_chat_dialog_new (fixture->profile, WT_CONVERSATION_GROUP), "a new group");
}

static void
test_preferences (Fixture *fixture, gconstpointer data)
{
  add_group (fixture);
  assert_dialog (wt_preferences_new (fixture->settings, fixture->profile), "the preferences");
}

static void
test_inspector (Fixture *fixture, gconstpointer data)
{
  GtkWidget *inspector;
  AdwLeaflet *leaflet;

  add_group (fixture);
  inspector = wt_inspector_window_new (wt_profile_get_sessions (fixture->profile));
  leaflet = ADW_LEAFLET (wt_chat_test_find (inspector, ADW_TYPE_LEAFLET, NULL));
  gtk_window_set_default_size (GTK_WINDOW (inspector), NARROW, 640);
  gtk_window_present (GTK_WINDOW (inspector));
  wt_test_wait_until (adw_leaflet_get_folded (leaflet));
  assert_dialog (inspector, "the inspector");
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

#define ADD(name, func)                                                                            \
  g_test_add ("/ui/narrow/" name, Fixture, application, set_up, func, tear_down)
  ADD ("window", test_window);
  ADD ("chat", test_chat);
  ADD ("accounts", test_accounts);
  ADD ("preferences", test_preferences);
  ADD ("inspector", test_inspector);
  return g_test_run ();
}
