/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-picture-viewer.h"

#include "wt-picture-player.h"
#include "wt-presence.h"

G_BEGIN_DECLS

/* In both directions at most that many pixels are decoded. */
#define MOST_RESOLUTION 4096

struct _WtPictureViewer
{
  AdwWindow parent_instance;

  /* owned */
  WtMessageContext *context;
  WtMedia *media;
  char *path;
  GCancellable *cancellable;
  WtPicturePlayer *player;
  WtPresence *presence;
  GdkTexture *texture;

  WtPictureInfo info;
  int resolution; /* what was asked for last */

  /* children */
  WtPictureCanvas *canvas;
  AdwWindowTitle *title;
  AdwToastOverlay *toasts;
  GtkWidget *notice;
  GtkWidget *spinner;
};

WtPictureLoader *wt_picture_viewer_get_loader (WtPictureViewer *self);
void wt_picture_viewer_tell (WtPictureViewer *self, const char *words);

/* wt-picture-viewer-actions.c */
void wt_picture_viewer_install_actions (GtkWidgetClass *widget_class);

G_END_DECLS
