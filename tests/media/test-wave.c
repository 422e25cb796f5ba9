/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <glib/gstdio.h>
#include <string.h>

#include "wt-media-error.h"
#include "wt-test.h"
#include "wt-wave.h"

static void
put16 (GByteArray *bytes, guint value)
{
  guint8 raw[] = { (guint8) value, (guint8) (value >> 8) };

  g_byte_array_append (bytes, raw, sizeof raw);
}

static void
put32 (GByteArray *bytes, guint32 value)
{
  put16 (bytes, value & 0xffff);
  put16 (bytes, value >> 16);
}

static void
put (GByteArray *bytes, const char *name)
{
  g_byte_array_append (bytes, (const guint8 *) name, 4);
}

typedef struct
{
  const char *name;
  guint tag;
  guint channels;
  guint rate;
  guint32 byte_rate;
  guint bits;
  guint list;      /* bytes of a chunk before the samples, or 0 */
  guint32 said;    /* bytes of samples as the header has it */
  guint32 really;  /* as there are */
  gint64 duration; /* microseconds, or -1: not read */
} Case;

static const Case cases[] = {
  { "plain", 1, 1, 8000, 16000, 16, 0, 16000, 16000, 1000000 },
  { "stereo", 1, 2, 44100, 176400, 16, 0, 88200, 88200, 500000 },
  { "streamed-zero", 1, 1, 8000, 16000, 16, 0, 0, 24000, 1500000 },
  { "streamed-ones", 1, 1, 8000, 16000, 16, 0, 0xffffffff, 24000, 1500000 },
  { "cut", 1, 1, 8000, 16000, 16, 0, 32000, 8000, 500000 },
  { "longer-than-said", 1, 1, 8000, 16000, 16, 0, 8000, 32000, 500000 },
  { "empty", 1, 1, 8000, 16000, 16, 0, 0, 0, 0 },
  { "wrong-rate", 1, 1, 8000, 1, 16, 0, 16000, 16000, 1000000 },
  { "no-rate", 1, 1, 8000, 0, 16, 0, 16000, 16000, 1000000 },
  { "compressed", 0x11, 1, 8000, 4055, 4, 0, 4055, 4055, 1000000 },
  { "compressed-no-rate", 0x11, 1, 8000, 0, 4, 0, 4055, 4055, -1 },
  { "float", 3, 1, 8000, 32000, 32, 0, 32000, 32000, 1000000 },
  { "extensible", 0xfffe, 1, 8000, 16000, 16, 0, 16000, 16000, 1000000 },
  { "list-before", 1, 1, 8000, 16000, 16, 26, 16000, 16000, 1000000 },
  { "odd-list-before", 1, 1, 8000, 16000, 16, 27, 16000, 16000, 1000000 },
  { "long-list-before", 1, 1, 8000, 16000, 16, 100000, 16000, 16000, -1 },
  { "no-channels", 1, 0, 8000, 16000, 16, 0, 16000, 16000, -1 },
  { "no-sample-rate", 1, 1, 0, 16000, 16, 0, 16000, 16000, -1 },
  { "huge-rate", 1, 65535, 0xffffffff, 0xffffffff, 65535, 0, 16000, 16000, 3 },
};

static GByteArray *
make (const Case *one)
{
  GByteArray *bytes = g_byte_array_new ();

  put (bytes, "RIFF");
  put32 (bytes, 0xffffffff);
  put (bytes, "WAVE");
  put (bytes, "fmt ");
  put32 (bytes, 16);
  put16 (bytes, one->tag);
  put16 (bytes, one->channels);
  put32 (bytes, one->rate);
  put32 (bytes, one->byte_rate);
  put16 (bytes, 2);
  put16 (bytes, one->bits);
  if (one->list > 0)
    {
      put (bytes, "LIST");
      put32 (bytes, one->list);
      g_byte_array_set_size (bytes, bytes->len + one->list + one->list % 2);
    }
  put (bytes, "data");
  put32 (bytes, one->said);
  g_byte_array_set_size (bytes, bytes->len + one->really);
  return bytes;
}

static void
test_file (gconstpointer data)
{
  const Case *one = data;
  g_autoptr (GByteArray) bytes = make (one);
  g_autofree char *folder = g_dir_make_tmp ("wheatear-wave-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "x.wav", NULL);
  g_autoptr (GError) error = NULL;
  WtWave wave;

  g_assert_true (g_file_set_contents (path, (const char *) bytes->data, (gssize) bytes->len, NULL));
  if (one->duration < 0)
    {
      g_assert_false (wt_wave_read_file (path, &wave, &error));
      g_assert_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED);
    }
  else
    {
      g_assert_true (wt_wave_read_file (path, &wave, &error));
      g_assert_no_error (error);
      g_assert_cmpint (wave.duration, ==, one->duration);
      g_assert_cmpuint (wave.data_offset + wave.data_size, <=, bytes->len);
    }
  g_unlink (path);
  g_rmdir (folder);
}

static void
test_missing (void)
{
  g_autoptr (GError) error = NULL;
  WtWave wave;

  g_assert_false (wt_wave_read_file ("/nonexistent/x.wav", &wave, &error));
  g_assert_nonnull (error);
}

/* Cut anywhere, and with any byte turned: no answer or a sane one. */
static void
test_hostile (void)
{
  g_autoptr (GByteArray) bytes = make (&cases[14]);
  WtWave wave;

  for (gsize length = 0; length < 100; length++)
    {
      g_autofree guint8 *copy = g_memdup2 (bytes->data, length); /* so that reading on is seen */

      wt_wave_read (copy, length, length, &wave);
    }
  for (gsize i = 0; i < 90; i++)
    for (guint value = 0; value < 256; value += 5)
      {
        guint8 before = bytes->data[i];

        bytes->data[i] = (guint8) value;
        if (wt_wave_read (bytes->data, bytes->len, bytes->len, &wave))
          {
            g_assert_cmpuint (wave.byte_rate, >, 0);
            g_assert_cmpint (wave.duration, >=, 0);
            g_assert_cmpuint (wave.data_offset + wave.data_size, <=, bytes->len);
          }
        bytes->data[i] = before;
      }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/wave/file/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_file);
    }
  g_test_add_func ("/wave/missing", test_missing);
  g_test_add_func ("/wave/hostile", test_hostile);
  return g_test_run ();
}
