/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

char *wt_notifier_avatar_get_initials (const char *name);
guint wt_notifier_avatar_get_colour (const char *name);
GBytes *wt_notifier_avatar_draw (const char *initials, guint colour, guint size);

G_END_DECLS
