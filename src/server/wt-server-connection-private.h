/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-fault-line.h"
#include "wt-server-connection.h"

G_BEGIN_DECLS

/* Shared by wt-server-connection.c (what goes over it) and wt-server-connection-end.c (how it ends). */
struct _WtServerConnection
{
  GObject parent_instance;

  SoupWebsocketConnection *websocket;
  WtMeteredStream *stream;
  WtFaultLine *line;
  char *uuid;
  char *user;
  char *platform;
  char *key;
  char *label;
  GQueue held_acks; /* GBytes */
  char *end_reason;
  guint16 end_code;
  GSource *end_source;

  gsize max_queued;
  guint64 n_frames;
  guint silent_turns;
  gboolean hold_acks;
  gboolean closing;
  gboolean closed;
  gboolean dropped;
};

void wt_server_connection_emit_closed (WtServerConnection *self);

/* How it ends. */
void wt_server_connection_end_later (WtServerConnection *self,
                                     guint milliseconds,
                                     guint16 code,
                                     const char *reason);
void wt_server_connection_on_too_big (gpointer data);

G_END_DECLS
