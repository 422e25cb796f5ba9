/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-accounts-page.h"

#include "wt-account-dialog.h"
#include "wt-account-mark.h"
#include "wt-account-removal.h"
#include "wt-account-store.h"
#include "wt-accounts-row.h"
#include "wt-api-server.h"
#include "wt-check-list.h"
#include "wt-ui-test.h"
#include "wt-welcome-page.h"

#include "wt-found-servers.h"

typedef struct
{
  char *folder;
  WtProfile *profile;
  WtApiServer *server;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
  fixture->server = wt_api_server_new ();
  wt_api_server_add_key (fixture->server, "key", "me");
  wt_api_server_add_key (fixture->server, "new", "me");
  g_assert_true (wt_api_server_listen (fixture->server, "127.0.0.1", 0, NULL));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
  wt_api_server_stop (fixture->server);
  g_object_unref (fixture->server);
}

static WtSession *
add_account (Fixture *fixture, const char *user_id)
{
  g_autoptr (WtAccountRecord) record = wt_ui_test_make_account (user_id);
  g_autoptr (GAsyncResult) result = NULL;

  g_free (record->url);
  record->url = wt_api_server_get_url (fixture->server);
  wt_profile_save_account_async (fixture->profile, record, "key", NULL, NULL, wt_ui_test_on_done,
                                 &result);
  wt_test_wait_until (result != NULL);
  return wt_profile_save_account_finish (fixture->profile, result, NULL);
}

static char *
dup_key (Fixture *fixture, WtSession *session)
{
  g_autofree char *name = wt_account_dup_key_name (wt_session_get_account (session));
  WtSecrets *secrets = wt_profile_get_secrets (fixture->profile);
  g_autoptr (GAsyncResult) result = NULL;

  wt_secrets_lookup_async (secrets, name, NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  return wt_secrets_lookup_finish (secrets, result, NULL);
}

static gpointer
find (GtkWidget *root, GType type, guint index)
{
  g_autoptr (GPtrArray) todo = g_ptr_array_new ();

  g_ptr_array_add (todo, root);
  while (todo->len > 0)
    {
      GtkWidget *widget = g_ptr_array_steal_index (todo, todo->len - 1);

      if (g_type_is_a (G_OBJECT_TYPE (widget), type) && index-- == 0)
        return widget;
      for (GtkWidget *child = gtk_widget_get_last_child (widget); child != NULL;
           child = gtk_widget_get_prev_sibling (child))
        g_ptr_array_add (todo, child);
    }
  return NULL;
}

static void
assert_order (GtkWidget *page, const char *first, const char *second)
{
  AdwPreferencesRow *a = find (page, WT_TYPE_ACCOUNTS_ROW, 0);
  AdwPreferencesRow *b = find (page, WT_TYPE_ACCOUNTS_ROW, 1);

  g_assert_cmpstr (adw_preferences_row_get_title (a), ==, first);
  g_assert_cmpstr (adw_preferences_row_get_title (b), ==, second);
}

static void
reopen (Fixture *fixture)
{
  g_autoptr (GAsyncResult) result = NULL;

  wt_profile_close (fixture->profile);
  g_object_unref (fixture->profile);
  fixture->profile = wt_profile_new (fixture->folder);
  wt_profile_open_async (fixture->profile, NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  g_assert_true (wt_profile_open_finish (fixture->profile, result, NULL));
}

static void
test_order (Fixture *fixture, gconstpointer data)
{
  gint64 id = wt_account_get_id (wt_session_get_account (add_account (fixture, "anna")));
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = wt_accounts_page_new (fixture->profile);
  g_autoptr (WtSession) first = NULL;

  add_account (fixture, "bert");
  gtk_window_set_child (GTK_WINDOW (window), page);
  assert_order (page, "anna", "bert");
  g_assert_true (gtk_widget_activate_action (page, "accounts.down", "x", id));
  assert_order (page, "bert", "anna");
  /* Behind the last, and of an account that is not there. */
  gtk_widget_activate_action (page, "accounts.down", "x", id);
  gtk_widget_activate_action (page, "accounts.up", "x", G_GINT64_CONSTANT (77));
  assert_order (page, "bert", "anna");
  gtk_widget_activate_action (page, "accounts.drop", "(xx)", id, id + 1);
  assert_order (page, "anna", "bert");
  gtk_widget_activate_action (page, "accounts.drop", "(xx)", id, id + 1);
  assert_order (page, "bert", "anna");
  gtk_window_destroy (GTK_WINDOW (window));

  /* It is stored, and a third comes behind them. */
  reopen (fixture);
  add_account (fixture, "carl");
  first = g_list_model_get_item (wt_profile_get_sessions (fixture->profile), 0);
  g_assert_cmpstr (wt_account_get_record (wt_session_get_account (first))->user_id, ==, "bert");
  reopen (fixture);
  page = g_object_ref_sink (wt_accounts_page_new (fixture->profile));
  assert_order (page, "bert", "anna");
  g_object_unref (page);
}

static void
test_switch (Fixture *fixture, gconstpointer data)
{
  WtSession *session = add_account (fixture, "anna");
  GtkWidget *page = g_object_ref_sink (wt_accounts_page_new (fixture->profile));
  GtkSwitch *enabled = find (page, GTK_TYPE_SWITCH, 0);

  wt_session_start (session);
  wt_test_wait_until (wt_session_get_state (session) == WT_CONNECTION_ONLINE);
  g_assert_true (gtk_switch_get_active (enabled));
  gtk_switch_set_active (enabled, FALSE);
  wt_test_wait_until (!wt_account_get_record (wt_session_get_account (session))->enabled
                      && wt_session_get_state (session) == WT_CONNECTION_OFFLINE);
  gtk_switch_set_active (enabled, TRUE);
  wt_test_wait_until (wt_session_get_state (session) == WT_CONNECTION_ONLINE);
  g_object_unref (page);
}

static void
test_mark (Fixture *fixture, gconstpointer data)
{
  WtAccount *account = wt_session_get_account (add_account (fixture, "小麦"));
  GtkWidget *mark = g_object_ref_sink (
      g_object_new (WT_TYPE_ACCOUNT_MARK, "only-several", TRUE, "account", account, NULL));
  g_autoptr (WtAccountRecord) record = NULL;

  /* One account needs no mark. */
  g_assert_false (gtk_widget_get_visible (mark));
  add_account (fixture, "bert");
  g_assert_true (gtk_widget_get_visible (mark));
  g_assert_cmpstr (gtk_label_get_label (GTK_LABEL (gtk_widget_get_first_child (mark))), ==, "小");
  g_assert_true (gtk_widget_has_css_class (mark, "colour-1"));

  record = wt_account_record_copy (wt_account_get_record (account));
  record->colour = 6;
  wt_account_update (account, record);
  g_assert_true (gtk_widget_has_css_class (mark, "colour-6"));
  g_assert_false (gtk_widget_has_css_class (mark, "colour-1"));
  record->colour = 4711;
  wt_account_update (account, record);
  g_assert_true (gtk_widget_has_css_class (mark, "colour-1"));
  wt_account_mark_set_account (WT_ACCOUNT_MARK (mark), NULL);
  g_assert_false (gtk_widget_get_visible (mark));
  g_object_unref (mark);
}

static gpointer
child (GtkWidget *dialog, const char *name)
{
  return gtk_widget_get_template_child (dialog, WT_TYPE_ACCOUNT_DIALOG, name);
}

/* A key that the server does not take leaves the old one where it is, unless the user insists. */
static void
test_rotate (Fixture *fixture, gconstpointer data)
{
  WtSession *session = add_account (fixture, "anna");
  GtkWidget *dialog = wt_account_dialog_new (fixture->profile, wt_session_get_account (session));
  g_autofree char *kept = NULL, *changed = NULL, *forced = NULL;

  gtk_window_present (GTK_WINDOW (dialog));
  gtk_editable_set_text (child (dialog, "key"), "bad");
  g_signal_emit_by_name (child (dialog, "save"), "clicked");
  wt_test_wait_until (gtk_widget_get_visible (child (dialog, "save_anyway")));
  g_assert_true (gtk_widget_get_visible (child (dialog, "problem_box")));
  kept = dup_key (fixture, session);
  g_assert_cmpstr (kept, ==, "key");

  gtk_editable_set_text (child (dialog, "key"), "new");
  g_assert_false (gtk_widget_get_visible (child (dialog, "save_anyway")));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_signal_emit_by_name (child (dialog, "save"), "clicked");
  wt_test_wait_until (dialog == NULL);
  changed = dup_key (fixture, session);
  g_assert_cmpstr (changed, ==, "new");
  wt_test_wait_until (wt_session_get_state (session) == WT_CONNECTION_ONLINE);

  /* The server is away, and the user knows better. */
  wt_session_stop (session);
  wt_api_server_stop (fixture->server);
  dialog = wt_account_dialog_new (fixture->profile, wt_session_get_account (session));
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_editable_set_text (child (dialog, "key"), "later");
  g_signal_emit_by_name (child (dialog, "save"), "clicked");
  wt_test_wait_until (gtk_widget_get_visible (child (dialog, "save_anyway")));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_signal_emit_by_name (child (dialog, "save_anyway"), "clicked");
  wt_test_wait_until (dialog == NULL);
  forced = dup_key (fixture, session);
  g_assert_cmpstr (forced, ==, "later");
  wt_session_stop (session);
}

/* Closed in the middle of a check, and filled in anew in the middle of one. */
static void
test_interrupted (Fixture *fixture, gconstpointer data)
{
  GtkWidget *dialog = wt_account_dialog_new (fixture->profile, NULL);
  g_autofree char *url = wt_api_server_get_url (fixture->server);
  WtCheckList *list = child (dialog, "check_list");

  wt_account_dialog_set_url (WT_ACCOUNT_DIALOG (dialog), url);
  gtk_editable_set_text (child (dialog, "key"), "bad");
  g_signal_emit_by_name (child (dialog, "check_button"), "clicked");
  wt_test_wait_until (wt_check_list_is_running (list));
  gtk_editable_set_text (child (dialog, "key"), "key");
  g_assert_false (wt_check_list_is_running (list));
  g_assert_true (gtk_widget_get_sensitive (child (dialog, "check_button")));
  g_signal_emit_by_name (child (dialog, "check_button"), "clicked");
  wt_test_wait_until (wt_check_list_is_running (list));
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  gtk_window_destroy (GTK_WINDOW (dialog));
  wt_test_wait_until (dialog == NULL);
}

static void
on_check_finished (WtCheckList *list, gboolean passed, int *outcome)
{
  *outcome = passed;
}

/* An account whose key is gone cannot be checked: that is said, and is the end of it. */
static void
test_no_key (Fixture *fixture, gconstpointer data)
{
  GtkWidget *list = g_object_ref_sink (wt_check_list_new ());
  g_autoptr (WtAccountRecord) record = wt_ui_test_make_account ("anna");
  int outcome = -1;

  g_free (record->uuid);
  record->uuid = g_strdup ("00000000-0000-4000-8000-000000000000");
  g_signal_connect (list, "finished", G_CALLBACK (on_check_finished), &outcome);
  wt_check_list_run (WT_CHECK_LIST (list), fixture->profile, record, NULL);
  g_assert_true (wt_check_list_is_running (WT_CHECK_LIST (list)));
  wt_test_wait_until (outcome >= 0);
  g_assert_false (outcome);
  g_assert_false (wt_check_list_is_running (WT_CHECK_LIST (list)));
  g_assert_nonnull (strstr (wt_check_list_get_problem (WT_CHECK_LIST (list)), "key"));

  wt_check_list_clear (WT_CHECK_LIST (list));
  g_assert_null (wt_check_list_get_problem (WT_CHECK_LIST (list)));
  g_object_unref (list);
}

static void
test_contents (Fixture *fixture, gconstpointer data)
{
  WtSession *session = add_account (fixture, "anna");
  WtDatabase *database = wt_profile_get_database (fixture->profile);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WtConversation) a = NULL, b = NULL;
  g_autofree WtAccountContents *contents = NULL;

  a = wt_ui_test_add_conversation (session, WT_CONVERSATION_DIRECT, "a");
  b = wt_ui_test_add_conversation (session, WT_CONVERSATION_GROUP, "b");
  wt_account_store_measure_async (database, wt_account_get_id (wt_session_get_account (session)),
                                  NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  contents = wt_account_store_measure_finish (database, result, NULL);
  g_assert_nonnull (contents);
  g_assert_cmpint (contents->chats, ==, 2);
  g_assert_cmpint (contents->messages, ==, 0);
  g_assert_cmpint (contents->files, ==, 0);
}

static void
on_chosen (WtFoundServers *found, const char *url, char **chosen)
{
  *chosen = g_strdup (url);
}

static void
test_welcome (Fixture *fixture, gconstpointer data)
{
  GtkWidget *window = gtk_window_new ();
  GtkWidget *page = g_object_new (WT_TYPE_WELCOME_PAGE, NULL);
  WtFoundServers *found = WT_FOUND_SERVERS (
      gtk_widget_get_template_child (page, WT_TYPE_WELCOME_PAGE, "found"));
  WtServerFinder *finder = wt_found_servers_get_finder (found);
  guint16 port = wt_api_server_get_port (fixture->server);
  g_autofree char *url = wt_api_server_get_url (fixture->server);
  g_autofree char *chosen = NULL;

  wt_server_finder_set_ports (finder, &port, 1);
  gtk_window_set_child (GTK_WINDOW (window), page);
  g_assert_false (wt_server_finder_is_searching (finder));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (found)));
  gtk_window_present (GTK_WINDOW (window));
  wt_test_wait_until (gtk_widget_get_visible (GTK_WIDGET (found)));

  g_signal_connect (found, "chosen", G_CALLBACK (on_chosen), &chosen);
  adw_action_row_activate (find (GTK_WIDGET (found), ADW_TYPE_ACTION_ROW, 0));
  g_assert_cmpstr (chosen, ==, url);

  /* Not while nobody sees it. */
  gtk_widget_set_visible (window, FALSE);
  gtk_window_present (GTK_WINDOW (window));
  g_assert_true (wt_server_finder_is_searching (finder));
  gtk_widget_set_visible (window, FALSE);
  g_assert_false (wt_server_finder_is_searching (finder));
  gtk_window_destroy (GTK_WINDOW (window));
}

#define ADD(path, function)                                                                        \
  g_test_add ("/accounts-page/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;

  ADD ("order", test_order);
  ADD ("switch", test_switch);
  ADD ("mark", test_mark);
  ADD ("rotate", test_rotate);
  ADD ("interrupted", test_interrupted);
  ADD ("no-key", test_no_key);
  ADD ("contents", test_contents);
  ADD ("welcome", test_welcome);

  return g_test_run ();
}
