/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>
#include <unistd.h>

#include "wt-block-test.h"
#include "wt-chat-profile.h"
#include "wt-chat-view.h"
#include "wt-composer-item.h"
#include "wt-composer-tray.h"
#include "wt-composer.h"
#include "wt-mention-popover.h"
#include "wt-message-row.h"
#include "wt-reply-strip.h"
#include "wt-test-im.h"
#include "wt-test.h"
#include "wt-timeline-view.h"

/* Before a drag is noticed. */
#define MOST_MOVES 200

/* A message of more than text, written by keys, clipboard and drop in a real chat view. */
typedef struct
{
  WtBlockTest base;
  WtConversation *other;
  GtkWidget *window;
  WtChatView *view;
  WtComposer *composer;
  WtTimelineView *timeline;
  GString *troubles;
} Fixture;

static void
on_trouble (Fixture *fixture, const char *words)
{
  g_string_append_printf (fixture->troubles, "%s\n", words);
}

static void
open_conversation (Fixture *fixture, WtConversation *conversation)
{
  wt_chat_view_set_conversation (fixture->view, conversation);
  wt_test_wait_until (wt_timeline_view_get_model (fixture->timeline) != NULL);
  wt_chat_test_wait_painted (fixture->window);
}

static void
set_up (Fixture *fixture, gconstpointer module)
{
  wt_block_test_set_up (&fixture->base, NULL);
  g_object_set (gtk_settings_get_default (), "gtk-im-module",
                module != NULL ? module : "gtk-im-context-simple", NULL);
  fixture->troubles = g_string_new (NULL);
  fixture->other = wt_chat_profile_add (fixture->base.session, WT_CONVERSATION_DIRECT, "peer");
  fixture->view = WT_CHAT_VIEW (wt_chat_view_new (fixture->base.profile, NULL));
  g_signal_connect_swapped (fixture->view, "trouble", G_CALLBACK (on_trouble), fixture);
  fixture->timeline = WT_TIMELINE_VIEW (
      wt_chat_test_find (GTK_WIDGET (fixture->view), WT_TYPE_TIMELINE_VIEW, NULL));
  fixture->composer = WT_COMPOSER (
      wt_chat_test_find (GTK_WIDGET (fixture->view), WT_TYPE_COMPOSER, NULL));
  fixture->window = wt_chat_test_show (GTK_WIDGET (fixture->view));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_clear_object (&fixture->other);
  g_string_free (fixture->troubles, TRUE);
  wt_block_test_tear_down (&fixture->base, data);
}

static gboolean
lacks_keys (void)
{
  if (wt_chat_test_has_keys ())
    return FALSE;

  g_test_skip ("no xdotool");
  return TRUE;
}

static void
open_group (Fixture *fixture)
{
  g_object_unref (wt_block_test_add (&fixture->base, "alice", wt_segment_new_text ("hello")));
  g_object_unref (wt_block_test_add (&fixture->base, "bob", wt_segment_new_text ("hi")));
  g_object_unref (wt_block_test_add (&fixture->base, "张三", wt_segment_new_text ("你好")));
  open_conversation (fixture, fixture->base.conversation);
  wt_chat_view_focus_composer (fixture->view);
}

static WtComposition *
get_composition (Fixture *fixture)
{
  return wt_composer_get_composition (fixture->composer);
}

static guint
count_attached (Fixture *fixture)
{
  return g_list_model_get_n_items (wt_composition_get_attachments (get_composition (fixture)));
}

static WtComposerAttachment *
get_attached (Fixture *fixture, guint position)
{
  g_autoptr (WtComposerAttachment) attachment = g_list_model_get_item (
      wt_composition_get_attachments (get_composition (fixture)), position);

  return attachment;
}

static WtComposerAttachmentState
get_state (Fixture *fixture, guint position)
{
  return wt_composer_attachment_get_state (get_attached (fixture, position));
}

#define wait_state(fixture, position, wanted)                                                      \
  wt_test_wait_until (count_attached (fixture) > (position)                                        \
                      && get_state (fixture, position) == (wanted))

static GFile *
make_file (Fixture *fixture, const char *name, const char *contents, gssize length)
{
  g_autofree char *path = g_build_filename (fixture->base.folder, name, NULL);
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, contents, length, &error);
  g_assert_no_error (error);
  return g_file_new_for_path (path);
}

static GdkTexture *
make_texture (int width, int height)
{
  g_autoptr (GBytes) bytes = NULL;
  gsize size = (gsize) width * (gsize) height * 4;
  guint8 *data = g_malloc (size);

  /* Noise, as in a photograph: smaller in size where there is less of it. */
  for (gsize i = 0; i < size; i++)
    data[i] = i % 4 == 3 ? 255 : (guint8) g_random_int_range (0, 256);
  bytes = g_bytes_new_take (data, size);
  return gdk_memory_texture_new (width, height, GDK_MEMORY_R8G8B8A8, bytes, (gsize) width * 4);
}

static GFile *
make_picture (Fixture *fixture, const char *name, int width, int height)
{
  g_autoptr (GdkTexture) texture = make_texture (width, height);
  g_autoptr (GBytes) bytes = gdk_texture_save_to_png_bytes (texture);
  gsize size;
  const char *data = g_bytes_get_data (bytes, &size);

  return make_file (fixture, name, data, (gssize) size);
}

static gboolean
drop_value (Fixture *fixture, const GValue *value)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (GTK_WIDGET (fixture->view));
  gboolean taken = FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_DROP_TARGET (controller))
        g_signal_emit_by_name (controller, "drop", value, 10.0, 10.0, &taken);
    }
  return taken;
}

static gboolean
drop_file (Fixture *fixture, GFile *file)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, G_TYPE_FILE);
  g_value_set_object (&value, file);
  return drop_value (fixture, &value);
}

static void
attach (Fixture *fixture, const char *name, const char *contents)
{
  g_autoptr (GFile) file = make_file (fixture, name, contents, -1);

  g_assert_true (drop_file (fixture, file));
}

static gboolean
has_text (Fixture *fixture, const char *text)
{
  g_autofree char *now = wt_composer_dup_text (fixture->composer);

  return g_str_equal (now, text);
}

static GListModel *
get_model (Fixture *fixture)
{
  return wt_timeline_view_get_model (fixture->timeline);
}

static WtMedia *
fill_in (WtSegmentKind kind, const WtMedia *media, gpointer data, GError **error)
{
  WtMedia *filled = wt_media_copy (media);

  g_clear_pointer (&filled->blob, g_free);
  filled->base64 = g_bytes_new_static ("QUJD", 4);
  return filled;
}

static char *
write_segment (WtSegment *segment, WtDialect dialect)
{
  g_autoptr (WtSegment) filled = wt_segment_map_media (segment, fill_in, NULL, NULL);
  g_autoptr (WtJsonValue) node = wt_segment_to_json (filled, dialect, NULL);

  return wt_json_value_to_text (node);
}

/* What is sent, as it is on the wire in both dialects. */
static void
assert_sent (Fixture *fixture, const char *guide, const char *maibot)
{
  guint before = g_list_model_get_n_items (get_model (fixture));
  g_autoptr (WtMessage) message = NULL;
  g_autofree char *as_guide = NULL;
  g_autofree char *as_maibot = NULL;

  wt_composer_send (fixture->composer);
  wt_test_wait_until (g_list_model_get_n_items (get_model (fixture)) == before + 1);
  g_assert_cmpstr (fixture->troubles->str, ==, "");
  g_assert_true (has_text (fixture, ""));
  g_assert_cmpuint (count_attached (fixture), ==, 0);
  g_assert_null (wt_composition_get_reply (get_composition (fixture)));

  message = g_list_model_get_item (get_model (fixture), before);
  wt_test_wait_until (wt_message_get_loaded (message));
  as_guide = write_segment (wt_message_get_segment (message), WT_DIALECT_GUIDE);
  as_maibot = write_segment (wt_message_get_segment (message), WT_DIALECT_MAIBOT);
  g_assert_cmpstr (as_guide, ==, guide);
  g_assert_cmpstr (as_maibot, ==, maibot);
}

static void
test_text (Fixture *fixture, gconstpointer data)
{
  const char *json = "{\"type\":\"text\",\"data\":\"words\"}";

  open_group (fixture);
  wt_composer_set_text (fixture->composer, "\nwords \n");
  assert_sent (fixture, json, json);
}

static void
test_one_picture (Fixture *fixture, gconstpointer data)
{
  const char *json = "{\"type\":\"image\",\"data\":\"QUJD\"}";
  g_autoptr (GFile) file = make_picture (fixture, "a.png", 20, 10);

  open_group (fixture);
  g_assert_true (drop_file (fixture, file));
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  assert_sent (fixture, json, json);
}

static void
test_one_file (Fixture *fixture, gconstpointer data)
{
  open_group (fixture);
  attach (fixture, "a.txt", "words");
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  assert_sent (fixture, "{\"type\":\"file\",\"data\":\"QUJD\"}",
               "{\"type\":\"file\",\"data\":{\"name\":\"a.txt\",\"size\":\"5\",\"mime_type\":"
               "\"text/plain\",\"base64\":\"QUJD\"}}");
}

/* Reply, media in the tray's order, text with its mention: one list of one level. */
static void
test_all (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) picture = make_picture (fixture, "a.png", 20, 10);

  open_group (fixture);
  gtk_widget_activate_action (wt_timeline_view_get_row (fixture->timeline, 0), "message.reply",
                              NULL);
  attach (fixture, "a.txt", "words");
  drop_file (fixture, picture);
  wt_test_wait_until (!wt_composition_get_busy (get_composition (fixture)));
  wt_test_wait_until (g_list_model_get_n_items (get_model (fixture)) == 3);
  wt_composer_set_text (fixture->composer, "look, @alice this");
  assert_sent (
      fixture,
      "{\"type\":\"seglist\",\"data\":[{\"type\":\"reply\",\"data\":\"id-1\"},{\"type\":\"file\","
      "\"data\":\"QUJD\"},{\"type\":\"image\",\"data\":\"QUJD\"},{\"type\":\"text\",\"data\":"
      "\"look, \"},{\"type\":\"at\",\"data\":{\"user_id\":\"alice\",\"nickname\":\"alice\"}},{"
      "\"type\":\"text\",\"data\":\" this\"}]}",
      "{\"type\":\"seglist\",\"data\":[{\"type\":\"reply\",\"data\":\"id-1\"},{\"type\":\"file\","
      "\"data\":{\"name\":\"a.txt\",\"size\":\"5\",\"mime_type\":\"text/plain\",\"base64\":"
      "\"QUJD\"}},{\"type\":\"image\",\"data\":\"QUJD\"},{\"type\":\"text\",\"data\":\"look, \"},{"
      "\"type\":\"at\",\"data\":{\"target_user_id\":\"alice\",\"target_user_nickname\":\"alice\"}},"
      "{\"type\":\"text\",\"data\":\" this\"}]}");
}

static void
test_reply_alone (Fixture *fixture, gconstpointer data)
{
  GtkWidget *strip = wt_chat_test_find (GTK_WIDGET (fixture->view), WT_TYPE_REPLY_STRIP, NULL);
  const char *json = "{\"type\":\"seglist\",\"data\":[{\"type\":\"reply\",\"data\":\"id-3\"},{"
                     "\"type\":\"text\",\"data\":\"ok\"}]}";

  if (lacks_keys ())
    return;

  open_group (fixture);
  g_assert_false (gtk_widget_get_visible (strip));

  /* Of the focused row, and away again. */
  gtk_widget_grab_focus (wt_timeline_view_get_row (fixture->timeline, 1));
  wt_chat_test_press (fixture->window, "ctrl+r");
  wt_test_wait_until (gtk_widget_get_visible (strip));
  gtk_test_accessible_assert_property (strip, GTK_ACCESSIBLE_PROPERTY_LABEL, "Replying to bob: hi");
  g_assert_true (gtk_widget_has_focus (GTK_WIDGET (wt_composer_get_text_view (fixture->composer))));
  wt_chat_test_press (fixture->window, "Escape");
  wt_test_wait_until (!gtk_widget_get_visible (strip));

  /* The newest, from the empty text; by itself it is nothing to send. */
  wt_chat_test_press (fixture->window, "ctrl+Up");
  wt_test_wait_until (gtk_widget_get_visible (strip));
  wt_composer_send (fixture->composer);
  g_assert_cmpuint (g_list_model_get_n_items (get_model (fixture)), ==, 3);
  wt_composer_set_text (fixture->composer, "ok");
  assert_sent (fixture, json, json);
  g_assert_false (gtk_widget_get_visible (strip));
}

static GtkWidget *
get_popover (Fixture *fixture)
{
  return wt_chat_test_find (GTK_WIDGET (fixture->composer), WT_TYPE_MENTION_POPOVER, NULL);
}

/* Typed, filtered, chosen with the arrows; deleted by one key. */
static void
test_mention (Fixture *fixture, gconstpointer data)
{
  const char *guide = "{\"type\":\"seglist\",\"data\":[{\"type\":\"text\",\"data\":\"x \"},{"
                      "\"type\":\"at\",\"data\":{\"user_id\":\"bob\",\"nickname\":\"bob\"}},{"
                      "\"type\":\"text\",\"data\":\" y\"}]}";
  const char *maibot = "{\"type\":\"seglist\",\"data\":[{\"type\":\"text\",\"data\":\"x \"},{"
                       "\"type\":\"at\",\"data\":{\"target_user_id\":\"bob\","
                       "\"target_user_nickname\":\"bob\"}},{\"type\":\"text\",\"data\":\" y\"}]}";

  if (lacks_keys ())
    return;

  open_group (fixture);
  wt_chat_test_press (fixture->window, "x at");
  wt_test_wait_until (has_text (fixture, "x@"));
  g_assert_false (gtk_widget_get_visible (get_popover (fixture)));
  wt_chat_test_press (fixture->window, "BackSpace space at");
  wt_test_wait_until (gtk_widget_get_visible (get_popover (fixture)));
  /* Seen last is first. */
  wt_chat_test_press (fixture->window, "Down Return");
  wt_test_wait_until (has_text (fixture, "x @bob "));
  g_assert_false (gtk_widget_get_visible (get_popover (fixture)));
  g_assert_cmpuint (g_list_model_get_n_items (get_model (fixture)), ==, 3);

  /* The blank, then the whole of it. */
  wt_chat_test_press (fixture->window, "BackSpace BackSpace");
  wt_test_wait_until (has_text (fixture, "x "));
  wt_chat_test_press (fixture->window, "at B o Tab y");
  wt_test_wait_until (has_text (fixture, "x @bob y"));
  assert_sent (fixture, guide, maibot);
}

/* Nothing is written into one, and the cursor steps over it. */
static void
test_pill_is_whole (Fixture *fixture, gconstpointer data)
{
  const char *json = "{\"type\":\"text\",\"data\":\"ab\"}";
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (wt_composer_get_text_view (fixture->composer));
  GtkTextIter iter, end;
  g_autofree char *inside = NULL;

  if (lacks_keys ())
    return;

  open_group (fixture);
  wt_chat_test_press (fixture->window, "at a l Return");
  wt_test_wait_until (has_text (fixture, "@alice "));
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 3);
  gtk_text_buffer_insert (buffer, &iter, "-", -1);
  g_assert_true (has_text (fixture, "@alice- "));
  wt_chat_test_press (fixture->window, "Home Right a");
  wt_test_wait_until (has_text (fixture, "@alicea- "));
  wt_chat_test_press (fixture->window, "Left Left b Delete");
  wt_test_wait_until (has_text (fixture, "ba- "));

  /* A part of it selected and deleted is all of it. */
  wt_composer_set_text (fixture->composer, "@alice ab");
  gtk_text_buffer_get_iter_at_offset (buffer, &iter, 0);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, 3);
  gtk_text_buffer_delete (buffer, &iter, &end);
  g_assert_true (has_text (fixture, " ab"));
  wt_composer_set_text (fixture->composer, "ab");
  assert_sent (fixture, json, json);
}

static void
test_mention_dismissed (Fixture *fixture, gconstpointer data)
{
  const char *json = "{\"type\":\"text\",\"data\":\"@al\"}";

  if (lacks_keys ())
    return;

  open_group (fixture);
  wt_chat_test_press (fixture->window, "at a");
  wt_test_wait_until (gtk_widget_get_visible (get_popover (fixture)));
  wt_chat_test_press (fixture->window, "Escape l");
  wt_test_wait_until (has_text (fixture, "@al"));
  g_assert_false (gtk_widget_get_visible (get_popover (fixture)));
  assert_sent (fixture, json, json);
}

static void
test_everybody (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  open_group (fixture);
  wt_chat_test_press (fixture->window, "at e v e Return");
  wt_test_wait_until (has_text (fixture, "@everybody "));
  assert_sent (fixture, "{\"type\":\"at\",\"data\":{\"user_id\":\"all\"}}",
               "{\"type\":\"at\",\"data\":\"all\"}");

  /* Nobody to be mentioned. */
  open_conversation (fixture, fixture->other);
  wt_chat_view_focus_composer (fixture->view);
  wt_chat_test_press (fixture->window, "at e");
  wt_test_wait_until (has_text (fixture, "@e"));
  g_assert_false (gtk_widget_get_visible (get_popover (fixture)));
}

/* While an input method composes, Enter is its own: it neither picks nor sends. */
static void
test_mention_composing (Fixture *fixture, gconstpointer data)
{
  if (lacks_keys ())
    return;

  open_group (fixture);
  wt_chat_test_press (fixture->window, "at");
  wt_test_wait_until (gtk_widget_get_visible (get_popover (fixture)));
  wt_chat_test_press (fixture->window, "n i Down Return");
  wt_test_wait_until (has_text (fixture, "@中2"));
  g_assert_cmpuint (g_list_model_get_n_items (get_model (fixture)), ==, 3);
  g_assert_false (gtk_widget_get_visible (get_popover (fixture)));
  wt_chat_test_press (fixture->window, "BackSpace BackSpace Return");
  wt_test_wait_until (has_text (fixture, "@张三 "));
  g_assert_cmpuint (g_list_model_get_n_items (get_model (fixture)), ==, 3);
}

/* A draft is plain: who is meant is found again, unless nobody is. */
static void
test_draft_mentions (Fixture *fixture, gconstpointer data)
{
  const char *guide
      = "{\"type\":\"seglist\",\"data\":[{\"type\":\"at\",\"data\":{\"user_id\":"
        "\"张三\",\"nickname\":\"张三\"}},{\"type\":\"text\",\"data\":\" @nobody\"}]}";
  const char *maibot = "{\"type\":\"seglist\",\"data\":[{\"type\":\"at\",\"data\":{"
                       "\"target_user_id\":\"张三\",\"target_user_nickname\":\"张三\"}},{\"type\":"
                       "\"text\",\"data\":\" @nobody\"}]}";

  open_group (fixture);
  open_conversation (fixture, fixture->other);
  wt_session_set_draft (fixture->base.session, fixture->base.conversation, "@张三 @nobody");
  wt_test_wait_until (wt_conversation_get_draft (fixture->base.conversation) != NULL);
  open_conversation (fixture, fixture->base.conversation);
  g_assert_true (has_text (fixture, "@张三 @nobody"));
  wt_chat_test_wait_painted (fixture->window);
  assert_sent (fixture, guide, maibot);
}

static void
test_paste_picture (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->window);
  g_autoptr (GdkTexture) texture = make_texture (30, 20);
  const WtMedia *media;

  if (lacks_keys ())
    return;

  open_group (fixture);
  gdk_clipboard_set_texture (clipboard, texture);
  wt_chat_test_press (fixture->window, "ctrl+v");
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  media = wt_composer_attachment_get_media (get_attached (fixture, 0));
  g_assert_cmpint (media->width, ==, 30);
  g_assert_cmpstr (media->mime_type, ==, "image/png");
  g_assert_true (g_str_has_prefix (media->name, "Picture 20"));
  g_assert_true (g_str_has_suffix (media->name, ".png"));
  g_assert_true (has_text (fixture, ""));
}

/* As a file manager offers what was copied there. */
static GdkContentProvider *
make_files (GFile **files, gsize n_files)
{
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, gdk_file_list_new_from_array (files, n_files));
  return gdk_content_provider_new_for_value (&value);
}

/* Files before text, text before a picture, and only text where that is asked for. */
static void
test_paste_mixed (Fixture *fixture, gconstpointer data)
{
  GdkClipboard *clipboard = gtk_widget_get_clipboard (fixture->window);
  g_autoptr (GdkTexture) texture = make_texture (4, 4);
  g_autoptr (GFile) one = make_file (fixture, "one.txt", "1", -1);
  g_autoptr (GFile) two = make_file (fixture, "two.txt", "22", -1);
  GFile *files[] = { one, two };
  GdkContentProvider *cells[] = { gdk_content_provider_new_typed (G_TYPE_STRING, "1\t2"),
                                  gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture) };
  GdkContentProvider *copied[] = { gdk_content_provider_new_typed (G_TYPE_STRING, "/one.txt"),
                                   make_files (files, G_N_ELEMENTS (files)) };
  g_autoptr (GdkContentProvider) both = gdk_content_provider_new_union (cells, 2);
  g_autoptr (GdkContentProvider) named = gdk_content_provider_new_union (copied, 2);

  if (lacks_keys ())
    return;

  open_group (fixture);
  gdk_clipboard_set_content (clipboard, both);
  wt_chat_test_press (fixture->window, "ctrl+v");
  wt_test_wait_until (has_text (fixture, "1\t2"));
  g_assert_cmpuint (count_attached (fixture), ==, 0);

  wt_composer_set_text (fixture->composer, NULL);
  gdk_clipboard_set_content (clipboard, named);
  wt_chat_test_press (fixture->window, "ctrl+v");
  wait_state (fixture, 1, WT_COMPOSER_ATTACHMENT_READY);
  g_assert_true (has_text (fixture, ""));
  g_assert_cmpstr (wt_composer_attachment_get_name (get_attached (fixture, 0)), ==, "one.txt");

  wt_chat_test_press (fixture->window, "ctrl+shift+v");
  wt_test_wait_until (has_text (fixture, "/one.txt"));
  g_assert_cmpuint (count_attached (fixture), ==, 2);
}

static WtComposerItem *
get_item (Fixture *fixture, guint position)
{
  GtkWidget *tray = wt_chat_test_find (GTK_WIDGET (fixture->view), WT_TYPE_COMPOSER_TRAY, NULL);
  GtkWidget *item = wt_chat_test_find (tray, WT_TYPE_COMPOSER_ITEM, NULL);

  for (; position > 0; position--)
    item = gtk_widget_get_next_sibling (item);
  return WT_COMPOSER_ITEM (item);
}

static void
assert_order (Fixture *fixture, const char *names)
{
  g_autoptr (GString) order = g_string_new (NULL);

  for (guint i = 0; i < count_attached (fixture); i++)
    {
      g_string_append (order, wt_composer_attachment_get_name (get_attached (fixture, i)));
      g_assert_true (wt_composer_item_get_attachment (get_item (fixture, i))
                     == get_attached (fixture, i));
    }
  g_assert_cmpstr (order->str, ==, names);
}

static void
test_tray (Fixture *fixture, gconstpointer data)
{
  GtkWidget *tray = wt_chat_test_find (GTK_WIDGET (fixture->view), WT_TYPE_COMPOSER_TRAY, NULL);

  if (lacks_keys ())
    return;

  open_group (fixture);
  g_assert_false (gtk_widget_get_visible (tray));
  attach (fixture, "a", "1");
  attach (fixture, "b", "2");
  attach (fixture, "c", "3");
  wt_test_wait_until (!wt_composition_get_busy (get_composition (fixture)));
  wt_chat_test_wait_painted (fixture->window);
  g_assert_true (gtk_widget_get_visible (tray));
  assert_order (fixture, "abc");

  /* By keys: the focus goes along. */
  gtk_widget_grab_focus (GTK_WIDGET (get_item (fixture, 0)));
  wt_chat_test_press (fixture->window, "ctrl+Right ctrl+Right ctrl+Right ctrl+Left");
  wt_test_wait_until (gtk_widget_has_focus (GTK_WIDGET (get_item (fixture, 1))));
  assert_order (fixture, "bac");

  /* By dragging one onto another. */
  g_signal_emit_by_name (get_item (fixture, 0), "drop", get_attached (fixture, 2));
  assert_order (fixture, "cba");

  gtk_widget_grab_focus (GTK_WIDGET (get_item (fixture, 2)));
  wt_chat_test_press (fixture->window, "Delete");
  wt_test_wait_until (count_attached (fixture) == 2);
  gtk_widget_activate_action (GTK_WIDGET (get_item (fixture, 0)), "attachment.remove", NULL);
  gtk_widget_activate_action (GTK_WIDGET (get_item (fixture, 0)), "attachment.remove", NULL);
  g_assert_false (gtk_widget_get_visible (tray));
  wt_test_wait_until (
      gtk_widget_has_focus (GTK_WIDGET (wt_composer_get_text_view (fixture->composer))));
}

static void
assert_fails (Fixture *fixture, GFile *file, const char *words)
{
  guint position = count_attached (fixture);

  g_assert_true (drop_file (fixture, file));
  wait_state (fixture, position, WT_COMPOSER_ATTACHMENT_FAILED);
  g_assert_cmpstr (wt_composer_attachment_get_words (get_attached (fixture, position)), ==, words);
}

/* What cannot be sent says why, and is in nobody's way but the message's. */
static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) empty = make_file (fixture, "empty", "", 0);
  g_autoptr (GFile) folder = g_file_new_for_path (fixture->base.folder);
  g_autoptr (GFile) missing = g_file_get_child (folder, "missing");
  g_autoptr (GFile) large = make_file (fixture, "large.zip", "", 0);
  g_autoptr (GFile) good = make_file (fixture, "good", "1", -1);

  g_assert_cmpint (truncate (g_file_peek_path (large), 120 * 1000 * 1000), ==, 0);
  open_group (fixture);
  assert_fails (fixture, empty, "The file is empty");
  assert_fails (fixture, folder, "A folder cannot be sent; its files can");
  assert_fails (fixture, missing, "The file is not there any more");
  assert_fails (fixture, large, "120.0\302\240MB is too large: a message holds 78.6\302\240MB");
  drop_file (fixture, good);
  wait_state (fixture, 4, WT_COMPOSER_ATTACHMENT_READY);

  wt_composer_set_text (fixture->composer, "words");
  wt_composer_send (fixture->composer);
  g_assert_nonnull (strstr (fixture->troubles->str, "“empty” cannot be sent"));
  g_assert_true (has_text (fixture, "words"));
  g_assert_cmpuint (count_attached (fixture), ==, 5);
}

/* Together they are too large; there is room once one is gone. */
static void
test_crowded (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) one = make_file (fixture, "one.bin", "", 0);
  g_autoptr (GFile) two = make_file (fixture, "two.bin", "", 0);

  g_assert_cmpint (truncate (g_file_peek_path (one), 50 * 1000 * 1000), ==, 0);
  g_assert_cmpint (truncate (g_file_peek_path (two), 40 * 1000 * 1000), ==, 0);
  open_group (fixture);
  drop_file (fixture, one);
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  assert_fails (fixture, two, "With the others 90.0\302\240MB: a message holds 78.6\302\240MB");
  /* Nothing of it was read. */
  g_assert_null (wt_composer_attachment_get_media (get_attached (fixture, 1)));
  wt_composition_remove (get_composition (fixture), get_attached (fixture, 0));
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
}

/* Sent before it is read: it waits, and nothing can be changed meanwhile. */
static void
test_race (Fixture *fixture, gconstpointer data)
{
  GtkTextView *view = wt_composer_get_text_view (fixture->composer);

  open_group (fixture);
  attach (fixture, "a.txt", "words");
  wt_composer_set_text (fixture->composer, "see");
  g_assert_true (wt_composition_get_busy (get_composition (fixture)));
  wt_composer_send (fixture->composer);
  g_assert_true (wt_composition_get_waiting (get_composition (fixture)));
  g_assert_false (gtk_text_view_get_editable (view));
  g_assert_cmpuint (g_list_model_get_n_items (get_model (fixture)), ==, 3);
  wt_test_wait_until (g_list_model_get_n_items (get_model (fixture)) == 4);
  g_assert_true (gtk_text_view_get_editable (view));
  g_assert_true (has_text (fixture, ""));
  g_assert_cmpuint (count_attached (fixture), ==, 0);
}

/* Sent before it is read, and another conversation opened: sent where it was written. */
static void
test_race_left (Fixture *fixture, gconstpointer data)
{
  open_group (fixture);
  attach (fixture, "a.txt", "words");
  wt_composer_set_text (fixture->composer, "see");
  wt_composer_send (fixture->composer);
  open_conversation (fixture, fixture->other);
  wt_test_wait_until (wt_conversation_get_last_seq (fixture->base.conversation) == 4);
  g_assert_cmpint (wt_conversation_get_last_seq (fixture->other), ==, 0);
  open_conversation (fixture, fixture->base.conversation);
  wt_test_wait_until (has_text (fixture, ""));
  g_assert_cmpuint (count_attached (fixture), ==, 0);
}

/* Each conversation has its own. */
static void
test_switching (Fixture *fixture, gconstpointer data)
{
  GtkWidget *strip = wt_chat_test_find (GTK_WIDGET (fixture->view), WT_TYPE_REPLY_STRIP, NULL);

  open_group (fixture);
  attach (fixture, "a", "1");
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  gtk_widget_activate_action (wt_timeline_view_get_row (fixture->timeline, 0), "message.reply",
                              NULL);
  wt_composer_set_text (fixture->composer, "words");
  open_conversation (fixture, fixture->other);
  g_assert_cmpuint (count_attached (fixture), ==, 0);
  g_assert_false (gtk_widget_get_visible (strip));
  attach (fixture, "b", "2");

  open_conversation (fixture, fixture->base.conversation);
  assert_order (fixture, "a");
  g_assert_true (gtk_widget_get_visible (strip));
  g_assert_true (has_text (fixture, "words"));
  open_conversation (fixture, fixture->other);
  assert_order (fixture, "b");
}

/* What could not be stored is back with all that was attached. */
static void
test_not_stored (Fixture *fixture, gconstpointer data)
{
  open_group (fixture);
  attach (fixture, "a", "1");
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  gtk_widget_activate_action (wt_timeline_view_get_row (fixture->timeline, 0), "message.reply",
                              NULL);
  wt_composer_set_text (fixture->composer, "words");
  wt_profile_close (fixture->base.profile);
  wt_composer_send (fixture->composer);
  wt_test_wait_until (fixture->troubles->len > 0);
  g_assert_true (has_text (fixture, "words"));
  assert_order (fixture, "a");
  g_assert_nonnull (wt_composition_get_reply (get_composition (fixture)));
}

static void
test_scaled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = make_picture (fixture, "wide.png", 3000, 60);
  WtComposerAttachment *attachment;
  g_autoptr (WtSegment) as_file = NULL;
  gint64 size;

  open_group (fixture);
  drop_file (fixture, file);
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  attachment = get_attached (fixture, 0);
  g_assert_cmpint (wt_composer_attachment_get_media (attachment)->width, ==, 2560);
  g_assert_true (wt_composer_attachment_get_can_scale (attachment));
  g_assert_nonnull (strstr (wt_composer_attachment_get_words (attachment), " → "));
  size = wt_composer_attachment_get_size (attachment);

  wt_composer_attachment_set_scaled (attachment, FALSE);
  g_assert_cmpint (wt_composer_attachment_get_media (attachment)->width, ==, 3000);
  g_assert_cmpint (wt_composer_attachment_get_size (attachment), >, size);
  g_assert_null (strstr (wt_composer_attachment_get_words (attachment), " → "));

  wt_composer_attachment_set_scaled (attachment, TRUE);
  wt_composer_attachment_set_as_file (attachment, TRUE);
  as_file = wt_composer_attachment_make_segment (attachment);
  g_assert_cmpint (wt_segment_get_kind (as_file), ==, WT_SEGMENT_FILE);
  g_assert_cmpint (wt_segment_get_media (as_file)->width, ==, 3000);
}

static void
test_not_scaled (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = make_picture (fixture, "wide.png", 3000, 60);

  open_group (fixture);
  g_object_set (fixture->composer, "scale-pictures", FALSE, NULL);
  drop_file (fixture, file);
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  g_assert_cmpint (wt_composer_attachment_get_media (get_attached (fixture, 0))->width, ==, 3000);
  wt_composer_attachment_set_scaled (get_attached (fixture, 0), TRUE);
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  g_assert_cmpint (wt_composer_attachment_get_media (get_attached (fixture, 0))->width, ==, 2560);
}

/* Named a picture, and none: a file. The other way round: found by its contents. */
static void
test_kinds (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) no_picture = make_file (fixture, "no.png", "words", -1);
  g_autoptr (GFile) no_text = make_picture (fixture, "picture.txt", 20, 10);

  open_group (fixture);
  drop_file (fixture, no_picture);
  drop_file (fixture, no_text);
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  wait_state (fixture, 1, WT_COMPOSER_ATTACHMENT_READY);
  g_assert_false (wt_composer_attachment_get_is_picture (get_attached (fixture, 0)));
  g_assert_true (wt_composer_attachment_get_is_picture (get_attached (fixture, 1)));
}

/* A link is dragged as a file, too. */
static void
test_link_is_no_file (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) link = g_file_new_for_uri ("https://example.org/a.png");

  open_group (fixture);
  g_assert_false (drop_file (fixture, link));
  g_assert_cmpuint (count_attached (fixture), ==, 0);
}

static void
test_no_session (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = make_file (fixture, "a", "1", -1);

  g_assert_false (drop_file (fixture, file));
  g_assert_cmpuint (count_attached (fixture), ==, 0);
}

static void
test_face (Fixture *fixture, gconstpointer data)
{
  GtkWidget *button = wt_chat_test_find (GTK_WIDGET (fixture->composer), GTK_TYPE_MENU_BUTTON,
                                         "sticker");
  GtkPopover *popover;

  open_group (fixture);
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  g_assert_nonnull (popover);
  g_signal_emit_by_name (popover, "face", "14");
  gtk_menu_button_popdown (GTK_MENU_BUTTON (button));
  assert_sent (fixture, "{\"type\":\"face\",\"data\":\"14\"}",
               "{\"type\":\"dict\",\"data\":{\"type\":\"face\",\"data\":\"14\"}}");
}

/* At once, without what is being written. */
static void
test_sticker (Fixture *fixture, gconstpointer data)
{
  WtStickerList *stickers = wt_profile_get_stickers (fixture->base.profile);
  g_autoptr (GFile) file = make_picture (fixture, "s.png", 20, 10);
  g_autoptr (WtSticker) sticker = NULL;
  g_autoptr (WtMessage) message = NULL;

  open_group (fixture);
  wt_sticker_list_add_file_async (stickers, file, NULL, NULL, NULL);
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (stickers)) == 1);
  sticker = g_list_model_get_item (G_LIST_MODEL (stickers), 0);
  wt_composer_set_text (fixture->composer, "words");
  g_signal_emit_by_name (fixture->composer, "sticker", sticker);
  wt_test_wait_until (g_list_model_get_n_items (get_model (fixture)) == 4);
  message = g_list_model_get_item (get_model (fixture), 3);
  wt_test_wait_until (wt_message_get_loaded (message));
  g_assert_cmpint (wt_segment_get_kind (wt_message_get_segment (message)), ==, WT_SEGMENT_EMOJI);
  g_assert_true (has_text (fixture, "words"));
}

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_assert_true (g_subprocess_wait_check_finish (G_SUBPROCESS (source), result, NULL));
  *(gboolean *) data = TRUE;
}

static void
point (const char *commands)
{
  g_autofree char *line = g_strconcat ("xdotool ", commands, NULL);
  g_auto (GStrv) words = g_strsplit (line, " ", -1);
  g_autoptr (GSubprocess) process = NULL;
  gboolean done = FALSE;

  process = g_subprocess_newv ((const char *const *) words, G_SUBPROCESS_FLAGS_NONE, NULL);
  g_assert_nonnull (process);
  g_subprocess_wait_check_async (process, NULL, on_done, &done);
  wt_test_wait_until (done);
}

/* A label that is dragged as a file manager's icon is: as a file, and as its name. */
static GtkWidget *
make_icon (GFile *file)
{
  GtkWidget *label = gtk_label_new ("a file");
  GtkDragSource *source = gtk_drag_source_new ();
  GdkContentProvider *forms[] = { gdk_content_provider_new_typed (G_TYPE_FILE, file),
                                  gdk_content_provider_new_typed (G_TYPE_STRING, "its name") };
  g_autoptr (GdkContentProvider) content = gdk_content_provider_new_union (forms, 2);

  gtk_drag_source_set_content (source, content);
  gtk_widget_add_controller (label, GTK_EVENT_CONTROLLER (source));
  gtk_widget_set_size_request (label, 200, 40);
  return label;
}

/* Onto the text, which would take the name. */
static void
test_drag (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GFile) file = make_file (fixture, "dragged", "1", -1);
  GtkWidget *drop_here = wt_chat_test_find (GTK_WIDGET (fixture->view), GTK_TYPE_BOX, "drop-here");
  GtkWidget *text = GTK_WIDGET (wt_composer_get_text_view (fixture->composer));
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autoptr (GtkWidget) view = g_object_ref (GTK_WIDGET (fixture->view));
  g_autofree char *move = NULL;
  double x, y;

  if (lacks_keys ())
    return;

  gtk_window_set_child (GTK_WINDOW (fixture->window), NULL);
  gtk_box_append (GTK_BOX (box), make_icon (file));
  gtk_box_append (GTK_BOX (box), view);
  gtk_widget_set_vexpand (view, TRUE);
  gtk_window_set_child (GTK_WINDOW (fixture->window), box);
  open_group (fixture);
  g_assert_true (gtk_widget_translate_coordinates (text, fixture->window, 20, 10, &x, &y));

  /* Step by step: what comes at once is one movement. */
  point ("mousemove 300 20");
  point ("mousedown 1");
  point ("mousemove 310 30");
  point ("mousemove 320 60");
  move = g_strdup_printf ("mousemove %d %d", (int) x + 5, (int) y);
  point (move);
  /* The drag begins when the display server says so, and is noticed where the pointer moves then. */
  for (guint i = 0; i < MOST_MOVES && !gtk_widget_get_visible (drop_here); i++)
    point (i % 2 == 0 ? "mousemove_relative -- -5 1" : "mousemove_relative -- 5 -1");
  g_assert_true (gtk_widget_get_visible (drop_here));
  point ("mouseup 1");
  wait_state (fixture, 0, WT_COMPOSER_ATTACHMENT_READY);
  g_assert_cmpstr (wt_composer_attachment_get_name (get_attached (fixture, 0)), ==, "dragged");
  g_assert_true (has_text (fixture, ""));
  wt_test_wait_until (!gtk_widget_get_visible (drop_here));
}

static gboolean
has_footer (GtkWidget *row, const char *words)
{
  GtkWidget *footer = wt_chat_test_find (row, GTK_TYPE_WIDGET, "footer");
  GtkWidget *label = footer != NULL ? wt_chat_test_find (footer, GTK_TYPE_LABEL, NULL) : NULL;

  return label != NULL && strstr (gtk_label_get_text (GTK_LABEL (label)), words) != NULL;
}

/* How much of a large one left shows; one that has not left can be cancelled. */
static void
test_progress_and_cancel (Fixture *fixture, gconstpointer data)
{
  GtkWidget *row;
  WtMessage *message;

  open_group (fixture);
  wt_composer_set_text (fixture->composer, "large");
  wt_composer_send (fixture->composer);
  wt_test_wait_until (g_list_model_get_n_items (get_model (fixture)) == 4);
  wt_chat_test_wait_painted (fixture->window);
  row = wt_timeline_view_get_row (fixture->timeline, 3);
  message = wt_message_row_get_message (WT_MESSAGE_ROW (row));
  g_assert_false (has_footer (row, "Sending"));
  wt_message_set_progress (message, 0.435);
  g_assert_true (has_footer (row, "Sending 43 %"));
  wt_message_set_progress (message, -1);
  g_assert_false (has_footer (row, "Sending"));

  gtk_widget_activate_action (row, "message.cancel", NULL);
  wt_test_wait_until (wt_message_get_deleted (message));
  /* And no more after that. */
  gtk_widget_activate_action (row, "message.reply", NULL);
  g_assert_null (wt_composition_get_reply (get_composition (fixture)));
}

/* Text, what adds to it, send: in this order, and each has a name. */
static void
test_focus_order (Fixture *fixture, gconstpointer data)
{
  const char *const names[] = { "Attach Files", "Stickers and Faces", "Insert Emoji", "Send" };

  if (lacks_keys ())
    return;

  open_group (fixture);
  wt_composer_set_text (fixture->composer, "words");
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      GtkWidget *before = gtk_root_get_focus (GTK_ROOT (fixture->window));
      GtkWidget *focus;
      g_autofree char *name = NULL;

      wt_chat_test_press (fixture->window, "Tab");
      wt_test_wait_until ((focus = gtk_root_get_focus (GTK_ROOT (fixture->window))) != before);
      if (GTK_IS_MENU_BUTTON (gtk_widget_get_parent (focus)))
        focus = gtk_widget_get_parent (focus);
      name = wt_chat_test_dup_label (focus);
      g_assert_cmpstr (name, ==, names[i]);
    }
}

int
main (int argc, char **argv)
{
  wt_chat_test_init (&argc, &argv);
  g_unsetenv ("GTK_IM_MODULE");
  wt_test_im_register ();

#define ADD(name, func) g_test_add ("/composer-rich/" name, Fixture, NULL, set_up, func, tear_down)

  ADD ("text", test_text);
  ADD ("one-picture", test_one_picture);
  ADD ("one-file", test_one_file);
  ADD ("all", test_all);
  ADD ("reply", test_reply_alone);
  ADD ("mention", test_mention);
  ADD ("pill-is-whole", test_pill_is_whole);
  ADD ("mention-dismissed", test_mention_dismissed);
  ADD ("everybody", test_everybody);
  g_test_add ("/composer-rich/mention-composing", Fixture, WT_TEST_IM_NAME, set_up,
              test_mention_composing, tear_down);
  ADD ("draft-mentions", test_draft_mentions);
  ADD ("paste-picture", test_paste_picture);
  ADD ("paste-mixed", test_paste_mixed);
  ADD ("tray", test_tray);
  ADD ("failures", test_failures);
  ADD ("crowded", test_crowded);
  ADD ("race", test_race);
  ADD ("race-left", test_race_left);
  ADD ("switching", test_switching);
  ADD ("not-stored", test_not_stored);
  ADD ("scaled", test_scaled);
  ADD ("not-scaled", test_not_scaled);
  ADD ("kinds", test_kinds);
  ADD ("link-is-no-file", test_link_is_no_file);
  ADD ("no-session", test_no_session);
  ADD ("face", test_face);
  ADD ("sticker", test_sticker);
  ADD ("drag", test_drag);
  ADD ("progress-and-cancel", test_progress_and_cancel);
  ADD ("focus-order", test_focus_order);
  return g_test_run ();
}
