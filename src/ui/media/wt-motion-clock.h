/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/**
 * WtMotionClock:
 *
 * The one timer of everything that moves: it wakes up for the nearest deadline, and not at all while there is
 * none.
 */
#define WT_TYPE_MOTION_CLOCK (wt_motion_clock_get_type ())
G_DECLARE_FINAL_TYPE (WtMotionClock, wt_motion_clock, WT, MOTION_CLOCK, GObject)

typedef void (*WtMotionFunc) (gpointer owner);

WtMotionClock *wt_motion_clock_new (void);
void wt_motion_clock_set (WtMotionClock *self, gpointer owner, gint64 deadline, WtMotionFunc func);
void wt_motion_clock_unset (WtMotionClock *self, gpointer owner);
guint wt_motion_clock_get_n_waiting (WtMotionClock *self);
guint64 wt_motion_clock_get_n_wakeups (WtMotionClock *self);

G_END_DECLS
