/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtRoomLayout:
 *
 * Lays out one child, which is given all there is. Whatever the child's own natural width is, the room's is what is
 * comfortable for text of the size in use: containers that fold by natural widths do so where letters are large.
 *
 * Properties: `width`: what is comfortable, in widths of an em; `scale`: by how much the text inside is larger than the
 * text around it, smaller than 1 counting as 1.
 */
#define WT_TYPE_ROOM_LAYOUT (wt_room_layout_get_type ())
G_DECLARE_FINAL_TYPE (WtRoomLayout, wt_room_layout, WT, ROOM_LAYOUT, GtkLayoutManager)

G_END_DECLS
