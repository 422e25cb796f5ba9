/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-backoff.h"
#include "wt-connection.h"
#include "wt-network-watch.h"

G_BEGIN_DECLS

#define WT_CLOSE_NORMAL 1000
#define WT_CLOSE_GOING_AWAY 1001

struct _WtConnection
{
  GObject parent_instance;

  /* owned */
  WtTransport *transport;
  WtClock *clock;
  WtNetworkWatch *watch;
  WtEndpoint *endpoint;
  char *uuid;
  WtDiagnosis *diagnosis;
  WtBackoff backoff;

  WtConnectionState state;
  gint64 retry_at;

  /* as last notified */
  WtConnectionState told_state;
  WtDiagnosis *told_diagnosis;
  gint64 told_retry_at;

  gboolean wanted;   /* started, not stopped */
  gboolean active;   /* the transport was opened and has not told its end */
  gboolean closing;  /* closed by wt_connection_drop(), and has not told its end */
  gboolean parting;  /* the last one was closed by us and has not told its end */
  gboolean replaced; /* closed without a reason since the last stable minute */
  gboolean proven;   /* this endpoint was online once */
  gboolean checking; /* the link is in doubt: a shorter deadline */
  gint64 last_heard; /* monotonic */
  gint64 last_attempt;
  guint64 ignored;

  guint confirm_grace; /* milliseconds, as the next two */
  guint ping_interval;
  guint pong_timeout;

  /* the clock's timeouts, or 0 */
  guint retry_timer;
  guint confirm_timer;
  guint stable_timer;
  guint silence_timer;
};

void wt_connection_attach (WtConnection *self);
void wt_connection_attempt (WtConnection *self);
void wt_connection_drop (WtConnection *self, guint16 code);
void wt_connection_wait (WtConnection *self, guint milliseconds);
void wt_connection_check_link (WtConnection *self);
void wt_connection_reconsider (WtConnection *self);
void wt_connection_set_diagnosis (WtConnection *self, WtDiagnosis *diagnosis);
gboolean wt_connection_is_linked (WtConnection *self);
void wt_connection_announce (WtConnection *self);
void wt_connection_emit_frame (WtConnection *self, GBytes *frame);

G_END_DECLS
