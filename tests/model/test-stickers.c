/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <utime.h>

#include "wt-model-test.h"
#include "wt-test.h"

/* Long enough ago for a sweep. */
#define OLD_SECONDS (2 * WT_BLOBS_GUARD_SECONDS)

static char *
write_picture (WtModelFixture *fixture, const char *name, int width)
{
  g_autoptr (GBytes) bytes = wt_model_test_make_picture (width, 10, "png", FALSE);

  return wt_model_test_write (fixture, name, g_bytes_get_data (bytes, NULL),
                              g_bytes_get_size (bytes));
}

static gboolean
add_file (WtModelFixture *fixture, const char *path, GError **error)
{
  WtStickerList *stickers = wt_profile_get_stickers (fixture->profile);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  wt_model_test_call (fixture, wt_sticker_list_add_file_async, stickers, file);
  return wt_sticker_list_add_finish (stickers, fixture->result, error);
}

static gboolean
are (WtModelFixture *fixture, const char *expected)
{
  GListModel *stickers = G_LIST_MODEL (wt_profile_get_stickers (fixture->profile));
  g_autoptr (GString) widths = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (stickers); i++)
    {
      g_autoptr (WtSticker) sticker = g_list_model_get_item (stickers, i);

      g_string_append_printf (widths, "%d ", wt_sticker_get_width (sticker));
    }
  return g_str_equal (widths->str, expected);
}

static void
age (const char *path)
{
  struct utimbuf times = { .actime = time (NULL) - OLD_SECONDS,
                           .modtime = time (NULL) - OLD_SECONDS };

  g_assert_cmpint (g_utime (path, &times), ==, 0);
}

static gssize
sweep (WtModelFixture *fixture)
{
  wt_model_test_call (fixture, wt_profile_sweep_async, fixture->profile);

  return wt_profile_sweep_finish (fixture->profile, fixture->result, NULL);
}

static void
test_add (WtModelFixture *fixture, gconstpointer data)
{
  WtStickerList *stickers = wt_profile_get_stickers (fixture->profile);
  g_autofree char *first = write_picture (fixture, "1.png", 11);
  g_autofree char *second = write_picture (fixture, "2.png", 22);
  g_autofree char *again = write_picture (fixture, "3.png", 11);
  g_autofree char *text = wt_model_test_write (fixture, "text.png", "text", 4);
  g_autoptr (WtSticker) sticker = NULL;
  g_autoptr (WtMedia) media = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (add_file (fixture, first, &error));
  g_assert_true (add_file (fixture, second, &error));
  g_assert_true (are (fixture, "22 11 "));
  /* The same again is no other. */
  g_assert_true (add_file (fixture, again, &error));
  g_assert_no_error (error);
  g_assert_true (are (fixture, "11 22 "));
  g_assert_false (add_file (fixture, text, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);
  g_assert_true (are (fixture, "11 22 "));

  sticker = g_list_model_get_item (G_LIST_MODEL (stickers), 1);
  g_assert_cmpstr (wt_sticker_get_mime_type (sticker), ==, "image/png");
  g_assert_true (g_file_test (wt_sticker_get_path (sticker), G_FILE_TEST_IS_REGULAR));
  media = wt_sticker_dup_media (sticker);
  g_assert_cmpstr (media->blob, ==, wt_sticker_get_blob (sticker));
  g_assert_true (wt_sticker_list_lookup (stickers, media->blob) == sticker);
  wt_sticker_list_touch (stickers, sticker);
  g_assert_true (are (fixture, "22 11 "));

  wt_model_test_reopen (fixture);
  wt_test_wait_until (are (fixture, "22 11 "));
}

static void
test_received (WtModelFixture *fixture, gconstpointer data)
{
  WtStickerList *stickers = wt_profile_get_stickers (fixture->profile);
  g_autoptr (WtTimeline) timeline = wt_session_open_timeline (fixture->session,
                                                              fixture->conversation);
  g_autoptr (GBytes) bytes = wt_model_test_make_picture (33, 10, "png", FALSE);
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (bytes, NULL),
                                             g_bytes_get_size (bytes));
  g_autofree char *segment = g_strdup_printf ("{\"type\":\"emoji\",\"data\":\"%s\"}", base64);
  g_autoptr (WtMessage) message = NULL;
  g_autoptr (WtSticker) sticker = NULL;
  g_autoptr (GError) error = NULL;
  const WtMedia *media;
  g_autofree char *path = NULL;

  wt_model_test_go_online (fixture);
  wt_model_test_peer_says (fixture, "m1", "a", "Anna", segment);
  wt_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (timeline)) == 1);
  message = wt_model_test_get_message (timeline, 0);
  media = wt_segment_get_media (wt_message_get_segment (message));
  /* The inbox looked at it: the window knows how much room it takes. */
  g_assert_cmpint (media->width, ==, 33);
  g_assert_cmpint (media->height, ==, 10);
  path = wt_session_dup_media_path (fixture->session, media);

  wt_model_test_call (fixture, wt_sticker_list_add_media_async, stickers, media);
  g_assert_true (wt_sticker_list_add_finish (stickers, fixture->result, &error));
  g_assert_no_error (error);

  /* Without the message, and after a sweep, the sticker's picture is there. */
  age (path);
  wt_session_delete_message (fixture->session, fixture->conversation, message);
  wt_test_wait_until (wt_message_get_deleted (message));
  g_assert_cmpint (sweep (fixture), ==, 0);
  g_assert_true (g_file_test (path, G_FILE_TEST_EXISTS));

  /* Without the sticker too, it is not. */
  sticker = g_list_model_get_item (G_LIST_MODEL (stickers), 0);
  wt_sticker_list_remove (stickers, sticker);
  g_assert_true (are (fixture, ""));
  wt_test_wait_until (!g_file_test (path, G_FILE_TEST_EXISTS) || (sweep (fixture), FALSE));
  wt_sticker_list_remove (stickers, sticker);
  wt_sticker_list_touch (stickers, sticker);
  g_assert_true (are (fixture, ""));
}

static void
test_not_here (WtModelFixture *fixture, gconstpointer data)
{
  WtStickerList *stickers = wt_profile_get_stickers (fixture->profile);
  static const char *const blobs[] = {
    NULL,
    "../wheatear.db",
    "0000000000000000000000000000000000000000000000000000000000000000",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (blobs); i++)
    {
      g_autoptr (WtMedia) media = wt_media_new ();
      g_autoptr (GError) error = NULL;

      media->blob = g_strdup (blobs[i]);
      wt_model_test_call (fixture, wt_sticker_list_add_media_async, stickers, media);
      g_assert_false (wt_sticker_list_add_finish (stickers, fixture->result, &error));
      g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
    }
  g_assert_true (are (fixture, ""));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/stickers/" name, WtModelFixture, NULL, wt_model_test_set_up, func,                 \
              wt_model_test_tear_down)
  ADD ("add", test_add);
  ADD ("received", test_received);
  ADD ("not-here", test_not_here);

  return g_test_run ();
}
