/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "wt-base64.h"

#define MIB ((gsize) 1024 * 1024)

typedef struct
{
  const char *base64;
  const char *expected; /* NULL: refused with code */
  int code;
} WtDecodeCase;

static const WtDecodeCase decode_cases[] = {
  { "Zg==", "f", 0 },
  { "Zm8=", "fo", 0 },
  { "Zm9v", "foo", 0 },
  { "Zm9vYmFy", "foobar", 0 },
  /* Missing padding. */
  { "Zg", "f", 0 },
  { "Zg=", "f", 0 },
  { "Zm8", "fo", 0 },
  /* White space anywhere. */
  { "Zm9v\r\nYmFy\r\n", "foobar", 0 },
  { " Z m\t9\nv\f\v", "foo", 0 },
  { "Zm8 =\n", "fo", 0 },
  { "Z\ng\n=\n=\n", "f", 0 },
  /* Both alphabets, mixed too. */
  { "++//", "\xfb\xef\xff", 0 },
  { "--__", "\xfb\xef\xff", 0 },
  { "+-/_", "\xfb\xef\xff", 0 },
  /* Bits that do not count. */
  { "Zh==", "f", 0 },
  /* Nothing. */
  { "", NULL, WT_MEDIA_ERROR_EMPTY },
  { " \r\n\t ", NULL, WT_MEDIA_ERROR_EMPTY },
  /* Not base64. */
  { "Z", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "Zm9vY", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "=", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "====", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "Z===", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "Zg===", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "Zm8==", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "Zm9v=", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "Zg==Zg==", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "Zg=Z", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "Zm9v!", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "Zm9*", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "data:image/png;base64,Zm9v", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "https://example.org/a.png", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "Zm9v\xe3\x80\x80", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
  { "麦穗", NULL, WT_MEDIA_ERROR_NOT_BASE64 },
};

static char *
make_temporary_file (const guint8 *data, gsize length)
{
  g_autoptr (GError) error = NULL;
  char *path = NULL;
  int fd = g_file_open_tmp ("wheatear-base64-XXXXXX", &path, &error);

  g_assert_no_error (error);
  g_close (fd, NULL);
  g_file_set_contents (path, (const char *) data, (gssize) length, &error);
  g_assert_no_error (error);
  return path;
}

static void
test_decode (gconstpointer data)
{
  const WtDecodeCase *entry = data;
  g_autoptr (GBytes) base64 = g_bytes_new_static (entry->base64, strlen (entry->base64));
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) decoded = wt_base64_decode (base64, G_MAXSIZE, &error);

  if (entry->expected == NULL)
    {
      g_assert_error (error, WT_MEDIA_ERROR, entry->code);
      g_assert_null (decoded);
      return;
    }

  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), entry->expected,
                   strlen (entry->expected));
}

static void
test_decode_nul (void)
{
  static const char nul[] = "Zm9v\0Zm9v";
  g_autoptr (GBytes) base64 = g_bytes_new_static (nul, sizeof nul - 1);
  g_autoptr (GError) error = NULL;

  g_assert_null (wt_base64_decode (base64, G_MAXSIZE, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_BASE64);
}

/* Every byte on its own after a good group: either it is one of the alphabet's, a space, or refused. */
static void
test_decode_every_byte (void)
{
  for (guint byte = 0; byte < 256; byte++)
    for (guint place = 0; place < 4; place++)
      {
        char text[] = "AAAABBBBCCCC";
        g_autoptr (GBytes) base64 = NULL;
        g_autoptr (GBytes) decoded = NULL;
        gboolean letter = g_ascii_isalnum ((char) byte)
                          || (byte != 0 && strchr ("+/-_", (int) byte));
        gboolean space = byte != 0 && strchr (" \t\r\n\f\v", (int) byte) != NULL;

        text[4 + place] = (char) byte;
        base64 = g_bytes_new (text, 12);
        decoded = wt_base64_decode (base64, G_MAXSIZE, NULL);
        g_assert_cmpint (decoded != NULL, ==, letter || space);
        if (decoded != NULL)
          g_assert_cmpuint (g_bytes_get_size (decoded), ==, letter ? 9 : 8);
      }
}

static void
test_decode_limit (void)
{
  g_autoptr (GBytes) base64 = g_bytes_new_static ("Zm9vYmFy", 8);
  g_autoptr (GBytes) spaced = g_bytes_new_static ("Zm9v   YmFy   ", 14);
  g_autoptr (GBytes) exact = wt_base64_decode (base64, 6, NULL);
  g_autoptr (GBytes) exact_spaced = wt_base64_decode (spaced, 6, NULL);
  g_autoptr (GError) error = NULL;

  g_assert_nonnull (exact);
  g_assert_nonnull (exact_spaced);
  g_assert_null (wt_base64_decode (base64, 5, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE);
  g_clear_error (&error);
  g_assert_null (wt_base64_decode (base64, 0, &error));
  g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE);
}

/* GLib's encoder against our decoder, our encoder against GLib's, at every length and over the pieces'
 * borders, with line breaks put in. */
static void
check_round_trip (GRand *random, gsize length)
{
  g_autofree guint8 *data = g_malloc (length);
  g_autofree char *theirs = NULL;
  g_autofree char *path = NULL;
  g_autoptr (GString) wrapped = NULL;
  g_autoptr (GBytes) base64 = NULL;
  g_autoptr (GBytes) decoded = NULL;
  g_autoptr (GBytes) ours = NULL;
  g_autoptr (GError) error = NULL;
  gsize line = (gsize) g_rand_int_range (random, 1, 200);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) g_rand_int (random);
  theirs = g_base64_encode (data, length);

  path = make_temporary_file (data, length);
  ours = wt_base64_encode_file (path, G_MAXSIZE, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (ours, NULL), g_bytes_get_size (ours), theirs, strlen (theirs));
  g_assert_cmpuint (g_bytes_get_size (ours), ==, wt_base64_encoded_length (length));
  g_unlink (path);

  wrapped = g_string_new (theirs);
  if (length < 5000)
    for (gsize at = line; at < wrapped->len; at += line + 2)
      g_string_insert (wrapped, (gssize) at, "\r\n");
  base64 = g_bytes_new (wrapped->str, wrapped->len);
  decoded = wt_base64_decode (base64, length, &error);
  g_assert_no_error (error);
  g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), data, length);
}

static void
test_round_trip (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  static const gsize lengths[] = { 48 * 1024 - 1, 48 * 1024,     48 * 1024 + 1, 49151,
                                   49152,         49153,         65536,         96 * 1024,
                                   96 * 1024 + 1, 96 * 1024 + 2, 200000 };

  g_test_message ("seed %u", seed);
  for (gsize length = 1; length < 200; length++)
    check_round_trip (random, length);
  for (gsize i = 0; i < G_N_ELEMENTS (lengths); i++)
    check_round_trip (random, lengths[i]);
}

static void
test_decode_random (void)
{
  guint32 seed = g_test_rand_int ();
  g_autoptr (GRand) random = g_rand_new_with_seed (seed);
  static const char alphabet[] = "ABCDwxyz0189+/-_==  \r\n!\xff";

  g_test_message ("seed %u", seed);
  for (guint round = 0; round < 20000; round++)
    {
      gsize length = (gsize) g_rand_int_range (random, 0, 40);
      g_autofree char *text = g_malloc (length + 1);
      g_autoptr (GBytes) base64 = NULL;
      g_autoptr (GBytes) decoded = NULL;
      g_autoptr (GError) error = NULL;

      for (gsize i = 0; i < length; i++)
        text[i] = alphabet[g_rand_int_range (random, 0, sizeof alphabet - 1)];
      base64 = g_bytes_new_take (g_steal_pointer (&text), length);
      decoded = wt_base64_decode (base64, 20, &error);
      g_assert_true ((decoded == NULL) != (error == NULL));
    }
}

static void
test_encoded_length (void)
{
  g_assert_cmpuint (wt_base64_encoded_length (0), ==, 0);
  g_assert_cmpuint (wt_base64_encoded_length (1), ==, 4);
  g_assert_cmpuint (wt_base64_encoded_length (3), ==, 4);
  g_assert_cmpuint (wt_base64_encoded_length (4), ==, 8);
  g_assert_cmpuint (wt_base64_encoded_length (70 * MIB), ==, 97867096);
  g_assert_cmpuint (wt_base64_encoded_length (G_MAXSIZE), ==, G_MAXSIZE);
  g_assert_cmpuint (wt_base64_encoded_length (G_MAXSIZE / 4 * 3), ==, G_MAXSIZE - 3);
}

static void
check_encode_fails (const char *path, gsize most, GQuark domain, int code)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (wt_base64_encode_file (path, most, NULL, &error));
  g_assert_error (error, domain, code);
}

static void
test_encode_errors (void)
{
  g_autofree char *folder = g_dir_make_tmp ("wheatear-base64-XXXXXX", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", NULL);
  g_autofree char *empty = make_temporary_file ((const guint8 *) "", 0);
  g_autofree char *four = make_temporary_file ((const guint8 *) "four", 4);
  g_autofree char *pipe = g_build_filename (folder, "pipe", NULL);
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  check_encode_fails (missing, G_MAXSIZE, WT_MEDIA_ERROR, WT_MEDIA_ERROR_NOT_FOUND);
  check_encode_fails (empty, G_MAXSIZE, WT_MEDIA_ERROR, WT_MEDIA_ERROR_EMPTY);
  check_encode_fails (four, 7, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE);
  check_encode_fails (folder, G_MAXSIZE, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);
  check_encode_fails (pipe, G_MAXSIZE, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);
  check_encode_fails ("/dev/zero", G_MAXSIZE, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);

  g_cancellable_cancel (cancelled);
  g_assert_null (wt_base64_encode_file (four, G_MAXSIZE, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_unlink (pipe);
  g_unlink (empty);
  g_unlink (four);
  g_rmdir (folder);
}

static void
test_decode_to_fd (void)
{
  g_autofree char *path = make_temporary_file ((const guint8 *) "", 0);
  g_autoptr (GBytes) base64 = g_bytes_new_static ("Zm9vYmFy", 8);
  g_autofree char *contents = NULL;
  g_autoptr (GError) error = NULL;
  gsize written = 0;
  int fd = g_open (path, O_WRONLY, 0);

  g_assert_true (wt_base64_decode_to_fd (base64, fd, &written, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (written, ==, 6);
  g_close (fd, NULL);
  g_file_get_contents (path, &contents, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (contents, ==, "foobar");
  g_unlink (path);

  fd = g_open ("/dev/full", O_WRONLY, 0);
  if (fd >= 0)
    {
      g_assert_false (wt_base64_decode_to_fd (base64, fd, NULL, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NO_SPACE);
      g_close (fd, NULL);
    }
}

/* The peak of resident memory in bytes, or 0 where it cannot be known or means nothing. */
static gsize
get_peak (gboolean reset)
{
  g_autofree char *status = NULL;
  const char *peak;

#if defined(__SANITIZE_ADDRESS__)
  return 0;
#endif
  if (strstr (g_getenv ("LD_PRELOAD") != NULL ? g_getenv ("LD_PRELOAD") : "", "valgrind") != NULL)
    return 0;
  if (reset)
    {
      int fd = g_open ("/proc/self/clear_refs", O_WRONLY, 0);
      gboolean done = fd >= 0 && write (fd, "5", 1) == 1;

      if (fd >= 0)
        g_close (fd, NULL);
      if (!done)
        return 0;
    }
  if (!g_file_get_contents ("/proc/self/status", &status, NULL, NULL))
    return 0;

  peak = strstr (status, "VmHWM:");
  return peak != NULL ? (gsize) g_ascii_strtoull (peak + 6, NULL, 10) * 1024 : 0;
}

static void
check_peak (gsize before, gsize allowed)
{
  gsize after = get_peak (FALSE);

  if (before > 0 && after > 0)
    g_assert_cmpuint (after - before, <, allowed + 8 * MIB);
}

static void
report_speed (const char *what, gsize bytes, gint64 started)
{
  double seconds = (double) (g_get_monotonic_time () - started) / G_USEC_PER_SEC;

  g_test_message ("%s: %.0f MB/s", what, (double) bytes / 1e6 / MAX (seconds, 1e-6));
}

/* A file whose base64 is just under the protocol's cap: only the result is ever in memory. */
static void
test_large (void)
{
  const gsize size = 70 * MIB;
  g_autofree char *path = NULL;
  g_autofree guint8 *data = g_malloc (size);
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GBytes) decoded = NULL;
  g_autoptr (GError) error = NULL;
  gsize written = 0;
  gsize before;
  gint64 started;
  int fd;

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) (i * 2654435761u >> 16);
  path = make_temporary_file (data, size);

  before = get_peak (TRUE);
  started = g_get_monotonic_time ();
  encoded = wt_base64_encode_file (path, 100 * MIB, NULL, &error);
  g_assert_no_error (error);
  report_speed ("encode", size, started);
  check_peak (before, wt_base64_encoded_length (size));

  before = get_peak (TRUE);
  started = g_get_monotonic_time ();
  decoded = wt_base64_decode (encoded, size, &error);
  g_assert_no_error (error);
  report_speed ("decode", g_bytes_get_size (encoded), started);
  check_peak (before, size);
  g_assert_cmpmem (g_bytes_get_data (decoded, NULL), g_bytes_get_size (decoded), data, size);

  before = get_peak (TRUE);
  fd = g_open (path, O_WRONLY | O_TRUNC, 0);
  g_assert_true (wt_base64_decode_to_fd (encoded, fd, &written, &error));
  g_assert_no_error (error);
  g_assert_cmpuint (written, ==, size);
  g_close (fd, NULL);
  check_peak (before, 0);
  g_unlink (path);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (decode_cases); i++)
    {
      g_autofree char *escaped = g_strescape (decode_cases[i].base64, NULL);
      g_autofree char *name = NULL;

      g_strdelimit (escaped, "/", '|');
      name = g_strdup_printf ("/base64/decode/%" G_GSIZE_FORMAT "-%s", i, escaped);
      g_test_add_data_func (name, &decode_cases[i], test_decode);
    }
  g_test_add_func ("/base64/decode-nul", test_decode_nul);
  g_test_add_func ("/base64/decode-every-byte", test_decode_every_byte);
  g_test_add_func ("/base64/decode-limit", test_decode_limit);
  g_test_add_func ("/base64/decode-random", test_decode_random);
  g_test_add_func ("/base64/decode-to-fd", test_decode_to_fd);
  g_test_add_func ("/base64/round-trip", test_round_trip);
  g_test_add_func ("/base64/encoded-length", test_encoded_length);
  g_test_add_func ("/base64/encode-errors", test_encode_errors);
  g_test_add_func ("/base64/large", test_large);

  return g_test_run ();
}
