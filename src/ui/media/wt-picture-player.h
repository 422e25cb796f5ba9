/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-picture-loader.h"

G_BEGIN_DECLS

/**
 * WtPicturePlayer:
 *
 * An animated picture as a #GdkPaintable. Its frames are decoded in the loader's threads, one ahead; while it does not
 * play it keeps the frame it has and costs no time at all.
 */
#define WT_TYPE_PICTURE_PLAYER (wt_picture_player_get_type ())
G_DECLARE_FINAL_TYPE (WtPicturePlayer, wt_picture_player, WT, PICTURE_PLAYER, GObject)

WtPicturePlayer *
wt_picture_player_new (WtPictureLoader *loader, const char *path, int width, int height);
void wt_picture_player_set_playing (WtPicturePlayer *self, gboolean playing);
gboolean wt_picture_player_get_playing (WtPicturePlayer *self);
GdkTexture *wt_picture_player_get_frame (WtPicturePlayer *self);
guint wt_picture_player_get_n_shown (WtPicturePlayer *self);
guint wt_picture_player_get_n_alive (WtPicturePlayer *self);

G_END_DECLS
