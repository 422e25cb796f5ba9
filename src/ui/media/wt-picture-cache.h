/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "wt-picture.h"

G_BEGIN_DECLS

/**
 * WtPictureCache:
 *
 * The pictures that were shown last, up to a number of bytes. One that alone is larger is not kept.
 */
typedef struct _WtPictureCache WtPictureCache;

WtPictureCache *wt_picture_cache_new (gsize most);
void wt_picture_cache_free (WtPictureCache *self);
GdkTexture *wt_picture_cache_lookup (WtPictureCache *self, const char *key, WtPictureInfo *info);
void wt_picture_cache_add (WtPictureCache *self,
                           const char *key,
                           GdkTexture *texture,
                           const WtPictureInfo *info);
gsize wt_picture_cache_get_memory (WtPictureCache *self);
guint wt_picture_cache_get_n_pictures (WtPictureCache *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtPictureCache, wt_picture_cache_free)

G_END_DECLS
