/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * WtWave:
 * @channels: at least 1
 * @sample_rate: frames a second
 * @byte_rate: bytes a second, at least 1
 * @data_offset: where the samples start
 * @data_size: bytes of samples that are really there
 * @duration: microseconds
 *
 * What the header of a WAV file says, checked against the file's size.
 */
typedef struct
{
  guint channels;
  guint sample_rate;
  guint byte_rate;
  guint64 data_offset;
  guint64 data_size;
  gint64 duration;
} WtWave;

gboolean wt_wave_read (const guint8 *head, gsize length, guint64 file_size, WtWave *wave);
gboolean wt_wave_read_file (const char *path, WtWave *wave, GError **error);

G_END_DECLS
