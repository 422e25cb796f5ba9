/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtBackground:
 *
 * Running without a window, as the settings have it: asks where one has to ask, starts at login, and tells the desktop
 * how many messages are unread meanwhile.
 *
 * Property: `active`: whether the program goes on when its window is closed.
 * Signal: `refused` (char *why): it cannot be; the settings say so again.
 */
#define WT_TYPE_BACKGROUND (wt_background_get_type ())
G_DECLARE_FINAL_TYPE (WtBackground, wt_background, WT, BACKGROUND, GObject)

WtBackground *wt_background_new (GApplication *application, GSettings *settings);
gboolean wt_background_get_active (WtBackground *self);
void wt_background_set_unread (WtBackground *self, guint unread);

G_END_DECLS
