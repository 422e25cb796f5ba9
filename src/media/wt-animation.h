/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-picture.h"

G_BEGIN_DECLS

#define WT_TYPE_ANIMATION (wt_animation_get_type ())
G_DECLARE_FINAL_TYPE (WtAnimation, wt_animation, WT, ANIMATION, GObject)

WtAnimation *wt_animation_new (const char *path,
                               int max_width,
                               int max_height,
                               GCancellable *cancellable,
                               GError **error);
WtAnimation *wt_animation_new_for_bytes (GBytes *bytes,
                                         int max_width,
                                         int max_height,
                                         const WtPictureLimits *limits,
                                         GCancellable *cancellable,
                                         GError **error);

int wt_animation_get_width (WtAnimation *self);
int wt_animation_get_height (WtAnimation *self);
guint wt_animation_get_loops (WtAnimation *self);

WtPixels *
wt_animation_next (WtAnimation *self, int *delay_ms, GCancellable *cancellable, GError **error);

G_END_DECLS
