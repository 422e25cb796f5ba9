/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-diagnosis.h"
#include "wt-endpoint.h"

G_BEGIN_DECLS

/* WtConnectionState: one attempt's steps, and what lies between attempts. */
typedef enum
{
  WT_CONNECTION_OFFLINE,
  WT_CONNECTION_RESOLVING,
  WT_CONNECTION_CONNECTING,
  WT_CONNECTION_SECURING,
  WT_CONNECTION_UPGRADING,
  WT_CONNECTION_CONFIRMING,
  WT_CONNECTION_ONLINE,
  WT_CONNECTION_WAITING,
  WT_CONNECTION_REFUSED,
} WtConnectionState;
#define WT_TYPE_CONNECTION_STATE (wt_connection_state_get_type ())
GType wt_connection_state_get_type (void);

/**
 * WtTransport: carries text frames to one server and back. A transport is used for one connection after another;
 * it lives in, and emits in, the thread-default main context of the thread that made it.
 *
 * Signals: `step` (#WtConnectionState, from RESOLVING to UPGRADING, as each begins), `opened`, `frame` (#GBytes: one
 * text frame), `ignored` (a frame that is not text), `alive` (anything was heard from the peer: a pong, a frame), `pong` and, once
 * after each wt_transport_open(), `closed` (#WtDiagnosis).
 */
#define WT_TYPE_TRANSPORT (wt_transport_get_type ())
G_DECLARE_INTERFACE (WtTransport, wt_transport, WT, TRANSPORT, GObject)

struct _WtTransportInterface
{
  GTypeInterface parent;
  void (*open) (WtTransport *self, WtEndpoint *endpoint, const char *uuid);
  gboolean (*send) (WtTransport *self, GBytes *text, GError **error);
  void (*close) (WtTransport *self, guint16 code, const char *reason);
  void (*check) (WtTransport *self);        /* may be NULL */
  guint64 (*get_taken) (WtTransport *self); /* may be NULL */
  gint64 (*get_saved) (WtTransport *self);  /* may be NULL */
};

void wt_transport_open (WtTransport *self, WtEndpoint *endpoint, const char *uuid);
gboolean wt_transport_send (WtTransport *self, GBytes *text, GError **error);
void wt_transport_close (WtTransport *self, guint16 code, const char *reason);
void wt_transport_check (WtTransport *self);
guint64 wt_transport_get_taken (WtTransport *self);
gint64 wt_transport_get_saved (WtTransport *self);

/* For implementations. */
void wt_transport_emit_step (WtTransport *self, WtConnectionState step);
void wt_transport_emit_opened (WtTransport *self);
void wt_transport_emit_frame (WtTransport *self, GBytes *frame);
void wt_transport_emit_ignored (WtTransport *self);
void wt_transport_emit_alive (WtTransport *self);
void wt_transport_emit_pong (WtTransport *self);
void wt_transport_emit_closed (WtTransport *self, WtDiagnosis *diagnosis);

G_END_DECLS
