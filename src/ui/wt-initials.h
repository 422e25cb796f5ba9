/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* As many as the style sheet of libadwaita has for avatars: avatar.color1 … avatar.color14. */
#define WT_INITIALS_N_COLOURS 14

char *wt_initials_new (const char *name);
guint wt_initials_get_colour (const char *name);

G_END_DECLS
