/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtPresence:
 *
 * Says whether something that moves in a widget would be seen: the widget is mapped, in the visible part of what scrolls
 * it, its window is active, and animations are switched on.
 *
 * Properties (read-only, notifying): `present`.
 */
#define WT_TYPE_PRESENCE (wt_presence_get_type ())
G_DECLARE_FINAL_TYPE (WtPresence, wt_presence, WT, PRESENCE, GObject)

WtPresence *wt_presence_new (GtkWidget *widget);
gboolean wt_presence_get_present (WtPresence *self);
void wt_presence_check (WtPresence *self);

G_END_DECLS
