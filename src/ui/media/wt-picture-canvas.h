/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtPictureCanvas:
 *
 * Shows a picture to be looked at closely: fitted, or enlarged and moved about. 1.0 is one pixel of the picture for one of
 * the screen.
 *
 * Properties (read-only, notifying): `zoom` (double).
 */
#define WT_TYPE_PICTURE_CANVAS (wt_picture_canvas_get_type ())
G_DECLARE_FINAL_TYPE (WtPictureCanvas, wt_picture_canvas, WT, PICTURE_CANVAS, GtkWidget)

#define WT_PICTURE_CANVAS_MOST_ZOOM 16.0

GtkWidget *wt_picture_canvas_new (void);
void wt_picture_canvas_set_picture (WtPictureCanvas *self,
                                    GdkPaintable *paintable,
                                    int width,
                                    int height);
double wt_picture_canvas_get_zoom (WtPictureCanvas *self);
gboolean wt_picture_canvas_get_fitting (WtPictureCanvas *self);
void wt_picture_canvas_fit (WtPictureCanvas *self);
void wt_picture_canvas_set_zoom (WtPictureCanvas *self, double zoom);
void wt_picture_canvas_zoom_by (WtPictureCanvas *self, double factor);
void wt_picture_canvas_move (WtPictureCanvas *self, double x, double y);
void wt_picture_canvas_get_centre (WtPictureCanvas *self, double *x, double *y);

G_END_DECLS
