/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-header.h"

/* After the eight bytes every PNG begins with: chunks of a length, a type, data, and a checksum. */
#define SIGNATURE 8
#define CHUNK_HEAD 8
#define CHUNK_TAIL 4

/* The chunks that make the picture. Texts, profiles and thumbnails may be bombs of their own: libpng keeps a
 * thousand of them, eight megabytes each. */
static const char *const needed[] = { "IHDR", "PLTE", "tRNS", "IDAT", "IEND" };

typedef struct
{
  char type[5];
  goffset data_at;
  guint32 length;
} WtPngChunk;

static gboolean
read_chunk (WtPictureSource *source, goffset at, WtPngChunk *chunk, GError **error)
{
  guint8 head[CHUNK_HEAD];

  if (!wt_picture_source_read (source, at, head, sizeof head, error))
    return FALSE;

  chunk->length = wt_picture_get_be32 (head);
  memcpy (chunk->type, head + 4, 4);
  chunk->type[4] = 0;
  chunk->data_at = at + CHUNK_HEAD;
  if (!wt_picture_source_has (source, chunk->data_at, (guint64) chunk->length + CHUNK_TAIL))
    return wt_picture_set_broken (error, "A PNG chunk is longer than the file");

  return TRUE;
}

static goffset
get_end (const WtPngChunk *chunk)
{
  return chunk->data_at + (goffset) chunk->length + CHUNK_TAIL;
}

static gboolean
is_needed (const WtPngChunk *chunk)
{
  for (gsize i = 0; i < G_N_ELEMENTS (needed); i++)
    if (g_str_equal (chunk->type, needed[i]))
      return TRUE;

  return FALSE;
}

/**
 * wt_picture_png_read:
 *
 * Reads the header of a PNG, and what stands before its data: whether it has transparency, and how it is
 * turned.
 *
 * Returns: %FALSE with an error of wt_picture_header_read()
 */
gboolean
wt_picture_png_read (WtPictureSource *source, WtPictureHeader *header, GError **error)
{
  guint8 data[13];
  WtPngChunk chunk;

  if (!read_chunk (source, SIGNATURE, &chunk, error))
    return FALSE;
  if (!g_str_equal (chunk.type, "IHDR") || chunk.length != sizeof data)
    return wt_picture_set_broken (error, "A PNG without its header");
  if (!wt_picture_source_read (source, chunk.data_at, data, sizeof data, error))
    return FALSE;

  header->width = wt_picture_get_be32 (data);
  header->height = wt_picture_get_be32 (data + 4);
  /* Bit 2 of the colour type is alpha. */
  header->result_memory = (data[9] & 4) != 0 ? 4 : 3;

  while (!g_str_equal (chunk.type, "IDAT") && !g_str_equal (chunk.type, "IEND"))
    {
      if (g_str_equal (chunk.type, "tRNS"))
        header->result_memory = 4;
      if (g_str_equal (chunk.type, "eXIf"))
        header->orientation = wt_picture_exif_read (source, chunk.data_at, chunk.length);
      if (!read_chunk (source, get_end (&chunk), &chunk, error))
        return FALSE;
    }

  return TRUE;
}

/**
 * wt_picture_png_feed:
 *
 * Feeds a PNG up to its last chunk, and of its chunks only those that make the picture.
 *
 * Returns: %FALSE with an error of wt_picture_feeder_copy()
 */
gboolean
wt_picture_png_feed (WtPictureSource *source, WtPictureFeeder *feeder, GError **error)
{
  goffset at = SIGNATURE;
  WtPngChunk chunk;

  if (!wt_picture_feeder_copy (feeder, 0, SIGNATURE, error))
    return FALSE;

  do
    {
      if (!read_chunk (source, at, &chunk, error))
        return FALSE;
      if (is_needed (&chunk)
          && !wt_picture_feeder_copy (feeder, at, (guint64) (get_end (&chunk) - at), error))
        return FALSE;
      at = get_end (&chunk);
    }
  while (!g_str_equal (chunk.type, "IEND"));

  return TRUE;
}
