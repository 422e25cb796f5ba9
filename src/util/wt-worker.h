/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define WT_TYPE_WORKER (wt_worker_get_type ())
G_DECLARE_FINAL_TYPE (WtWorker, wt_worker, WT, WORKER, GObject)

WtWorker *wt_worker_new (const char *name);
GMainContext *wt_worker_get_context (WtWorker *self);
gboolean wt_worker_is_current (WtWorker *self);
void wt_worker_invoke (WtWorker *self, GSourceFunc func, gpointer data, GDestroyNotify destroy);
void wt_worker_stop (WtWorker *self);

G_END_DECLS
