/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-test.h"
#include "wt-composer.h"
#include "wt-member.h"
#include "wt-mention-popover.h"
#include "wt-test-im.h"
#include "wt-test.h"

/* Enter while an input method composes, in a composer and, to see that these tests would notice, in a text view
 * with the handler that most programs have. */
typedef struct
{
  GtkWidget *window;
  GtkTextView *view;
  WtComposer *composer; /* NULL for the wrong handler */
  guint n_sent;
  char *sent; /* the last */
} Fixture;

static void
on_send (WtComposer *composer, gpointer data)
{
  g_autoptr (WtComposition) taken = wt_composer_take (composer);

  Fixture *fixture = data;

  fixture->n_sent++;
  g_free (fixture->sent);
  fixture->sent = g_strdup (wt_composition_get_text (taken));
}

/* Wrong: the input method is not asked. */
static gboolean
on_key_wrong (GtkEventControllerKey *keys,
              guint keyval,
              guint keycode,
              GdkModifierType state,
              gpointer data)
{
  if (keyval != GDK_KEY_Return)
    return FALSE;

  ((Fixture *) data)->n_sent++;
  return TRUE;
}

static void
set_module (const char *name)
{
  g_object_set (gtk_settings_get_default (), "gtk-im-module", name, NULL);
}

static void
show (Fixture *fixture, const char *module, GtkWidget *child, GtkTextView *view)
{
  set_module (module);
  fixture->view = view;
  fixture->window = wt_chat_test_show (child);
  gtk_widget_grab_focus (GTK_WIDGET (view));
  wt_chat_test_wait_painted (fixture->window);
}

static void
set_up (Fixture *fixture, gconstpointer module)
{
  fixture->composer = WT_COMPOSER (wt_composer_new ());
  g_signal_connect (fixture->composer, "send", G_CALLBACK (on_send), fixture);
  show (fixture, module, GTK_WIDGET (fixture->composer),
        wt_composer_get_text_view (fixture->composer));
}

static void
set_up_wrong (Fixture *fixture, gconstpointer module)
{
  GtkWidget *view = gtk_text_view_new ();
  GtkEventController *keys = gtk_event_controller_key_new ();

  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect (keys, "key-pressed", G_CALLBACK (on_key_wrong), fixture);
  gtk_widget_add_controller (view, keys);
  show (fixture, module, view, GTK_TEXT_VIEW (view));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_pointer (&fixture->sent, g_free);
  wt_test_im_set_style (WT_TEST_IM_WORDS);
}

static gboolean
has_text (Fixture *fixture, const char *text)
{
  g_autofree char *now = NULL;

  g_object_get (gtk_text_view_get_buffer (fixture->view), "text", &now, NULL);
  return g_str_equal (now, text);
}

static gboolean
lacks_keys (void)
{
  if (wt_chat_test_has_keys ())
    return FALSE;

  g_test_skip ("no xdotool");
  return TRUE;
}

/* GTK's own: Ctrl+Shift+U, the code, Return. */
static void
test_simple (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "ctrl+shift+u 2 6 3 a Return");
  wt_test_wait_until (has_text (fixture, "☺"));
  g_assert_cmpuint (fixture->n_sent, ==, 0);

  wt_chat_test_press (fixture->window, "Return");
  wt_test_wait_until (fixture->n_sent == 1);
  g_assert_true (has_text (fixture, ""));
}

static void
test_simple_wrong (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "ctrl+shift+u 2 6 3 a Return");
  wt_test_wait_until (fixture->n_sent == 1);
  g_assert_false (has_text (fixture, "☺"));
}

/* One that composes words, as for Chinese. */
static void
test_words (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "n i Return");
  wt_test_wait_until (has_text (fixture, "中2"));
  g_assert_cmpuint (fixture->n_sent, ==, 0);

  wt_chat_test_press (fixture->window, "h a o space");
  wt_test_wait_until (has_text (fixture, "中2中3"));
  g_assert_cmpuint (fixture->n_sent, ==, 0);

  wt_chat_test_press (fixture->window, "Return");
  wt_test_wait_until (fixture->n_sent == 1);
}

static void
test_words_wrong (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "n i Return");
  wt_test_wait_until (fixture->n_sent == 1);
  g_assert_true (has_text (fixture, ""));
}

/* Its candidates are chosen with Up, which otherwise brings back the last text. */
static void
test_up (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_composer_set_sent (fixture->composer, (const char *const[]){ "last", NULL });
  wt_chat_test_press (fixture->window, "n i Up Page_Up Return");
  wt_test_wait_until (has_text (fixture, "中2"));
  g_assert_cmpuint (fixture->n_sent, ==, 0);
}

static void
test_placeholder (Fixture *fixture, gconstpointer data)
{
  GtkWidget *placeholder = wt_chat_test_find (GTK_WIDGET (fixture->composer), GTK_TYPE_LABEL,
                                              "placeholder");

  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "n");
  wt_test_wait_until (!gtk_widget_get_visible (placeholder));
  g_assert_true (has_text (fixture, ""));

  /* What was being composed goes with the conversation it was meant for. */
  wt_composer_set_text (fixture->composer, NULL);
  g_assert_true (gtk_widget_get_visible (placeholder));
  wt_chat_test_press (fixture->window, "h Return");
  wt_test_wait_until (has_text (fixture, "中1"));
}

/* Space converts, Return commits, Escape gives up: none of them is the composer's. */
static void
test_conversion (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_test_im_set_style (WT_TEST_IM_CONVERSION);
  wt_chat_test_press (fixture->window, "k a space space Return");
  wt_test_wait_until (has_text (fixture, "漢2"));
  g_assert_cmpuint (fixture->n_sent, ==, 0);

  wt_chat_test_press (fixture->window, "k Escape KP_Enter");
  wt_test_wait_until (fixture->n_sent == 1);
  g_assert_cmpstr (fixture->sent, ==, "漢2");
}

/* The key that ends a syllable goes on to the composer, which has to send the syllable, too. */
static void
test_syllables (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_test_im_set_style (WT_TEST_IM_SYLLABLES);
  wt_chat_test_press (fixture->window, "g a g a Return");
  wt_test_wait_until (fixture->n_sent == 1);
  g_assert_cmpstr (fixture->sent, ==, "가가");
  wt_test_wait_until (has_text (fixture, ""));

  wt_chat_test_press (fixture->window, "g a KP_Enter");
  wt_test_wait_until (fixture->n_sent == 2);
  g_assert_cmpstr (fixture->sent, ==, "가");
}

/* After the syllable is there, the Up key has nothing to bring back. */
static void
test_syllables_up (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_test_im_set_style (WT_TEST_IM_SYLLABLES);
  wt_composer_set_sent (fixture->composer, (const char *const[]){ "last", NULL });
  wt_chat_test_press (fixture->window, "g a Up");
  wt_test_wait_until (has_text (fixture, "가"));
  wt_chat_test_press (fixture->window, "Return");
  wt_test_wait_until (fixture->n_sent == 1);
  g_assert_cmpstr (fixture->sent, ==, "가");
}

/* By the mouse: the syllable is committed when the text loses the focus. */
static void
test_button (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = wt_chat_test_find (GTK_WIDGET (fixture->composer), GTK_TYPE_BUTTON,
                                         "suggested-action");

  if (lacks_keys ())
    return;

  wt_test_im_set_style (WT_TEST_IM_SYLLABLES);
  g_assert_false (gtk_widget_get_sensitive (button));
  wt_chat_test_press (fixture->window, "g a");
  wt_test_wait_until (gtk_widget_get_sensitive (button));
  g_assert_true (has_text (fixture, ""));
  gtk_widget_grab_focus (button);
  wt_test_wait_until (has_text (fixture, "가"));
  g_signal_emit_by_name (button, "clicked");
  g_assert_cmpuint (fixture->n_sent, ==, 1);
  g_assert_cmpstr (fixture->sent, ==, "가");
}

/* One that lets the keys of the composer pass while it composes. */
static void
test_control_enter (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "h Return n i ctrl+Return KP_Enter");
  wt_test_wait_until (has_text (fixture, "中1中2"));
  g_assert_cmpuint (fixture->n_sent, ==, 0);
  wt_chat_test_press (fixture->window, "ctrl+Return");
  wt_test_wait_until (fixture->n_sent == 1);
  g_assert_cmpstr (fixture->sent, ==, "中1中2");
}

static void
test_enter_breaks (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  wt_composer_set_enter_sends (fixture->composer, FALSE);
  wt_chat_test_press (fixture->window, "n i Return Return");
  wt_test_wait_until (has_text (fixture, "中2\n"));
  wt_chat_test_press (fixture->window, "h Return ctrl+KP_Enter");
  wt_test_wait_until (fixture->n_sent == 1);
  g_assert_cmpstr (fixture->sent, ==, "中2\n中1");
}

/* The list of members stays out of the way. */
static void
test_mention (Fixture *fixture, gconstpointer data)
{
  WtMemberRecord record = { .user_id = (char *) "1",
                            .platform = (char *) "qq",
                            .nickname = (char *) "小麦" };
  g_autoptr (WtMember) member = wt_member_new (&record);
  g_autoptr (GListStore) members = g_list_store_new (WT_TYPE_MEMBER);
  GtkWidget *popover = wt_chat_test_find (GTK_WIDGET (fixture->composer), WT_TYPE_MENTION_POPOVER,
                                          NULL);

  if (lacks_keys ())
    return;

  g_list_store_append (members, member);
  wt_composer_set_members (fixture->composer, G_LIST_MODEL (members), FALSE);
  wt_chat_test_press (fixture->window, "at");
  wt_test_wait_until (gtk_widget_get_visible (popover));
  wt_chat_test_press (fixture->window, "n i Down Up Tab Escape Return");
  wt_test_wait_until (has_text (fixture, "@中2"));
  g_assert_cmpuint (fixture->n_sent, ==, 0);
}

/* Candidates are shown where one writes. */
static void
test_location (Fixture *fixture, gconstpointer data)
{
  GdkRectangle first, second;

  if (lacks_keys ())
    return;

  wt_chat_test_press (fixture->window, "n");
  wt_test_wait_until (wt_test_im_get_cursor_location ().height > 0);
  first = wt_test_im_get_cursor_location ();
  g_assert_cmpint (first.x, >=, 0);
  g_assert_cmpint (first.y, >=, 0);
  g_assert_cmpint (first.y + first.height, <=, gtk_widget_get_height (GTK_WIDGET (fixture->view)));

  wt_chat_test_press (fixture->window, "i Return shift+Return h a o");
  wt_test_wait_until (wt_test_im_get_cursor_location ().y > first.y);
  wt_chat_test_wait_painted (fixture->window);
  second = wt_test_im_get_cursor_location ();
  g_assert_cmpint (second.y, >=, first.y + first.height);
  g_assert_cmpint (second.x, >, 0);
}

/* Keys that the layout does not have: xdotool puts them there for the moment, which a busy program may learn too late. */
static void
type_until (Fixture *fixture, const char *keys, const char *text)
{
  for (guint i = 0; i < 10 && !has_text (fixture, text); i++)
    {
      wt_composer_set_text (fixture->composer, NULL);
      wt_chat_test_press (fixture->window, keys);
      wt_chat_test_wait_painted (fixture->window);
    }
  g_assert_true (has_text (fixture, text));
}

/* Of the keyboard's own, no input method needed. */
static void
test_dead_keys (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  type_until (fixture, "dead_acute a", "á");
  type_until (fixture, "Multi_key o slash", "ø");
  g_assert_cmpuint (fixture->n_sent, ==, 0);
  wt_chat_test_press (fixture->window, "Return");
  wt_test_wait_until (fixture->n_sent == 1);
}

int
main (int argc, char **argv)
{
  const char *simple = "gtk-im-context-simple";

  wt_chat_test_init (&argc, &argv);
  g_unsetenv ("GTK_IM_MODULE");
  wt_test_im_register ();

  g_test_add ("/composer-im/simple", Fixture, simple, set_up, test_simple, tear_down);
  g_test_add ("/composer-im/simple-wrong", Fixture, simple, set_up_wrong, test_simple_wrong,
              tear_down);
  g_test_add ("/composer-im/words", Fixture, WT_TEST_IM_NAME, set_up, test_words, tear_down);
  g_test_add ("/composer-im/words-wrong", Fixture, WT_TEST_IM_NAME, set_up_wrong, test_words_wrong,
              tear_down);
  g_test_add ("/composer-im/up", Fixture, WT_TEST_IM_NAME, set_up, test_up, tear_down);
  g_test_add ("/composer-im/conversion", Fixture, WT_TEST_IM_NAME, set_up, test_conversion,
              tear_down);
  g_test_add ("/composer-im/syllables", Fixture, WT_TEST_IM_NAME, set_up, test_syllables,
              tear_down);
  g_test_add ("/composer-im/syllables-up", Fixture, WT_TEST_IM_NAME, set_up, test_syllables_up,
              tear_down);
  g_test_add ("/composer-im/button", Fixture, WT_TEST_IM_NAME, set_up, test_button, tear_down);
  g_test_add ("/composer-im/control-enter", Fixture, WT_TEST_IM_NAME, set_up, test_control_enter,
              tear_down);
  g_test_add ("/composer-im/enter-breaks", Fixture, WT_TEST_IM_NAME, set_up, test_enter_breaks,
              tear_down);
  g_test_add ("/composer-im/mention", Fixture, WT_TEST_IM_NAME, set_up, test_mention, tear_down);
  g_test_add ("/composer-im/location", Fixture, WT_TEST_IM_NAME, set_up, test_location, tear_down);
  g_test_add ("/composer-im/dead-keys", Fixture, simple, set_up, test_dead_keys, tear_down);
  g_test_add ("/composer-im/placeholder", Fixture, WT_TEST_IM_NAME, set_up, test_placeholder,
              tear_down);
  return g_test_run ();
}
