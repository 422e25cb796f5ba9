/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtPictureNotice:
 *
 * What stands in a picture's place: an icon, words, how far its download is, and a button. Takes any size and shows
 * what fits of them; asks for none.
 *
 * Signals: `clicked` (the button).
 */
#define WT_TYPE_PICTURE_NOTICE (wt_picture_notice_get_type ())
G_DECLARE_FINAL_TYPE (WtPictureNotice, wt_picture_notice, WT, PICTURE_NOTICE, GtkWidget)

/* Instead of a fraction. */
#define WT_PICTURE_NOTICE_NO_PROGRESS (-1.0)

GtkWidget *wt_picture_notice_new (void);
void wt_picture_notice_set (WtPictureNotice *self,
                            const char *icon_name,
                            const char *words,
                            const char *button,
                            double fraction);
const char *wt_picture_notice_get_words (WtPictureNotice *self);
const char *wt_picture_notice_get_button (WtPictureNotice *self);
double wt_picture_notice_get_fraction (WtPictureNotice *self);
void wt_picture_notice_click (WtPictureNotice *self);

G_END_DECLS
