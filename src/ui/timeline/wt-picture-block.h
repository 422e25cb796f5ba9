/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-picture-player.h"

G_BEGIN_DECLS

/**
 * WtPictureBlockState:
 * @WT_PICTURE_BLOCK_IDLE: not on the screen: nothing is loaded
 * @WT_PICTURE_BLOCK_LOADING: being decoded
 * @WT_PICTURE_BLOCK_SHOWN: shows
 * @WT_PICTURE_BLOCK_FAILED: cannot be shown, and says why
 * @WT_PICTURE_BLOCK_REMOTE: elsewhere; loaded when asked to
 * @WT_PICTURE_BLOCK_FORBIDDEN: elsewhere, and the account never loads such
 * @WT_PICTURE_BLOCK_FETCHING: being downloaded
 * @WT_PICTURE_BLOCK_FETCH_FAILED: could not be downloaded; may be tried again
 */
typedef enum
{
  WT_PICTURE_BLOCK_IDLE,
  WT_PICTURE_BLOCK_LOADING,
  WT_PICTURE_BLOCK_SHOWN,
  WT_PICTURE_BLOCK_FAILED,
  WT_PICTURE_BLOCK_REMOTE,
  WT_PICTURE_BLOCK_FORBIDDEN,
  WT_PICTURE_BLOCK_FETCHING,
  WT_PICTURE_BLOCK_FETCH_FAILED,
} WtPictureBlockState;

/**
 * WtPictureBlock:
 *
 * A #WtMessageBlock: a picture or a sticker. It takes its place before it is loaded, is decoded at the size at which
 * it shows, and holds nothing while it is not mapped. An animated one moves while somebody may be looking.
 */
#define WT_TYPE_PICTURE_BLOCK (wt_picture_block_get_type ())
G_DECLARE_FINAL_TYPE (WtPictureBlock, wt_picture_block, WT, PICTURE_BLOCK, GtkWidget)

/* The most a picture and a sticker take, in either direction; the place of one of unknown size; the least. */
#define WT_PICTURE_BLOCK_MOST 360
#define WT_PICTURE_BLOCK_MOST_STICKER 160
#define WT_PICTURE_BLOCK_UNKNOWN_WIDTH 240
#define WT_PICTURE_BLOCK_UNKNOWN_HEIGHT 180
#define WT_PICTURE_BLOCK_LEAST 48

WtPictureBlockState wt_picture_block_get_state (WtPictureBlock *self);
const char *wt_picture_block_get_words (WtPictureBlock *self);
GdkTexture *wt_picture_block_get_texture (WtPictureBlock *self);
WtPicturePlayer *wt_picture_block_get_player (WtPictureBlock *self);

G_END_DECLS
