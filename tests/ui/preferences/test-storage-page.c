/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-storage-page.h"

#include "wt-exporter.h"
#include "wt-message-store.h"
#include "wt-segment.h"
#include "wt-ui-test.h"

typedef struct
{
  WtProfile *profile;
  char *folder;
  WtSession *session;
  WtConversation *conversation;
  GtkWidget *window;
  GtkWidget *page;
} Fixture;

/* A picture that came inside a message, as it is stored. */
static void
add_picture (Fixture *fixture, const char *msg_id, const char *url)
{
  g_autoptr (GBytes) bytes = g_bytes_new (msg_id, strlen (msg_id));
  g_autoptr (WtMedia) media = wt_media_new ();
  g_autoptr (WtSegment) segment = NULL;
  g_autoptr (WtMessageRecord) message = wt_message_record_new ();
  g_autoptr (GPtrArray) attachments = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_attachment_record_free);
  WtAttachmentRecord *attachment = wt_attachment_record_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (WtStoredMessage) stored = NULL;
  g_autoptr (GError) error = NULL;

  media->blob = wt_blobs_add_bytes (wt_profile_get_blobs (fixture->profile), bytes, &error);
  g_assert_no_error (error);
  media->url = g_strdup (url);
  segment = wt_segment_new_media (WT_SEGMENT_FILE, media);
  message->msg_id = g_strdup (msg_id);
  message->digest = g_strdup ("00");
  message->text = g_strdup ("[file]");
  message->segments = wt_segment_to_storage (segment);
  attachment->kind = g_strdup ("file");
  attachment->blob = g_strdup (media->blob);
  attachment->url = g_strdup (url);
  g_ptr_array_add (attachments, attachment);
  wt_message_store_add_async (wt_profile_get_database (fixture->profile),
                              wt_conversation_get_record (fixture->conversation), message,
                              attachments, NULL, wt_ui_test_on_done, &result);
  wt_test_wait_until (result != NULL);
  stored = wt_message_store_add_finish (wt_profile_get_database (fixture->profile), result, &error);
  g_assert_no_error (error);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
  fixture->session = wt_ui_test_add_account (fixture->profile, "me");
  fixture->conversation = wt_ui_test_add_conversation (fixture->session, WT_CONVERSATION_GROUP,
                                                       "field");
  fixture->window = adw_preferences_window_new ();
  g_object_add_weak_pointer (G_OBJECT (fixture->window), (gpointer *) &fixture->window);
  fixture->page = wt_storage_page_new (fixture->profile);
  adw_preferences_window_add (ADW_PREFERENCES_WINDOW (fixture->window),
                              ADW_PREFERENCES_PAGE (fixture->page));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  wt_test_wait_until (fixture->window == NULL);
  g_clear_object (&fixture->conversation);
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
}

static gpointer
child (Fixture *fixture, const char *name)
{
  GObject *found = gtk_widget_get_template_child (fixture->page, WT_TYPE_STORAGE_PAGE, name);

  g_assert_nonnull (found);
  return found;
}

static void
wait_for_sizes (Fixture *fixture)
{
  wt_test_wait_until (!gtk_spinner_get_spinning (child (fixture, "measuring"))
                      && adw_preferences_group_get_description (child (fixture, "sizes")) != NULL);
}

static void
test_empty (Fixture *fixture, gconstpointer data)
{
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_for_sizes (fixture);
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "clear")));
  g_assert_false (gtk_widget_get_visible (child (fixture, "largest")));
}

/* Closed while it measures. */
static void
test_closed_early (Fixture *fixture, gconstpointer data)
{
  gtk_window_present (GTK_WINDOW (fixture->window));
  g_assert_true (gtk_spinner_get_spinning (child (fixture, "measuring")));
}

static GtkWindow *
find_dialog (Fixture *fixture)
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

static GtkWidget *
find_widget (GtkWidget *root, GType type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (root, type))
    return root;
  for (GtkWidget *next = gtk_widget_get_first_child (root); next != NULL;
       next = gtk_widget_get_next_sibling (next))
    {
      GtkWidget *found = find_widget (next, type);

      if (found != NULL)
        return found;
    }
  return NULL;
}

/* What only the message had is not removed unless that is said. */
static void
test_clear_asks (Fixture *fixture, gconstpointer data)
{
  AdwMessageDialog *dialog = NULL;
  GtkCheckButton *carried = NULL;

  add_picture (fixture, "carried", NULL);
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_for_sizes (fixture);
  g_assert_true (gtk_widget_get_sensitive (child (fixture, "clear")));
  g_assert_true (gtk_widget_get_visible (child (fixture, "largest")));
  g_signal_emit_by_name (child (fixture, "clear"), "clicked");
  dialog = ADW_MESSAGE_DIALOG (find_dialog (fixture));
  g_assert_nonnull (dialog);
  carried = GTK_CHECK_BUTTON (
      find_widget (adw_message_dialog_get_extra_child (dialog), GTK_TYPE_CHECK_BUTTON));
  g_assert_false (gtk_check_button_get_active (carried));
  g_assert_false (adw_message_dialog_get_response_enabled (dialog, "clear"));
  gtk_check_button_set_active (carried, TRUE);
  g_assert_true (adw_message_dialog_get_response_enabled (dialog, "clear"));
  adw_message_dialog_response (dialog, "clear");
  wt_test_wait_until (!gtk_spinner_get_spinning (child (fixture, "clearing"))
                      && !gtk_widget_get_sensitive (child (fixture, "clear"))
                      && !gtk_spinner_get_spinning (child (fixture, "measuring")));
}

static void
test_compact (Fixture *fixture, gconstpointer data)
{
  gtk_window_present (GTK_WINDOW (fixture->window));
  wait_for_sizes (fixture);
  g_signal_emit_by_name (child (fixture, "compact"), "clicked");
  g_assert_false (gtk_widget_get_sensitive (child (fixture, "compact")));
  wt_test_wait_until (gtk_widget_get_sensitive (child (fixture, "compact")));
  g_assert_false (gtk_spinner_get_spinning (child (fixture, "compacting")));
  wait_for_sizes (fixture);
}

static void
on_said (WtExporter *exporter, const char *words, char **said)
{
  g_free (*said);
  *said = g_strdup (words);
}

static void
test_export (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = g_build_filename (fixture->folder, "out", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) nowhere = g_file_new_for_uri ("sftp://host.example/folder");
  g_autoptr (WtExporter) one = wt_exporter_new (fixture->profile, NULL);
  g_autoptr (WtExporter) all = wt_exporter_new (fixture->profile, NULL);
  g_autofree char *file = g_build_filename (path, "field.md", NULL);
  g_autofree char *said = NULL;

  g_mkdir (path, 0700);
  g_signal_connect (one, "said", G_CALLBACK (on_said), &said);
  g_signal_connect (all, "said", G_CALLBACK (on_said), &said);
  wt_exporter_write (one, fixture->conversation, WT_EXPORT_FORMAT_MARKDOWN, folder);
  wt_test_wait_until (said != NULL);
  g_assert_cmpstr (said, ==, "Exported as “field.md”");
  g_assert_true (g_file_test (file, G_FILE_TEST_IS_REGULAR));

  g_clear_pointer (&said, g_free);
  wt_exporter_write (all, NULL, WT_EXPORT_FORMAT_JSONL, folder);
  wt_test_wait_until (said != NULL);
  g_assert_true (g_str_has_prefix (said, "Exported as “Wheatear "));

  wt_exporter_write (all, NULL, WT_EXPORT_FORMAT_JSONL, nowhere);
  g_assert_true (g_str_has_prefix (said, "Not exported."));
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;

#define ADD(name, func) g_test_add ("/storage-page/" name, Fixture, NULL, set_up, func, tear_down)
  ADD ("empty", test_empty);
  ADD ("closed-early", test_closed_early);
  ADD ("clear-asks", test_clear_asks);
  ADD ("compact", test_compact);
  ADD ("export", test_export);

  return g_test_run ();
}
