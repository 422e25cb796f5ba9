/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wt-message-store.h"
#include "wt-model-test.h"
#include "wt-test.h"

/* Two frames of one pixel. */
static const guint8 animated_gif[] = {
  'G',  'I',  'F',  '8',  '9',  'a',  0x40, 0x00, 0x40, 0x00, 0x80, 0x00, 0x00, 0x00,
  0x00, 0x00, 0xff, 0xff, 0xff, 0x21, 0xf9, 0x04, 0x00, 0x0a, 0x00, 0x00, 0x00, 0x2c,
  0x00, 0x00, 0x00, 0x00, 0x01, 0x00, 0x01, 0x00, 0x00, 0x02, 0x02, 0x44, 0x01, 0x00,
  0x21, 0xf9, 0x04, 0x00, 0x0a, 0x00, 0x00, 0x00, 0x2c, 0x00, 0x00, 0x00, 0x00, 0x01,
  0x00, 0x01, 0x00, 0x00, 0x02, 0x02, 0x4c, 0x01, 0x00, 0x3b,
};

static char *
write_picture (WtModelFixture *fixture,
               const char *name,
               int width,
               int height,
               const char *type,
               gboolean see)
{
  g_autoptr (GBytes) bytes = wt_model_test_make_picture (width, height, type, see);

  return wt_model_test_write (fixture, name, g_bytes_get_data (bytes, NULL),
                              g_bytes_get_size (bytes));
}

static void
assert_contents (WtModelFixture *fixture, const WtMedia *media, const char *path)
{
  g_autofree char *blob = wt_session_dup_media_path (fixture->session, media);
  g_autofree char *expected = NULL, *contents = NULL;
  gsize expected_length = 0, length = 0;

  g_assert_true (g_file_get_contents (path, &expected, &expected_length, NULL));
  g_assert_true (g_file_get_contents (blob, &contents, &length, NULL));
  g_assert_cmpmem (expected, expected_length, contents, length);
  g_assert_cmpint (media->size, ==, (gint64) length);
}

static void
test_file (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_model_test_write (fixture,
                                               "notes \xe2\x80\xae"
                                               "fdp.txt",
                                               "hello\n", 6);
  g_autofree char *unknown = wt_model_test_write (fixture, "table.ods", "\0\1\2\3", 4);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtMedia) media = wt_model_test_import (fixture, path, WT_SEGMENT_FILE, 0, &error);
  g_autoptr (WtMedia) other = NULL;

  g_assert_no_error (error);
  g_assert_cmpstr (media->mime_type, ==, "text/plain");
  g_assert_cmpstr (media->name, ==, "notes fdp.txt");
  g_assert_null (media->url);
  g_assert_null (media->base64);
  assert_contents (fixture, media, path);

  other = wt_model_test_import (fixture, unknown, WT_SEGMENT_FILE, 0, &error);
  g_assert_no_error (error);
  g_assert_nonnull (other->mime_type);
}

static void
test_picture (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_picture (fixture, "small.png", 64, 32, "png", FALSE);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtMedia) media = wt_model_test_import (fixture, path, WT_SEGMENT_IMAGE, 100, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (media->mime_type, ==, "image/png");
  g_assert_cmpint (media->width, ==, 64);
  g_assert_cmpint (media->height, ==, 32);
  /* Small enough: as it is. */
  assert_contents (fixture, media, path);
}

static void
test_scaled_down (WtModelFixture *fixture, gconstpointer data)
{
  const struct
  {
    gboolean transparent;
    const char *mime_type;
    const char *name;
  } cases[] = { { FALSE, "image/jpeg", "large.jpg" }, { TRUE, "image/png", "large.png" } };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = write_picture (fixture, "large.png", 400, 200, "png",
                                             cases[i].transparent);
      g_autoptr (GError) error = NULL;
      g_autoptr (WtMedia) whole = wt_model_test_import (fixture, path, WT_SEGMENT_IMAGE, 0, &error);
      g_autoptr (WtMedia) media = NULL;
      g_autofree char *blob = NULL;
      GStatBuf info;

      g_assert_no_error (error);
      assert_contents (fixture, whole, path);
      media = wt_model_test_import (fixture, path, WT_SEGMENT_IMAGE, 100, &error);
      g_assert_no_error (error);
      g_assert_cmpint (media->width, ==, 100);
      g_assert_cmpint (media->height, ==, 50);
      g_assert_cmpstr (media->mime_type, ==, cases[i].mime_type);
      g_assert_cmpstr (media->name, ==, cases[i].name);
      g_assert_cmpint (media->size, <, whole->size);
      blob = wt_session_dup_media_path (fixture->session, media);
      g_assert_cmpint (g_stat (blob, &info), ==, 0);
      g_assert_cmpint (info.st_size, ==, media->size);
      g_unlink (path);
    }
}

/* With a long comment after the header: larger than any still picture of it would be. */
static GByteArray *
make_animation (void)
{
  static const guint8 comment[] = { 0x21, 0xfe };
  guint8 block[256] = { 255 };
  GByteArray *bytes = g_byte_array_new ();

  g_byte_array_append (bytes, animated_gif, 19);
  g_byte_array_append (bytes, comment, sizeof comment);
  for (guint i = 0; i < 40; i++)
    g_byte_array_append (bytes, block, sizeof block);
  g_byte_array_append (bytes, (const guint8 *) "", 1);
  g_byte_array_append (bytes, animated_gif + 19, sizeof animated_gif - 19);
  return bytes;
}

static void
test_animated (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GByteArray) bytes = make_animation ();
  g_autofree char *path = wt_model_test_write (fixture, "wave.gif", bytes->data, bytes->len);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtMedia) media = wt_model_test_import (fixture, path, WT_SEGMENT_EMOJI, 10, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (media->mime_type, ==, "image/gif");
  g_assert_cmpint (media->width, ==, 64);
  assert_contents (fixture, media, path);
}

static void
test_bytes (WtModelFixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) bytes = wt_model_test_make_picture (20, 10, "png", FALSE);
  g_autoptr (GBytes) nothing = g_bytes_new (NULL, 0);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtMedia) media = NULL;

  wt_model_test_call (fixture, wt_session_import_bytes_async, fixture->session, bytes,
                      "../Pasted.png", WT_SEGMENT_IMAGE, 0);
  media = wt_session_import_finish (fixture->session, fixture->result, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (media->name, ==, "Pasted.png");
  g_assert_cmpint (media->width, ==, 20);
  g_assert_cmpint (media->size, ==, (gint64) g_bytes_get_size (bytes));

  wt_model_test_call (fixture, wt_session_import_bytes_async, fixture->session, nothing, NULL,
                      WT_SEGMENT_FILE, 0);
  g_assert_null (wt_session_import_finish (fixture->session, fixture->result, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY);
}

/* Nothing is read of what is too large: a hole in a file costs nothing to make, and its copy would. */
static void
test_too_large (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_model_test_write (fixture, "hole", "", 0);
  g_autofree char *blobs = g_build_filename (fixture->folder, "blobs", NULL);
  g_autoptr (GError) error = NULL;
  gint64 began = g_get_monotonic_time ();

  g_assert_cmpint (truncate (path, (off_t) 100 << 20), ==, 0);
  g_assert_null (wt_model_test_import (fixture, path, WT_SEGMENT_FILE, 0, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_cmpint (truncate (path, (off_t) 1 << 40), ==, 0);
  g_assert_null (wt_model_test_import (fixture, path, WT_SEGMENT_IMAGE, 2000, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE);
  g_assert_cmpint (g_get_monotonic_time () - began, <, 2 * G_USEC_PER_SEC);
  g_assert_false (g_file_test (blobs, G_FILE_TEST_EXISTS));
}

static void
assert_refused (WtModelFixture *fixture, const char *path, WtSegmentKind kind, int code)
{
  g_autoptr (GError) error = NULL;

  g_test_message ("%s", path);
  g_assert_null (wt_model_test_import (fixture, path, kind, 0, &error));
  g_assert_error (error, WT_MEDIA_ERROR, code);
}

static void
test_refused (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *pipe = g_build_filename (fixture->folder, "pipe", NULL);
  g_autofree char *vanished = g_build_filename (fixture->folder, "vanished", NULL);
  g_autofree char *empty = wt_model_test_write (fixture, "empty", "", 0);
  g_autofree char *page = wt_model_test_write (fixture, "page.png", "<!doctype html>", 15);
  g_autofree char *svg = wt_model_test_write (fixture, "a.svg",
                                              "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", 41);
  g_autofree char *cut = wt_model_test_write (fixture, "cut.png", "\x89PNG\r\n\x1a\n", 8);

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  assert_refused (fixture, pipe, WT_SEGMENT_FILE, WT_MEDIA_ERROR_UNSUPPORTED);
  assert_refused (fixture, fixture->folder, WT_SEGMENT_FILE, WT_MEDIA_ERROR_UNSUPPORTED);
  assert_refused (fixture, "/dev/zero", WT_SEGMENT_FILE, WT_MEDIA_ERROR_UNSUPPORTED);
  assert_refused (fixture, vanished, WT_SEGMENT_FILE, WT_MEDIA_ERROR_NOT_FOUND);
  assert_refused (fixture, empty, WT_SEGMENT_FILE, WT_MEDIA_ERROR_EMPTY);
  assert_refused (fixture, page, WT_SEGMENT_IMAGE, WT_MEDIA_ERROR_UNSUPPORTED);
  assert_refused (fixture, svg, WT_SEGMENT_IMAGE, WT_MEDIA_ERROR_UNSUPPORTED);
  assert_refused (fixture, cut, WT_SEGMENT_EMOJI, WT_MEDIA_ERROR_BROKEN);
  assert_refused (fixture, page, WT_SEGMENT_VOICE, WT_MEDIA_ERROR_UNSUPPORTED);
}

static void
test_cancelled (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *path = wt_model_test_write (fixture, "file", "hello", 5);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_clear_object (&fixture->result);
  wt_session_import_file_async (fixture->session, file, WT_SEGMENT_FILE, 0, cancellable,
                                wt_model_test_on_ready, fixture);
  g_cancellable_cancel (cancellable);
  wt_model_test_wait (fixture);
  g_assert_null (wt_session_import_finish (fixture->session, fixture->result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What is sent is an attachment like what is received: its blob is used. */
static void
test_sent (WtModelFixture *fixture, gconstpointer data)
{
  g_autofree char *path = write_picture (fixture, "small.png", 64, 32, "png", FALSE);
  g_autoptr (WtMedia) media = wt_model_test_import (fixture, path, WT_SEGMENT_IMAGE, 0, NULL);
  g_autoptr (WtSegment) segment = wt_segment_new_media (WT_SEGMENT_IMAGE, media);
  const char *const blobs[] = { media->blob, NULL };
  WtDatabase *database = wt_profile_get_database (fixture->profile);
  g_autoptr (GPtrArray) attachments = NULL;
  g_auto (GStrv) unused = NULL;
  gint64 id = wt_model_test_send (fixture, segment);
  const WtAttachmentRecord *attachment;

  wt_model_test_call (fixture, wt_message_store_list_attachments_async, database, id);
  attachments = wt_message_store_list_attachments_finish (database, fixture->result, NULL);
  g_assert_cmpuint (attachments->len, ==, 1);
  attachment = g_ptr_array_index (attachments, 0);
  g_assert_cmpstr (attachment->blob, ==, media->blob);
  g_assert_cmpstr (attachment->kind, ==, "image");
  g_assert_cmpint (attachment->width, ==, 64);
  g_assert_cmpint (attachment->state, ==, WT_ATTACHMENT_STORED);
  wt_model_test_call (fixture, wt_message_store_list_unused_async, database, blobs);
  unused = wt_message_store_list_unused_finish (database, fixture->result, NULL);
  g_assert_null (unused[0]);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

#define ADD(name, func)                                                                            \
  g_test_add ("/import/" name, WtModelFixture, NULL, wt_model_test_set_up, func,                   \
              wt_model_test_tear_down)
  ADD ("file", test_file);
  ADD ("picture", test_picture);
  ADD ("scaled-down", test_scaled_down);
  ADD ("animated", test_animated);
  ADD ("bytes", test_bytes);
  ADD ("too-large", test_too_large);
  ADD ("refused", test_refused);
  ADD ("cancelled", test_cancelled);
  ADD ("sent", test_sent);

  return g_test_run ();
}
