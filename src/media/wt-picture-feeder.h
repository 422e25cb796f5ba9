/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-picture-source.h"

G_BEGIN_DECLS

/* Feeds a picture to the loader of exactly one format, in pieces, and takes what it decoded. */
typedef struct _WtPictureFeeder WtPictureFeeder;

WtPictureFeeder *wt_picture_feeder_new (WtPictureSource *source,
                                        const char *mime_type,
                                        guint64 width,
                                        guint64 height,
                                        GError **error);
void wt_picture_feeder_free (WtPictureFeeder *self);

void wt_picture_feeder_set_size (WtPictureFeeder *self, guint64 width, guint64 height);
gboolean
wt_picture_feeder_write (WtPictureFeeder *self, const void *data, gsize length, GError **error);
gboolean
wt_picture_feeder_copy (WtPictureFeeder *self, goffset offset, guint64 length, GError **error);
gboolean wt_picture_feeder_flush (WtPictureFeeder *self, GError **error);
WtPixels *wt_picture_feeder_finish (WtPictureFeeder *self, gboolean all_rows, GError **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtPictureFeeder, wt_picture_feeder_free)

G_END_DECLS
