/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "wt-chat-test.h"
#include "wt-composer.h"
#include "wt-member.h"
#include "wt-test.h"

typedef struct
{
  GtkWidget *window;
  WtComposer *composer;
  WtSpellChecker *checker;
  WtSpellAdapter *adapter;
  GtkTextView *view;
  GtkTextBuffer *buffer;
} Fixture;

static void
on_checked (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GByteArray **) data = wt_spell_checker_check_finish (WT_SPELL_CHECKER (source), result, NULL);
}

static gboolean
is_right (WtSpellChecker *checker, const char *word)
{
  const char *const words[] = { word, NULL };
  g_autoptr (GByteArray) right = NULL;

  wt_spell_checker_check_async (checker, words, NULL, on_checked, &right);
  wt_test_wait_until (right != NULL);
  g_assert_cmpuint (right->len, ==, 1);
  return right->data[0] != 0;
}

static WtSpellChecker *
make_checker (void)
{
  const char *const languages[] = { "en_US", NULL };
  WtSpellChecker *checker = wt_spell_checker_new ();

  g_object_set (checker, "languages", languages, NULL);
  return checker;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->checker = make_checker ();
  fixture->composer = WT_COMPOSER (wt_composer_new ());
  wt_composer_set_spell_checker (fixture->composer, fixture->checker);
  fixture->adapter = wt_composer_get_spelling (fixture->composer);
  fixture->view = wt_composer_get_text_view (fixture->composer);
  fixture->buffer = gtk_text_view_get_buffer (fixture->view);
  fixture->window = wt_chat_test_show (GTK_WIDGET (fixture->composer));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->composer));
}

static gboolean
is_menu_open (Fixture *fixture)
{
  GtkWidget *menu = wt_chat_test_find (GTK_WIDGET (fixture->view), GTK_TYPE_POPOVER_MENU, NULL);

  return menu != NULL && gtk_widget_get_visible (menu);
}

static void
close_menu (Fixture *fixture)
{
  if (!is_menu_open (fixture))
    return;

  gtk_popover_popdown (
      GTK_POPOVER (wt_chat_test_find (GTK_WIDGET (fixture->view), GTK_TYPE_POPOVER_MENU, NULL)));
  wt_test_wait_until (!is_menu_open (fixture));
  wt_chat_test_wait_painted (fixture->window);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  GObject *checker = G_OBJECT (fixture->checker);

  close_menu (fixture);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  /* A question that its thread still looks up keeps it until it is answered. */
  g_object_add_weak_pointer (checker, (gpointer *) &fixture->checker);
  g_object_unref (checker);
  wt_test_wait_until (fixture->checker == NULL);
}

/* "[word]" of each that is underlined, once everything is looked up. */
static char *
dup_underlined (Fixture *fixture)
{
  GString *text = g_string_new (NULL);
  GtkTextIter iter, start, end;

  wt_test_wait_until (!wt_spell_adapter_is_busy (fixture->adapter));
  gtk_text_buffer_get_start_iter (fixture->buffer, &iter);
  do
    if (wt_spell_adapter_find_misspelt (fixture->adapter, &iter, &start, &end)
        && gtk_text_iter_equal (&iter, &start))
      {
        g_autofree char *word = gtk_text_iter_get_slice (&start, &end);

        g_string_append_printf (text, "[%s]", word);
      }
  while (gtk_text_iter_forward_char (&iter));
  return g_string_free (text, FALSE);
}

#define assert_underlined(fixture, words)                                                          \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *underlined_ = dup_underlined (fixture);                                       \
    g_assert_cmpstr (underlined_, ==, words);                                                      \
  }                                                                                                \
  G_STMT_END

static gboolean
has_text (Fixture *fixture, const char *text)
{
  g_autofree char *now = wt_composer_dup_text (fixture->composer);

  return g_str_equal (now, text);
}

static void
place_cursor (Fixture *fixture, int offset)
{
  GtkTextIter iter;

  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &iter, offset);
  gtk_text_buffer_place_cursor (fixture->buffer, &iter);
}

static void
test_underlined (Fixture *fixture, gconstpointer data)
{
  wt_composer_set_text (fixture->composer,
                        "Teh morning is colld.\n你好teh世界 https://teh.org `teh`");
  assert_underlined (fixture, "[Teh][colld][teh]");

  wt_composer_set_text (fixture->composer, NULL);
  assert_underlined (fixture, "");
}

/* The word that is being typed is left in peace. */
static void
test_typed (Fixture *fixture, gconstpointer data)
{
  wt_composer_set_text (fixture->composer, "teh");
  assert_underlined (fixture, "");
  gtk_text_buffer_insert_at_cursor (fixture->buffer, " ", -1);
  assert_underlined (fixture, "[teh]");

  /* Where it is changed it is being typed again; left by the arrow keys, it is not. */
  place_cursor (fixture, 3);
  gtk_text_buffer_insert_at_cursor (fixture->buffer, "m", -1);
  assert_underlined (fixture, "");
  place_cursor (fixture, 5);
  assert_underlined (fixture, "[tehm]");

  place_cursor (fixture, 4);
  gtk_text_buffer_insert_at_cursor (fixture->buffer, "q", -1);
  assert_underlined (fixture, "");
  gtk_widget_child_focus (fixture->window, GTK_DIR_TAB_FORWARD);
  assert_underlined (fixture, "[tehmq]");

  /* Where the cursor only stands it stays underlined. */
  gtk_widget_grab_focus (GTK_WIDGET (fixture->composer));
  wt_composer_set_text (fixture->composer, "colld wheatt");
  assert_underlined (fixture, "[colld]");
  place_cursor (fixture, 3);
  assert_underlined (fixture, "[colld][wheatt]");
  place_cursor (fixture, 9);
  assert_underlined (fixture, "[colld][wheatt]");
}

static void
test_pill (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtSegment) segment = NULL;
  WtMemberRecord record = { .user_id = (char *) "1",
                            .platform = (char *) "qq",
                            .nickname = (char *) "Tehm" };
  g_autoptr (WtMember) member = wt_member_new (&record);
  g_autoptr (WtComposition) taken = NULL;

  wt_composer_mention (fixture->composer, member);
  gtk_text_buffer_insert_at_cursor (fixture->buffer, "colld ", -1);
  assert_underlined (fixture, "[colld]");

  /* What is sent knows nothing of it. */
  taken = wt_composer_take (fixture->composer);
  segment = wt_composition_make_segment (taken);
  g_assert_cmpuint (wt_segment_get_n_children (segment), ==, 2);
  g_assert_cmpstr (wt_segment_get_text (wt_segment_get_child (segment, 1)), ==, " colld");
}

static void
test_code_block (Fixture *fixture, gconstpointer data)
{
  wt_composer_set_text (fixture->composer, "colld\nteh\nteh\n\n");
  assert_underlined (fixture, "[colld][teh][teh]");
  place_cursor (fixture, 6);
  gtk_text_buffer_insert_at_cursor (fixture->buffer, "```\n", -1);
  assert_underlined (fixture, "[colld]");
  gtk_text_buffer_undo (fixture->buffer);
  assert_underlined (fixture, "[colld][teh][teh]");
}

/* Undo knows nothing of it, either. */
static void
test_undo (Fixture *fixture, gconstpointer data)
{
  wt_composer_set_text (fixture->composer, "so ");
  gtk_text_buffer_begin_user_action (fixture->buffer);
  gtk_text_buffer_insert_at_cursor (fixture->buffer, "colld ", -1);
  gtk_text_buffer_end_user_action (fixture->buffer);
  assert_underlined (fixture, "[colld]");
  gtk_text_buffer_undo (fixture->buffer);
  g_assert_true (has_text (fixture, "so "));
  g_assert_false (gtk_text_buffer_get_can_undo (fixture->buffer));
  gtk_text_buffer_redo (fixture->buffer);
  g_assert_true (has_text (fixture, "so colld "));
  assert_underlined (fixture, "[colld]");
}

static void
test_off (Fixture *fixture, gconstpointer data)
{
  const char *const none[] = { "xx_YY", NULL };
  const char *const english[] = { "en_US", NULL };

  wt_composer_set_text (fixture->composer, "colld ");
  assert_underlined (fixture, "[colld]");
  g_object_set (fixture->checker, "enabled", FALSE, NULL);
  assert_underlined (fixture, "");
  g_object_set (fixture->checker, "enabled", TRUE, NULL);
  assert_underlined (fixture, "[colld]");
  g_object_set (fixture->checker, "languages", none, NULL);
  assert_underlined (fixture, "");
  g_object_set (fixture->checker, "languages", english, NULL);
  assert_underlined (fixture, "[colld]");
}

/* A book is pasted; it is looked up a piece at a time. */
static void
test_long (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) book = g_string_new (NULL);
  gint64 longest = 0, before;

  while (book->len < 100000)
    g_string_append (book, book->len % 7 == 0 ? "teh wheat field\n" : "in the morning sun ");
  gtk_text_buffer_insert_at_cursor (fixture->buffer, book->str, -1);
  wt_chat_test_wait_painted (fixture->window);

  while (wt_spell_adapter_is_busy (fixture->adapter))
    {
      before = g_get_monotonic_time ();
      g_main_context_iteration (NULL, TRUE);
      longest = MAX (longest, g_get_monotonic_time () - before);
    }
  g_test_message ("the longest turn took %.1f ms", (double) longest / 1000);

  g_autofree char *underlined = dup_underlined (fixture);

  g_assert_true (g_str_has_prefix (underlined, "[teh]"));
}

/* One line without an end. */
static void
test_long_line (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GString) line = g_string_new (NULL);
  g_autofree char *underlined = NULL;

  for (guint i = 0; i < 1500; i++)
    g_string_append (line, "teh wheat ");
  wt_composer_set_text (fixture->composer, line->str);
  underlined = dup_underlined (fixture);
  g_assert_cmpuint (strlen (underlined), ==, 1500 * strlen ("[teh]"));
}

static GMenuModel *
get_section (Fixture *fixture, int position)
{
  g_autoptr (GMenuModel) section = g_menu_model_get_item_link (
      gtk_text_view_get_extra_menu (fixture->view), position, G_MENU_LINK_SECTION);

  return section; /* the menu holds it */
}

static gboolean
opens (Fixture *fixture, const char *keys)
{
  if (!wt_chat_test_has_keys ())
    {
      g_test_skip ("no xdotool");
      return FALSE;
    }

  wt_chat_test_press (fixture->window, keys);
  wt_test_wait_until (is_menu_open (fixture));
  return TRUE;
}

static void
test_menu (Fixture *fixture, gconstpointer data)
{
  GMenuModel *words;
  g_autofree char *first = NULL;
  g_autofree char *corrected = NULL;

  wt_composer_set_text (fixture->composer, "a wheatt field");
  assert_underlined (fixture, "[wheatt]");
  place_cursor (fixture, 4);
  if (!opens (fixture, "shift+F10"))
    return;

  words = get_section (fixture, 0);
  g_assert_cmpint (g_menu_model_get_n_items (words), >, 0);
  g_assert_cmpint (g_menu_model_get_n_items (words), <=, 5);
  g_menu_model_get_item_attribute (words, 0, G_MENU_ATTRIBUTE_TARGET, "s", &first);
  g_assert_cmpint (g_menu_model_get_n_items (get_section (fixture, 1)), ==, 2);

  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "spell.correct", "s", first);
  corrected = g_strdup_printf ("a %s field", first);
  g_assert_true (has_text (fixture, corrected));
  assert_underlined (fixture, "");
  gtk_text_buffer_undo (fixture->buffer);
  g_assert_true (has_text (fixture, "a wheatt field"));
}

static void
test_ignore (Fixture *fixture, gconstpointer data)
{
  wt_composer_set_text (fixture->composer, "colld wheatt colld field");
  assert_underlined (fixture, "[colld][wheatt][colld]");
  place_cursor (fixture, 1);
  if (!opens (fixture, "Menu"))
    return;
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "spell.ignore", NULL);
  wt_test_wait_until (is_right (fixture->checker, "colld"));
  assert_underlined (fixture, "[wheatt]");
  g_assert_false (is_right (fixture->checker, "wheatt"));
}

static void
test_add (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtSpellChecker) another = make_checker ();

  wt_composer_set_text (fixture->composer, "maimaiq field ");
  assert_underlined (fixture, "[maimaiq]");
  place_cursor (fixture, 1);
  if (!opens (fixture, "Menu"))
    return;
  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "spell.add", NULL);
  wt_test_wait_until (is_right (fixture->checker, "maimaiq"));
  assert_underlined (fixture, "");
  g_assert_true (is_right (another, "maimaiq"));
}

/* Elsewhere the menu is what it was. */
static void
test_plain_menu (Fixture *fixture, gconstpointer data)
{
  wt_composer_set_text (fixture->composer, "wheatt field ");
  assert_underlined (fixture, "[wheatt]");
  place_cursor (fixture, 1);
  if (!opens (fixture, "shift+F10"))
    return;
  close_menu (fixture);
  place_cursor (fixture, 9);
  opens (fixture, "shift+F10");
  g_assert_cmpint (g_menu_model_get_n_items (gtk_text_view_get_extra_menu (fixture->view)), ==, 0);
}

static gboolean
lacks_english (void)
{
  g_autoptr (WtSpellChecker) checker = make_checker ();

  return !wt_spell_checker_is_available () || is_right (checker, "colld");
}

int
main (int argc, char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("wheatear-spell-XXXXXX", NULL);
  g_autofree char *words = g_build_filename (folder, "en_US.dic", NULL);
  g_autofree char *others = g_build_filename (folder, "en_US.exc", NULL);
  int status;

  /* Not the user's own words. */
  g_setenv ("ENCHANT_CONFIG_DIR", folder, TRUE);
  wt_chat_test_init (&argc, &argv);
  if (lacks_english ())
    {
      g_print ("1..0 # SKIP no English dictionary\n");
      return 0;
    }

#define ADD(name, func) g_test_add ("/spell/" name, Fixture, NULL, set_up, func, tear_down)

  ADD ("underlined", test_underlined);
  ADD ("typed", test_typed);
  ADD ("pill", test_pill);
  ADD ("code-block", test_code_block);
  ADD ("undo", test_undo);
  ADD ("off", test_off);
  ADD ("long", test_long);
  ADD ("long-line", test_long_line);
  ADD ("menu", test_menu);
  ADD ("ignore", test_ignore);
  ADD ("plain-menu", test_plain_menu);
  ADD ("add", test_add);
  status = g_test_run ();

  g_remove (words);
  g_remove (others);
  g_rmdir (folder);
  return status;
}
