/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gdk/gdk.h>

#include "wt-pixels.h"

G_BEGIN_DECLS

GdkTexture *wt_picture_texture_new (const WtPixels *pixels);
gsize wt_picture_texture_get_memory (GdkTexture *texture);

G_END_DECLS
