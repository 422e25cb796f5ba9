/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-connection.h"
#include "wt-frame.h"
#include "wt-message-store.h"

G_BEGIN_DECLS

typedef enum
{
  WT_ENGINE_STATE,    /* the connection's state, diagnosis or retry time */
  WT_ENGINE_STORED,   /* an incoming message was stored */
  WT_ENGINE_DELIVERY, /* an outgoing message's delivery changed */
  WT_ENGINE_REFUSED,  /* a frame could not be used */
  WT_ENGINE_TROUBLE,  /* something could not be stored */
  WT_ENGINE_PROGRESS, /* how far a large message is on its way out */
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
 * @progress: of @message, 0…1, or -1; then only its ids are set
 * @error: (nullable): what was wrong with a frame or with storing
 * @frame: (nullable): what was sent or received
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
  double progress;
  GError *error;
  WtFrame *frame;
} WtEngineEvent;

WtEngineEvent *wt_engine_event_new (WtEngineEventKind kind);
void wt_engine_event_free (WtEngineEvent *self);

G_END_DECLS
