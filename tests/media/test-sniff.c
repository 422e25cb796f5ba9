/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <sys/stat.h>

#include "wt-base64.h"
#include "wt-sniff.h"

typedef struct
{
  const char *bytes;
  gsize length;
  const char *mime_type;
  const char *extension;
} WtSniffCase;

#define CASE(bytes, type, extension)                                                               \
  {                                                                                                \
    bytes, sizeof (bytes) - 1, type, extension                                                     \
  }
#define ZEROS_16 "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"

static const WtSniffCase cases[] = {
  CASE ("\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "image/png", "png"),
  CASE ("\xff\xd8\xff\xe0\0\x10JFIF", "image/jpeg", "jpg"),
  CASE ("GIF89a\1\0\1\0", "image/gif", "gif"),
  CASE ("GIF87a\1\0\1\0", "image/gif", "gif"),
  CASE ("RIFF\x24\0\0\0WEBPVP8 ", "image/webp", "webp"),
  CASE ("<svg xmlns='http://www.w3.org/2000/svg'/>", "image/svg+xml", "svg"),
  CASE ("\xef\xbb\xbf<?xml version='1.0'?>\n<!-- a > b --><!DOCTYPE svg>\n<svg>",
        "image/svg+xml",
        "svg"),
  CASE ("BM\x46\0\0\0\0\0\0\0\x36\0\0\0\x28", "image/bmp", "bmp"),
  CASE ("II*\0\x08\0\0\0", "image/tiff", "tiff"),
  CASE ("MM\0*\0\0\0\x08", "image/tiff", "tiff"),
  CASE ("\0\0\0\x1c"
        "ftypavif\0\0\0\0",
        "image/avif",
        "avif"),
  CASE ("\0\0\0\x1c"
        "ftypheic\0\0\0\0",
        "image/heic",
        "heic"),
  CASE ("\0\0\0\x1c"
        "ftypmif1\0\0\0\0",
        "image/heif",
        "heif"),
  CASE ("\0\0\1\0\1\0\x10\x10", "image/vnd.microsoft.icon", "ico"),
  CASE ("RIFF\x24\0\0\0WAVEfmt ", "audio/x-wav", "wav"),
  CASE ("RIFF\xff\xff\xff\xffWAVEfmt ", "audio/x-wav", "wav"),
  CASE ("ID3\4\0\0\0\0\0\0", "audio/mpeg", "mp3"),
  CASE ("\xff\xfb\x90\x64\0\0", "audio/mpeg", "mp3"),
  CASE ("\xff\xf1\x50\x80", "audio/aac", "aac"),
  CASE ("OggS\0\2" ZEROS_16 "\0\0\0\0\0\1OpusHead", "audio/ogg", "ogg"),
  CASE ("OggS\0\2" ZEROS_16 "\0\0\0\0\1\x1e\1vorbis", "audio/ogg", "ogg"),
  CASE ("OggS\0\2" ZEROS_16 "\0\0\0\0\1\x2a\x80theora", "video/ogg", "ogv"),
  CASE ("fLaC\0\0\0\x22", "audio/flac", "flac"),
  CASE ("#!AMR\n", "audio/amr", "amr"),
  CASE ("\2#!SILK_V3", "audio/x-silk", "silk"),
  CASE ("\0\0\0\x1c"
        "ftypM4A \0\0\0\0",
        "audio/mp4",
        "m4a"),
  CASE ("\0\0\0\x1c"
        "ftypisom\0\0\2\0",
        "video/mp4",
        "mp4"),
  CASE ("\0\0\0\x14"
        "ftypqt  ",
        "video/quicktime",
        "mov"),
  CASE ("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\x82\x84webm", "video/webm", "webm"),
  CASE ("\x1a\x45\xdf\xa3\x9f\x42\x86\x81\1\x42\x82\x88matroska", "video/x-matroska", "mkv"),
  CASE ("%PDF-1.7\n", "application/pdf", "pdf"),
  CASE ("PK\3\4\x14\0\0\0\x08\0", "application/zip", "zip"),
  CASE ("PK\5\6" ZEROS_16, "application/zip", "zip"),
  CASE ("PK\3\4" ZEROS_16 "\0\0\0\0\0\0\x08\0\0\0mimetypeapplication/epub+zipPK\3\4",
        "application/epub+zip",
        "epub"),
  CASE ("PK\3\4" ZEROS_16
        "\0\0\0\0\0\0\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.textPK\3\4",
        "application/vnd.oasis.opendocument.text",
        "odt"),
  CASE ("PK\3\4" ZEROS_16
        "\0\0\0\0\0\0\x08\0\0\0mimetypeapplication/vnd.oasis.opendocument.text-masterPK",
        "application/zip",
        "zip"),
  CASE ("7z\xbc\xaf\x27\x1c\0\4", "application/x-7z-compressed", "7z"),
  CASE ("Rar!\x1a\x07\1\0", "application/vnd.rar", "rar"),
  CASE ("\x1f\x8b\x08\0", "application/gzip", "gz"),
  CASE ("\x7f"
        "ELF\2\1\1\0",
        "application/x-executable",
        "bin"),
  CASE ("MZ\x90\0\3\0\0\0", "application/vnd.microsoft.portable-executable", "exe"),
  CASE ("#!/bin/sh\nexit\n", "application/x-shellscript", "sh"),
  CASE ("[Desktop Entry]\nExec=x\n", "application/x-desktop", "desktop"),
  CASE ("<!DOCTYPE html><title>x</title>", "text/html", "html"),
  CASE ("  <HTML><svg>", "text/html", "html"),
  CASE ("<?xml version='1.0'?><root/>", "application/xml", "xml"),
  CASE ("plain words\n", "text/plain", "txt"),
  CASE ("麦穗", "text/plain", "txt"),
  CASE ("\xe9\xba\xa6\xe7\xa9", "text/plain", "txt"), /* cut within a character */
  CASE ("\xff\xfe"
        "a\0b\0",
        "text/plain",
        "txt"),
  CASE ("BMW and MZ are names, RIFFs and GIF8 too", "text/plain", "txt"),
  CASE ("MZ is a name of forty-one letters, and more of them still, quite a lot",
        "text/plain",
        "txt"),
  CASE ("<!-- never closed", "text/plain", "txt"),
  CASE ("<?xml", "application/xml", "xml"),
  CASE ("a\0b", "application/octet-stream", "bin"),
  CASE ("\xe9\xba", "text/plain", "txt"),
  CASE ("\xc3(", "application/octet-stream", "bin"),
  CASE ("\x80\x81\x82", "application/octet-stream", "bin"),
  CASE ("\xff\xff\xff\xff", "application/octet-stream", "bin"),
  CASE ("\x89PN", "application/octet-stream", "bin"),
  CASE ("RIFF\0\0\0\0WEB", "application/octet-stream", "bin"),
  CASE ("", "application/octet-stream", "bin"),
};

static void
test_table (void)
{
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      /* A copy of exactly its size, for the tools that watch the borders. */
      g_autofree guint8 *copy = g_memdup2 (cases[i].bytes, cases[i].length);
      const char *found = wt_sniff_mime_type (copy, cases[i].length);

      g_test_message ("case %" G_GSIZE_FORMAT, i);
      g_assert_cmpstr (found, ==, cases[i].mime_type);
      g_assert_cmpstr (wt_sniff_get_extension (found), ==, cases[i].extension);
    }
  g_assert_cmpstr (wt_sniff_mime_type (NULL, 0), ==, "application/octet-stream");
}

/* Every beginning of every case, and random bytes behind each: no crash, no overrun, always a type. */
static void
test_hostile (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);

  g_test_message ("seed %u", seed);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    for (gsize length = 1; length <= cases[i].length; length++)
      {
        gsize more = (gsize) g_rand_int_range (random, 0, 300);
        g_autofree guint8 *exact = g_memdup2 (cases[i].bytes, length);
        g_autofree guint8 *longer = g_malloc (length + more);

        memcpy (longer, cases[i].bytes, length);
        for (gsize at = length; at < length + more; at++)
          longer[at] = (guint8) g_rand_int (random);
        g_assert_nonnull (wt_sniff_mime_type (exact, length));
        g_assert_nonnull (wt_sniff_mime_type (longer, length + more));
      }
}

static void
test_long_text (void)
{
  g_autofree char *text = g_strnfill (100000, ' ');
  g_autofree char *comments = g_strnfill (8000, '<');

  g_assert_cmpstr (wt_sniff_mime_type ((const guint8 *) text, 100000), ==, "text/plain");
  g_assert_cmpstr (wt_sniff_mime_type ((const guint8 *) comments, 8000), ==, "text/plain");
}

static void
test_pictures (void)
{
  g_assert_true (wt_sniff_is_picture ("image/png"));
  g_assert_true (wt_sniff_is_picture ("image/jpeg"));
  g_assert_true (wt_sniff_is_picture ("image/gif"));
  g_assert_true (wt_sniff_is_picture ("image/webp"));
  g_assert_false (wt_sniff_is_picture ("image/svg+xml"));
  g_assert_false (wt_sniff_is_picture ("image/bmp"));
  g_assert_false (wt_sniff_is_picture ("image/"));
  g_assert_false (wt_sniff_is_picture (""));
  g_assert_false (wt_sniff_is_picture (NULL));
  g_assert_cmpstr (wt_sniff_get_extension (NULL), ==, "bin");
  g_assert_cmpstr (wt_sniff_get_extension ("x/y"), ==, "bin");
}

static void
test_file (void)
{
  g_autofree char *folder = g_dir_make_tmp ("wheatear-sniff-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "file", NULL);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autofree char *found = NULL;
  g_autofree char *empty = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_null (wt_sniff_file (path, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
  g_clear_error (&error);

  g_file_set_contents (path, "GIF89a", 6, NULL);
  found = wt_sniff_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (found, ==, "image/gif");

  g_file_set_contents (path, "", 0, NULL);
  empty = wt_sniff_file (path, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (empty, ==, "application/octet-stream");

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  g_assert_null (wt_sniff_file (pipe, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);

  g_unlink (path);
  g_unlink (pipe);
  g_rmdir (folder);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/sniff/table", test_table);
  g_test_add_func ("/sniff/hostile", test_hostile);
  g_test_add_func ("/sniff/long-text", test_long_text);
  g_test_add_func ("/sniff/pictures", test_pictures);
  g_test_add_func ("/sniff/file", test_file);

  return g_test_run ();
}
