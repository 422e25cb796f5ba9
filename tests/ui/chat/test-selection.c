/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <locale.h>

#include "wt-chat-fixture.h"
#include "wt-chat-test.h"
#include "wt-message-bubble.h"
#include "wt-message-selection.h"
#include "wt-test.h"
#include "wt-transcript.h"

/* Selecting several messages, and what is done with them. */

static char *
describe (WtMessageSelection *selection)
{
  g_autoptr (GArray) seqs = wt_message_selection_list (selection);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < seqs->len; i++)
    g_string_append_printf (words, "%s%" G_GINT64_FORMAT, i > 0 ? " " : "",
                            g_array_index (seqs, gint64, i));
  return g_strdup (words->str);
}

static void
assert_selected (WtMessageSelection *selection, const char *expected)
{
  g_autofree char *words = describe (selection);

  g_assert_cmpstr (words, ==, expected);
}

static void
count (gpointer data)
{
  (*(guint *) data)++;
}

static void
test_range (void)
{
  g_autoptr (WtMessageSelection) selection = wt_message_selection_new ();
  guint n_changes = 0;

  g_signal_connect_swapped (selection, "changed", G_CALLBACK (count), &n_changes);
  g_assert_true (wt_message_selection_toggle (selection, 2));
  g_assert_true (wt_message_selection_toggle (selection, 10));
  g_assert_true (wt_message_selection_extend (selection, 13));
  assert_selected (selection, "2 10 11 12 13");
  /* A range is drawn anew, to the other side, too. */
  g_assert_true (wt_message_selection_extend (selection, 8));
  assert_selected (selection, "2 8 9 10");
  g_assert_true (wt_message_selection_extend (selection, 10));
  assert_selected (selection, "2 10");
  g_assert_cmpuint (n_changes, ==, 5);

  g_assert_true (wt_message_selection_toggle (selection, 2));
  g_assert_true (wt_message_selection_toggle (selection, 10));
  assert_selected (selection, "");
  g_assert_true (wt_message_selection_extend (selection, 5));
  assert_selected (selection, "5");
  wt_message_selection_clear (selection);
  wt_message_selection_clear (selection);
  g_assert_cmpuint (n_changes, ==, 9);
}

static void
test_bounded (void)
{
  g_autoptr (WtMessageSelection) selection = wt_message_selection_new ();

  wt_message_selection_toggle (selection, 1);
  g_assert_false (wt_message_selection_extend (selection, G_MAXINT));
  g_assert_cmpuint (wt_message_selection_get_size (selection), ==, WT_MESSAGE_SELECTION_MOST);
  g_assert_true (wt_message_selection_contains (selection, WT_MESSAGE_SELECTION_MOST));
  g_assert_false (wt_message_selection_toggle (selection, G_MAXINT));
  g_assert_true (wt_message_selection_extend (selection, 2));
  assert_selected (selection, "1 2");
  wt_message_selection_set_range (selection, 100, 100 + WT_MESSAGE_SELECTION_MOST - 1);
  g_assert_cmpuint (wt_message_selection_get_size (selection), ==, WT_MESSAGE_SELECTION_MOST);
  g_assert_false (wt_message_selection_contains (selection, 1));
}

static WtMessageSelection *
get_selection (WtChatFixture *fixture)
{
  return wt_message_context_get_selection (wt_chat_view_get_context (fixture->view));
}

static GtkWidget *
get_bar (WtChatFixture *fixture)
{
  return wt_chat_test_find (GTK_WIDGET (fixture->view), GTK_TYPE_BOX, "selection");
}

static void
keep_result (GObject *source, GAsyncResult *result, gpointer data)
{
  g_set_object ((GAsyncResult **) data, result);
}

static char *
make_transcript (WtChatFixture *fixture, WtConversation *conversation, const gint64 *seqs, guint n)
{
  WtDatabase *database = wt_profile_get_database (fixture->profile);
  g_autoptr (GArray) list = g_array_new (FALSE, FALSE, sizeof (gint64));
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  char *text;

  g_array_append_vals (list, seqs, n);
  wt_transcript_make_async (database, wt_conversation_get_id (conversation), list, NULL,
                            keep_result, &result);
  wt_test_wait_until (result != NULL);
  text = wt_transcript_make_finish (database, result, &error);
  g_assert_no_error (error);
  return text;
}

static void
test_transcript (WtChatFixture *fixture, gconstpointer data)
{
  static const gint64 some[] = { 1, 2, 4, 99 };
  g_autofree char *text = NULL;
  g_autofree char *nothing = NULL;

  wt_chat_fixture_add_message (fixture, fixture->group, "安娜", "first line\r\nsecond\x01line");
  wt_chat_fixture_add_message (fixture, fixture->group, NULL, "mine");
  wt_chat_fixture_add_message (fixture, fixture->group, "bob", "not this one");
  wt_chat_fixture_add_message (fixture, fixture->group, "bob", "last");
  text = make_transcript (fixture, fixture->group, some, G_N_ELEMENTS (some));
  g_assert_cmpstr (text, ==,
                   "[2025-03-03 14:06] 安娜: first line\nsecond\xef\xbf\xbdline\n"
                   "[2025-03-03 14:07] me: mine\n"
                   "[2025-03-03 14:09] bob: last");
  nothing = make_transcript (fixture, fixture->group, some, 0);
  g_assert_cmpstr (nothing, ==, "");
}

static void
add_pieces (WtChatFixture *fixture)
{
  const char *const pieces
      = "{\"type\":\"seglist\",\"data\":[{\"type\":\"reply\",\"data\":\"id-1\"},"
        "{\"type\":\"text\",\"data\":\"look\"},"
        "{\"type\":\"image\",\"data\":{\"url\":\"http://x/a.png\",\"name\":\"cat.png\"}},"
        "{\"type\":\"file\",\"data\":{\"url\":\"http://x/b\",\"name\":\"notes.txt\"}}]}";

  wt_chat_fixture_add (fixture, fixture->group, "ann", wt_chat_test_parse_segment (pieces));
}

static void
test_transcript_attachments (WtChatFixture *fixture, gconstpointer data)
{
  static const gint64 one = 1;
  g_autofree char *text = NULL;

  add_pieces (fixture);
  text = make_transcript (fixture, fixture->group, &one, 1);
  g_assert_cmpstr (text, ==, "[2025-03-03 14:06] ann: look [Picture: cat.png] [File: notes.txt]");
}

static void
on_text (GObject *source, GAsyncResult *result, gpointer data)
{
  *(char **) data = gdk_clipboard_read_text_finish (GDK_CLIPBOARD (source), result, NULL);
}

static char *
wait_clipboard (WtChatFixture *fixture)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (GTK_WIDGET (fixture->view));
  char *text = NULL;

  gdk_clipboard_read_text_async (clipboard, NULL, on_text, &text);
  wt_test_wait_until (text != NULL);
  return text;
}

/* The mode, as it shows, and leaving it. */
static void
test_mode (WtChatFixture *fixture, gconstpointer data)
{
  WtMessageRow *row;

  wt_chat_fixture_fill (fixture, fixture->group, 5);
  wt_chat_fixture_open (fixture, fixture->group);
  row = wt_chat_fixture_get_row (fixture, 3);
  g_assert_false (gtk_widget_get_visible (get_bar (fixture)));

  gtk_widget_activate_action (GTK_WIDGET (row), "message.select", NULL);
  g_assert_true (gtk_widget_get_visible (get_bar (fixture)));
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->composer)));
  g_assert_true (gtk_widget_has_css_class (GTK_WIDGET (row), "selected"));
  gtk_test_accessible_assert_state (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_STATE_SELECTED, TRUE);

  gtk_widget_activate_action (GTK_WIDGET (row), "message.select", NULL);
  g_assert_false (gtk_widget_get_visible (get_bar (fixture)));
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->composer)));
  g_assert_false (gtk_widget_has_css_class (GTK_WIDGET (row), "selected"));

  /* It ends with the conversation. */
  gtk_widget_activate_action (GTK_WIDGET (row), "chat.select-all", NULL);
  g_assert_cmpuint (wt_message_selection_get_size (get_selection (fixture)), ==, 5);
  wt_chat_fixture_open (fixture, fixture->chat);
  g_assert_cmpuint (wt_message_selection_get_size (get_selection (fixture)), ==, 0);
  g_assert_false (gtk_widget_get_visible (get_bar (fixture)));
}

static graphene_rect_t
get_bounds (WtChatFixture *fixture, GtkWidget *widget)
{
  graphene_rect_t bounds;

  g_assert_true (gtk_widget_compute_bounds (widget, GTK_WIDGET (fixture->view), &bounds));
  return bounds;
}

/* The last message is seen as a whole, with as much below it as there is above the composer. */
static void
test_last_message (WtChatFixture *fixture, gconstpointer data)
{
  WtMessageRow *row;
  graphene_rect_t bubble, bar;

  wt_chat_fixture_fill (fixture, fixture->group, 40);
  wt_chat_fixture_read_all (fixture, fixture->group);
  wt_chat_fixture_open (fixture, fixture->group);
  row = wt_chat_fixture_get_row (fixture, 39);
  gtk_widget_activate_action (GTK_WIDGET (row), "message.select", NULL);
  wt_chat_test_wait_painted (fixture->window);
  bubble = get_bounds (fixture, wt_chat_test_find (GTK_WIDGET (row), WT_TYPE_MESSAGE_BUBBLE, NULL));
  bar = get_bounds (fixture, get_bar (fixture));
  g_assert_cmpfloat (bubble.origin.y + bubble.size.height + 6, <=, bar.origin.y);
}

/* However wide the window is, one writes where one reads. */
static void
test_column (WtChatFixture *fixture, gconstpointer data)
{
  static const int widths[] = { 1280, 800, 400 };

  wt_chat_fixture_fill (fixture, fixture->group, 3);
  wt_chat_fixture_open (fixture, fixture->group);
  for (guint i = 0; i < G_N_ELEMENTS (widths); i++)
    {
      GtkWidget *view = GTK_WIDGET (fixture->view);
      graphene_rect_t composer;
      int column = MIN (widths[i], WT_MESSAGE_ROW_WIDEST);

      gtk_window_set_default_size (GTK_WINDOW (fixture->window), widths[i], 500);
      wt_test_wait_until (gtk_widget_get_width (view) == widths[i]);
      wt_chat_test_wait_painted (fixture->window);
      composer = get_bounds (fixture, GTK_WIDGET (fixture->composer));
      g_assert_cmpfloat (composer.size.width, ==, column);
      g_assert_cmpfloat (composer.origin.x, ==, (widths[i] - column) / 2);
    }
}

/* Rows that are far away are not alive. */
static void
test_copy_far (WtChatFixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;

  wt_chat_fixture_fill (fixture, fixture->group, 300);
  wt_chat_fixture_read_all (fixture, fixture->group);
  wt_chat_fixture_open (fixture, fixture->group);
  g_assert_null (wt_chat_fixture_get_row (fixture, 1));
  wt_message_selection_toggle (get_selection (fixture), 2);
  wt_message_selection_extend (get_selection (fixture), 299);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "chat.copy-selected", NULL);
  g_assert_false (gtk_widget_get_visible (get_bar (fixture)));
  wt_test_wait_until (fixture->n_troubles == 1);
  text = wait_clipboard (fixture);
  lines = g_strsplit (text, "\n", -1);
  g_assert_cmpuint (g_strv_length (lines), ==, 298);
  g_assert_cmpstr (lines[0], ==, "[2025-03-03 14:07] bob: some words");
  g_assert_cmpstr (lines[297], ==, "[2025-03-03 19:04] bob: some words");
}

static void
on_deleted (WtChatView *view, WtDeletion *deletion, gpointer data)
{
  g_set_object ((WtDeletion **) data, deletion);
}

/* Several, undone as one. */
static void
test_delete (WtChatFixture *fixture, gconstpointer data)
{
  g_autoptr (WtDeletion) deletion = NULL;
  WtMessage *messages[4];

  g_signal_connect (fixture->view, "deleted", G_CALLBACK (on_deleted), &deletion);
  wt_chat_fixture_fill (fixture, fixture->group, 4);
  wt_chat_fixture_open (fixture, fixture->group);
  for (guint i = 0; i < 4; i++)
    messages[i] = wt_message_row_get_message (wt_chat_fixture_get_row (fixture, i));
  wt_message_selection_toggle (get_selection (fixture), 2);
  wt_message_selection_extend (get_selection (fixture), 3);
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "chat.delete-selected", NULL);
  g_assert_nonnull (deletion);
  for (guint i = 0; i < 4; i++)
    g_assert_true (wt_message_get_deleted (messages[i]) == (i == 1 || i == 2));
  g_assert_false (gtk_widget_get_visible (get_bar (fixture)));

  wt_deletion_undo (deletion);
  for (guint i = 0; i < 4; i++)
    g_assert_false (wt_message_get_deleted (messages[i]));
}

static gboolean
is_focused (WtChatFixture *fixture, guint position)
{
  WtMessageRow *row = wt_chat_fixture_get_row (fixture, position);

  return row != NULL && gtk_widget_is_focus (GTK_WIDGET (row));
}

/* By the keyboard alone. */
static void
test_keys (WtChatFixture *fixture, gconstpointer data)
{
  WtMessageSelection *selection = get_selection (fixture);
  g_autofree char *text = NULL;

  if (!wt_chat_test_has_keys ())
    {
      g_test_skip ("no xdotool");
      return;
    }
  wt_chat_fixture_fill (fixture, fixture->group, 6);
  wt_chat_fixture_open (fixture, fixture->group);
  gtk_widget_grab_focus (GTK_WIDGET (wt_chat_fixture_get_row (fixture, 5)));
  wt_chat_test_press (fixture->window, "Up ctrl+Up ctrl+Up ctrl+Down");
  wt_test_wait_until (is_focused (fixture, 3));
  wt_chat_test_press (fixture->window, "shift+Up shift+Up");
  wt_test_wait_until (wt_message_selection_get_size (selection) == 3);
  assert_selected (selection, "2 3 4");
  g_assert_true (is_focused (fixture, 1));
  wt_chat_test_press (fixture->window, "shift+Down space Up space");
  wt_test_wait_until (wt_message_selection_contains (selection, 2)
                      && !wt_message_selection_contains (selection, 3));
  assert_selected (selection, "2 4");
  wt_chat_test_press (fixture->window, "ctrl+a");
  wt_test_wait_until (wt_message_selection_get_size (selection) == 6);
  wt_chat_test_press (fixture->window, "Escape");
  wt_test_wait_until (wt_message_selection_get_size (selection) == 0);
  wt_chat_test_press (fixture->window, "space ctrl+c");
  wt_test_wait_until (fixture->n_troubles == 1);
  text = wait_clipboard (fixture);
  g_assert_cmpstr (text, ==, "[2025-03-03 14:07] bob: some words");
  wt_chat_test_press (fixture->window, "Delete");
  wt_test_wait_until (
      wt_message_get_deleted (wt_message_row_get_message (wt_chat_fixture_get_row (fixture, 1))));
}

/* Tab goes from the messages to the composer, and back to what shows last. */
static void
test_tab (WtChatFixture *fixture, gconstpointer data)
{
  GtkWidget *text = GTK_WIDGET (wt_composer_get_text_view (fixture->composer));

  wt_chat_fixture_fill (fixture, fixture->group, 40);
  wt_chat_fixture_read_all (fixture, fixture->group);
  wt_chat_fixture_open (fixture, fixture->group);
  gtk_widget_grab_focus (text);
  gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_BACKWARD);
  g_assert_true (is_focused (fixture, 39));
  gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD);
  g_assert_true (gtk_widget_is_focus (text));
}

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "C.UTF-8");
  g_setenv ("TZ", "UTC", TRUE);
  wt_chat_test_init (&argc, &argv);

#define ADD(name, func)                                                                            \
  g_test_add ("/selection/" name, WtChatFixture, NULL, wt_chat_fixture_set_up, func,               \
              wt_chat_fixture_tear_down)

  g_test_add_func ("/selection/range", test_range);
  g_test_add_func ("/selection/bounded", test_bounded);
  ADD ("transcript", test_transcript);
  ADD ("transcript-attachments", test_transcript_attachments);
  ADD ("mode", test_mode);
  ADD ("last-message", test_last_message);
  ADD ("column", test_column);
  ADD ("copy-far", test_copy_far);
  ADD ("delete", test_delete);
  ADD ("keys", test_keys);
  ADD ("tab", test_tab);
  return g_test_run ();
}
