/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-animation.h"
#include "wt-picture-header.h"

G_BEGIN_DECLS

WtAnimation *wt_animation_new_for_source (WtPictureSource *source,
                                          const WtPictureHeader *header,
                                          int max_width,
                                          int max_height,
                                          GError **error);
void wt_picture_fit (guint64 width,
                     guint64 height,
                     int max_width,
                     int max_height,
                     int *fit_width,
                     int *fit_height);

G_END_DECLS
