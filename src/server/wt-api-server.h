/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "wt-clock.h"
#include "wt-faults.h"

G_BEGIN_DECLS

typedef struct _WtBot WtBot;

/**
 * WtApiServer: the guide's API-Server: authentication, ACKs, routing by `message_dim`. Lives in the thread-default main context of the thread
 * that made it.
 *
 * Signals: `connected` (user, platform, connection uuid) and `disconnected` (the same) for clients that were let in;
 * `received` (user, platform, #WtEnvelope) for every envelope that is no ACK and no repeat, after its ACK and before it is routed;
 * `acked` (user, platform, msg_id) for a client's ACK; `log` (a line without keys) for every event.
 */
#define WT_TYPE_API_SERVER (wt_api_server_get_type ())
G_DECLARE_FINAL_TYPE (WtApiServer, wt_api_server, WT, API_SERVER, GObject)

/**
 * WtApiServerStats: what happened since the server was made.
 * @connections: clients that were let in
 * @refused: clients that were not
 * @frames: text frames received from clients
 * @ignored: of those, the ones without an envelope
 * @repeats: of those, the ones with a `msg_id` seen within the hour
 * @faulty: of those, `sys_std` ones whose payload was refused
 * @acks_received: of those, ACKs
 * @acks_sent: ACKs sent, or withheld by a fault
 * @routed: messages that somebody was there for, a bot or a connection
 * @undeliverable: messages that nobody was there for
 * @dropped: connections ended by the server: too slow, silent, too much
 */
typedef struct
{
  guint64 connections;
  guint64 refused;
  guint64 frames;
  guint64 ignored;
  guint64 repeats;
  guint64 faulty;
  guint64 acks_received;
  guint64 acks_sent;
  guint64 routed;
  guint64 undeliverable;
  guint64 dropped;
} WtApiServerStats;

WtApiServer *wt_api_server_new (void);
WtApiServer *wt_api_server_new_with_clock (WtClock *clock);
void wt_api_server_set_path (WtApiServer *self, const char *path);
void wt_api_server_add_key (WtApiServer *self, const char *key, const char *user);
void wt_api_server_set_allow_all (WtApiServer *self, gboolean allow_all);
gboolean wt_api_server_set_tls (WtApiServer *self,
                                const char *certificate_file,
                                const char *key_file,
                                const char *client_ca_file,
                                GError **error);
void wt_api_server_set_max_message (WtApiServer *self, gsize bytes);
void wt_api_server_set_max_queued (WtApiServer *self, gsize bytes);
void wt_api_server_set_max_connections (WtApiServer *self, guint most);
void wt_api_server_set_keepalive (WtApiServer *self, guint seconds);
void wt_api_server_set_faults (WtApiServer *self, WtFaults *faults);
void wt_api_server_add_bot (WtApiServer *self, WtBot *bot);

gboolean wt_api_server_listen (WtApiServer *self, const char *host, guint16 port, GError **error);
char *wt_api_server_get_url (WtApiServer *self);
guint16 wt_api_server_get_port (WtApiServer *self);
void wt_api_server_stop (WtApiServer *self);
void wt_api_server_disconnect_all (WtApiServer *self, guint16 code, const char *reason);
void wt_api_server_stall_all (WtApiServer *self);
void wt_api_server_set_hold_acks (WtApiServer *self, gboolean hold);
guint wt_api_server_get_n_connections (WtApiServer *self);
const WtApiServerStats *wt_api_server_get_stats (WtApiServer *self);

/* Sends @text (an envelope) to every connection of @user on @platform. Returns: (transfer full) (element-type utf8 gboolean): connection uuid → sent */
GHashTable *
wt_api_server_send (WtApiServer *self, const char *user, const char *platform, GBytes *text);

G_END_DECLS
