/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-account-dialog.h"

#include "wt-hint-row.h"
#include "wt-ui-test.h"

static gpointer
child (GtkWidget *dialog, const char *name)
{
  GObject *found = gtk_widget_get_template_child (dialog, WT_TYPE_ACCOUNT_DIALOG, name);

  g_assert_nonnull (found);
  return found;
}

static void
type (GtkWidget *dialog, const char *name, const char *text)
{
  gtk_editable_set_text (GTK_EDITABLE (child (dialog, name)), text);
}

static gboolean
is_valid (GtkWidget *dialog)
{
  return wt_account_dialog_get_valid (WT_ACCOUNT_DIALOG (dialog));
}

static void
fill (GtkWidget *dialog)
{
  type (dialog, "url", "ws://127.0.0.1:18040/ws");
  type (dialog, "key", "secret");
  type (dialog, "user_id", "me");
}

static void
test_validation (void)
{
  char *folder = NULL;
  WtProfile *profile = wt_ui_test_open_profile (&folder);
  GtkWidget *dialog = wt_account_dialog_new (profile, NULL);
  GtkWidget *save = child (dialog, "save");

  /* Nothing is called an error before anything was typed. */
  g_assert_false (is_valid (dialog));
  g_assert_cmpint (wt_hint_row_get_kind (child (dialog, "url_hint")), ==, WT_HINT_EXPLANATION);
  g_assert_nonnull (strstr (gtk_widget_get_tooltip_text (save), "Address"));

  fill (dialog);
  g_assert_true (is_valid (dialog));
  g_assert_null (gtk_widget_get_tooltip_text (save));

  type (dialog, "url", "http://127.0.0.1/");
  g_assert_false (is_valid (dialog));
  g_assert_cmpint (wt_hint_row_get_kind (child (dialog, "url_hint")), ==, WT_HINT_ERROR);
  type (dialog, "url", "ws://example.org/ws");
  g_assert_true (is_valid (dialog));
  g_assert_cmpint (wt_hint_row_get_kind (child (dialog, "url_hint")), ==, WT_HINT_WARNING);
  type (dialog, "url", "wss://example.org/ws");
  g_assert_cmpint (wt_hint_row_get_kind (child (dialog, "url_hint")), ==, WT_HINT_EXPLANATION);

  /* What is reserved depends on the kind of server. */
  type (dialog, "platform", "qq");
  g_assert_false (is_valid (dialog));
  adw_combo_row_set_selected (child (dialog, "dialect"), 1);
  g_assert_true (is_valid (dialog));

  /* A target without a key leads nowhere. */
  adw_expander_row_set_enable_expansion (child (dialog, "target"), TRUE);
  g_assert_false (is_valid (dialog));
  type (dialog, "target_key", "other");
  g_assert_true (is_valid (dialog));

  gtk_window_destroy (GTK_WINDOW (dialog));
  wt_ui_test_close_profile (profile, folder);
}

static void
test_record (void)
{
  char *folder = NULL;
  WtProfile *profile = wt_ui_test_open_profile (&folder);
  GtkWidget *dialog = wt_account_dialog_new (profile, NULL);
  g_autoptr (WtAccountRecord) record = NULL;

  fill (dialog);
  type (dialog, "url", "  ws://127.0.0.1:18040/ws ");
  type (dialog, "cardname", " 小麦 ");
  adw_combo_row_set_selected (child (dialog, "auth"), 1);
  g_assert_cmpuint (adw_combo_row_get_selected (child (dialog, "remote_pictures")), ==, 1);
  wt_account_dialog_set_remote_pictures (WT_ACCOUNT_DIALOG (dialog), WT_REMOTE_NEVER);
  record = wt_account_dialog_dup_record (WT_ACCOUNT_DIALOG (dialog));

  g_assert_cmpstr (record->url, ==, "ws://127.0.0.1:18040/ws");
  g_assert_cmpstr (record->user_id, ==, "me");
  g_assert_cmpstr (record->platform, ==, "wheatear");
  /* MaiBot drops what comes from somebody without one. */
  g_assert_cmpstr (record->nickname, ==, "me");
  g_assert_cmpstr (record->cardname, ==, "小麦");
  g_assert_null (record->label);
  g_assert_cmpint (record->dialect, ==, WT_DIALECT_MAIBOT);
  g_assert_cmpint (record->auth, ==, WT_AUTH_QUERY);
  g_assert_cmpint (record->remote_pictures, ==, WT_REMOTE_NEVER);
  g_assert_false (record->has_target);
  g_assert_true (record->enabled);
  g_assert_false (record->insecure);

  gtk_window_destroy (GTK_WINDOW (dialog));
  wt_ui_test_close_profile (profile, folder);
}

/* Filled in, said, and left to the user: no Enter saves it. */
static void
test_link (void)
{
  char *folder = NULL;
  WtProfile *profile = wt_ui_test_open_profile (&folder);
  GtkWidget *dialog = wt_account_dialog_new (profile, NULL);
  WtAccountDialog *form = WT_ACCOUNT_DIALOG (dialog);
  AdwActionRow *note = child (dialog, "link_note");
  g_autoptr (WtAccountRecord) record = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtLink) link = wt_link_parse (
      "wheatear://add?url=wss%3A%2F%2Fh%3A1%2Fws&kind=guide&user_id=me&nickname=Old+Me&label=Home"
      "&target_platform=qq",
      &error);
  g_autoptr (WtLink) with_key = wt_link_parse (
      "wheatear://add?url=wss%3A%2F%2Fh%3A1%2Fws&key=secret&target_key=other", &error);

  g_assert_no_error (error);
  g_assert_false (wt_account_dialog_get_linked (form));
  g_assert_false (gtk_widget_get_visible (
      gtk_widget_get_ancestor (GTK_WIDGET (note), ADW_TYPE_PREFERENCES_GROUP)));
  wt_account_dialog_fill_in (form, link);
  g_assert_true (wt_account_dialog_get_linked (form));
  g_assert_true (gtk_widget_get_visible (
      gtk_widget_get_ancestor (GTK_WIDGET (note), ADW_TYPE_PREFERENCES_GROUP)));
  g_assert_null (strstr (adw_action_row_get_subtitle (note), "The key came"));
  g_assert_null (gtk_window_get_default_widget (GTK_WINDOW (dialog)));
  record = wt_account_dialog_dup_record (form);
  g_assert_cmpstr (record->url, ==, "wss://h:1/ws");
  g_assert_cmpint (record->dialect, ==, WT_DIALECT_GUIDE);
  g_assert_cmpstr (record->user_id, ==, "me");
  g_assert_cmpstr (record->nickname, ==, "Old Me");
  g_assert_cmpstr (record->label, ==, "Home");
  g_assert_cmpstr (record->platform, ==, "wheatear");
  g_assert_true (record->has_target);
  g_assert_cmpstr (record->target_platform, ==, "qq");
  g_assert_cmpstr (gtk_editable_get_text (child (dialog, "key")), ==, "");
  g_assert_false (record->insecure);
  g_assert_false (is_valid (dialog));

  wt_account_dialog_fill_in (form, with_key);
  g_assert_nonnull (strstr (adw_action_row_get_subtitle (note), "The key came"));
  g_assert_cmpstr (gtk_editable_get_text (child (dialog, "key")), ==, "secret");
  g_assert_cmpstr (gtk_editable_get_text (child (dialog, "target_key")), ==, "other");
  g_assert_true (is_valid (dialog));
  g_assert_cmpuint (g_list_model_get_n_items (wt_profile_get_sessions (profile)), ==, 0);

  gtk_window_destroy (GTK_WINDOW (dialog));
  wt_ui_test_close_profile (profile, folder);
}

static void
test_save (void)
{
  char *folder = NULL;
  WtProfile *profile = wt_ui_test_open_profile (&folder);
  GListModel *sessions = wt_profile_get_sessions (profile);
  GtkWidget *dialog = wt_account_dialog_new (profile, NULL);
  g_autoptr (WtSession) session = NULL;

  fill (dialog);
  type (dialog, "url", "ws://127.0.0.1:9/ws");
  g_object_add_weak_pointer (G_OBJECT (dialog), (gpointer *) &dialog);
  g_signal_emit_by_name (child (dialog, "save"), "clicked");
  wt_test_wait_until (dialog == NULL);
  g_assert_cmpuint (g_list_model_get_n_items (sessions), ==, 1);
  session = g_list_model_get_item (sessions, 0);
  wt_test_wait_until (wt_session_get_state (session) != WT_CONNECTION_OFFLINE);
  wt_session_stop (session);

  wt_ui_test_close_profile (profile, folder);
}

static void
test_edit (void)
{
  char *folder = NULL;
  WtProfile *profile = wt_ui_test_open_profile (&folder);
  WtSession *session = wt_ui_test_add_account (profile, "me");
  GtkWidget *dialog = wt_account_dialog_new (profile, wt_session_get_account (session));
  g_autoptr (WtAccountRecord) record = NULL;

  /* The stored key is not shown, and an empty field keeps it. */
  g_assert_cmpstr (gtk_editable_get_text (child (dialog, "key")), ==, "");
  g_assert_cmpstr (gtk_editable_get_text (child (dialog, "user_id")), ==, "me");
  g_assert_true (gtk_widget_get_visible (child (dialog, "remove")));
  g_assert_true (is_valid (dialog));
  gtk_switch_set_active (child (dialog, "enabled"), FALSE);
  record = wt_account_dialog_dup_record (WT_ACCOUNT_DIALOG (dialog));
  g_assert_cmpint (record->id, ==, wt_account_get_id (wt_session_get_account (session)));
  g_assert_false (record->enabled);

  gtk_window_destroy (GTK_WINDOW (dialog));
  wt_ui_test_close_profile (profile, folder);
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;
  g_test_add_func ("/ui/account-dialog/validation", test_validation);
  g_test_add_func ("/ui/account-dialog/record", test_record);
  g_test_add_func ("/ui/account-dialog/link", test_link);
  g_test_add_func ("/ui/account-dialog/save", test_save);
  g_test_add_func ("/ui/account-dialog/edit", test_edit);
  return g_test_run ();
}
