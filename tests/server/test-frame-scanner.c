/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-frame-scanner.h"

typedef struct
{
  GString *seen;
} Record;

static void
on_header (guint8 first, guint64 length, gpointer data)
{
  g_string_append_printf (((Record *) data)->seen, "H%02x/%" G_GUINT64_FORMAT " ", first, length);
}

static void
on_end (guint8 first, guint64 length, gpointer data)
{
  g_string_append_printf (((Record *) data)->seen, "E%02x ", first);
}

static GByteArray *
make_stream (void)
{
  static const guint8 small[] = { 0x81, 0x02, 'h', 'i' };
  static const guint8 empty[] = { 0x01, 0x00 };
  static const guint8 masked[] = { 0x89, 0x81, 1, 2, 3, 4, 'x' };
  static const guint8 medium[] = { 0x82, 126, 0x01, 0x00 };
  static const guint8 large[] = { 0x80, 127, 0, 0, 0, 0, 0, 1, 0, 0 };
  g_autofree guint8 *filler = g_malloc0 (65536);
  GByteArray *stream = g_byte_array_new ();

  g_byte_array_append (stream, small, sizeof small);
  g_byte_array_append (stream, empty, sizeof empty);
  g_byte_array_append (stream, masked, sizeof masked);
  g_byte_array_append (stream, medium, sizeof medium);
  g_byte_array_append (stream, filler, 256);
  g_byte_array_append (stream, large, sizeof large);
  g_byte_array_append (stream, filler, 65536);
  return stream;
}

static void
test_lengths (gconstpointer data)
{
  gsize piece = GPOINTER_TO_SIZE (data);
  g_autoptr (GByteArray) stream = make_stream ();
  g_autoptr (GString) seen = g_string_new (NULL);
  WtFrameScanner scanner = { 0 };
  Record record = { seen };

  for (gsize at = 0; at < stream->len; at += piece)
    {
      gsize length = MIN (piece, stream->len - at);

      wt_frame_scanner_feed (&scanner, stream->data + at, length, on_header, on_end, &record);
    }
  g_assert_cmpstr (seen->str, ==, "H81/2 E81 H01/0 E01 H89/1 E89 H82/256 E82 H80/65536 E80 ");
  g_assert_true (wt_frame_scanner_is_between (&scanner));
}

static void
test_between (void)
{
  static const guint8 bytes[] = { 0x81, 0x02, 'h', 'i' };
  WtFrameScanner scanner = { 0 };

  g_assert_true (wt_frame_scanner_is_between (&scanner));
  for (gsize i = 0; i < sizeof bytes; i++)
    {
      wt_frame_scanner_feed (&scanner, bytes + i, 1, NULL, NULL, NULL);
      g_assert_cmpint (wt_frame_scanner_is_between (&scanner), ==, i == sizeof bytes - 1);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_data_func ("/server/frame-scanner/byte-by-byte", GSIZE_TO_POINTER (1), test_lengths);
  g_test_add_data_func ("/server/frame-scanner/in-sevens", GSIZE_TO_POINTER (7), test_lengths);
  g_test_add_data_func ("/server/frame-scanner/at-once", GSIZE_TO_POINTER (1 << 20), test_lengths);
  g_test_add_func ("/server/frame-scanner/between", test_between);
  return g_test_run ();
}
