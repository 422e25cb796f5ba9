/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-picture-feeder.h"
#include "wt-picture-source.h"

G_BEGIN_DECLS

/* What each format's reader finds out before anything is decoded, and what feeding needs of it. Sizes are
 * those in the file, before it is turned. */
typedef struct
{
  const char *mime_type;
  guint64 width;
  guint64 height;
  int orientation;
  gboolean animated;

  /* Bytes that decoding takes for a pixel of the picture, and for one of the result before it is shrunk. */
  guint64 pixel_memory;
  guint64 result_memory;
  gboolean shrinks_itself;

  /* Of animations: where the frames begin and end, how often they are shown (0: for ever). */
  goffset first_frame;
  goffset end;
  guint loops;

  /* GIF: the common palette, as in the file; bits is 0 without one. */
  goffset palette_at;
  guint palette_bits;
} WtPictureHeader;

/* How a frame leaves the canvas to the next one. */
typedef enum
{
  WT_PICTURE_DISPOSE_KEEP,
  WT_PICTURE_DISPOSE_CLEAR,
  WT_PICTURE_DISPOSE_RESTORE,
} WtPictureDispose;

/* One frame of an animation, and where its data is. */
typedef struct
{
  guint64 x;
  guint64 y;
  guint64 width;
  guint64 height;
  guint delay;
  WtPictureDispose dispose;
  gboolean replaces;

  /* WebP: alpha_length is 0 without. The chunk at data_at says how long it is. */
  goffset alpha_at;
  guint64 alpha_length;
  goffset data_at;
  guint64 data_length;

  /* GIF. */
  goffset palette_at;
  guint palette_bits;
  gboolean interlaced;
  int transparent;
} WtPictureFrame;

gboolean wt_picture_header_read (WtPictureSource *source, WtPictureHeader *header, GError **error);
gboolean wt_picture_header_check (const WtPictureHeader *header,
                                  WtPictureSource *source,
                                  guint64 memory,
                                  GError **error);
int wt_picture_exif_read (WtPictureSource *source, goffset offset, guint64 length);

gboolean wt_picture_png_read (WtPictureSource *source, WtPictureHeader *header, GError **error);
gboolean wt_picture_png_feed (WtPictureSource *source, WtPictureFeeder *feeder, GError **error);

gboolean wt_picture_jpeg_read (WtPictureSource *source, WtPictureHeader *header, GError **error);
gboolean wt_picture_jpeg_feed (WtPictureSource *source, WtPictureFeeder *feeder, GError **error);

/* Frames: the next one from *at on; FALSE without an error at their end. */
gboolean wt_picture_gif_read (WtPictureSource *source, WtPictureHeader *header, GError **error);
gboolean wt_picture_gif_next (WtPictureSource *source,
                              const WtPictureHeader *header,
                              goffset *at,
                              WtPictureFrame *frame,
                              GError **error);
gboolean wt_picture_gif_feed (WtPictureSource *source,
                              const WtPictureFrame *frame,
                              WtPictureFeeder *feeder,
                              GError **error);

gboolean wt_picture_webp_read (WtPictureSource *source, WtPictureHeader *header, GError **error);
gboolean wt_picture_webp_next (WtPictureSource *source,
                               const WtPictureHeader *header,
                               goffset *at,
                               WtPictureFrame *frame,
                               GError **error);
gboolean wt_picture_webp_find (WtPictureSource *source,
                               goffset at,
                               goffset end,
                               WtPictureFrame *frame,
                               GError **error);
gboolean wt_picture_webp_feed (WtPictureSource *source,
                               const WtPictureFrame *frame,
                               WtPictureFeeder *feeder,
                               GError **error);

G_END_DECLS
