/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-deletion.h"
#include "wt-details-page.h"
#include "wt-details-pane.h"
#include "wt-hint-row.h"
#include "wt-dialect-row.h"
#include "wt-member-row.h"
#include "wt-message-store.h"
#include "wt-settings.h"
#include "wt-thumbnail.h"
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

static WtDetailsPane *
open_pane (Fixture *fixture)
{
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.toggle-details", NULL);
  return get_pane (fixture);
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

/* Nothing is made and read for a pane that nobody sees; closed, it forgets. */
static void
test_toggle (Fixture *fixture, gconstpointer data)
{
  AdwFlap *flap = child (fixture, "flap");

  g_assert_false (adw_flap_get_reveal_flap (flap));
  g_assert_null (get_pane (fixture));
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

/* Where letters are large, fewer of them stand beside the pane: it does not take their place. */
static void
test_large_text (Fixture *fixture, gconstpointer data)
{
  GtkSettings *settings = gtk_settings_get_default ();
  AdwFlap *flap = child (fixture, "flap");

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.toggle-details", NULL);
  wt_test_wait_until (!adw_flap_get_folded (flap) && gtk_widget_get_width (GTK_WIDGET (flap)) > 0);
  g_object_set (settings, "gtk-xft-dpi", 192 * 1024, NULL);
  wt_test_wait_until (adw_flap_get_folded (flap));
  g_assert_false (adw_flap_get_reveal_flap (flap));
  gtk_settings_reset_property (settings, "gtk-xft-dpi");
  wt_test_wait_until (!adw_flap_get_folded (flap));

  /* The messages alone may be larger, too. */
  g_settings_set_double (fixture->settings, "text-scale", 2.0);
  wt_test_wait_until (adw_flap_get_folded (flap));
  g_settings_reset (fixture->settings, "text-scale");
  wt_test_wait_until (!adw_flap_get_folded (flap));
}

static void
test_lists (Fixture *fixture, gconstpointer data)
{
  static const char *const kinds[] = { "members", "image", "file", "voice" };
  WtDetailsPane *pane = open_pane (fixture);

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

static GtkWidget *
find (GtkWidget *root, GType type)
{
  if (g_type_is_a (G_OBJECT_TYPE (root), type))
    return root;
  for (GtkWidget *child = gtk_widget_get_first_child (root); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* As if Anna had written, with a picture that is not here. */
static void
receive (Fixture *fixture)
{
  WtDatabase *database = wt_profile_get_database (fixture->profile);
  g_autoptr (WtMessageRecord) record = wt_message_record_new ();
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_attachment_record_free);
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  WtAttachmentRecord *attachment = wt_attachment_record_new ();

  attachment->kind = g_strdup ("image");
  attachment->url = g_strdup ("https://example.org/a.png");
  g_ptr_array_add (attachments, attachment);
  record->direction = WT_DIRECTION_IN;
  record->delivery = WT_DELIVERY_RECEIVED;
  record->msg_id = g_uuid_string_random ();
  record->digest = g_strdup (record->msg_id);
  record->author_platform = g_strdup ("wheatear");
  record->author_id = g_strdup ("anna-id");
  record->author_nickname = g_strdup ("Anna");
  record->time = g_get_real_time ();
  record->text = g_strdup ("look");
  record->segments = g_strdup ("{\"type\":\"text\",\"data\":\"look\"}");
  wt_message_store_add_async (database, wt_conversation_get_record (fixture->conversation), record,
                              attachments, NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  stored = wt_message_store_add_finish (database, result, &error);
  g_assert_no_error (error);
  wt_conversation_update (fixture->conversation, stored->conversation);
}

static guint
count_pictures (GtkWidget *grid)
{
  return g_list_model_get_n_items (G_LIST_MODEL (gtk_grid_view_get_model (GTK_GRID_VIEW (grid))));
}

/* A picture says whose it is, and its message is deleted here with a way back. */
static void
test_pictures (Fixture *fixture, gconstpointer data)
{
  WtDetailsPane *pane;
  GtkWidget *grid, *thumbnail;
  g_autoptr (WtDeletion) deletion = NULL;
  gint64 seq = 1;

  receive (fixture);
  receive (fixture);
  pane = open_pane (fixture);
  wt_details_pane_show_list (pane, "image");
  grid = find (GTK_WIDGET (pane), GTK_TYPE_GRID_VIEW);
  wt_test_wait_until (count_pictures (grid) == 2);
  wt_test_wait_until ((thumbnail = find (grid, WT_TYPE_THUMBNAIL)) != NULL);
  g_assert_true (g_str_has_prefix (gtk_widget_get_tooltip_text (thumbnail), "Picture from Anna, "));

  deletion = wt_deletion_new_for_messages (fixture->session, fixture->conversation, &seq, 1);
  wt_test_wait_until (count_pictures (grid) == 1);
  wt_deletion_undo (deletion);
  wt_test_wait_until (count_pictures (grid) == 2);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.delete-message", "(xx)",
                              wt_conversation_get_id (fixture->conversation), seq);
  g_assert_true (wt_veil_hides (wt_conversation_get_veil (fixture->conversation), seq));
  wt_test_wait_until (count_pictures (grid) == 1);
}

static GtkWindow *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window))
        return window;
    }
  return NULL;
}

/* The question counts what is there, not what was deleted; and its answer can be taken back. */
static void
test_question (Fixture *fixture, gconstpointer data)
{
  gint64 id = wt_conversation_get_id (fixture->conversation), seq = 2;
  g_autoptr (WtDeletion) deletion = NULL;
  GtkWindow *dialog;
  const char *words;

  for (guint i = 0; i < 3; i++)
    receive (fixture);
  deletion = wt_deletion_new_for_messages (fixture->session, fixture->conversation, &seq, 1);
  wt_deletion_commit (deletion);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.delete-conversation", "x", id);
  wt_test_wait_until ((dialog = find_dialog ()) != NULL);
  words = adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog));
  g_assert_nonnull (strstr (words, "On this computer only"));
  g_assert_nonnull (strstr (words, "\n2 messages\n2 pictures and files\n"));
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), "delete");
  gtk_window_destroy (dialog);
  g_assert_true (wt_conversation_get_hidden (fixture->conversation));
}

/* Somebody in a group: when they wrote, to the second, and a chat with them alone. */
static void
test_member (Fixture *fixture, gconstpointer data)
{
  WtDetailsPane *pane;
  GListModel *list = G_LIST_MODEL (wt_profile_get_conversations (fixture->profile));
  GtkWidget *row = NULL;

  receive (fixture);
  pane = open_pane (fixture);
  wt_details_pane_show_list (pane, "members");
  wt_test_wait_until ((row = find (GTK_WIDGET (pane), WT_TYPE_MEMBER_ROW)) != NULL);
  g_assert_true (gtk_widget_activate_action (row, "member.chat", NULL));
  wt_test_wait_until (g_list_model_get_n_items (list) == 2);
  wt_test_wait_until (wt_details_pane_get_conversation (pane) != fixture->conversation);
  g_assert_cmpstr (wt_conversation_get_title (wt_details_pane_get_conversation (pane)), ==, "Anna");
  g_assert_cmpint (wt_conversation_get_kind (wt_details_pane_get_conversation (pane)), ==,
                   WT_CONVERSATION_DIRECT);
}

/* By the keyboard: opened, the focus is in it; a list, its way back; Escape by Escape back to where one types. */
static void
test_focus (Fixture *fixture, gconstpointer data)
{
  WtDetailsPane *pane = open_pane (fixture);
  AdwFlap *flap = child (fixture, "flap");
  gboolean closed = FALSE;

#define FOCUS gtk_root_get_focus (GTK_ROOT (fixture->window))
  wt_test_wait_until (FOCUS != NULL && gtk_widget_is_ancestor (FOCUS, GTK_WIDGET (pane)));
  wt_details_pane_show_list (pane, "file");
  g_assert_true (FOCUS != NULL && GTK_IS_BUTTON (FOCUS)
                 && gtk_widget_is_ancestor (FOCUS, GTK_WIDGET (pane)));
  g_assert_true (wt_details_pane_back (pane));
  g_assert_true (gtk_widget_is_ancestor (FOCUS, GTK_WIDGET (pane)));
  g_signal_emit_by_name (pane, "closed");
  wt_test_wait_until (!adw_flap_get_reveal_flap (flap));
  closed = FOCUS != NULL && !gtk_widget_is_ancestor (FOCUS, GTK_WIDGET (pane));
  g_assert_true (closed);
#undef FOCUS
}

static char *
dup_choice (AdwComboRow *row, guint position)
{
  GtkStringList *list = GTK_STRING_LIST (adw_combo_row_get_model (row));

  return g_strdup (gtk_string_list_get_string (list, position));
}

/* One chat's messages can be written for another kind of receiver than its account's. */
static void
test_dialect (Fixture *fixture, gconstpointer data)
{
  WtAccount *account = wt_session_get_account (fixture->session);
  g_autoptr (WtAccountRecord) record = wt_account_record_copy (wt_account_get_record (account));
  g_autofree char *before = NULL;
  g_autofree char *after = NULL;
  AdwComboRow *row;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.toggle-details", NULL);
  row = ADW_COMBO_ROW (find (GTK_WIDGET (get_pane (fixture)), WT_TYPE_DIALECT_ROW));
  g_assert_nonnull (row);
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  before = dup_choice (row, 0);

  adw_combo_row_set_selected (row, record->dialect == WT_DIALECT_GUIDE ? 1 : 2);
  wt_test_wait_until (wt_conversation_get_dialect (fixture->conversation) != record->dialect);
  g_assert_cmpint (wt_conversation_get_record (fixture->conversation)->dialect, !=,
                   WT_DIALECT_OF_ACCOUNT);

  /* The account's own changes: the choice stays, and the words tell. */
  record->dialect = wt_conversation_get_dialect (fixture->conversation);
  wt_account_update (account, record);
  g_assert_cmpuint (adw_combo_row_get_selected (row), >, 0);
  after = dup_choice (row, 0);
  g_assert_cmpstr (before, !=, after);

  adw_combo_row_set_selected (row, 0);
  wt_test_wait_until (wt_conversation_get_record (fixture->conversation)->dialect
                      == WT_DIALECT_OF_ACCOUNT);
  g_assert_cmpint (wt_conversation_get_dialect (fixture->conversation), ==, record->dialect);
}

static gpointer
find_in_page (Fixture *fixture, const char *name)
{
  GtkWidget *page = find (GTK_WIDGET (get_pane (fixture)), WT_TYPE_DETAILS_PAGE);
  GObject *found = gtk_widget_get_template_child (page, WT_TYPE_DETAILS_PAGE, name);

  g_assert_nonnull (found);
  return found;
}

/* Said as one types, and not kept; what is cleared says nothing any more. */
static void
test_target (Fixture *fixture, gconstpointer data)
{
  GtkEditable *platform, *key;
  WtHintRow *platform_hint, *key_hint;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.toggle-details", NULL);
  platform = find_in_page (fixture, "target_platform_row");
  platform_hint = find_in_page (fixture, "target_platform_hint");
  key = find_in_page (fixture, "target_key_row");
  key_hint = find_in_page (fixture, "target_key_hint");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (platform_hint)));

  gtk_editable_set_text (platform, "no\nlines");
  g_assert_cmpint (wt_hint_row_get_kind (platform_hint), ==, WT_HINT_ERROR);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (platform_hint)));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (platform), "error"));
  g_signal_emit_by_name (platform, "apply");
  gtk_editable_set_text (key, "good-key");
  g_assert_cmpint (wt_hint_row_get_kind (key_hint), ==, WT_HINT_EXPLANATION);
  g_signal_emit_by_name (key, "apply");
  g_assert_cmpstr (gtk_editable_get_text (key), ==, "good-key");
  gtk_editable_set_text (platform, "other");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (platform_hint)));

  gtk_editable_set_text (key, "a\nkey");
  g_assert_cmpint (wt_hint_row_get_kind (key_hint), ==, WT_HINT_ERROR);
  g_signal_emit_by_name (key, "apply");
  g_assert_null (wt_conversation_get_record (fixture->conversation)->target_secret);
  gtk_editable_set_text (key, "good-key");
  g_signal_emit_by_name (key, "apply");
  g_assert_cmpstr (gtk_editable_get_text (key), ==, "");
  wt_test_wait_until (wt_conversation_get_record (fixture->conversation)->target_secret != NULL);
  g_assert_cmpstr (wt_conversation_get_record (fixture->conversation)->target_platform, ==,
                   "other");
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
  ADD ("large-text", test_large_text);
  ADD ("lists", test_lists);
  ADD ("level", test_level);
  ADD ("pictures", test_pictures);
  ADD ("question", test_question);
  ADD ("member", test_member);
  ADD ("dialect", test_dialect);
  ADD ("focus", test_focus);
  ADD ("target", test_target);
  return g_test_run ();
}
