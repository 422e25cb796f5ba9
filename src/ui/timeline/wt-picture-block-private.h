/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-fetch.h"
#include "wt-message-block.h"
#include "wt-picture-block.h"
#include "wt-picture-notice.h"
#include "wt-presence.h"

G_BEGIN_DECLS

struct _WtPictureBlock
{
  GtkWidget parent_instance;

  /* owned, of the part */
  WtMessageContext *context; /* nullable */
  WtMedia *media;
  char *path; /* nullable: it is not here */

  /* borrowed: one does not hold a message; nullable */
  WtMessage *message;

  WtMessagePartKind kind;
  guint position;
  gint64 message_id;
  int box_width; /* in the window's pixels */
  int box_height;
  WtPictureBlockState state;

  /* owned while mapped */
  GCancellable *cancellable; /* of what loads */
  GdkTexture *texture;
  WtPictureInfo info;
  WtPicturePlayer *player;
  WtPresence *presence;
  WtFetch *fetch;
  WtAccount *account; /* while its setting counts */

  /* child, once needed */
  GtkWidget *notice;
};

void wt_picture_block_set_state (WtPictureBlock *self, WtPictureBlockState state);
void wt_picture_block_say (WtPictureBlock *self,
                           const char *icon_name,
                           const char *words,
                           const char *button,
                           double fraction);
void wt_picture_block_fail (WtPictureBlock *self, const char *words);

/* wt-picture-block-load.c: a picture that is here */
void wt_picture_block_load (WtPictureBlock *self);
void wt_picture_block_unload (WtPictureBlock *self);

/* wt-picture-block-fetch.c: a picture that is elsewhere */
void wt_picture_block_begin_remote (WtPictureBlock *self);
void wt_picture_block_press (WtPictureBlock *self);
void wt_picture_block_end_remote (WtPictureBlock *self);

G_END_DECLS
