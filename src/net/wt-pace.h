/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtPaceFunc:
 * @reason: (transfer full): a %WT_DOWNLOAD_ERROR_STALLED
 * @data: the pace's data
 *
 * Told that the server is too slow.
 */
typedef void (*WtPaceFunc) (GError *reason, gpointer data);

/* WtPace: whether a server is fast enough. Private to the layer. */
typedef struct _WtPace WtPace;

WtPace *wt_pace_new (WtClock *clock, WtPaceFunc func, gpointer data);
void wt_pace_free (WtPace *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtPace, wt_pace_free)

void wt_pace_expect_connection (WtPace *self);
void wt_pace_expect_answer (WtPace *self);
void wt_pace_expect_bytes (WtPace *self);
gboolean wt_pace_count (WtPace *self, gsize bytes);
void wt_pace_rest (WtPace *self);

G_END_DECLS
