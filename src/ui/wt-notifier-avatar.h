/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

GBytes *wt_notifier_avatar_draw (const char *initials, guint colour, guint size);

G_END_DECLS
