/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-engine-event.h"
#include "wt-outgoing.h"
#include "wt-worker.h"

G_BEGIN_DECLS

/**
 * WtEngineFunc:
 * @events: (element-type WtEngineEvent): what happened, in order
 * @data: the owner's data
 *
 * Receives events in the owner's main context.
 */
typedef void (*WtEngineFunc) (GPtrArray *events, gpointer data);

#define WT_TYPE_ENGINE (wt_engine_get_type ())
G_DECLARE_FINAL_TYPE (WtEngine, wt_engine, WT, ENGINE, GObject)

WtEngine *wt_engine_new (WtWorker *worker,
                         WtDatabase *database,
                         WtBlobs *blobs,
                         gint64 account_id,
                         const char *my_user_id,
                         const char *salt,
                         WtEngineFunc func,
                         gpointer data);
void wt_engine_start (WtEngine *self, WtEndpoint *endpoint);
void wt_engine_retry_now (WtEngine *self);
void wt_engine_network_changed (WtEngine *self);
void wt_engine_stop (WtEngine *self);
void wt_engine_send (WtEngine *self, WtOutgoing *outgoing);
void wt_engine_cancel (WtEngine *self, gint64 message_id);
void wt_engine_set_frame_tap (WtEngine *self, gsize longest);
void wt_engine_close (WtEngine *self);
gboolean wt_engine_wait_closed (WtEngine *self, gint64 deadline);

G_END_DECLS
