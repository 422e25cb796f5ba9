/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

#include "wt-api-server.h"
#include "wt-bot.h"
#include "wt-key-table.h"
#include "wt-seen-table.h"
#include "wt-server-connection.h"
#include "wt-tls-listener.h"

G_BEGIN_DECLS

/* Shared by wt-api-server.c (its life), wt-api-server-settings.c, wt-api-server-clients.c (how clients come and go) and
 * wt-api-server-receive.c (what they send). */
struct _WtApiServer
{
  GObject parent_instance;

  SoupServer *soup;
  WtTlsListener *tls; /* while it listens with a certificate */
  WtClock *clock;
  WtKeyTable *keys;
  WtSeenTable *seen;
  WtFaults *faults;
  GTlsCertificate *certificate;
  GTlsDatabase *authorities; /* of clients' certificates */
  GPtrArray *connections;    /* WtServerConnection, also the ones that are being turned away */
  GPtrArray *bots;           /* WtBot */
  GSource *keepalive_source;
  char *path;
  char *host;

  WtApiServerStats stats;
  gsize max_message;
  gsize max_queued;
  guint max_connections;
  guint keepalive;
  guint16 port;
  gboolean hold_acks;
};

void wt_api_server_log (WtApiServer *self, const char *format, ...) G_GNUC_PRINTF (2, 3);
void wt_api_server_emit_received (WtApiServer *self,
                                  WtServerConnection *connection,
                                  WtEnvelope *envelope);
void
wt_api_server_emit_acked (WtApiServer *self, WtServerConnection *connection, const char *msg_id);
void wt_api_server_emit_connected (WtApiServer *self, WtServerConnection *connection);
void wt_api_server_emit_gone (WtApiServer *self, WtServerConnection *connection);

/* Clients. */
void wt_api_server_on_request (SoupServer *soup,
                               SoupServerMessage *message,
                               const char *path,
                               GHashTable *query,
                               gpointer data);
void wt_api_server_on_early_request (SoupServer *soup,
                                     SoupServerMessage *message,
                                     const char *path,
                                     GHashTable *query,
                                     gpointer data);
WtBotPeer wt_api_server_get_peer (WtServerConnection *connection);

/* What they send. */
void wt_api_server_receive (WtApiServer *self, WtServerConnection *connection, GBytes *frame);
void wt_api_server_close_by_fault (WtApiServer *self, WtServerConnection *connection);

G_END_DECLS
