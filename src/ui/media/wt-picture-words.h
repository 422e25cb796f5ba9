/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-picture.h"

G_BEGIN_DECLS

char *wt_picture_words_name (gboolean sticker, int width, int height);
char *wt_picture_words_remote (gboolean sticker, const char *url);
char *wt_picture_words_progress (gint64 received, gint64 total);
char *wt_picture_words_failure (const GError *error, const WtPictureInfo *info);

G_END_DECLS
