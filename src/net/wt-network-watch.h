/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-clock.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/* Private to the layer. */
#define WT_TYPE_NETWORK_WATCH (wt_network_watch_get_type ())
G_DECLARE_FINAL_TYPE (WtNetworkWatch, wt_network_watch, WT, NETWORK_WATCH, GObject)

WtNetworkWatch *wt_network_watch_new (GNetworkMonitor *monitor, WtClock *clock);
void wt_network_watch_set_running (WtNetworkWatch *self, gboolean running);

G_END_DECLS
