/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <adwaita.h>
#include <glib/gstdio.h>
#include <string.h>

#include "../wt-ui-test.h"
#include "wt-chat-test.h"
#include "wt-message-row.h"
#include "wt-picture-block.h"
#include "wt-picture-notice.h"
#include "wt-picture-samples.h"

typedef struct
{
  char *folder;
  char *profile_folder;
  WtProfile *profile;
  WtSession *session;
  WtConversation *conversation;
  WtMessageContext *context;
  WtMessageRow *row;
  GtkWidget *window;
  guint n_viewed;
  guint position;
} Fixture;

static void
on_view (WtMessageContext *context, WtMessage *message, guint position, Fixture *fixture)
{
  fixture->n_viewed++;
  fixture->position = position;
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtPictureLoader) loader = wt_picture_loader_new (WT_PICTURE_LOADER_MEMORY);

  fixture->folder = wt_picture_samples_make_folder ();
  fixture->profile = wt_ui_test_open_profile (&fixture->profile_folder);
  fixture->session = wt_ui_test_add_account (fixture->profile, "me");
  fixture->conversation = wt_ui_test_add_conversation (fixture->session, WT_CONVERSATION_DIRECT,
                                                       "peer");
  fixture->context = wt_message_context_new ();
  wt_message_context_set_loader (fixture->context, loader);
  wt_message_context_set_conversation (fixture->context, fixture->session, fixture->conversation);
  g_signal_connect (fixture->context, "view", G_CALLBACK (on_view), fixture);
  fixture->row = WT_MESSAGE_ROW (wt_message_row_new (fixture->context));
  gtk_widget_set_valign (GTK_WIDGET (fixture->row), GTK_ALIGN_START);
  fixture->window = wt_chat_test_show (GTK_WIDGET (fixture->row));
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_clear_object (&fixture->conversation);
  g_clear_object (&fixture->context);
  wt_ui_test_close_profile (fixture->profile, fixture->profile_folder);
  wt_test_remove_folder (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static WtMedia *
take_file (Fixture *fixture, const char *path, int width, int height)
{
  WtMedia *media = wt_media_new ();
  g_autoptr (GBytes) bytes = wt_picture_samples_read (path);
  g_autoptr (GError) error = NULL;

  media->blob = wt_blobs_add_bytes (wt_profile_get_blobs (fixture->profile), bytes, &error);
  g_assert_no_error (error);
  media->width = width;
  media->height = height;
  return media;
}

static WtMessage *
make_message (gint64 seq, WtSegmentKind kind, const WtMedia *media)
{
  return wt_chat_test_make_message (&(WtChatTestMessage){
      .seq = seq,
      .author = "ann",
      .time = WT_CHAT_TEST_NOW,
      .delivery = WT_DELIVERY_RECEIVED,
      .segment = wt_segment_new_media (kind, media),
  });
}

static void
bind (Fixture *fixture, gint64 seq, WtSegmentKind kind, const WtMedia *media)
{
  g_autoptr (WtMessage) message = make_message (seq, kind, media);

  wt_message_row_bind (fixture->row, message, NULL, FALSE, FALSE);
  wt_chat_test_wait_painted (fixture->window);
}

static WtPictureBlock *
get_block (Fixture *fixture)
{
  return WT_PICTURE_BLOCK (
      wt_chat_test_find (GTK_WIDGET (fixture->row), WT_TYPE_PICTURE_BLOCK, NULL));
}

static WtPictureNotice *
get_notice (Fixture *fixture)
{
  GtkWidget *notice = wt_chat_test_find (GTK_WIDGET (fixture->row), WT_TYPE_PICTURE_NOTICE, NULL);

  return notice != NULL && gtk_widget_get_visible (notice) ? WT_PICTURE_NOTICE (notice) : NULL;
}

static WtPictureBlockState
get_state (Fixture *fixture)
{
  return wt_picture_block_get_state (get_block (fixture));
}

static void
assert_size (Fixture *fixture, int width, int height)
{
  GtkWidget *block = GTK_WIDGET (get_block (fixture));

  g_assert_cmpint (gtk_widget_get_width (block), ==, width);
  g_assert_cmpint (gtk_widget_get_height (block), ==, height);
}

/* On a screen of double density (GDK_SCALE=2) it is decoded at twice the size. */
static int
get_pixels_across (Fixture *fixture, int width)
{
  return width * gtk_widget_get_scale_factor (GTK_WIDGET (fixture->row));
}

static void
test_size (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    WtSegmentKind kind;
    int width, height; /* of the picture */
    gboolean known;
    int shown_width, shown_height;
  } cases[] = {
    { WT_SEGMENT_IMAGE, 720, 360, TRUE, 360, 180 }, { WT_SEGMENT_IMAGE, 300, 900, TRUE, 120, 360 },
    { WT_SEGMENT_IMAGE, 200, 100, TRUE, 200, 100 }, { WT_SEGMENT_IMAGE, 8, 8, TRUE, 48, 48 },
    { WT_SEGMENT_IMAGE, 2000, 1, TRUE, 360, 48 },   { WT_SEGMENT_IMAGE, 720, 360, FALSE, 240, 180 },
    { WT_SEGMENT_EMOJI, 320, 160, TRUE, 160, 80 },  { WT_SEGMENT_EMOJI, 320, 160, FALSE, 160, 160 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = wt_picture_samples_png (fixture->folder, "a", cases[i].width,
                                                      cases[i].height);
      g_autoptr (WtMedia) media = take_file (fixture, path, cases[i].known ? cases[i].width : 0,
                                             cases[i].known ? cases[i].height : 0);
      int before;

      bind (fixture, i + 1, cases[i].kind, media);
      before = gtk_widget_get_height (GTK_WIDGET (fixture->row));
      assert_size (fixture, cases[i].shown_width, cases[i].shown_height);
      wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_SHOWN);
      wt_chat_test_wait_painted (fixture->window);

      /* Nothing jumps, and no more is decoded than shows. */
      assert_size (fixture, cases[i].shown_width, cases[i].shown_height);
      g_assert_cmpint (gtk_widget_get_height (GTK_WIDGET (fixture->row)), ==, before);
      g_assert_cmpint (gdk_texture_get_width (wt_picture_block_get_texture (get_block (fixture))),
                       ==, MIN (cases[i].width, get_pixels_across (fixture, cases[i].shown_width)));
    }
}

/* In a narrow window it keeps its shape. */
static void
test_narrow (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_png (fixture->folder, "a", 360, 180);
  g_autoptr (WtMedia) media = take_file (fixture, path, 360, 180);
  GtkWidget *block;
  int minimum, height;

  bind (fixture, 1, WT_SEGMENT_IMAGE, media);
  block = GTK_WIDGET (get_block (fixture));
  gtk_widget_measure (block, GTK_ORIENTATION_HORIZONTAL, -1, &minimum, NULL, NULL, NULL);
  g_assert_cmpint (minimum, ==, 48);
  gtk_widget_measure (block, GTK_ORIENTATION_VERTICAL, 180, NULL, &height, NULL, NULL);
  g_assert_cmpint (height, ==, 90);
}

static void
test_failures (Fixture *fixture, gconstpointer data)
{
  g_autofree char *broken = wt_picture_samples_broken (fixture->folder, "broken");
  g_autoptr (WtMedia) media = take_file (fixture, broken, 300, 200);
  g_autoptr (WtMedia) vanished = NULL;
  g_autofree char *file = NULL;
  g_autoptr (WtMedia) nothing = wt_media_new ();
  g_autofree char *path = NULL;

  bind (fixture, 1, WT_SEGMENT_IMAGE, media);
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_FAILED);
  g_assert_cmpstr (wt_picture_block_get_words (get_block (fixture)), ==, "This picture is broken");
  g_assert_nonnull (get_notice (fixture));
  g_assert_null (wt_picture_notice_get_button (get_notice (fixture)));
  gtk_test_accessible_assert_property (get_block (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "This picture is broken");
  wt_chat_test_wait_painted (fixture->window);
  assert_size (fixture, 300, 200);

  path = wt_picture_samples_png (fixture->folder, "b", 10, 10);
  vanished = take_file (fixture, path, 10, 10);
  file = wt_blobs_get_path (wt_profile_get_blobs (fixture->profile), vanished->blob);
  g_assert_cmpint (g_unlink (file), ==, 0);
  bind (fixture, 2, WT_SEGMENT_IMAGE, vanished);
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_FAILED);
  g_assert_cmpstr (wt_picture_block_get_words (get_block (fixture)), ==,
                   "The picture’s file is gone");

  bind (fixture, 3, WT_SEGMENT_IMAGE, nothing);
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_FAILED);

  /* And what comes next into the same row is not spoilt. */
  g_autofree char *whole = wt_picture_samples_png (fixture->folder, "c", 30, 30);
  g_autoptr (WtMedia) good = take_file (fixture, whole, 30, 30);

  bind (fixture, 4, WT_SEGMENT_IMAGE, good);
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_SHOWN);
  g_assert_null (get_notice (fixture));
  gtk_test_accessible_assert_property (get_block (fixture), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Picture, 30 × 30");
}

/* A row that scrolls by is given another message before its picture is there. */
static void
test_recycled (Fixture *fixture, gconstpointer data)
{
  g_autofree char *first = wt_picture_samples_png (fixture->folder, "a", 900, 700);
  g_autofree char *second = wt_picture_samples_png (fixture->folder, "b", 60, 50);
  g_autoptr (WtMedia) large = take_file (fixture, first, 900, 700);
  g_autoptr (WtMedia) small = take_file (fixture, second, 60, 50);
  g_autoptr (WtMessage) one = make_message (1, WT_SEGMENT_IMAGE, large);
  g_autoptr (WtMessage) two = make_message (2, WT_SEGMENT_IMAGE, small);
  WtPictureLoader *loader = wt_message_context_get_loader (fixture->context);
  WtPictureBlock *block;

  wt_message_row_bind (fixture->row, one, NULL, FALSE, FALSE);
  wt_chat_test_wait_painted (fixture->window);
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_SHOWN);
  block = get_block (fixture);

  for (guint i = 0; i < 20; i++)
    {
      wt_message_row_bind (fixture->row, i % 2 == 0 ? one : two, NULL, FALSE, FALSE);
      wt_message_row_bind (fixture->row, i % 2 == 0 ? two : one, NULL, FALSE, FALSE);
    }
  wt_message_row_bind (fixture->row, two, NULL, FALSE, FALSE);
  g_assert_true (get_block (fixture) == block);
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_SHOWN
                      && wt_picture_loader_get_n_loading (loader) == 0);
  g_assert_cmpint (gdk_texture_get_width (wt_picture_block_get_texture (block)), ==, 60);

  /* One that was never loaded before must not come in late, either. */
  g_autofree char *third = wt_picture_samples_png (fixture->folder, "c", 1000, 900);
  g_autoptr (WtMedia) late = take_file (fixture, third, 1000, 900);
  g_autoptr (WtMessage) three = make_message (3, WT_SEGMENT_IMAGE, late);

  wt_message_row_bind (fixture->row, three, NULL, FALSE, FALSE);
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_LOADING);
  wt_message_row_bind (fixture->row, two, NULL, FALSE, FALSE);
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_SHOWN);
  wt_test_wait_until (wt_picture_loader_get_n_loading (loader) == 0);
  wt_chat_test_wait_painted (fixture->window);
  g_assert_cmpint (gdk_texture_get_width (wt_picture_block_get_texture (block)), ==, 60);

  /* Not on the screen, it holds nothing. */
  gtk_widget_set_visible (GTK_WIDGET (fixture->row), FALSE);
  g_assert_null (wt_picture_block_get_texture (block));
  g_assert_cmpint (get_state (fixture), ==, WT_PICTURE_BLOCK_IDLE);
  gtk_widget_set_visible (GTK_WIDGET (fixture->row), TRUE);
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_SHOWN);

  /* Nor does it hold its message. */
  wt_message_row_unbind (fixture->row);
  g_assert_cmpuint (G_OBJECT (two)->ref_count, ==, 1);
}

static void
test_opened (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_png (fixture->folder, "a", 60, 50);
  g_autoptr (WtMedia) media = take_file (fixture, path, 60, 50);

  g_autoptr (WtMessage) message = make_message (1, WT_SEGMENT_IMAGE, media);

  wt_message_row_bind (fixture->row, message, NULL, FALSE, FALSE);
  wt_chat_test_wait_painted (fixture->window);
  gtk_widget_activate_action (GTK_WIDGET (get_block (fixture)), "picture.open", NULL);
  wt_test_wait_until (get_state (fixture) == WT_PICTURE_BLOCK_SHOWN);
  fixture->n_viewed = 0;
  g_assert_true (gtk_widget_grab_focus (GTK_WIDGET (get_block (fixture))));
  gtk_widget_activate_action (GTK_WIDGET (get_block (fixture)), "picture.open", NULL);
  g_assert_cmpuint (fixture->n_viewed, ==, 1);
  g_assert_cmpuint (fixture->position, ==, 0);
  if (!wt_chat_test_has_keys ())
    return;

  wt_chat_test_press (fixture->window, "Return space");
  wt_test_wait_until (fixture->n_viewed == 3);
}

static guint
get_n_shown (Fixture *fixture)
{
  WtPicturePlayer *player = wt_picture_block_get_player (get_block (fixture));

  return player != NULL ? wt_picture_player_get_n_shown (player) : 0;
}

static gboolean
get_playing (Fixture *fixture)
{
  WtPicturePlayer *player = wt_picture_block_get_player (get_block (fixture));

  return player != NULL && wt_picture_player_get_playing (player);
}

static void
test_sticker (Fixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_picture_samples_gif (fixture->folder, "a.gif", 80, 4, 20, TRUE);
  g_autoptr (WtMedia) media = take_file (fixture, path, 80, 80);
  WtMotionClock *clock = wt_picture_loader_get_clock (
      wt_message_context_get_loader (fixture->context));
  GtkSettings *settings = gtk_settings_get_default ();

  bind (fixture, 1, WT_SEGMENT_EMOJI, media);
  g_assert_nonnull (wt_chat_test_find (GTK_WIDGET (fixture->row), G_TYPE_OBJECT, "bare"));
  wt_test_wait_until (get_n_shown (fixture) >= 5);
  g_assert_cmpuint (
      wt_picture_player_get_n_alive (wt_picture_block_get_player (get_block (fixture))), <=, 3);

  /* Each of these alone stops it; then nothing wakes up. */
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
  g_assert_false (get_playing (fixture));
  g_assert_cmpuint (wt_motion_clock_get_n_waiting (clock), ==, 0);
  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  g_assert_true (get_playing (fixture));

  gtk_widget_set_visible (GTK_WIDGET (fixture->row), FALSE);
  g_assert_cmpuint (wt_motion_clock_get_n_waiting (clock), ==, 0);
  g_assert_null (wt_picture_block_get_player (get_block (fixture)));
  gtk_widget_set_visible (GTK_WIDGET (fixture->row), TRUE);
  wt_test_wait_until (get_playing (fixture));

  GtkWidget *other = gtk_window_new ();

  gtk_window_present (GTK_WINDOW (other));
  wt_test_wait_until (!get_playing (fixture));
  g_assert_cmpuint (wt_motion_clock_get_n_waiting (clock), ==, 0);
  gtk_window_destroy (GTK_WINDOW (other));
}

#define ADD(name, func)                                                                            \
  g_test_add ("/ui/chat/picture-block/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  wt_chat_test_init (&argc, &argv);

  ADD ("size", test_size);
  ADD ("narrow", test_narrow);
  ADD ("failures", test_failures);
  ADD ("recycled", test_recycled);
  ADD ("opened", test_opened);
  ADD ("sticker", test_sticker);
  return g_test_run ();
}
