/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WtPictureWorkers:
 *
 * Two threads that decode pictures. What was asked for last is done first: that is what is on the screen now.
 */
#define WT_TYPE_PICTURE_WORKERS (wt_picture_workers_get_type ())
G_DECLARE_FINAL_TYPE (WtPictureWorkers, wt_picture_workers, WT, PICTURE_WORKERS, GObject)

typedef void (*WtPictureWorkFunc) (gpointer data);

WtPictureWorkers *wt_picture_workers_new (void);
gpointer wt_picture_workers_push (WtPictureWorkers *self,
                                  WtPictureWorkFunc work,
                                  WtPictureWorkFunc done,
                                  gpointer data,
                                  GDestroyNotify free);
void wt_picture_workers_hurry (WtPictureWorkers *self, gpointer job);

G_END_DECLS
