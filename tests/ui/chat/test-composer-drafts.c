/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>

#include "wt-block-test.h"
#include "wt-chat-profile.h"
#include "wt-chat-view.h"
#include "wt-composer-tray.h"
#include "wt-composer.h"
#include "wt-test.h"

/* What is attached and not sent, over the end of the window. */
typedef struct
{
  WtBlockTest base;
  WtConversation *other;
  GtkWidget *window;
  WtChatView *view;
  WtComposer *composer;
} Fixture;

static void
open_window (Fixture *fixture)
{
  fixture->view = WT_CHAT_VIEW (wt_chat_view_new (fixture->base.profile, NULL));
  fixture->composer = WT_COMPOSER (
      wt_chat_test_find (GTK_WIDGET (fixture->view), WT_TYPE_COMPOSER, NULL));
  fixture->window = wt_chat_test_show (GTK_WIDGET (fixture->view));
  wt_chat_view_set_conversation (fixture->view, fixture->base.conversation);
}

static void
close_window (Fixture *fixture)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
}

/* Nothing of the window before is left. */
static void
restart (Fixture *fixture)
{
  close_window (fixture);
  open_window (fixture);
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  wt_block_test_set_up (&fixture->base, NULL);
  fixture->other = wt_chat_profile_add (fixture->base.session, WT_CONVERSATION_DIRECT, "peer");
  open_window (fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  close_window (fixture);
  g_clear_object (&fixture->other);
  wt_block_test_tear_down (&fixture->base, data);
}

static GListModel *
get_attachments (Fixture *fixture)
{
  return wt_composition_get_attachments (wt_composer_get_composition (fixture->composer));
}

static guint
count (Fixture *fixture)
{
  return g_list_model_get_n_items (get_attachments (fixture));
}

static WtComposerAttachment *
get (Fixture *fixture, guint position)
{
  g_autoptr (WtComposerAttachment) attachment = g_list_model_get_item (get_attachments (fixture),
                                                                       position);

  return attachment; /* the list holds it */
}

/* As many are there, and all are read. */
#define wait_attached(fixture, wanted)                                                             \
  wt_test_wait_until (                                                                             \
      count (fixture) == (wanted)                                                                  \
      && !wt_composition_get_busy (wt_composer_get_composition ((fixture)->composer)))

static void
attach (Fixture *fixture, const char *name, gconstpointer contents, gssize length)
{
  g_autofree char *path = g_build_filename (fixture->base.folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_auto (GValue) value = G_VALUE_INIT;
  guint before = count (fixture);

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
  g_value_init (&value, G_TYPE_FILE);
  g_value_set_object (&value, file);
  g_assert_true (wt_composer_take_value (fixture->composer, &value));
  wait_attached (fixture, before + 1);
  /* It is in the blob folder. */
  g_unlink (path);
}

static void
attach_picture (Fixture *fixture, const char *name, int width, int height)
{
  gsize size = (gsize) width * (gsize) height * 4;
  guint8 *pixels = g_malloc (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GBytes) png = NULL;

  /* Noise, as in a photograph: smaller in size where there is less of it. */
  for (gsize i = 0; i < size; i++)
    pixels[i] = i % 4 == 3 ? 255 : (guint8) g_random_int_range (0, 256);
  bytes = g_bytes_new_take (pixels, size);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, (gsize) width * 4);
  png = gdk_texture_save_to_png_bytes (texture);
  attach (fixture, name, g_bytes_get_data (png, NULL), (gssize) g_bytes_get_size (png));
}

static void
assert_names (Fixture *fixture, const char *expected)
{
  g_autoptr (GString) names = g_string_new (NULL);

  for (guint i = 0; i < count (fixture); i++)
    g_string_append_printf (names, "%s%s", i > 0 ? " " : "",
                            wt_composer_attachment_get_name (get (fixture, i)));
  g_assert_cmpstr (names->str, ==, expected);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  *(GAsyncResult **) data = g_object_ref (result);
}

static guint
count_kept (Fixture *fixture, WtConversation *conversation)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GPtrArray) kept = NULL;
  WtDatabase *database = wt_profile_get_database (fixture->base.profile);

  wt_draft_store_list_async (database, wt_conversation_get_id (conversation), NULL, on_listed,
                             &result);
  wt_test_wait_until (result != NULL);
  kept = wt_draft_store_list_finish (database, result, NULL);
  return kept->len;
}

static gboolean
has_text (Fixture *fixture, const char *text)
{
  g_autofree char *now = wt_composer_dup_text (fixture->composer);

  return g_str_equal (now, text);
}

static void
test_restart (Fixture *fixture, gconstpointer data)
{
  GtkWidget *tray;

  attach (fixture, "notes.txt", "words", -1);
  attach_picture (fixture, "field.png", 20, 10);
  wt_composer_set_text (fixture->composer, "look");
  restart (fixture);
  wait_attached (fixture, 2);
  assert_names (fixture, "notes.txt field.png");
  g_assert_true (has_text (fixture, "look"));
  g_assert_false (wt_composer_attachment_get_is_picture (get (fixture, 0)));
  g_assert_true (wt_composer_attachment_get_is_picture (get (fixture, 1)));
  g_assert_cmpint (wt_composer_attachment_get_size (get (fixture, 0)), ==, 5);
  tray = wt_chat_test_find (GTK_WIDGET (fixture->view), WT_TYPE_COMPOSER_TRAY, NULL);
  g_assert_true (gtk_widget_get_visible (tray));

  /* Moved, more attached, one removed; nobody waits for it to be kept. */
  wt_composition_move (wt_composer_get_composition (fixture->composer), get (fixture, 1), 0);
  attach (fixture, "last.txt", "more", -1);
  wt_composition_remove (wt_composer_get_composition (fixture->composer), get (fixture, 1));
  restart (fixture);
  wait_attached (fixture, 2);
  assert_names (fixture, "field.png last.txt");
}

/* The window is not closed, the program is killed. */
static void
test_kept_by_itself (Fixture *fixture, gconstpointer data)
{
  attach (fixture, "notes.txt", "words", -1);
  wt_test_wait_until (count_kept (fixture, fixture->base.conversation) == 1);
  wt_composition_remove (wt_composer_get_composition (fixture->composer), get (fixture, 0));
  wt_test_wait_until (count_kept (fixture, fixture->base.conversation) == 0);
}

/* The list says that there is a draft, also where nothing was typed. */
static void
test_marked (Fixture *fixture, gconstpointer data)
{
  g_assert_null (wt_conversation_get_draft (fixture->base.conversation));
  attach (fixture, "notes.txt", "words", -1);
  wt_test_wait_until (g_strcmp0 (wt_conversation_get_draft (fixture->base.conversation), "") == 0);

  wt_composer_set_text (fixture->composer, "look");
  wt_test_wait_until (g_strcmp0 (wt_conversation_get_draft (fixture->base.conversation), "look")
                      == 0);
  wt_composer_set_text (fixture->composer, "");
  wt_test_wait_until (g_strcmp0 (wt_conversation_get_draft (fixture->base.conversation), "") == 0);

  restart (fixture);
  wait_attached (fixture, 1);
  g_assert_cmpstr (wt_conversation_get_draft (fixture->base.conversation), ==, "");
  wt_composition_remove (wt_composer_get_composition (fixture->composer), get (fixture, 0));
  wt_test_wait_until (wt_conversation_get_draft (fixture->base.conversation) == NULL);
}

static void
test_options (Fixture *fixture, gconstpointer data)
{
  WtComposerAttachment *wide;

  attach_picture (fixture, "wide.png", 3000, 60);
  attach_picture (fixture, "plain.png", 3000, 50);
  attach_picture (fixture, "file.png", 20, 10);
  wt_composer_attachment_set_scaled (get (fixture, 1), FALSE);
  wt_composer_attachment_set_as_file (get (fixture, 2), TRUE);
  restart (fixture);
  wait_attached (fixture, 3);
  wide = get (fixture, 0);
  g_assert_true (wt_composer_attachment_get_can_scale (wide));
  g_assert_cmpint (wt_composer_attachment_get_media (wide)->width, ==, 2560);
  g_assert_cmpint (wt_composer_attachment_get_media (get (fixture, 1))->width, ==, 3000);
  g_assert_true (wt_composer_attachment_get_as_file (get (fixture, 2)));

  /* Both sizes are there, and what was not made smaller can be, still. */
  wt_composer_attachment_set_scaled (wide, FALSE);
  g_assert_cmpint (wt_composer_attachment_get_media (wide)->width, ==, 3000);
  wt_composer_attachment_set_scaled (get (fixture, 1), TRUE);
  wait_attached (fixture, 3);
  g_assert_cmpint (wt_composer_attachment_get_media (get (fixture, 1))->width, ==, 2560);
  g_assert_cmpstr (wt_composer_attachment_get_media (get (fixture, 1))->name, ==, "plain.jpg");
}

static void
test_sent (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtMessage) message = NULL;
  const WtMedia *media;

  attach (fixture, "notes.txt", "words", -1);
  restart (fixture);
  wait_attached (fixture, 1);
  wt_composer_send (fixture->composer);
  wt_test_wait_until (wt_conversation_get_last_seq (fixture->base.conversation) == 1);
  wt_test_wait_until (count_kept (fixture, fixture->base.conversation) == 0);
  g_assert_cmpuint (count (fixture), ==, 0);
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (fixture->base.timeline)) == 1);
  message = g_list_model_get_item (G_LIST_MODEL (fixture->base.timeline), 0);
  wt_test_wait_until (wt_message_get_loaded (message));
  media = wt_segment_get_media (wt_message_get_segment (message));
  g_assert_cmpstr (media->name, ==, "notes.txt");
  g_assert_cmpint (media->size, ==, 5);

  restart (fixture);
  wt_chat_test_wait_painted (fixture->window);
  g_assert_cmpuint (count (fixture), ==, 0);
}

/* The window is closed before the message is on disk: the draft is not there any more all the same. */
static void
test_sent_and_closed (Fixture *fixture, gconstpointer data)
{
  attach (fixture, "notes.txt", "words", -1);
  wt_test_wait_until (count_kept (fixture, fixture->base.conversation) == 1);
  wt_composer_send (fixture->composer);
  close_window (fixture);
  wt_test_wait_until (wt_conversation_get_last_seq (fixture->base.conversation) == 1);
  wt_test_wait_until (count_kept (fixture, fixture->base.conversation) == 0);
  open_window (fixture);
}

/* The same, with another conversation open by then. */
static void
test_sent_and_left (Fixture *fixture, gconstpointer data)
{
  attach (fixture, "notes.txt", "words", -1);
  wt_test_wait_until (count_kept (fixture, fixture->base.conversation) == 1);
  wt_composer_send (fixture->composer);
  wt_chat_view_set_conversation (fixture->view, fixture->other);
  wt_test_wait_until (wt_conversation_get_last_seq (fixture->base.conversation) == 1);
  wt_test_wait_until (count_kept (fixture, fixture->base.conversation) == 0);
  wt_chat_view_set_conversation (fixture->view, fixture->base.conversation);
  g_assert_cmpuint (count (fixture), ==, 0);
}

/* A message that cannot be stored leaves everything where it was. */
static void
test_not_stored (Fixture *fixture, gconstpointer data)
{
  attach (fixture, "notes.txt", "words", -1);
  wt_test_wait_until (count_kept (fixture, fixture->base.conversation) == 1);
  wt_profile_close (fixture->base.profile);
  wt_composer_send (fixture->composer);
  wait_attached (fixture, 1);
  assert_names (fixture, "notes.txt");
}

/* Each conversation has its own, also while others are open. */
static void
test_two_conversations (Fixture *fixture, gconstpointer data)
{
  attach (fixture, "one.txt", "1", -1);
  wt_chat_view_set_conversation (fixture->view, fixture->other);
  g_assert_cmpuint (count (fixture), ==, 0);
  attach (fixture, "two.txt", "2", -1);
  wt_chat_view_set_conversation (fixture->view, fixture->base.conversation);
  assert_names (fixture, "one.txt");
  restart (fixture);
  wait_attached (fixture, 1);
  assert_names (fixture, "one.txt");
  wt_chat_view_set_conversation (fixture->view, fixture->other);
  wait_attached (fixture, 1);
  assert_names (fixture, "two.txt");

  /* Left before it is known what is there: nothing is lost by that. */
  restart (fixture);
  wt_chat_view_set_conversation (fixture->view, fixture->other);
  wt_chat_view_set_conversation (fixture->view, fixture->base.conversation);
  wait_attached (fixture, 1);
  assert_names (fixture, "one.txt");
  g_assert_cmpuint (count_kept (fixture, fixture->other), ==, 1);
}

/* Cleaned away by somebody: the rest is there. */
static void
test_missing (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = NULL;

  attach (fixture, "one.txt", "1", -1);
  attach (fixture, "two.txt", "2", -1);
  path = wt_composer_attachment_dup_path (get (fixture, 0));
  close_window (fixture);
  g_assert_cmpint (g_unlink (path), ==, 0);
  open_window (fixture);
  wait_attached (fixture, 1);
  assert_names (fixture, "two.txt");
}

int
main (int argc, char **argv)
{
  wt_chat_test_init (&argc, &argv);

#define ADD(name, func)                                                                            \
  g_test_add ("/composer-drafts/" name, Fixture, NULL, set_up, func, tear_down)

  ADD ("restart", test_restart);
  ADD ("kept-by-itself", test_kept_by_itself);
  ADD ("marked", test_marked);
  ADD ("options", test_options);
  ADD ("sent", test_sent);
  ADD ("sent-and-closed", test_sent_and_closed);
  ADD ("sent-and-left", test_sent_and_left);
  ADD ("not-stored", test_not_stored);
  ADD ("two-conversations", test_two_conversations);
  ADD ("missing", test_missing);
  return g_test_run ();
}
