/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-blobs.h"
#include "wt-connection.h"
#include "wt-message-store.h"
#include "wt-outgoing.h"
#include "wt-worker.h"

G_BEGIN_DECLS

typedef enum
{
  WT_ENGINE_STATE,    /* the connection's state, diagnosis or retry time */
  WT_ENGINE_STORED,   /* an incoming message was stored */
  WT_ENGINE_DELIVERY, /* an outgoing message's delivery changed */
  WT_ENGINE_REFUSED,  /* a frame could not be used */
  WT_ENGINE_TROUBLE,  /* something could not be stored */
  WT_ENGINE_FRAME,    /* a frame was sent or received, see wt_engine_set_frame_tap() */
} WtEngineEventKind;

/**
 * WtEngineEvent:
 * @kind: which of the other members are set
 * @state: the connection's state
 * @diagnosis: (nullable): why there is no connection
 * @retry_at: when the next attempt is due, monotonic microseconds, or 0
 * @stored: (nullable): what was stored
 * @reply_key: (nullable): the key that answers to it are to be routed to; a secret
 * @message: (nullable): the message whose delivery changed
 * @error: (nullable): what was wrong with a frame or with storing
 * @outgoing: whether the frame was sent
 * @time: when it was, microseconds since the epoch
 * @size: its bytes
 * @frame: (nullable): the frame as wt_envelope_redact_beyond() shows it
 */
typedef struct
{
  WtEngineEventKind kind;
  WtConnectionState state;
  WtDiagnosis *diagnosis;
  gint64 retry_at;
  WtStoredMessage *stored;
  char *reply_key;
  WtMessageRecord *message;
  GError *error;
  gboolean outgoing;
  gint64 time;
  gsize size;
  char *frame;
} WtEngineEvent;

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
