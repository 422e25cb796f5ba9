/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-picture-header.h"

#define SCREEN_AT 6
#define SCREEN 7
#define IMAGE 9
#define CONTROL 4

#define BLOCK_EXTENSION 0x21
#define BLOCK_IMAGE 0x2c
#define BLOCK_END 0x3b
#define LABEL_CONTROL 0xf9
#define LABEL_APPLICATION 0xff

static guint64
get_palette_size (guint bits)
{
  return bits == 0 ? 0 : (guint64) 3 << bits;
}

/* Palette flag and size stand in the same bits for the screen and for a frame. */
static guint
get_palette_bits (guint8 flags)
{
  return (flags & 0x80) != 0 ? (flags & 7) + 1u : 0;
}

/* Skips sub-blocks up to the empty one that ends them. */
static gboolean
skip_blocks (WtPictureSource *source, goffset *at, GError **error)
{
  guint8 length;

  do
    {
      if (!wt_picture_source_read (source, *at, &length, 1, error))
        return FALSE;
      *at += 1 + length;
    }
  while (length != 0);

  return TRUE;
}

/* Reads the application extension that says how often to loop; @at is at its first sub-block. */
static gboolean
read_loops (WtPictureSource *source, goffset at, guint *loops, GError **error)
{
  guint8 data[17];

  if (!wt_picture_source_has (source, at, sizeof data))
    return FALSE;
  if (!wt_picture_source_read (source, at, data, sizeof data, error))
    return FALSE;
  if (data[0] != 11 || data[12] < 3 || data[13] != 1
      || (memcmp (data + 1, "NETSCAPE2.0", 11) != 0 && memcmp (data + 1, "ANIMEXTS1.0", 11) != 0))
    return FALSE;

  /* It counts the repetitions after the first time. */
  *loops = wt_picture_get_le16 (data + 14);
  *loops += *loops > 0 ? 1 : 0;
  return TRUE;
}

/**
 * wt_picture_gif_read:
 *
 * Reads the screen of a GIF, and its blocks up to the second frame, which makes it an animation.
 *
 * Returns: %FALSE with an error of wt_picture_header_read()
 */
gboolean
wt_picture_gif_read (WtPictureSource *source, WtPictureHeader *header, GError **error)
{
  guint8 screen[SCREEN];
  goffset at;
  guint8 head[2];
  guint frames = 0;

  if (!wt_picture_source_read (source, SCREEN_AT, screen, sizeof screen, error))
    return FALSE;

  header->width = wt_picture_get_le16 (screen);
  header->height = wt_picture_get_le16 (screen + 2);
  header->palette_bits = get_palette_bits (screen[4]);
  header->palette_at = SCREEN_AT + SCREEN;
  header->first_frame = header->palette_at + (goffset) get_palette_size (header->palette_bits);
  header->end = wt_picture_source_get_size (source);
  header->loops = 1;

  /* Anything wrong after the header is found again, and told, when the frame is wanted. */
  for (at = header->first_frame; frames < 2;)
    {
      WtPictureFrame frame;

      if (wt_picture_source_read (source, at, head, 2, NULL) && head[0] == BLOCK_EXTENSION
          && head[1] == LABEL_APPLICATION)
        {
          read_loops (source, at + 2, &header->loops, NULL);
          at += 2;
          if (!skip_blocks (source, &at, NULL))
            break;
          continue;
        }
      if (!wt_picture_gif_next (source, header, &at, &frame, NULL))
        break;
      frames++;
    }

  header->animated = frames > 1;
  return wt_picture_source_check (source, error);
}

static gboolean
read_control (WtPictureSource *source, goffset at, WtPictureFrame *frame, GError **error)
{
  guint8 data[1 + CONTROL];

  if (!wt_picture_source_read (source, at, data, sizeof data, error))
    return FALSE;
  if (data[0] != CONTROL)
    return TRUE;

  frame->delay = wt_picture_get_le16 (data + 2) * 10;
  frame->transparent = (data[1] & 1) != 0 ? data[4] : -1;
  switch (data[1] >> 2 & 7)
    {
    case 2:
      frame->dispose = WT_PICTURE_DISPOSE_CLEAR;
      break;
    case 3:
      frame->dispose = WT_PICTURE_DISPOSE_RESTORE;
      break;
    default:
      frame->dispose = WT_PICTURE_DISPOSE_KEEP;
      break;
    }
  return TRUE;
}

/* Reads the frame whose separator was before *at. */
static gboolean
read_image (WtPictureSource *source,
            const WtPictureHeader *header,
            goffset *at,
            WtPictureFrame *frame,
            GError **error)
{
  guint8 image[IMAGE];

  if (!wt_picture_source_read (source, *at, image, sizeof image, error))
    return FALSE;

  frame->x = wt_picture_get_le16 (image);
  frame->y = wt_picture_get_le16 (image + 2);
  frame->width = wt_picture_get_le16 (image + 4);
  frame->height = wt_picture_get_le16 (image + 6);
  frame->interlaced = (image[8] & 0x40) != 0;
  frame->palette_bits = get_palette_bits (image[8]);
  frame->palette_at = *at + IMAGE;
  frame->data_at = frame->palette_at + (goffset) get_palette_size (frame->palette_bits);
  if (frame->palette_bits == 0)
    {
      frame->palette_bits = header->palette_bits;
      frame->palette_at = header->palette_at;
    }

  /* One byte for the size of the codes, then their blocks. */
  *at = frame->data_at + 1;
  if (!skip_blocks (source, at, error))
    return FALSE;
  frame->data_length = (guint64) (*at - frame->data_at);
  return TRUE;
}

/**
 * wt_picture_gif_next:
 * @at: (inout): where to go on
 * @frame: (out): the next frame
 *
 * Returns: %FALSE without an error at the end, also where the file just ends after a whole frame; with an
 *   error of wt_picture_source_read() where it ends within one, %WT_MEDIA_ERROR_BROKEN for anything else
 *   that is no GIF
 */
gboolean
wt_picture_gif_next (WtPictureSource *source,
                     const WtPictureHeader *header,
                     goffset *at,
                     WtPictureFrame *frame,
                     GError **error)
{
  guint8 block;
  guint8 label;

  *frame = (WtPictureFrame){ .transparent = -1 };
  while (*at < header->end)
    {
      if (!wt_picture_source_read (source, (*at)++, &block, 1, error) || block == BLOCK_END)
        return FALSE;
      if (block == BLOCK_IMAGE)
        return read_image (source, header, at, frame, error);
      /* Stray zeros between the blocks are common. */
      if (block == 0)
        continue;
      if (block != BLOCK_EXTENSION)
        return wt_picture_set_broken (error, "An unknown block in a GIF");

      if (!wt_picture_source_read (source, (*at)++, &label, 1, error))
        return FALSE;
      if (label == LABEL_CONTROL && !read_control (source, *at, frame, error))
        return FALSE;
      if (!skip_blocks (source, at, error))
        return FALSE;
    }

  return FALSE;
}

/**
 * wt_picture_gif_feed:
 *
 * Feeds one frame as a GIF of its own, whose screen is the frame: gdk-pixbuf neither keeps the others, nor
 * ever sees a frame larger than was checked.
 *
 * Returns: %FALSE with %WT_MEDIA_ERROR_BROKEN (no palette), or an error of wt_picture_feeder_copy()
 */
gboolean
wt_picture_gif_feed (WtPictureSource *source,
                     const WtPictureFrame *frame,
                     WtPictureFeeder *feeder,
                     GError **error)
{
  guint8 width[2] = { (guint8) frame->width, (guint8) (frame->width >> 8) };
  guint8 height[2] = { (guint8) frame->height, (guint8) (frame->height >> 8) };
  guint8 flags = (guint8) (0x80 | 0x70 | (frame->palette_bits - 1));
  guint8 screen[] = { 'G',      'I',       'F',       '8',   '9', 'a', width[0],
                      width[1], height[0], height[1], flags, 0,   0 };
  guint8 control[] = { BLOCK_EXTENSION,
                       LABEL_CONTROL,
                       CONTROL,
                       frame->transparent >= 0 ? 1 : 0,
                       0,
                       0,
                       (guint8) MAX (frame->transparent, 0),
                       0 };
  guint8 image[] = { BLOCK_IMAGE, 0,        0,         0,         0,
                     width[0],    width[1], height[0], height[1], frame->interlaced ? 0x40 : 0 };
  guint8 end = BLOCK_END;

  if (frame->palette_bits == 0)
    return wt_picture_set_broken (error, "A GIF frame without a palette");

  return wt_picture_feeder_write (feeder, screen, sizeof screen, error)
         && wt_picture_feeder_copy (feeder, frame->palette_at,
                                    get_palette_size (frame->palette_bits), error)
         && wt_picture_feeder_write (feeder, control, sizeof control, error)
         && wt_picture_feeder_write (feeder, image, sizeof image, error)
         && wt_picture_feeder_copy (feeder, frame->data_at, frame->data_length, error)
         && wt_picture_feeder_write (feeder, &end, 1, error);
}
