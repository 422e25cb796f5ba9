/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-picture.h"

G_BEGIN_DECLS

#define WT_PICTURE_PIECE (64 * 1024)

/* The bytes of a picture, from a file or from memory, read wherever a format has something; and what reading
 * them may cost. Used by one thread at a time. */
typedef struct _WtPictureSource WtPictureSource;

WtPictureSource *
wt_picture_source_open (const char *path, const WtPictureLimits *limits, GError **error);
WtPictureSource *
wt_picture_source_new (GBytes *bytes, const WtPictureLimits *limits, GError **error);
void wt_picture_source_free (WtPictureSource *self);

void wt_picture_source_begin (WtPictureSource *self, GCancellable *cancellable);
gboolean wt_picture_source_check (WtPictureSource *self, GError **error);
goffset wt_picture_source_get_size (WtPictureSource *self);
const WtPictureLimits *wt_picture_source_get_limits (WtPictureSource *self);
gboolean wt_picture_source_read (WtPictureSource *self,
                                 goffset offset,
                                 void *buffer,
                                 gsize length,
                                 GError **error);
gboolean wt_picture_source_has (WtPictureSource *self, goffset offset, guint64 length);

gboolean wt_picture_set_broken (GError **error, const char *what);

static inline guint32
wt_picture_get_be16 (const guint8 *at)
{
  return (guint32) at[0] << 8 | at[1];
}

static inline guint32
wt_picture_get_be32 (const guint8 *at)
{
  return wt_picture_get_be16 (at) << 16 | wt_picture_get_be16 (at + 2);
}

static inline guint32
wt_picture_get_le16 (const guint8 *at)
{
  return (guint32) at[1] << 8 | at[0];
}

static inline guint32
wt_picture_get_le24 (const guint8 *at)
{
  return (guint32) at[2] << 16 | wt_picture_get_le16 (at);
}

static inline guint32
wt_picture_get_le32 (const guint8 *at)
{
  return wt_picture_get_le16 (at + 2) << 16 | wt_picture_get_le16 (at);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtPictureSource, wt_picture_source_free)

G_END_DECLS
