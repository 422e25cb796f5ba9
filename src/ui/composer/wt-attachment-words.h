/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gint64 wt_attachment_words_get_most (void);
gint64 wt_attachment_words_get_encoded (gint64 size);

char *wt_attachment_words_size (gint64 size, gint64 scaled);
char *wt_attachment_words_failure (const GError *error, gint64 size);
char *wt_attachment_words_sticker_failure (const GError *error);
char *wt_attachment_words_crowded (gint64 total);

G_END_DECLS
