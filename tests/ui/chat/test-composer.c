/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-test.h"
#include "wt-composer.h"
#include "wt-test.h"

typedef struct
{
  GtkWidget *window;
  WtComposer *composer;
  GString *sent; /* "[text]" of each */
  int paged;
  gboolean keep; /* do not clear what was sent */
} Fixture;

static void
on_send (WtComposer *composer, gpointer data)
{
  Fixture *fixture = data;
  g_autoptr (WtComposition) taken = NULL;

  if (fixture->keep)
    {
      g_string_append (fixture->sent, "[kept]");
      return;
    }
  taken = wt_composer_take (composer);
  g_string_append_printf (fixture->sent, "[%s]", wt_composition_get_text (taken));
}

static void
on_page (WtComposer *composer, int direction, gpointer data)
{
  ((Fixture *) data)->paged += direction;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->composer = WT_COMPOSER (wt_composer_new ());
  fixture->sent = g_string_new (NULL);
  g_signal_connect (fixture->composer, "send", G_CALLBACK (on_send), fixture);
  g_signal_connect (fixture->composer, "page", G_CALLBACK (on_page), fixture);
  fixture->window = wt_chat_test_show (GTK_WIDGET (fixture->composer));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->composer));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_string_free (fixture->sent, TRUE);
}

static gboolean
has_text (Fixture *fixture, const char *text)
{
  g_autofree char *now = wt_composer_dup_text (fixture->composer);

  return g_str_equal (now, text);
}

#define assert_text(fixture, text) wt_test_wait_until (has_text (fixture, text))

static gboolean
lacks_keys (void)
{
  if (wt_chat_test_has_keys ())
    return FALSE;

  g_test_skip ("no xdotool");
  return TRUE;
}

static void
test_enter (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "h i Return");
  wt_test_wait_until (fixture->sent->len > 0);
  g_assert_cmpstr (fixture->sent->str, ==, "[hi]");
  assert_text (fixture, "");

  wt_chat_test_press (fixture->window, "a KP_Enter");
  wt_test_wait_until (fixture->sent->len > 4);
  g_assert_cmpstr (fixture->sent->str, ==, "[hi][a]");
}

static void
test_shift_enter (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "a shift+Return b");
  assert_text (fixture, "a\nb");
  g_assert_cmpstr (fixture->sent->str, ==, "");
  wt_chat_test_press (fixture->window, "Return");
  wt_test_wait_until (fixture->sent->len > 0);
  g_assert_cmpstr (fixture->sent->str, ==, "[a\nb]");
}

static void
test_control_enter (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_composer_set_enter_sends (fixture->composer, FALSE);
  wt_chat_test_press (fixture->window, "a Return b");
  assert_text (fixture, "a\nb");
  g_assert_cmpstr (fixture->sent->str, ==, "");
  wt_chat_test_press (fixture->window, "ctrl+Return");
  wt_test_wait_until (fixture->sent->len > 0);
  g_assert_cmpstr (fixture->sent->str, ==, "[a\nb]");
}

static void
test_blank (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = wt_chat_test_find (GTK_WIDGET (fixture->composer), GTK_TYPE_BUTTON,
                                         "suggested-action");

  g_assert_false (gtk_widget_get_sensitive (button));
  wt_composer_set_text (fixture->composer, " \n\t\u200b ");
  g_assert_false (gtk_widget_get_sensitive (button));
  wt_composer_send (fixture->composer);
  g_assert_cmpstr (fixture->sent->str, ==, "");
  wt_composer_set_text (fixture->composer, " \nx");
  g_assert_true (gtk_widget_get_sensitive (button));

  if (lacks_keys ())
    return;
  /* Enter in a blank text neither sends nor breaks the line. */
  wt_composer_set_text (fixture->composer, "");
  wt_chat_test_press (fixture->window, "space Return Return x");
  assert_text (fixture, " x");
  g_assert_cmpstr (fixture->sent->str, ==, "");
}

static void
test_button (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = wt_chat_test_find (GTK_WIDGET (fixture->composer), GTK_TYPE_BUTTON,
                                         "suggested-action");

  wt_composer_set_text (fixture->composer, "\n words \n\n");
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpstr (fixture->sent->str, ==, "[ words]");
  g_assert_false (gtk_widget_get_sensitive (button));
}

/* Nothing is cleared before somebody else holds it. */
static void
test_kept (Fixture *fixture, gconstpointer data)
{
  fixture->keep = TRUE;
  wt_composer_set_text (fixture->composer, "words");
  wt_composer_send (fixture->composer);
  assert_text (fixture, "words");
}

static void
test_restore (Fixture *fixture, gconstpointer data)
{
  wt_composer_restore (fixture->composer, "one");
  assert_text (fixture, "one");
  wt_composer_restore (fixture->composer, "two");
  assert_text (fixture, "two\none");
}

static void
test_up (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "Up a");
  assert_text (fixture, "a");
  wt_chat_test_press (fixture->window, "b Return");
  wt_test_wait_until (fixture->sent->len > 0);
  wt_chat_test_press (fixture->window, "Up");
  assert_text (fixture, "ab");
  /* It is a cursor key where there is text. */
  wt_chat_test_press (fixture->window, "c Up d");
  assert_text (fixture, "dabc");
}

/* Further back with each press, and forward again. */
static void
test_recall (Fixture *fixture, gconstpointer data)
{
  const char *const sent[] = { "second\nline", "second\nline", "first", NULL };

  if (lacks_keys ())
    return;

  wt_composer_set_sent (fixture->composer, sent);
  wt_chat_test_press (fixture->window, "n e w Return");
  wt_test_wait_until (fixture->sent->len > 0);
  wt_chat_test_press (fixture->window, "Up");
  assert_text (fixture, "new");
  wt_chat_test_press (fixture->window, "Up");
  assert_text (fixture, "second\nline");
  wt_chat_test_press (fixture->window, "Up Up Up");
  assert_text (fixture, "first");
  wt_chat_test_press (fixture->window, "Down");
  assert_text (fixture, "second\nline");
  wt_chat_test_press (fixture->window, "Down Down Down");
  assert_text (fixture, "");

  /* Where the cursor was moved, the arrows move it on. */
  wt_chat_test_press (fixture->window, "Up Up Home Up x");
  assert_text (fixture, "xsecond\nline");

  /* What is sent in another conversation is not found here. */
  wt_composer_set_text (fixture->composer, NULL);
  wt_composer_set_sent (fixture->composer, NULL);
  wt_chat_test_press (fixture->window, "Up Down z");
  assert_text (fixture, "z");
}

static void
test_page (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "Page_Up Page_Up Page_Down Page_Up");
  wt_test_wait_until (fixture->paged == -2);
}

static void
test_undo (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_composer_set_text (fixture->composer, "draft");
  wt_chat_test_press (fixture->window, "End x");
  assert_text (fixture, "draftx");
  wt_chat_test_press (fixture->window, "ctrl+z");
  assert_text (fixture, "draft");
  /* Not back into what another conversation's composer held. */
  wt_chat_test_press (fixture->window, "ctrl+z ctrl+z y");
  assert_text (fixture, "drafty");
}

static void
test_grows (Fixture *fixture, gconstpointer data)
{
  int one, three, many, more;

  gtk_widget_measure (GTK_WIDGET (fixture->composer), GTK_ORIENTATION_VERTICAL, 400, NULL, &one,
                      NULL, NULL);
  wt_composer_set_text (fixture->composer, "1\n2\n3");
  wt_chat_test_wait_painted (fixture->window);
  gtk_widget_measure (GTK_WIDGET (fixture->composer), GTK_ORIENTATION_VERTICAL, 400, NULL, &three,
                      NULL, NULL);
  wt_composer_set_text (fixture->composer, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10");
  wt_chat_test_wait_painted (fixture->window);
  gtk_widget_measure (GTK_WIDGET (fixture->composer), GTK_ORIENTATION_VERTICAL, 400, NULL, &many,
                      NULL, NULL);
  wt_composer_set_text (fixture->composer, "1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14");
  wt_chat_test_wait_painted (fixture->window);
  gtk_widget_measure (GTK_WIDGET (fixture->composer), GTK_ORIENTATION_VERTICAL, 400, NULL, &more,
                      NULL, NULL);
  g_assert_cmpint (three, >, one);
  g_assert_cmpint (many, >, three);
  g_assert_cmpint (more, ==, many);
}

static void
test_placeholder (Fixture *fixture, gconstpointer data)
{
  GtkWidget *placeholder = wt_chat_test_find (GTK_WIDGET (fixture->composer), GTK_TYPE_LABEL,
                                              "placeholder");

  g_assert_true (gtk_widget_get_visible (placeholder));
  wt_composer_set_text (fixture->composer, "x");
  g_assert_false (gtk_widget_get_visible (placeholder));
  wt_composer_set_text (fixture->composer, NULL);
  g_assert_true (gtk_widget_get_visible (placeholder));
}

static void
test_accessible (Fixture *fixture, gconstpointer data)
{
  GtkWidget *composer = GTK_WIDGET (fixture->composer);

  gtk_test_accessible_assert_property (wt_composer_get_text_view (fixture->composer),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Message");
  wt_composer_set_recipient (fixture->composer, "小麦");
  gtk_test_accessible_assert_property (wt_composer_get_text_view (fixture->composer),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Message to 小麦");
  gtk_test_accessible_assert_property (
      wt_chat_test_find (composer, GTK_TYPE_BUTTON, "suggested-action"),
      GTK_ACCESSIBLE_PROPERTY_LABEL, "Send");
  gtk_test_accessible_assert_property (wt_chat_test_find (composer, GTK_TYPE_MENU_BUTTON, "emoji"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Insert Emoji");
  gtk_test_accessible_assert_property (
      wt_chat_test_find (composer, GTK_TYPE_MENU_BUTTON, "sticker"), GTK_ACCESSIBLE_PROPERTY_LABEL,
      "Stickers and Faces");
  gtk_test_accessible_assert_property (wt_chat_test_find (composer, GTK_TYPE_BUTTON, "attach"),
                                       GTK_ACCESSIBLE_PROPERTY_LABEL, "Attach Files");
}

static void
test_emoji (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = wt_chat_test_find (GTK_WIDGET (fixture->composer), GTK_TYPE_MENU_BUTTON,
                                         "emoji");

  wt_composer_set_text (fixture->composer, "a");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));

  GtkPopover *chooser = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));

  g_assert_true (GTK_IS_EMOJI_CHOOSER (chooser));
  g_signal_emit_by_name (chooser, "emoji-picked", "🎉");
  assert_text (fixture, "a🎉");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
}

static void
test_notify (Fixture *fixture, gconstpointer data)
{
  g_autofree char *text = NULL;

  g_object_set (fixture->composer, "text", "x", NULL);
  g_object_get (fixture->composer, "text", &text, NULL);
  g_assert_cmpstr (text, ==, "x");
}

int
main (int argc, char **argv)
{
  wt_chat_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/composer/" name, Fixture, NULL, set_up, func, tear_down)

  ADD ("enter", test_enter);
  ADD ("shift-enter", test_shift_enter);
  ADD ("control-enter", test_control_enter);
  ADD ("blank", test_blank);
  ADD ("button", test_button);
  ADD ("kept", test_kept);
  ADD ("restore", test_restore);
  ADD ("up", test_up);
  ADD ("recall", test_recall);
  ADD ("page", test_page);
  ADD ("undo", test_undo);
  ADD ("grows", test_grows);
  ADD ("placeholder", test_placeholder);
  ADD ("accessible", test_accessible);
  ADD ("emoji", test_emoji);
  ADD ("notify", test_notify);
  return g_test_run ();
}
