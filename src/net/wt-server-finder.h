/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtServerFinder: looks for API servers on this computer, by the usual ports (wire.md, section 1): over loopback only, with no
 * key. Lives in the thread-default main context of the thread that made it.
 *
 * Signals: `found` (the server's address): something there behaves like an API server.
 */
#define WT_TYPE_SERVER_FINDER (wt_server_finder_get_type ())
G_DECLARE_FINAL_TYPE (WtServerFinder, wt_server_finder, WT, SERVER_FINDER, GObject)

WtServerFinder *wt_server_finder_new (void);
void wt_server_finder_set_ports (WtServerFinder *self, const guint16 *ports, gsize n_ports);
void wt_server_finder_start (WtServerFinder *self);
void wt_server_finder_stop (WtServerFinder *self);
gboolean wt_server_finder_is_searching (WtServerFinder *self);

G_END_DECLS
