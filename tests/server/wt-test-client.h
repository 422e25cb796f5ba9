/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

#include "wt-api-server.h"

G_BEGIN_DECLS

/* A client by libsoup's own WebSocket, that records what it gets. Nothing here is shared with src/net. */
typedef struct
{
  SoupSession *session;
  SoupWebsocketConnection *websocket;
  GPtrArray *frames; /* GBytes */
  GPtrArray *types;  /* of each frame; empty for what is no envelope */
  GPtrArray *acked;  /* `acked_msg_id` of each frame; empty for what is no ACK */
  guint taken;       /* frames that wt_test_client_take() has given */
  GError *error;
  guint status; /* of the handshake */
  gboolean done;
  gboolean closed;
  gboolean auto_ack;
} WtTestClient;

typedef struct
{
  const char *query;
  const char *key;
  const char *platform;
  const char *uuid;
  const char *path;
  gboolean deflate;
  GTlsDatabase *tls_database;
  GTlsCertificate *tls_certificate;
} WtTestLogin;

WtTestClient *wt_test_client_start (WtApiServer *server, const WtTestLogin *login);
WtTestClient *wt_test_client_start_url (const char *url, const WtTestLogin *login);
WtTestClient *wt_test_client_connect (WtApiServer *server, const char *key, const char *platform);
void wt_test_client_free (WtTestClient *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtTestClient, wt_test_client_free)

void wt_test_client_send (WtTestClient *self, const char *text);
JsonNode *wt_test_client_take (WtTestClient *self);
JsonNode *wt_test_client_take_type (WtTestClient *self, const char *type);
guint wt_test_client_count_acks (WtTestClient *self, const char *msg_id);
guint wt_test_client_count_type (WtTestClient *self, const char *type);
void wt_test_client_settle (WtTestClient *self, WtApiServer *server);

const char *wt_test_get_string (JsonNode *root, const char *path);
char *wt_test_make_message (const char *msg_id,
                            const char *sender,
                            const char *target_key,
                            const char *target_platform,
                            const char *segment);

WtApiServer *wt_test_server_new (WtClock *clock);
void wt_test_server_free (WtApiServer *server);

G_END_DECLS
