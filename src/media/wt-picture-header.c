/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-header.h"

#include "wt-sniff.h"

#define SNIFFED 4096
#define MOST_EXIF 65536
#define TAG_ORIENTATION 0x0112
#define TYPE_SHORT 3

static const struct
{
  const char *mime_type;
  gboolean (*read) (WtPictureSource *source, WtPictureHeader *header, GError **error);
} formats[] = {
  { "image/png", wt_picture_png_read },
  { "image/jpeg", wt_picture_jpeg_read },
  { "image/gif", wt_picture_gif_read },
  { "image/webp", wt_picture_webp_read },
};

/**
 * wt_picture_header_read:
 * @header: (out): what the picture says of itself, not checked against any limit
 *
 * Sniffs the format and reads its header.
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_UNSUPPORTED (no picture, or none of the four kinds),
 *   %WT_MEDIA_ERROR_BROKEN, or an error of wt_picture_source_read()
 */
gboolean
wt_picture_header_read (WtPictureSource *source, WtPictureHeader *header, GError **error)
{
  g_autofree guint8 *head = g_malloc (SNIFFED);
  gsize length = (gsize) MIN (SNIFFED, wt_picture_source_get_size (source));
  const char *type;

  if (!wt_picture_source_read (source, 0, head, length, error))
    return FALSE;

  type = wt_sniff_mime_type (head, length);
  for (gsize i = 0; i < G_N_ELEMENTS (formats); i++)
    if (g_strcmp0 (formats[i].mime_type, type) == 0)
      {
        *header = (WtPictureHeader){ .mime_type = formats[i].mime_type, .orientation = 1 };
        if (!formats[i].read (source, header, error))
          return FALSE;
        if (header->width == 0 || header->height == 0)
          return wt_picture_set_broken (error, "A picture of no size");
        return TRUE;
      }

  g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_UNSUPPORTED, "%s is not shown as a picture",
               type);
  return FALSE;
}

/**
 * wt_picture_header_check:
 * @memory: what decoding it would take, in bytes
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_TOO_LARGE where a limit is passed
 */
gboolean
wt_picture_header_check (const WtPictureHeader *header,
                         WtPictureSource *source,
                         guint64 memory,
                         GError **error)
{
  const WtPictureLimits *limits = wt_picture_source_get_limits (source);

  /* Also what a GdkPixbuf can count in an int. */
  if (header->width > G_MAXINT / 4 || header->height > G_MAXINT / 4
      || header->width * header->height > limits->max_pixels || memory > limits->max_memory)
    {
      g_set_error (error, WT_MEDIA_ERROR, WT_MEDIA_ERROR_TOO_LARGE,
                   "A picture of %" G_GUINT64_FORMAT " x %" G_GUINT64_FORMAT
                   " pixels, which takes %" G_GUINT64_FORMAT " bytes",
                   header->width, header->height, memory);
      return FALSE;
    }

  return TRUE;
}

static guint32
get_16 (const guint8 *at, gboolean little)
{
  return little ? wt_picture_get_le16 (at) : wt_picture_get_be16 (at);
}

static guint32
get_32 (const guint8 *at, gboolean little)
{
  return little ? wt_picture_get_le32 (at) : wt_picture_get_be32 (at);
}

/* Finds the orientation in the first folder of a TIFF; 1 where there is none that makes sense. */
static int
find_orientation (const guint8 *tiff, gsize length)
{
  gboolean little;
  gsize folder;
  gsize entries;

  if (length < 8 || (memcmp (tiff, "II*\0", 4) != 0 && memcmp (tiff, "MM\0*", 4) != 0))
    return 1;

  little = tiff[0] == 'I';
  folder = get_32 (tiff + 4, little);
  if (folder > length - 2)
    return 1;

  entries = get_16 (tiff + folder, little);
  entries = MIN (entries, (length - folder - 2) / 12);
  for (gsize i = 0; i < entries; i++)
    {
      const guint8 *entry = tiff + folder + 2 + i * 12;
      guint32 value = get_16 (entry + 8, little);

      if (get_16 (entry, little) == TAG_ORIENTATION && get_16 (entry + 2, little) == TYPE_SHORT
          && get_32 (entry + 4, little) == 1)
        return value >= 1 && value <= 8 ? (int) value : 1;
    }

  return 1;
}

/**
 * wt_picture_exif_read:
 * @offset: where EXIF data begins, with or without its "Exif" mark
 * @length: its length; no more than the first 64 KiB are looked at
 *
 * Returns: the orientation there, from 1 to 8; 1 where there is none
 */
int
wt_picture_exif_read (WtPictureSource *source, goffset offset, guint64 length)
{
  gsize taken = (gsize) MIN (length, MOST_EXIF);
  g_autofree guint8 *data = g_malloc (MAX (taken, 1));
  gsize mark;

  if (!wt_picture_source_read (source, offset, data, taken, NULL))
    return 1;

  mark = taken >= 6 && memcmp (data, "Exif\0\0", 6) == 0 ? 6 : 0;
  return find_orientation (data + mark, taken - mark);
}
