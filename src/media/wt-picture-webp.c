/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-header.h"

/* After "RIFF", a length and "WEBP": chunks of a name, a length, and data up to an even offset. */
#define FIRST_CHUNK 12
#define CHUNK_HEAD 8
#define EXTENDED 10
#define FRAME_HEAD 16

#define FLAG_ANIMATION 0x02
#define FLAG_EXIF 0x08
#define FLAG_ALPHA 0x10

#define FRAME_CLEARS 1
#define FRAME_REPLACES 2

typedef struct
{
  char name[5];
  goffset at;
  goffset data_at;
  guint64 length;
  goffset next;
} WtWebpChunk;

static gboolean
read_chunk (WtPictureSource *source, goffset at, goffset end, WtWebpChunk *chunk, GError **error)
{
  guint8 head[CHUNK_HEAD];

  if (end - at < CHUNK_HEAD)
    return wt_picture_set_broken (error, "The WebP ends too early");
  if (!wt_picture_source_read (source, at, head, sizeof head, error))
    return FALSE;

  memcpy (chunk->name, head, 4);
  chunk->name[4] = 0;
  chunk->at = at;
  chunk->data_at = at + CHUNK_HEAD;
  chunk->length = wt_picture_get_le32 (head + 4);
  if (chunk->length > (guint64) (end - chunk->data_at))
    return wt_picture_set_broken (error, "A WebP chunk is longer than the file");

  /* The last one may come without its padding. */
  chunk->next = MIN (end, chunk->data_at + (goffset) (chunk->length + (chunk->length & 1)));
  return TRUE;
}

/* Reads the size from the picture data itself. */
static gboolean
read_size (WtPictureSource *source, const WtWebpChunk *chunk, WtPictureFrame *frame, GError **error)
{
  guint8 data[10];

  if (chunk->length < sizeof data)
    return wt_picture_set_broken (error, "A WebP picture without data");
  if (!wt_picture_source_read (source, chunk->data_at, data, sizeof data, error))
    return FALSE;

  if (g_str_equal (chunk->name, "VP8 "))
    {
      if ((data[0] & 1) != 0 || memcmp (data + 3, "\x9d\x01\x2a", 3) != 0)
        return wt_picture_set_broken (error, "A WebP picture without a key frame");
      frame->width = wt_picture_get_le16 (data + 6) & 0x3fff;
      frame->height = wt_picture_get_le16 (data + 8) & 0x3fff;
    }
  else
    {
      guint32 bits = wt_picture_get_le32 (data + 1);

      if (data[0] != 0x2f || bits >> 29 != 0)
        return wt_picture_set_broken (error, "A lossless WebP picture of an unknown version");
      frame->width = (bits & 0x3fff) + 1;
      frame->height = (bits >> 14 & 0x3fff) + 1;
    }

  return TRUE;
}

/**
 * wt_picture_webp_find:
 * @at: where the chunks of one picture begin
 * @end: where they end
 * @frame: its size and the places of its data are set
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_BROKEN, or an error of wt_picture_source_read()
 */
gboolean
wt_picture_webp_find (WtPictureSource *source,
                      goffset at,
                      goffset end,
                      WtPictureFrame *frame,
                      GError **error)
{
  WtWebpChunk chunk;

  do
    {
      if (!read_chunk (source, at, end, &chunk, error))
        return FALSE;
      if (g_str_equal (chunk.name, "ALPH") && frame->alpha_length == 0)
        {
          frame->alpha_at = chunk.at;
          frame->alpha_length = CHUNK_HEAD + chunk.length;
        }
      at = chunk.next;
    }
  while (!g_str_equal (chunk.name, "VP8 ") && !g_str_equal (chunk.name, "VP8L"));

  if (g_str_equal (chunk.name, "VP8L"))
    frame->alpha_length = 0;
  frame->data_at = chunk.at;
  frame->data_length = CHUNK_HEAD + chunk.length;
  return read_size (source, &chunk, frame, error);
}

/* Looks among the chunks after the picture for what says how it is turned. */
static int
find_orientation (WtPictureSource *source, goffset at, goffset end)
{
  WtWebpChunk chunk;

  while (at < end && read_chunk (source, at, end, &chunk, NULL))
    {
      if (g_str_equal (chunk.name, "EXIF"))
        return wt_picture_exif_read (source, chunk.data_at, chunk.length);
      at = chunk.next;
    }

  return 1;
}

/* Reads what the extended header says, and with an animation, where its frames are. */
static gboolean
read_extended (WtPictureSource *source,
               const WtWebpChunk *first,
               WtPictureHeader *header,
               GError **error)
{
  guint8 data[EXTENDED];
  guint8 loops[6];
  WtWebpChunk chunk = *first;

  if (first->length < sizeof data)
    return wt_picture_set_broken (error, "A WebP header of an impossible length");
  if (!wt_picture_source_read (source, first->data_at, data, sizeof data, error))
    return FALSE;

  header->width = (guint64) wt_picture_get_le24 (data + 4) + 1;
  header->height = (guint64) wt_picture_get_le24 (data + 7) + 1;
  header->first_frame = first->next;
  header->animated = (data[0] & FLAG_ANIMATION) != 0;
  if (!header->animated)
    {
      if ((data[0] & FLAG_EXIF) != 0)
        header->orientation = find_orientation (source, first->next, header->end);
      return TRUE;
    }

  while (!g_str_equal (chunk.name, "ANIM"))
    if (!read_chunk (source, chunk.next, header->end, &chunk, error))
      return FALSE;
  if (chunk.length < sizeof loops)
    return wt_picture_set_broken (error, "A WebP animation of an impossible length");
  if (!wt_picture_source_read (source, chunk.data_at, loops, sizeof loops, error))
    return FALSE;

  header->loops = wt_picture_get_le16 (loops + 4);
  header->first_frame = chunk.next;
  return TRUE;
}

/**
 * wt_picture_webp_read:
 *
 * Reads the header of a WebP.
 *
 * Returns: %FALSE with an error of wt_picture_header_read()
 */
gboolean
wt_picture_webp_read (WtPictureSource *source, WtPictureHeader *header, GError **error)
{
  goffset size = wt_picture_source_get_size (source);
  WtPictureFrame frame = { 0 };
  guint8 length[4];
  WtWebpChunk chunk;

  if (!wt_picture_source_read (source, 4, length, sizeof length, error))
    return FALSE;
  header->end = MIN (size, (goffset) CHUNK_HEAD + wt_picture_get_le32 (length));
  header->first_frame = FIRST_CHUNK;
  if (!read_chunk (source, FIRST_CHUNK, header->end, &chunk, error))
    return FALSE;

  if (g_str_equal (chunk.name, "VP8X") && !read_extended (source, &chunk, header, error))
    return FALSE;
  if (header->animated)
    return TRUE;

  if (!wt_picture_webp_find (source, header->first_frame, header->end, &frame, error))
    return FALSE;
  if (header->width == 0)
    {
      header->width = frame.width;
      header->height = frame.height;
    }
  if (header->width != frame.width || header->height != frame.height)
    return wt_picture_set_broken (error, "A WebP picture of another size than its canvas");

  /* The decoder's own pixels, and all of its data, beside the result. */
  header->result_memory = 4;
  header->pixel_memory = 4;
  return TRUE;
}

/**
 * wt_picture_webp_next:
 * @at: (inout): where to go on
 * @frame: (out): the next frame
 *
 * Returns: %FALSE without an error at the end; with one of wt_picture_webp_find()
 */
gboolean
wt_picture_webp_next (WtPictureSource *source,
                      const WtPictureHeader *header,
                      goffset *at,
                      WtPictureFrame *frame,
                      GError **error)
{
  guint8 head[FRAME_HEAD];
  guint64 width;
  guint64 height;
  WtWebpChunk chunk;

  *frame = (WtPictureFrame){ .transparent = -1 };
  do
    {
      if (*at >= header->end || !read_chunk (source, *at, header->end, &chunk, error))
        return FALSE;
      *at = chunk.next;
    }
  while (!g_str_equal (chunk.name, "ANMF"));

  if (chunk.length < sizeof head)
    return wt_picture_set_broken (error, "A WebP frame of an impossible length");
  if (!wt_picture_source_read (source, chunk.data_at, head, sizeof head, error))
    return FALSE;

  frame->x = (guint64) wt_picture_get_le24 (head) * 2;
  frame->y = (guint64) wt_picture_get_le24 (head + 3) * 2;
  width = (guint64) wt_picture_get_le24 (head + 6) + 1;
  height = (guint64) wt_picture_get_le24 (head + 9) + 1;
  frame->delay = wt_picture_get_le24 (head + 12);
  frame->replaces = (head[15] & FRAME_REPLACES) != 0;
  frame->dispose = (head[15] & FRAME_CLEARS) != 0 ? WT_PICTURE_DISPOSE_CLEAR
                                                  : WT_PICTURE_DISPOSE_KEEP;

  if (!wt_picture_webp_find (source, chunk.data_at + FRAME_HEAD,
                             chunk.data_at + (goffset) chunk.length, frame, error))
    return FALSE;
  if (frame->width != width || frame->height != height)
    return wt_picture_set_broken (error, "A WebP frame of another size than its picture");
  return TRUE;
}

static void
put_le32 (guint8 *at, guint64 value)
{
  for (guint i = 0; i < 4; i++)
    at[i] = (guint8) (value >> (8 * i));
}

static gboolean
feed_chunk (WtPictureFeeder *feeder, goffset at, guint64 length, GError **error)
{
  return wt_picture_feeder_copy (feeder, at, length, error)
         && ((length & 1) == 0 || wt_picture_feeder_write (feeder, "", 1, error));
}

/**
 * wt_picture_webp_feed:
 *
 * Feeds one picture, or one frame, as a WebP of its own with nothing else in it: the loader of version 0.2
 * keeps every frame of an animation, decoded.
 *
 * Returns: %FALSE with an error of wt_picture_feeder_copy()
 */
gboolean
wt_picture_webp_feed (WtPictureSource *source,
                      const WtPictureFrame *frame,
                      WtPictureFeeder *feeder,
                      GError **error)
{
  gboolean extended = frame->alpha_length > 0;
  guint64 alpha = frame->alpha_length + (frame->alpha_length & 1);
  guint64 data = frame->data_length + (frame->data_length & 1);
  guint8 head[FIRST_CHUNK + CHUNK_HEAD + EXTENDED] = "RIFF\0\0\0\0WEBPVP8X";
  guint8 *canvas = head + FIRST_CHUNK + CHUNK_HEAD;

  put_le32 (head + 4, 4 + (extended ? CHUNK_HEAD + EXTENDED : 0) + alpha + data);
  if (!extended)
    return wt_picture_feeder_write (feeder, head, FIRST_CHUNK, error)
           && feed_chunk (feeder, frame->data_at, frame->data_length, error);

  put_le32 (head + FIRST_CHUNK + 4, EXTENDED);
  canvas[0] = FLAG_ALPHA;
  put_le32 (canvas + 4, (frame->width - 1) | (frame->height - 1) << 24);
  canvas[8] = (guint8) ((frame->height - 1) >> 8);
  return wt_picture_feeder_write (feeder, head, sizeof head, error)
         && feed_chunk (feeder, frame->alpha_at, frame->alpha_length, error)
         && feed_chunk (feeder, frame->data_at, frame->data_length, error);
}
