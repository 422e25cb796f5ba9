/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "wt-motion-clock.h"
#include "wt-picture-cache.h"
#include "wt-picture-workers.h"
#include "wt-picture.h"

G_BEGIN_DECLS

/* What is kept by default: about sixty pictures as large as a bubble on a screen of double density. */
#define WT_PICTURE_LOADER_MEMORY ((gsize) 64 * 1024 * 1024)

/**
 * WtPictureLoader:
 *
 * Decodes pictures in threads at the size that is asked for, and keeps the last ones. One a window; what shows
 * pictures is given it. Main thread only.
 */
#define WT_TYPE_PICTURE_LOADER (wt_picture_loader_get_type ())
G_DECLARE_FINAL_TYPE (WtPictureLoader, wt_picture_loader, WT, PICTURE_LOADER, GObject)

WtPictureLoader *wt_picture_loader_new (gsize memory);
GdkTexture *wt_picture_loader_peek (WtPictureLoader *self,
                                    const char *path,
                                    int width,
                                    int height,
                                    WtPictureInfo *info);
void wt_picture_loader_load_async (WtPictureLoader *self,
                                   const char *path,
                                   int width,
                                   int height,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data);
GdkTexture *wt_picture_loader_load_finish (WtPictureLoader *self,
                                           GAsyncResult *result,
                                           WtPictureInfo *info,
                                           GError **error);

WtPictureWorkers *wt_picture_loader_get_workers (WtPictureLoader *self);
WtMotionClock *wt_picture_loader_get_clock (WtPictureLoader *self);
WtPictureCache *wt_picture_loader_get_cache (WtPictureLoader *self);
guint wt_picture_loader_get_n_decoded (WtPictureLoader *self);
guint wt_picture_loader_get_n_loading (WtPictureLoader *self);

G_END_DECLS
