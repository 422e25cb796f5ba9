/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define WT_TYPE_AVATAR (wt_avatar_get_type ())
G_DECLARE_FINAL_TYPE (WtAvatar, wt_avatar, WT, AVATAR, GtkWidget)

GtkWidget *wt_avatar_new (int size);
void wt_avatar_set_name (WtAvatar *self, const char *name);
void wt_avatar_set_icon_name (WtAvatar *self, const char *icon_name);

G_END_DECLS
