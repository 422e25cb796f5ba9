/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-header.h"

#define MARKER_BASELINE 0xc0
#define MARKER_EXTENDED 0xc1
#define MARKER_SOI 0xd8
#define MARKER_EOI 0xd9
#define MARKER_SOS 0xda
#define MARKER_COMMENT 0xfe
#define MARKER_APP0 0xe0
#define MARKER_EXIF 0xe1
#define MARKER_ADOBE 0xee
#define MARKER_APP15 0xef
#define MOST_COMPONENTS 4

/* A segment: its marker, and what follows the two bytes of its length. */
typedef struct
{
  guint8 marker;
  goffset data_at;
  gsize length;
} WtJpegSegment;

/* Finds the next segment from *at on, skipping what is none, as the decoder does. */
static gboolean
next_segment (WtPictureSource *source, goffset *at, WtJpegSegment *segment, GError **error)
{
  guint8 bytes[2];

  do
    {
      if (!wt_picture_source_read (source, *at, bytes, 2, error))
        return FALSE;
      (*at)++;
    }
  while (bytes[0] != 0xff || bytes[1] == 0xff || bytes[1] == 0);

  segment->marker = bytes[1];
  segment->data_at = ++*at;
  segment->length = 0;
  /* Those without a length. */
  if (segment->marker == 1 || (segment->marker >= 0xd0 && segment->marker <= MARKER_EOI))
    return TRUE;

  if (!wt_picture_source_read (source, *at, bytes, 2, error))
    return FALSE;
  if (wt_picture_get_be16 (bytes) < 2)
    return wt_picture_set_broken (error, "A JPEG segment without a length");

  segment->data_at = *at + 2;
  segment->length = wt_picture_get_be16 (bytes) - 2;
  *at = segment->data_at + (goffset) segment->length;
  return TRUE;
}

static gboolean
is_frame (guint8 marker)
{
  return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
}

/* The bytes of its coefficients for a pixel, rounded up, when all of them are kept until the last scan: two
 * for each sample. */
static guint64
count_coefficients (const guint8 *components, guint count)
{
  guint most_wide = 1;
  guint most_high = 1;
  guint64 samples = 0;

  for (guint i = 0; i < count; i++)
    {
      most_wide = MAX (most_wide, components[i * 3 + 1] >> 4);
      most_high = MAX (most_high, components[i * 3 + 1] & 15);
    }
  for (guint i = 0; i < count; i++)
    samples += (guint64) (components[i * 3 + 1] >> 4) * (components[i * 3 + 1] & 15);

  return (samples * 2 + most_wide * most_high - 1) / (most_wide * most_high);
}

static gboolean
read_frame (WtPictureSource *source,
            const WtJpegSegment *segment,
            WtPictureHeader *header,
            guint *components,
            GError **error)
{
  guint8 data[6 + 3 * MOST_COMPONENTS];

  if (*components != 0)
    return wt_picture_set_broken (error, "A JPEG of two frames");
  if (segment->length < 6 || segment->length > sizeof data)
    return wt_picture_set_broken (error, "A JPEG frame of an impossible length");
  if (!wt_picture_source_read (source, segment->data_at, data, segment->length, error))
    return FALSE;

  *components = data[5];
  if (*components == 0 || segment->length != 6 + 3 * *components)
    return wt_picture_set_broken (error, "A JPEG frame of impossible components");

  header->height = wt_picture_get_be16 (data + 1);
  header->width = wt_picture_get_be16 (data + 3);
  header->result_memory = *components == 4 ? 4 : 3;
  header->pixel_memory = count_coefficients (data + 6, *components);
  header->shrinks_itself = TRUE;
  return TRUE;
}

/* Whether the first scan is the only one; then no coefficients are kept. */
static gboolean
read_scan (WtPictureSource *source,
           const WtJpegSegment *segment,
           guint8 frame,
           guint components,
           gboolean *only,
           GError **error)
{
  guint8 count;

  if (components == 0 || segment->length < 1)
    return wt_picture_set_broken (error, "A JPEG scan without its frame");
  if (!wt_picture_source_read (source, segment->data_at, &count, 1, error))
    return FALSE;

  *only = (frame == MARKER_BASELINE || frame == MARKER_EXTENDED) && count == components;
  return TRUE;
}

static gboolean
is_exif (WtPictureSource *source, const WtJpegSegment *segment)
{
  char mark[6];

  return segment->marker == MARKER_EXIF && segment->length > sizeof mark
         && wt_picture_source_read (source, segment->data_at, mark, sizeof mark, NULL)
         && memcmp (mark, "Exif\0\0", sizeof mark) == 0;
}

/**
 * wt_picture_jpeg_read:
 *
 * Reads a JPEG up to its first scan: its size, how it is turned, and what its coefficients take when
 * several scans refine them.
 *
 * Returns: %FALSE with an error of wt_picture_header_read()
 */
gboolean
wt_picture_jpeg_read (WtPictureSource *source, WtPictureHeader *header, GError **error)
{
  goffset at = 2;
  gboolean only = FALSE;
  guint components = 0;
  guint8 frame = 0;
  WtJpegSegment segment;

  do
    {
      if (!next_segment (source, &at, &segment, error))
        return FALSE;
      if (segment.marker == MARKER_EOI || segment.marker == MARKER_SOI)
        return wt_picture_set_broken (error, "A JPEG without a picture");
      if (is_frame (segment.marker))
        {
          if (!read_frame (source, &segment, header, &components, error))
            return FALSE;
          frame = segment.marker;
        }
      if (header->orientation == 1 && is_exif (source, &segment))
        header->orientation = wt_picture_exif_read (source, segment.data_at, segment.length);
    }
  while (segment.marker != MARKER_SOS);

  if (!read_scan (source, &segment, frame, components, &only, error))
    return FALSE;
  if (only)
    header->pixel_memory = 0;
  return TRUE;
}

/* Texts, profiles and thumbnails are left out. */
static gboolean
is_needed (guint8 marker)
{
  return marker == MARKER_APP0 || marker == MARKER_ADOBE
         || (marker != MARKER_COMMENT && (marker < MARKER_APP0 || marker > MARKER_APP15));
}

/* Feeds what follows the first scan's header, decoding before each further scan: a scan passes over the whole
 * picture, so that a few bytes of it are much work. */
static gboolean
feed_scans (WtPictureSource *source, goffset at, WtPictureFeeder *feeder, GError **error)
{
  g_autofree guint8 *piece = g_malloc (WT_PICTURE_PIECE);
  guint most = wt_picture_source_get_limits (source)->max_scans;
  goffset size = wt_picture_source_get_size (source);
  guint scans = 1;
  gboolean ended = FALSE;
  guint8 before = 0;

  while (at < size)
    {
      gsize length = (gsize) MIN (WT_PICTURE_PIECE, size - at);
      gsize written = 0;

      if (!wt_picture_source_read (source, at, piece, length, error))
        return FALSE;
      for (gsize i = 0; i < length; i++)
        {
          if (before == 0xff && piece[i] == MARKER_SOS)
            {
              if (++scans > most)
                return wt_picture_set_broken (error, "A JPEG of too many scans");
              if (!wt_picture_feeder_write (feeder, piece + written, i - written, error)
                  || !wt_picture_feeder_flush (feeder, error))
                return FALSE;
              written = i;
            }
          ended = ended || (before == 0xff && piece[i] == MARKER_EOI);
          before = piece[i];
        }
      if (!wt_picture_feeder_write (feeder, piece + written, length - written, error))
        return FALSE;
      at += (goffset) length;
    }

  /* The loader would fill up what is missing with grey, and call it whole. */
  return ended ? TRUE : wt_picture_set_broken (error, "The JPEG ends too early");
}

/**
 * wt_picture_jpeg_feed:
 *
 * Feeds a JPEG, without the segments that are not needed for the picture.
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_BROKEN (also for more scans than the limit), or an error of
 *   wt_picture_feeder_copy()
 */
gboolean
wt_picture_jpeg_feed (WtPictureSource *source, WtPictureFeeder *feeder, GError **error)
{
  goffset at = 2;
  WtJpegSegment segment;

  if (!wt_picture_feeder_copy (feeder, 0, 2, error))
    return FALSE;

  do
    {
      guint8 head[4] = { 0xff };

      if (!next_segment (source, &at, &segment, error))
        return FALSE;
      if (!is_needed (segment.marker) || segment.data_at == at)
        continue;

      head[1] = segment.marker;
      head[2] = (guint8) ((segment.length + 2) >> 8);
      head[3] = (guint8) (segment.length + 2);
      if (!wt_picture_feeder_write (feeder, head, sizeof head, error)
          || !wt_picture_feeder_copy (feeder, segment.data_at, segment.length, error))
        return FALSE;
    }
  while (segment.marker != MARKER_SOS);

  return feed_scans (source, at, feeder, error);
}
