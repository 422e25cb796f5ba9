/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtCliLoop:
 *
 * The program's main loop, run from a subcommand's own function, never from a callback; and the signals that end it: SIGINT,
 * SIGTERM and SIGHUP cancel what goes on, so that the subcommand can clean up. A second one ends the program at once.
 */
typedef struct _WtCliLoop WtCliLoop;

/**
 * WtCliCondition:
 * @data: the caller's data
 *
 * Returns: whether what is waited for has come
 */
typedef gboolean (*WtCliCondition) (gpointer data);

WtCliLoop *wt_cli_loop_new (void);
void wt_cli_loop_free (WtCliLoop *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCliLoop, wt_cli_loop_free)

GCancellable *wt_cli_loop_get_cancellable (WtCliLoop *self);
gboolean wt_cli_loop_is_interrupted (WtCliLoop *self);
gboolean wt_cli_loop_check (WtCliLoop *self, GError **error);

void wt_cli_loop_keep_result (GObject *source, GAsyncResult *result, gpointer data);
GAsyncResult *wt_cli_loop_await (WtCliLoop *self, GAsyncResult **result);
gboolean
wt_cli_loop_run (WtCliLoop *self, WtCliCondition condition, gpointer data, gint64 deadline);
void wt_cli_loop_settle (void);

G_END_DECLS
