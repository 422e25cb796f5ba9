/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* How a program ends that was to die at a step. */
#define WT_CHAOS_DEATH 137

void wt_chaos_steps_start (gint64 last, gboolean torn);
guint wt_chaos_steps_get_n (void);

G_END_DECLS
