/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "wt-animation.h"
#include "wt-picture.h"

G_BEGIN_DECLS

void wt_test_pictures_make (void);
void wt_test_pictures_remove (void);
char *wt_test_picture_path (const char *name);
GBytes *wt_test_picture_read (const char *name);
gboolean wt_test_has_webp (void);

/* The most memory this process had resident since the last reset, and whether that means anything here. */
gboolean wt_test_memory_reset (gsize *now);
gsize wt_test_memory_peak (void);

G_END_DECLS
