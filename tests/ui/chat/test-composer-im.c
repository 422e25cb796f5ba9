/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-test.h"
#include "wt-composer.h"
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
} Fixture;

static void
on_send (WtComposer *composer, gpointer data)
{
  g_autoptr (WtComposition) taken = wt_composer_take (composer);

  ((Fixture *) data)->n_sent++;
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

  wt_composer_set_last_sent (fixture->composer, "last");
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
  g_test_add ("/composer-im/placeholder", Fixture, WT_TEST_IM_NAME, set_up, test_placeholder,
              tear_down);
  return g_test_run ();
}
