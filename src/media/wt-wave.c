/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-wave.h"

#include <gio/gio.h>
#include <glib/gstdio.h>
#include <string.h>

#include "wt-file-io.h"
#include "wt-media-error.h"

/* What stands before the samples is short; who writes more of it gets no duration. */
#define HEAD_LENGTH (64 * 1024)

#define RIFF_HEADER 12
#define CHUNK_HEADER 8
#define FORMAT_LENGTH 16

#define FORMAT_PCM 0x0001
#define FORMAT_FLOAT 0x0003
#define FORMAT_EXTENSIBLE 0xfffe

/* What those write who do not know the length yet. */
#define LENGTH_UNKNOWN 0xffffffffU

static guint32
get_le16 (const guint8 *at)
{
  return (guint32) at[1] << 8 | at[0];
}

static guint32
get_le32 (const guint8 *at)
{
  return get_le16 (at + 2) << 16 | get_le16 (at);
}

/* The rate as written may be wrong where it follows from the rest. */
static gboolean
read_format (const guint8 *format, WtWave *wave)
{
  guint tag = get_le16 (format);
  guint64 computed;

  wave->channels = get_le16 (format + 2);
  wave->sample_rate = get_le32 (format + 4);
  wave->byte_rate = get_le32 (format + 8);
  if (wave->channels == 0 || wave->sample_rate == 0)
    return FALSE;

  computed = (guint64) wave->channels * wave->sample_rate * (get_le16 (format + 14) / 8);
  if (computed > 0 && computed <= G_MAXUINT
      && (tag == FORMAT_PCM || tag == FORMAT_FLOAT || tag == FORMAT_EXTENSIBLE))
    wave->byte_rate = (guint) computed;
  return wave->byte_rate > 0;
}

static void
set_extent (WtWave *wave, guint64 offset, guint32 said, guint64 file_size)
{
  guint64 there = file_size > offset ? file_size - offset : 0;

  wave->data_offset = offset;
  wave->data_size = said == 0 || said == LENGTH_UNKNOWN ? there : MIN (said, there);
  /* Both factors are far below the 64 bits: sizes are of files on a disk. */
  wave->duration = (gint64) ((double) wave->data_size * G_USEC_PER_SEC / wave->byte_rate);
}

/**
 * wt_wave_read:
 * @head: the start of a file
 * @length: bytes of it
 * @file_size: bytes of the whole file
 * @wave: (out caller-allocates): what it is
 *
 * Reads the header of a WAV file. One whose length is not known when it is written (0 or all ones, as from a
 * stream) ends where the file does, and so does one that was cut.
 *
 * Returns: whether @wave is filled
 */
gboolean
wt_wave_read (const guint8 *head, gsize length, guint64 file_size, WtWave *wave)
{
  gboolean has_format = FALSE;
  gsize at = RIFF_HEADER;

  memset (wave, 0, sizeof *wave);
  if (length < RIFF_HEADER || memcmp (head, "RIFF", 4) != 0 || memcmp (head + 8, "WAVE", 4) != 0)
    return FALSE;

  while (length - at >= CHUNK_HEADER)
    {
      const guint8 *chunk = head + at;
      guint32 size = get_le32 (chunk + 4);

      at += CHUNK_HEADER;
      if (memcmp (chunk, "data", 4) == 0)
        {
          if (!has_format)
            return FALSE;
          set_extent (wave, at, size, file_size);
          return TRUE;
        }
      if (memcmp (chunk, "fmt ", 4) == 0)
        {
          if (size < FORMAT_LENGTH || length - at < FORMAT_LENGTH || !read_format (head + at, wave))
            return FALSE;
          has_format = TRUE;
        }
      /* Chunks are padded to an even length. */
      if ((guint64) size + (size & 1) > length - at)
        return FALSE;
      at += (gsize) size + (size & 1);
    }

  return FALSE;
}

/**
 * wt_wave_read_file:
 * @path: a regular file
 * @wave: (out caller-allocates): what it is
 * @error: return location for an error
 *
 * As wt_wave_read(). Blocks.
 *
 * Returns: whether @wave is filled; otherwise %WT_MEDIA_ERROR_UNSUPPORTED, %WT_MEDIA_ERROR_NOT_FOUND or a
 *   #GIOErrorEnum
 */
gboolean
wt_wave_read_file (const char *path, WtWave *wave, GError **error)
{
  g_autofree guint8 *head = g_malloc (HEAD_LENGTH);
  gsize size = 0;
  gssize got;
  int fd;

  g_return_val_if_fail (path != NULL, FALSE);

  fd = wt_file_io_open_regular (path, &size, error);
  if (fd < 0)
    return FALSE;

  got = wt_file_io_read_full (fd, head, HEAD_LENGTH, error);
  g_close (fd, NULL);
  if (got < 0)
    return FALSE;
  if (wt_wave_read (head, (gsize) got, size, wave))
    return TRUE;

  g_set_error_literal (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED, "Not a WAV file");
  return FALSE;
}
