/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-attempt.h"
#include "wt-handshake.h"
#include "wt-progress.h"

#include <libsoup/soup.h>

G_BEGIN_DECLS

/* Shared by wt-attempt.c (how it begins and what goes over it) and wt-attempt-end.c (how it ends). */
struct _WtAttempt
{
  GObject parent_instance;

  /* owned */
  WtEndpoint *endpoint;
  GMainContext *context;
  GCancellable *cancellable; /* of the handshake */
  WtHandshake *handshake;
  SoupWebsocketConnection *connection;
  GSocket *socket;
  GSource *timeout; /* of closing */
  GSource *watch;

  /* borrowed: NULL once this attempt's outcome concerns nobody */
  WtTransport *owner;

  WtAttemptOptions options;
  WtProgress progress;
  gboolean closing;  /* by wt_attempt_close() */
  gboolean checking; /* pings more often until something is heard */
  gboolean finished;
  gboolean in_call; /* of libsoup's by a method: what it emits meanwhile is told later */
  GError *later;    /* the error of such a call */
};

void wt_attempt_clear_source (GSource **source);
GSource *wt_attempt_add_timeout (WtAttempt *self, guint milliseconds, GSourceFunc func);

/* How it ends. */
void wt_attempt_fail (WtAttempt *self, WtDiagnosis *diagnosis);
void wt_attempt_on_closed (SoupWebsocketConnection *connection, gpointer data);
void wt_attempt_on_closing (SoupWebsocketConnection *connection, gpointer data);
void wt_attempt_on_error (SoupWebsocketConnection *connection, GError *error, gpointer data);

G_END_DECLS
