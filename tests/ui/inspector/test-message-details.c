/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-message-details.h"

#include "wt-ui-test.h"

typedef struct
{
  WtProfile *profile;
  char *folder;
  WtSession *session;
  WtConversation *conversation;
  WtTimeline *timeline;
  GtkWidget *window;
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->profile = wt_ui_test_open_profile (&fixture->folder);
  fixture->session = wt_ui_test_add_account (fixture->profile, "me");
  fixture->conversation = wt_ui_test_add_conversation (fixture->session, WT_CONVERSATION_GROUP,
                                                       "field");
  fixture->timeline = wt_session_open_timeline (fixture->session, fixture->conversation);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->window != NULL)
    gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->timeline);
  g_clear_object (&fixture->conversation);
  wt_ui_test_close_profile (fixture->profile, fixture->folder);
}

/* Returns: (transfer full) */
static WtMessage *
send (Fixture *fixture, const char *text)
{
  g_autoptr (WtSegment) segment = wt_segment_new_text (text);
  g_autoptr (GAsyncResult) result = NULL;
  GListModel *messages = G_LIST_MODEL (fixture->timeline);
  WtMessage *message;

  wt_session_send_async (fixture->session, fixture->conversation, segment, NULL, wt_ui_test_on_done,
                         &result);
  wt_test_wait_until (result != NULL && g_list_model_get_n_items (messages) > 0);
  g_assert_true (wt_session_send_finish (fixture->session, result, NULL));
  message = g_list_model_get_item (messages, g_list_model_get_n_items (messages) - 1);
  wt_test_wait_until (wt_message_get_loaded (message));
  return message;
}

/* What a screen would show: titles, subtitles, JSON. */
static void
collect (GtkWidget *widget, GString *text)
{
  if (!gtk_widget_get_visible (widget))
    return;
  if (GTK_IS_LABEL (widget))
    g_string_append_printf (text, "%s\n", gtk_label_get_text (GTK_LABEL (widget)));
  if (GTK_IS_TEXT_VIEW (widget))
    {
      GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (widget));
      GtkTextIter start, end;
      g_autofree char *contents = NULL;

      gtk_text_buffer_get_bounds (buffer, &start, &end);
      contents = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
      g_string_append_printf (text, "%s\n", contents);
    }
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    collect (child, text);
}

static gboolean
shows (Fixture *fixture, const char *wanted)
{
  g_autoptr (GString) text = g_string_new (NULL);

  collect (fixture->window, text);
  return strstr (text->str, wanted) != NULL;
}

static void
open (Fixture *fixture, WtMessage *message)
{
  fixture->window = wt_message_details_new (fixture->session, fixture->conversation, message);
  gtk_window_present (GTK_WINDOW (fixture->window));
}

static void
test_envelope (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = send (fixture, "a wheatear");

  open (fixture, message);
  wt_test_wait_until (shows (fixture, "\"data\": \"a wheatear\""));
  g_assert_true (shows (fixture, "As it is sent."));
  g_assert_true (shows (fixture, "\"sender_user\": \"•••\""));
  g_assert_true (shows (fixture, wt_message_get_record (message)->msg_id));
  g_assert_true (shows (fixture, "Group id"));
  g_assert_true (shows (fixture, "Round trip") == FALSE);
}

/* It follows the message, attempts and all. */
static void
test_live (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = send (fixture, "on its way");
  g_autoptr (WtMessageRecord) record = wt_message_record_copy (wt_message_get_record (message));

  open (fixture, message);
  wt_test_wait_until (shows (fixture, "\"data\": \"on its way\""));
  record->delivery = WT_DELIVERY_SENT;
  record->attempts = 3;
  g_signal_emit_by_name (fixture->session, "delivery-changed", record);
  g_assert_true (shows (fixture, "Sent, not confirmed yet"));
  g_assert_true (shows (fixture, "Attempts\n3\n"));
  record->attempts = 4;
  g_signal_emit_by_name (fixture->session, "delivery-changed", record);
  g_assert_true (shows (fixture, "Attempts\n4\n"));
  record->delivery = WT_DELIVERY_ACKED;
  record->acked_time = record->time + 3240;
  record->rtt = 3240;
  g_signal_emit_by_name (fixture->session, "delivery-changed", record);
  g_assert_true (shows (fixture, "Round trip\n3.2 ms\n"));
  g_assert_true (shows (fixture, "Received by the server"));
}

static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = send (fixture, "a slip");

  open (fixture, message);
  wt_test_wait_until (shows (fixture, "\"data\": \"a slip\""));
  wt_session_delete_message (fixture->session, fixture->conversation, message);
  wt_test_wait_until (wt_message_get_deleted (message));
  g_assert_false (shows (fixture, "a slip"));
  g_assert_true (shows (fixture, "Deleted here"));
}

/* Closed before the envelope is there. */
static void
test_close (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = send (fixture, "gone");
  gpointer window;

  open (fixture, message);
  window = fixture->window;
  g_object_add_weak_pointer (G_OBJECT (window), &window);
  gtk_window_destroy (GTK_WINDOW (g_steal_pointer (&fixture->window)));
  wt_test_wait_until (window == NULL);
}

int
main (int argc, char **argv)
{
  if (!wt_ui_test_init (&argc, &argv))
    return 77;
#define ADD(path, func)                                                                            \
  g_test_add ("/ui/message-details/" path, Fixture, NULL, set_up, func, tear_down)
  ADD ("envelope", test_envelope);
  ADD ("live", test_live);
  ADD ("deleted", test_deleted);
  ADD ("close", test_close);
  return g_test_run ();
}
