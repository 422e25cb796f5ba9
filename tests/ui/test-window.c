/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-window.h"

#include "wt-opening-page.h"
#include "wt-settings.h"
#include "wt-ui-test.h"

typedef struct
{
  GtkApplication *application; /* borrowed */
  GSettings *settings;
  WtProfile *profile;
  char *folder;
  WtWindow *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GError) error = NULL;

  fixture->application = (GtkApplication *) data;
  fixture->settings = wt_settings_open (NULL, &error);
  g_assert_no_error (error);
  /* Not as narrow as another test has left it. */
  g_settings_reset (fixture->settings, "window-width");
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
  fixture->window = wt_window_new (fixture->application, fixture->settings);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gpointer window = fixture->window;

  g_object_add_weak_pointer (G_OBJECT (window), &window);
  gtk_window_close (GTK_WINDOW (fixture->window));
  wt_test_wait_until (window == NULL);
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
  g_object_unref (fixture->settings);
}

static gpointer
child (Fixture *fixture, const char *name)
{
  GObject *found = gtk_widget_get_template_child (GTK_WIDGET (fixture->window), WT_TYPE_WINDOW,
                                                  name);

  g_assert_nonnull (found);
  return found;
}

static const char *
get_page (Fixture *fixture)
{
  return gtk_stack_get_visible_child_name (child (fixture, "pages"));
}

static void
test_pages (Fixture *fixture, gconstpointer data)
{
  g_assert_cmpstr (get_page (fixture), ==, "opening");
  wt_window_set_profile (fixture->window, fixture->profile, NULL);
  g_assert_cmpstr (get_page (fixture), ==, "welcome");
  wt_ui_test_add_account (fixture->profile, "me");
  g_assert_cmpstr (get_page (fixture), ==, "main");
}

static guint
count_spinning (GtkWidget *widget, gboolean mapped)
{
  guint n = GTK_IS_SPINNER (widget) && gtk_spinner_get_spinning (GTK_SPINNER (widget))
                    && gtk_widget_get_mapped (widget) == mapped
                ? 1
                : 0;

  for (GtkWidget *at = gtk_widget_get_first_child (widget); at != NULL;
       at = gtk_widget_get_next_sibling (at))
    n += count_spinning (at, mapped);
  return n;
}

/* What turns out of sight lets the window paint frame after frame for nothing. */
static void
test_rests (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);

  wt_test_wait_until (gtk_widget_get_mapped (window));
  g_assert_cmpuint (count_spinning (window, TRUE), ==, 1);
  g_assert_cmpuint (count_spinning (window, FALSE), ==, 0);
  wt_window_set_profile (fixture->window, fixture->profile, NULL);
  wt_test_wait_until (count_spinning (window, TRUE) == 0);
  g_assert_cmpuint (count_spinning (window, FALSE), ==, 0);
}

/* What Tab comes to: whether it is the button, or in it. */
static gboolean
tab_comes_to (Fixture *fixture, GtkDirectionType direction, GType type, const char *label)
{
  GtkWidget *focus;

  g_signal_emit_by_name (fixture->window, "move-focus", direction);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  if (focus != NULL && label == NULL)
    return gtk_widget_get_ancestor (focus, type) != NULL;
  return focus != NULL && G_OBJECT_TYPE (focus) == type
         && g_strcmp0 (gtk_button_get_label (GTK_BUTTON (focus)), label) == 0;
}

/* Tab goes round by the main menu, in both directions. (Nobody offers a demo here.) */
static void
test_welcome_tab (Fixture *fixture, gconstpointer data)
{
  GtkWidget *focus;

  wt_window_set_profile (fixture->window, fixture->profile, NULL);
  wt_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->window)) > 0);
  focus = gtk_root_get_focus (GTK_ROOT (fixture->window));
  g_assert_true (GTK_IS_BUTTON (focus));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (focus)), ==, "_Add a Server");
  gtk_window_set_focus (GTK_WINDOW (fixture->window), NULL);
  for (guint round = 0; round < 2; round++)
    {
      g_assert_true (tab_comes_to (fixture, GTK_DIR_TAB_FORWARD, GTK_TYPE_MENU_BUTTON, NULL));
      g_assert_true (tab_comes_to (fixture, GTK_DIR_TAB_FORWARD, GTK_TYPE_BUTTON, "_Add a Server"));
    }
  g_assert_true (tab_comes_to (fixture, GTK_DIR_TAB_BACKWARD, GTK_TYPE_MENU_BUTTON, NULL));
  g_assert_true (tab_comes_to (fixture, GTK_DIR_TAB_BACKWARD, GTK_TYPE_BUTTON, "_Add a Server"));
}

static void
test_failure (Fixture *fixture, gconstpointer data)
{
  GObject *page;

  wt_window_show_failure (fixture->window, "What", "Do <this> & that");
  g_assert_cmpstr (get_page (fixture), ==, "opening");
  page = gtk_widget_get_template_child (gtk_stack_get_visible_child (child (fixture, "pages")),
                                        WT_TYPE_OPENING_PAGE, "page");
  g_assert_cmpstr (adw_status_page_get_title (ADW_STATUS_PAGE (page)), ==, "What");
  g_assert_cmpstr (adw_status_page_get_description (ADW_STATUS_PAGE (page)), ==,
                   "Do &lt;this&gt; &amp; that");
}

static void
test_folds (Fixture *fixture, gconstpointer data)
{
  AdwLeaflet *leaflet = child (fixture, "leaflet");
  WtSession *session;
  g_autoptr (WtConversation) conversation = NULL;

  wt_window_set_profile (fixture->window, fixture->profile, NULL);
  session = wt_ui_test_add_account (fixture->profile, "me");
  conversation = wt_ui_test_add_conversation (session, WT_CONVERSATION_GROUP, "wheat-field");

  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1000, 600);
  /* A size that is asked for while another is on its way gets lost where there is no window manager. */
  wt_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->window)) > 900);
  wt_test_wait_until (!adw_leaflet_get_folded (leaflet));
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 360, 600);
  wt_test_wait_until (adw_leaflet_get_folded (leaflet));
  wt_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->window)) <= 400);

  wt_window_open_conversation (fixture->window, conversation);
  g_assert_true (wt_window_get_conversation (fixture->window) == conversation);
  g_assert_true (adw_leaflet_get_visible_child (leaflet) == child (fixture, "chat_page"));
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.back", NULL);
  g_assert_true (adw_leaflet_get_visible_child (leaflet) == child (fixture, "side"));
}

/* Closed, a search of all messages leads back to where one was: made narrow then, the window shows the chat. */
static void
test_search_and_back (Fixture *fixture, gconstpointer data)
{
  AdwLeaflet *leaflet = child (fixture, "leaflet");
  GtkStack *side = child (fixture, "side");
  GtkRoot *root = GTK_ROOT (fixture->window);
  WtSession *session;
  g_autoptr (WtConversation) conversation = NULL;
  GtkWidget *composer;

  wt_window_set_profile (fixture->window, fixture->profile, NULL);
  session = wt_ui_test_add_account (fixture->profile, "me");
  conversation = wt_ui_test_add_conversation (session, WT_CONVERSATION_GROUP, "wheat-field");
  wt_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->window)) > 900);
  wt_test_wait_until (!adw_leaflet_get_folded (leaflet));
  wt_window_open_conversation (fixture->window, conversation);
  composer = gtk_root_get_focus (root);
  g_assert_true (gtk_widget_is_ancestor (composer, child (fixture, "chat_page")));
  wt_test_wait_until (gtk_widget_get_mapped (composer));

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.find-everywhere", NULL);
  g_assert_true (adw_leaflet_get_visible_child (leaflet) == GTK_WIDGET (side));
  g_signal_emit_by_name (gtk_stack_get_visible_child (side), "closed");
  g_assert_true (gtk_root_get_focus (root) == composer);
  g_assert_true (adw_leaflet_get_visible_child (leaflet) == child (fixture, "chat_page"));
}

static void
test_delete (Fixture *fixture, gconstpointer data)
{
  WtSession *session;
  WtConversation *conversation;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  wt_window_set_profile (fixture->window, fixture->profile, NULL);
  session = wt_ui_test_add_account (fixture->profile, "me");
  conversation = wt_ui_test_add_conversation (session, WT_CONVERSATION_DIRECT, "alice");
  wt_window_open_conversation (fixture->window, conversation);

  wt_session_delete_conversation_async (session, conversation, NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  wt_session_delete_conversation_finish (session, result, &error);
  g_assert_no_error (error);
  wt_test_wait_until (wt_window_get_conversation (fixture->window) == NULL);
  g_object_unref (conversation);
}

static void
test_flags (Fixture *fixture, gconstpointer data)
{
  WtSession *session;
  g_autoptr (WtConversation) conversation = NULL;
  gint64 id;

  wt_window_set_profile (fixture->window, fixture->profile, NULL);
  session = wt_ui_test_add_account (fixture->profile, "me");
  conversation = wt_ui_test_add_conversation (session, WT_CONVERSATION_DIRECT, "alice");
  id = wt_conversation_get_id (conversation);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.set-pinned", "(xb)", id, TRUE);
  wt_test_wait_until (wt_conversation_get_record (conversation)->pinned);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.set-level", "(xi)", id,
                              WT_LEVEL_NONE);
  wt_test_wait_until (wt_conversation_get_record (conversation)->level == WT_LEVEL_NONE);
  g_assert_true (wt_conversation_get_record (conversation)->pinned);
}

static const char *
get_title (Fixture *fixture)
{
  return gtk_window_get_title (GTK_WINDOW (fixture->window));
}

/* It counts what the user wants to hear of, and nothing else. */
static void
test_title (Fixture *fixture, gconstpointer data)
{
  WtSession *session;
  g_autoptr (WtConversation) conversation = NULL;
  g_autoptr (WtConversationRecord) record = NULL;

  wt_window_set_profile (fixture->window, fixture->profile, NULL);
  g_assert_cmpstr (get_title (fixture), ==, "Wheatear");
  session = wt_ui_test_add_account (fixture->profile, "me");
  conversation = wt_ui_test_add_conversation (session, WT_CONVERSATION_GROUP, "field");
  record = wt_conversation_record_copy (wt_conversation_get_record (conversation));
  record->last_seq = 3;
  record->unread = 3;
  record->mentions = 1;
  wt_conversation_update (conversation, record);
  g_assert_cmpstr (get_title (fixture), ==, "(3) Wheatear");
  wt_session_set_level (session, conversation, WT_LEVEL_MENTIONS);
  g_assert_cmpstr (get_title (fixture), ==, "(1) Wheatear");
  wt_session_set_level (session, conversation, WT_LEVEL_NONE);
  g_assert_cmpstr (get_title (fixture), ==, "Wheatear");
  wt_session_set_level (session, conversation, WT_LEVEL_ALL);
  g_assert_cmpstr (get_title (fixture), ==, "(3) Wheatear");
  wt_session_set_flags (session, conversation, FALSE, TRUE);
  g_assert_cmpstr (get_title (fixture), ==, "Wheatear");
}

static void
test_state_is_kept (Fixture *fixture, gconstpointer data)
{
  g_settings_set_string (fixture->settings, "sidebar-pane", "groups");
  g_settings_set_int (fixture->settings, "window-width", 777);

  WtWindow *other = wt_window_new (fixture->application, fixture->settings);
  int width = 0, height = 0;

  gtk_window_get_default_size (GTK_WINDOW (other), &width, &height);
  g_assert_cmpint (width, ==, 777);
  g_settings_set_int (fixture->settings, "window-width", 500);
  gtk_window_close (GTK_WINDOW (other));
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
  g_test_add ("/ui/window/pages", Fixture, application, set_up, test_pages, tear_down);
  g_test_add ("/ui/window/rests", Fixture, application, set_up, test_rests, tear_down);
  g_test_add ("/ui/window/welcome-tab", Fixture, application, set_up, test_welcome_tab, tear_down);
  g_test_add ("/ui/window/failure", Fixture, application, set_up, test_failure, tear_down);
  g_test_add ("/ui/window/folds", Fixture, application, set_up, test_folds, tear_down);
  g_test_add ("/ui/window/search-and-back", Fixture, application, set_up, test_search_and_back,
              tear_down);
  g_test_add ("/ui/window/delete", Fixture, application, set_up, test_delete, tear_down);
  g_test_add ("/ui/window/flags", Fixture, application, set_up, test_flags, tear_down);
  g_test_add ("/ui/window/title", Fixture, application, set_up, test_title, tear_down);
  g_test_add ("/ui/window/state-is-kept", Fixture, application, set_up, test_state_is_kept,
              tear_down);
  return g_test_run ();
}
