/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-composition.h"
#include "wt-picture-loader.h"

G_BEGIN_DECLS

/**
 * WtComposerTray:
 *
 * What will be sent with the text, in its order; hidden while that is nothing.
 *
 * Signals: `emptied`: its last item, which had the focus, is gone.
 */
#define WT_TYPE_COMPOSER_TRAY (wt_composer_tray_get_type ())
G_DECLARE_FINAL_TYPE (WtComposerTray, wt_composer_tray, WT, COMPOSER_TRAY, GtkWidget)

GtkWidget *wt_composer_tray_new (void);
void wt_composer_tray_set_composition (WtComposerTray *self, WtComposition *composition);
void wt_composer_tray_set_loader (WtComposerTray *self, WtPictureLoader *loader);

G_END_DECLS
