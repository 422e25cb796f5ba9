/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

char *wt_picture_samples_make_folder (void);
char *wt_picture_samples_png (const char *folder, const char *name, int width, int height);
char *wt_picture_samples_gif (const char *folder,
                              const char *name,
                              int size,
                              guint n_frames,
                              guint delay_ms,
                              gboolean loops);
char *wt_picture_samples_broken (const char *folder, const char *name);
GBytes *wt_picture_samples_read (const char *path);

G_END_DECLS
