/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

#define WT_TYPE_CLOCK (wt_clock_get_type ())
G_DECLARE_FINAL_TYPE (WtClock, wt_clock, WT, CLOCK, GObject)

WtClock *wt_clock_new (void);
WtClock *wt_clock_new_manual (gint64 monotonic_us, gint64 real_us);

gint64 wt_clock_get_monotonic (WtClock *self);
gint64 wt_clock_get_real (WtClock *self);

guint wt_clock_add_timeout (WtClock *self,
                            guint64 milliseconds,
                            GSourceFunc func,
                            gpointer data,
                            GDestroyNotify destroy);
void wt_clock_remove_timeout (WtClock *self, guint id);

void wt_clock_advance (WtClock *self, guint64 milliseconds);
void wt_clock_set_real (WtClock *self, gint64 real_us);

G_END_DECLS
