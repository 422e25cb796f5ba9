/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-connection-step.h"

G_BEGIN_DECLS

/**
 * WtConnectionCheck: connects once, step by step, and sends one envelope that says nothing: resolve, connect, TLS, upgrade,
 * key, round trip. Used once; lives in the thread-default main context of the thread that made it.
 */
#define WT_TYPE_CONNECTION_CHECK (wt_connection_check_get_type ())
G_DECLARE_FINAL_TYPE (WtConnectionCheck, wt_connection_check, WT, CONNECTION_CHECK, GObject)

/* From resolving to the round trip, each by the connection's state in which it goes on. */
#define WT_CONNECTION_FIRST_STEP WT_CONNECTION_RESOLVING
#define WT_CONNECTION_LAST_STEP WT_CONNECTION_ONLINE

WtConnectionCheck *wt_connection_check_new (WtEndpoint *endpoint, guint timeout_ms);
void wt_connection_check_run_async (WtConnectionCheck *self,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
gboolean
wt_connection_check_run_finish (WtConnectionCheck *self, GAsyncResult *result, GError **error);

WtEndpoint *wt_connection_check_get_endpoint (WtConnectionCheck *self);
GListModel *wt_connection_check_get_steps (WtConnectionCheck *self);
WtConnectionStep *wt_connection_check_get_step (WtConnectionCheck *self, WtConnectionState state);
WtDiagnosis *wt_connection_check_get_diagnosis (WtConnectionCheck *self);
gboolean wt_connection_check_is_passed (WtConnectionCheck *self);

G_END_DECLS
