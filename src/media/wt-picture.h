/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-media-error.h"
#include "wt-pixels.h"

G_BEGIN_DECLS

/**
 * WtPictureLimits:
 * @max_file: of the file, in bytes
 * @max_pixels: of the picture, or of the canvas of an animation
 * @max_memory: of everything decoding holds at once, in bytes
 * @max_scans: of a JPEG: each passes over the whole picture
 * @max_milliseconds: for one picture, or one frame; looked at between pieces of 64 KiB or less
 *
 * What a picture may cost.
 */
typedef struct
{
  guint64 max_file;
  guint64 max_pixels;
  guint64 max_memory;
  guint max_scans;
  guint max_milliseconds;
} WtPictureLimits;

/**
 * WtPictureInfo:
 * @mime_type: as sniffed; static
 * @width: as shown, in pixels
 * @height: as shown, in pixels
 * @animated: more than one frame: #WtAnimation shows them
 *
 * What can be said of a picture before it is decoded.
 */
typedef struct
{
  const char *mime_type;
  int width;
  int height;
  gboolean animated;
} WtPictureInfo;

const WtPictureLimits *wt_picture_get_default_limits (void);

gboolean wt_picture_inspect (const char *path,
                             WtPictureInfo *info,
                             GCancellable *cancellable,
                             GError **error);
gboolean wt_picture_inspect_bytes (GBytes *bytes,
                                   WtPictureInfo *info,
                                   GCancellable *cancellable,
                                   GError **error);
WtPixels *wt_picture_decode (const char *path,
                             int max_width,
                             int max_height,
                             GCancellable *cancellable,
                             GError **error);
WtPixels *wt_picture_decode_bytes (GBytes *bytes,
                                   int max_width,
                                   int max_height,
                                   const WtPictureLimits *limits,
                                   GCancellable *cancellable,
                                   GError **error);

G_END_DECLS
