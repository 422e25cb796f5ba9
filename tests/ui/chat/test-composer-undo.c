/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-chat-test.h"
#include "wt-composer.h"
#include "wt-member.h"
#include "wt-test.h"

typedef struct
{
  GtkWidget *window;
  WtComposer *composer;
  GtkTextBuffer *buffer;
  WtMember *anna;
  WtMember *other; /* with the same name */
} Fixture;

static WtMember *
make_member (const char *id)
{
  WtMemberRecord record = { .user_id = (char *) id,
                            .platform = (char *) "qq",
                            .nickname = (char *) "Anna" };

  return wt_member_new (&record);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->anna = make_member ("1");
  fixture->other = make_member ("2");
  fixture->composer = WT_COMPOSER (wt_composer_new ());
  fixture->buffer = gtk_text_view_get_buffer (wt_composer_get_text_view (fixture->composer));
  fixture->window = wt_chat_test_show (GTK_WIDGET (fixture->composer));
  gtk_widget_grab_focus (GTK_WIDGET (fixture->composer));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_assert_finalize_object (fixture->anna);
  g_assert_finalize_object (fixture->other);
}

/* What would be sent: "text|@id|…" */
static char *
dup_pieces (Fixture *fixture)
{
  g_autoptr (WtComposition) taken = wt_composer_take (fixture->composer);
  g_autoptr (WtSegment) segment = wt_composition_make_segment (taken);
  GString *text = g_string_new (NULL);
  gboolean list = segment != NULL && wt_segment_get_kind (segment) == WT_SEGMENT_SEGLIST;
  guint n_pieces = list ? wt_segment_get_n_children (segment) : segment != NULL;

  for (guint i = 0; i < n_pieces; i++)
    {
      WtSegment *piece = list ? wt_segment_get_child (segment, i) : segment;

      if (i > 0)
        g_string_append_c (text, '|');
      if (wt_segment_get_kind (piece) == WT_SEGMENT_AT)
        g_string_append_printf (text, "@%s", wt_segment_get_mention (piece)->user_id);
      else if (wt_segment_get_kind (piece) == WT_SEGMENT_FACE)
        g_string_append_printf (text, "face %s", wt_segment_get_text (piece));
      else
        g_string_append (text, wt_segment_get_text (piece));
    }
  return g_string_free (text, FALSE);
}

#define assert_pieces(fixture, pieces)                                                             \
  G_STMT_START                                                                                     \
  {                                                                                                \
    g_autofree char *pieces_ = dup_pieces (fixture);                                               \
    g_assert_cmpstr (pieces_, ==, pieces);                                                         \
  }                                                                                                \
  G_STMT_END

static void
type (Fixture *fixture, const char *text)
{
  gtk_text_buffer_begin_user_action (fixture->buffer);
  gtk_text_buffer_insert_at_cursor (fixture->buffer, text, -1);
  gtk_text_buffer_end_user_action (fixture->buffer);
}

/* Two of one name, each of whom is meant where she was. */
static void
test_deleted (Fixture *fixture, gconstpointer data)
{
  GtkTextIter start, end;

  wt_composer_mention (fixture->composer, fixture->anna);
  wt_composer_mention (fixture->composer, fixture->other);
  type (fixture, "hello");

  gtk_text_buffer_get_bounds (fixture->buffer, &start, &end);
  gtk_text_buffer_begin_user_action (fixture->buffer);
  gtk_text_buffer_delete (fixture->buffer, &start, &end);
  gtk_text_buffer_end_user_action (fixture->buffer);
  g_assert_cmpint (gtk_text_buffer_get_char_count (fixture->buffer), ==, 0);
  gtk_text_buffer_undo (fixture->buffer);
  assert_pieces (fixture, "@1| |@2| hello");
}

static void
test_redone (Fixture *fixture, gconstpointer data)
{
  type (fixture, "hello ");
  wt_composer_mention (fixture->composer, fixture->other);
  gtk_text_buffer_undo (fixture->buffer);
  gtk_text_buffer_redo (fixture->buffer);
  gtk_text_buffer_undo (fixture->buffer);
  gtk_text_buffer_redo (fixture->buffer);
  assert_pieces (fixture, "hello |@2");
}

/* Only the one whose place it is. */
static void
test_one_of_two (Fixture *fixture, gconstpointer data)
{
  GtkTextIter start, end;

  wt_composer_mention (fixture->composer, fixture->anna);
  wt_composer_mention (fixture->composer, fixture->other);
  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &start, 0);
  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &end, 2);
  gtk_text_buffer_begin_user_action (fixture->buffer);
  gtk_text_buffer_delete (fixture->buffer, &start, &end);
  gtk_text_buffer_end_user_action (fixture->buffer);
  gtk_text_buffer_undo (fixture->buffer);
  assert_pieces (fixture, "@1| |@2");
}

/* A name that was only written is no mention after something else was undone. */
static void
test_written (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GListStore) members = g_list_store_new (WT_TYPE_MEMBER);
  GtkTextIter start, end;

  g_list_store_append (members, fixture->anna);
  wt_composer_set_members (fixture->composer, G_LIST_MODEL (members), FALSE);
  type (fixture, "mail anna or @Anna ");
  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &start, 5);
  gtk_text_buffer_get_iter_at_offset (fixture->buffer, &end, 9);
  gtk_text_buffer_begin_user_action (fixture->buffer);
  gtk_text_buffer_delete (fixture->buffer, &start, &end);
  gtk_text_buffer_end_user_action (fixture->buffer);
  gtk_text_buffer_undo (fixture->buffer);
  assert_pieces (fixture, "mail anna or @Anna");
}

static void
test_emoji (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = wt_chat_test_find (GTK_WIDGET (fixture->composer), GTK_TYPE_MENU_BUTTON,
                                         "emoji");

  type (fixture, "a");
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  g_signal_emit_by_name (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)), "emoji-picked",
                         "🎉");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  g_assert_cmpint (gtk_text_buffer_get_char_count (fixture->buffer), ==, 2);
  while (gtk_text_buffer_get_can_undo (fixture->buffer))
    gtk_text_buffer_undo (fixture->buffer);
  g_assert_cmpint (gtk_text_buffer_get_char_count (fixture->buffer), ==, 0);
  while (gtk_text_buffer_get_can_redo (fixture->buffer))
    gtk_text_buffer_redo (fixture->buffer);
  assert_pieces (fixture, "a🎉");
}

/* What another conversation's composer held is not brought back. */
static void
test_other_conversation (Fixture *fixture, gconstpointer data)
{
  wt_composer_mention (fixture->composer, fixture->anna);
  gtk_text_buffer_undo (fixture->buffer);
  wt_composer_set_text (fixture->composer, "draft");
  g_assert_false (gtk_text_buffer_get_can_undo (fixture->buffer));
  g_assert_false (gtk_text_buffer_get_can_redo (fixture->buffer));
  type (fixture, "s");
  gtk_text_buffer_undo (fixture->buffer);
  assert_pieces (fixture, "draft");
}

int
main (int argc, char **argv)
{
  wt_chat_test_init (&argc, &argv);

#define ADD(name, func) g_test_add ("/composer-undo/" name, Fixture, NULL, set_up, func, tear_down)

  ADD ("deleted", test_deleted);
  ADD ("redone", test_redone);
  ADD ("one-of-two", test_one_of_two);
  ADD ("written", test_written);
  ADD ("emoji", test_emoji);
  ADD ("other-conversation", test_other_conversation);
  return g_test_run ();
}
