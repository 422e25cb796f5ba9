/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-fixture.h"
#include "wt-chat-test.h"
#include "wt-message-details.h"
#include "wt-test.h"

static void
assert_composer (WtChatFixture *fixture, const char *text)
{
  g_autofree char *now = wt_composer_dup_text (fixture->composer);

  g_assert_cmpstr (now, ==, text);
}

static void
send (WtChatFixture *fixture, const char *text)
{
  guint before = wt_chat_fixture_get_n_messages (fixture);

  wt_composer_set_text (fixture->composer, text);
  wt_composer_send (fixture->composer);
  assert_composer (fixture, "");
  wt_test_wait_until (wt_chat_fixture_get_n_messages (fixture) == before + 1);
  wt_chat_test_wait_painted (fixture->window);
}

static void
test_new (WtChatFixture *fixture, gconstpointer data)
{
  g_assert_null (wt_chat_view_get_conversation (fixture->view));
  g_assert_false (gtk_widget_get_sensitive (GTK_WIDGET (fixture->composer)));
}

static void
test_empty (WtChatFixture *fixture, gconstpointer data)
{
  GtkWidget *nothing = wt_chat_test_find (GTK_WIDGET (fixture->view), GTK_TYPE_LABEL, "nothing");

  wt_chat_fixture_open (fixture, fixture->chat);
  g_assert_true (gtk_widget_get_sensitive (GTK_WIDGET (fixture->composer)));
  g_assert_true (gtk_widget_get_visible (nothing));
  send (fixture, "first");
  g_assert_false (gtk_widget_get_visible (nothing));
}

static void
test_send (WtChatFixture *fixture, gconstpointer data)
{
  wt_chat_fixture_open (fixture, fixture->chat);
  send (fixture, "hello");

  WtMessage *message = wt_message_row_get_message (wt_chat_fixture_get_row (fixture, 0));

  g_assert_cmpstr (wt_message_get_text (message), ==, "hello");
  g_assert_cmpint (wt_message_get_delivery (message), ==, WT_DELIVERY_QUEUED);
  g_assert_true (wt_timeline_view_get_at_bottom (fixture->timeline));
  g_assert_cmpuint (fixture->n_troubles, ==, 0);
}

/* Several at once stay in order. */
static void
test_send_many (WtChatFixture *fixture, gconstpointer data)
{
  wt_chat_fixture_open (fixture, fixture->chat);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);

      wt_composer_set_text (fixture->composer, text);
      wt_composer_send (fixture->composer);
    }
  wt_test_wait_until (wt_chat_fixture_get_n_messages (fixture) == 20);
  for (guint i = 0; i < 20; i++)
    {
      g_autofree char *text = g_strdup_printf ("message %u", i);
      g_autoptr (WtMessage) message = g_list_model_get_item (
          wt_timeline_view_get_model (fixture->timeline), i);

      wt_test_wait_until (wt_message_get_loaded (message));
      g_assert_cmpstr (wt_message_get_text (message), ==, text);
    }
}

static void
test_drafts (WtChatFixture *fixture, gconstpointer data)
{
  wt_chat_fixture_open (fixture, fixture->chat);
  wt_composer_set_text (fixture->composer, "for the chat");
  wt_chat_fixture_open (fixture, fixture->group);
  assert_composer (fixture, "");
  g_assert_cmpstr (wt_conversation_get_draft (fixture->chat), ==, "for the chat");
  wt_composer_set_text (fixture->composer, "for the group");
  wt_chat_fixture_open (fixture, fixture->chat);
  assert_composer (fixture, "for the chat");
  wt_chat_view_set_conversation (fixture->view, NULL);
  assert_composer (fixture, "");
  g_assert_cmpstr (wt_conversation_get_draft (fixture->group), ==, "for the group");
}

static gboolean
has_draft (WtConversation *conversation, const char *draft)
{
  return g_strcmp0 (wt_conversation_get_draft (conversation), draft) == 0;
}

static void
test_draft_saved_while_typing (WtChatFixture *fixture, gconstpointer data)
{
  wt_chat_fixture_open (fixture, fixture->chat);
  wt_composer_set_text (fixture->composer, "typed");
  g_assert_true (has_draft (fixture->chat, NULL));
  wt_test_wait_until (has_draft (fixture->chat, "typed"));
  send (fixture, "typed");
  wt_test_wait_until (has_draft (fixture->chat, NULL));
}

/* The text is in the draft until the message is on disk, and not a moment longer. */
static void
test_draft_holds_unsent (WtChatFixture *fixture, gconstpointer data)
{
  wt_chat_fixture_open (fixture, fixture->chat);
  wt_composer_set_text (fixture->composer, "sent");
  wt_composer_send (fixture->composer);
  wt_composer_set_text (fixture->composer, "rest");
  wt_chat_view_set_conversation (fixture->view, fixture->group);
  g_assert_true (has_draft (fixture->chat, "sent\nrest"));

  /* Back before it is settled: only the rest. */
  wt_chat_view_set_conversation (fixture->view, fixture->chat);
  assert_composer (fixture, "rest");
  wt_chat_view_set_conversation (fixture->view, fixture->group);
  wt_test_wait_until (has_draft (fixture->chat, "rest"));
}

/* A database that is gone stands for a disk that is full. */
static void
test_not_stored (WtChatFixture *fixture, gconstpointer data)
{
  wt_chat_fixture_open (fixture, fixture->chat);
  wt_profile_close (fixture->profile);
  wt_composer_set_text (fixture->composer, "one");
  wt_composer_send (fixture->composer);
  wt_composer_set_text (fixture->composer, "two");
  wt_composer_send (fixture->composer);
  wt_composer_set_text (fixture->composer, "three");
  wt_test_wait_until (fixture->n_troubles >= 2);
  assert_composer (fixture, "one\ntwo\nthree");
}

static void
test_opens_at_end (WtChatFixture *fixture, gconstpointer data)
{
  guint first, last;

  wt_chat_fixture_fill (fixture, fixture->group, 100);
  wt_chat_fixture_read_all (fixture, fixture->group);
  wt_chat_fixture_open (fixture, fixture->group);
  g_assert_true (wt_timeline_view_get_at_bottom (fixture->timeline));
  g_assert_true (wt_timeline_view_get_visible_range (fixture->timeline, &first, &last));
  g_assert_cmpuint (last, ==, 99);
  g_assert_true (
      wt_message_get_loaded (wt_message_row_get_message (wt_chat_fixture_get_row (fixture, 99))));
}

static gboolean
has_divider (WtChatFixture *fixture, guint position)
{
  WtMessageRow *row = wt_chat_fixture_get_row (fixture, position);
  GtkWidget *divider = row != NULL ? wt_chat_test_find (GTK_WIDGET (row), GTK_TYPE_LABEL, "unread")
                                   : NULL;

  return divider != NULL && gtk_widget_get_visible (divider);
}

static void
test_opens_at_unread (WtChatFixture *fixture, gconstpointer data)
{
  GtkWidget *jump = wt_chat_test_find (GTK_WIDGET (fixture->view), GTK_TYPE_REVEALER, "jump");
  guint first, last;

  wt_chat_fixture_fill (fixture, fixture->group, 40);
  wt_chat_fixture_read_all (fixture, fixture->group);
  wt_chat_fixture_fill (fixture, fixture->group, 60);
  g_assert_cmpuint (wt_conversation_get_unread (fixture->group), ==, 60);
  wt_chat_fixture_open (fixture, fixture->group);

  g_assert_true (has_divider (fixture, 40));
  g_assert_false (wt_timeline_view_get_at_bottom (fixture->timeline));
  g_assert_true (wt_timeline_view_get_visible_range (fixture->timeline, &first, &last));
  g_assert_cmpuint (first, <=, 40);
  g_assert_cmpuint (last, >=, 40);
  g_assert_cmpuint (last, <, 99);

  /* What shows is read, what is below is not. */
  wt_test_wait_until (wt_conversation_get_read_seq (fixture->group) == (gint64) last + 1);
  g_assert_cmpuint (wt_conversation_get_unread (fixture->group), ==, 100 - (last + 1));
  g_assert_true (gtk_widget_get_visible (jump));

  /* The button goes to the end, and then all is read. */
  g_signal_emit_by_name (wt_chat_test_find (jump, GTK_TYPE_BUTTON, NULL), "clicked");
  wt_test_wait_until (wt_conversation_get_unread (fixture->group) == 0);
  wt_test_wait_until (!gtk_widget_get_visible (jump));
  send (fixture, "an answer");
  g_assert_false (has_divider (fixture, 40));
}

static void
test_not_read_unseen (WtChatFixture *fixture, gconstpointer data)
{
  GtkWidget *other = gtk_window_new ();

  wt_chat_fixture_fill (fixture, fixture->group, 5);
  gtk_window_present (GTK_WINDOW (other));
  wt_test_wait_until (!gtk_window_is_active (GTK_WINDOW (fixture->window)));
  wt_chat_fixture_open (fixture, fixture->group);
  wt_chat_test_wait_painted (fixture->window);
  g_assert_cmpuint (wt_conversation_get_unread (fixture->group), ==, 5);

  gtk_window_destroy (GTK_WINDOW (other));
  gtk_window_present (GTK_WINDOW (fixture->window));
  wt_test_wait_until (wt_conversation_get_unread (fixture->group) == 0);
}

static GtkWidget *
find_details (void)
{
  for (guint i = 0; i < g_list_model_get_n_items (gtk_window_get_toplevels ()); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (gtk_window_get_toplevels (), i);

      if (WT_IS_MESSAGE_DETAILS (window))
        return window;
    }
  return NULL;
}

static void
test_delete_and_details (WtChatFixture *fixture, gconstpointer data)
{
  WtMessage *message;
  GtkWidget *details;

  wt_chat_fixture_open (fixture, fixture->chat);
  send (fixture, "to be deleted");
  message = wt_message_row_get_message (wt_chat_fixture_get_row (fixture, 0));

  gtk_widget_activate_action (GTK_WIDGET (wt_chat_fixture_get_row (fixture, 0)), "message.details",
                              NULL);
  details = find_details ();
  g_assert_nonnull (details);
  wt_chat_test_wait_painted (details);

  gtk_widget_activate_action (GTK_WIDGET (wt_chat_fixture_get_row (fixture, 0)), "message.delete",
                              NULL);
  wt_test_wait_until (wt_message_get_deleted (message));
  gtk_window_destroy (GTK_WINDOW (details));
  g_assert_cmpuint (wt_chat_fixture_get_n_messages (fixture), ==, 1);
}

static void
test_last_sent (WtChatFixture *fixture, gconstpointer data)
{
  if (!wt_chat_test_has_keys ())
    {
      g_test_skip ("no xdotool");
      return;
    }

  wt_chat_fixture_open (fixture, fixture->chat);
  send (fixture, "once more");
  wt_chat_fixture_open (fixture, fixture->group);
  wt_chat_fixture_open (fixture, fixture->chat);
  wt_chat_view_focus_composer (fixture->view);
  wt_chat_test_press (fixture->window, "Up x");
  wt_test_wait_until (wt_composer_get_text_view (fixture->composer) != NULL);
  for (;;)
    {
      g_autofree char *text = wt_composer_dup_text (fixture->composer);

      if (g_str_has_suffix (text, "x"))
        {
          g_assert_cmpstr (text, ==, "once morex");
          break;
        }
      g_main_context_iteration (NULL, TRUE);
    }
}

/* The arrows stay in the menu, although they also go from message to message. */
static void
test_menu_by_keys (WtChatFixture *fixture, gconstpointer data)
{
  GtkWidget *menu;

  if (!wt_chat_test_has_keys ())
    {
      g_test_skip ("no xdotool");
      return;
    }

  wt_chat_fixture_open (fixture, fixture->chat);
  send (fixture, "one");
  send (fixture, "two");
  gtk_widget_grab_focus (GTK_WIDGET (wt_chat_fixture_get_row (fixture, 0)));
  wt_chat_test_press (fixture->window, "shift+F10");
  wt_test_wait_until ((menu = wt_chat_test_find (fixture->window, GTK_TYPE_POPOVER_MENU, NULL))
                          != NULL
                      && gtk_widget_get_mapped (menu));
  wt_chat_test_wait_painted (fixture->window);
  wt_chat_test_press (fixture->window, "Down Down Down Down Return");
  wt_test_wait_until (find_details () != NULL);
  gtk_window_destroy (GTK_WINDOW (find_details ()));
}

/* What is typed with the focus on a message goes to the composer. */
static void
test_typing_anywhere (WtChatFixture *fixture, gconstpointer data)
{
  GtkWidget *text = GTK_WIDGET (wt_composer_get_text_view (fixture->composer));

  if (!wt_chat_test_has_keys ())
    {
      g_test_skip ("no xdotool");
      return;
    }

  wt_chat_fixture_open (fixture, fixture->chat);
  send (fixture, "hello");
  gtk_widget_grab_focus (GTK_WIDGET (wt_chat_fixture_get_row (fixture, 0)));
  g_assert_false (gtk_widget_has_focus (text));
  wt_chat_test_press (fixture->window, "a b");
  wt_test_wait_until (gtk_widget_has_focus (text));
  for (;;)
    {
      g_autofree char *typed = wt_composer_dup_text (fixture->composer);

      if (g_str_equal (typed, "ab"))
        break;
      g_main_context_iteration (NULL, TRUE);
    }

  gtk_widget_grab_focus (GTK_WIDGET (wt_chat_fixture_get_row (fixture, 0)));
  wt_chat_test_press (fixture->window, "Escape");
  wt_test_wait_until (gtk_widget_has_focus (text));
}

/* Nothing is left of a view that goes while it works. */
static void
test_gone_while_busy (WtChatFixture *fixture, gconstpointer data)
{
  gpointer view = fixture->view;

  wt_chat_fixture_fill (fixture, fixture->chat, 10);
  wt_chat_view_set_conversation (fixture->view, fixture->chat);
  wt_composer_set_text (fixture->composer, "sent");
  wt_composer_send (fixture->composer);
  wt_composer_set_text (fixture->composer, "rest");
  g_object_add_weak_pointer (G_OBJECT (fixture->view), &view);
  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  wt_test_wait_until (view == NULL);
  g_assert_true (has_draft (fixture->chat, "rest"));
  wt_test_wait_until (wt_conversation_get_last_seq (fixture->chat) == 11);
}

int
main (int argc, char **argv)
{
  wt_chat_test_init (&argc, &argv);

#define ADD(name, func)                                                                            \
  g_test_add ("/chat-view/" name, WtChatFixture, NULL, wt_chat_fixture_set_up, func,               \
              wt_chat_fixture_tear_down)

  ADD ("new", test_new);
  ADD ("empty", test_empty);
  ADD ("send", test_send);
  ADD ("send-many", test_send_many);
  ADD ("drafts", test_drafts);
  ADD ("draft-saved-while-typing", test_draft_saved_while_typing);
  ADD ("draft-holds-unsent", test_draft_holds_unsent);
  ADD ("not-stored", test_not_stored);
  ADD ("opens-at-end", test_opens_at_end);
  ADD ("opens-at-unread", test_opens_at_unread);
  ADD ("not-read-unseen", test_not_read_unseen);
  ADD ("delete-and-details", test_delete_and_details);
  ADD ("menu-by-keys", test_menu_by_keys);
  ADD ("last-sent", test_last_sent);
  ADD ("typing-anywhere", test_typing_anywhere);
  ADD ("gone-while-busy", test_gone_while_busy);
  return g_test_run ();
}
