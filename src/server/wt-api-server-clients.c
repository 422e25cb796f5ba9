/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-api-server-private.h"

#include <string.h>

#include "wt-credentials.h"
#include "wt-upgrade.h"

/* A handshake under way. */
typedef struct
{
  GWeakRef server;
  WtCredentials *credentials;
} Arrival;

static void
arrival_free (gpointer data)
{
  Arrival *arrival = data;

  g_weak_ref_clear (&arrival->server);
  g_clear_pointer (&arrival->credentials, wt_credentials_free);
  g_free (arrival);
}

/* A client as the bots see it; borrowed from @connection. */
WtBotPeer
wt_api_server_get_peer (WtServerConnection *connection)
{
  WtBotPeer peer = {
    wt_server_connection_get_user (connection),
    wt_server_connection_get_platform (connection),
    wt_server_connection_get_key (connection),
  };

  if (peer.key == NULL)
    peer.key = peer.user;
  return peer;
}

static void
on_frame (WtServerConnection *connection, GBytes *frame, WtApiServer *self)
{
  wt_api_server_receive (self, connection, frame);
}

static void
on_binary (WtServerConnection *connection, WtApiServer *self)
{
  wt_api_server_log (self, "%s %s: sent a binary frame: closing",
                     wt_server_connection_get_label (connection),
                     wt_server_connection_get_uuid (connection));
  wt_server_connection_close (connection, SOUP_WEBSOCKET_CLOSE_UNSUPPORTED_DATA, "text only");
}

/* What maim_message 0.6.8 does: its tables know connections by uuid, so the end of an old one takes the
 * newer one of the same uuid with it. */
static void
close_namesakes (WtApiServer *self, WtServerConnection *gone)
{
  for (guint i = 0; i < self->connections->len; i++)
    {
      WtServerConnection *other = g_ptr_array_index (self->connections, i);

      if (g_str_equal (wt_server_connection_get_uuid (other), wt_server_connection_get_uuid (gone)))
        wt_server_connection_close (other, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
    }
}

static void
on_closed (WtServerConnection *connection, guint code, const char *reason, WtApiServer *self)
{
  g_autoptr (WtServerConnection) keep G_GNUC_UNUSED = g_object_ref (connection);
  WtBotPeer peer = wt_api_server_get_peer (connection);

  g_ptr_array_remove (self->connections, connection);
  if (peer.user == NULL)
    return;

  if (wt_server_connection_was_dropped (connection))
    self->stats.dropped++;
  wt_api_server_log (self, "%s %s: gone (%u%s%s)", wt_server_connection_get_label (connection),
                     wt_server_connection_get_uuid (connection), code, *reason != '\0' ? " " : "",
                     reason);
  if (self->faults != NULL && wt_faults_get_real_uuid (self->faults))
    close_namesakes (self, connection);
  for (guint i = 0; i < self->bots->len; i++)
    wt_bot_disconnected (g_ptr_array_index (self->bots, i), self, &peer);
  wt_api_server_emit_gone (self, connection);
}

static void
turn_away (WtApiServer *self, WtServerConnection *connection, const WtCredentials *credentials)
{
  self->stats.refused++;
  wt_api_server_log (self, "%s: turned away: %s", credentials->uuid,
                     credentials->key != NULL ? "unknown key" : "no key");
  /* After a good handshake and with 1000, as the real one does. */
  wt_server_connection_close (connection, SOUP_WEBSOCKET_CLOSE_NORMAL,
                              credentials->key != NULL
                                  ? "Authentication failed: 认证失败 (unknown API key)"
                                  : "Authentication failed: 认证失败 (no API key)");
}

static void
let_in (WtApiServer *self, WtServerConnection *connection)
{
  WtBotPeer peer = wt_api_server_get_peer (connection);

  self->stats.connections++;
  wt_api_server_log (self, "%s %s: connected on %s", wt_server_connection_get_label (connection),
                     wt_server_connection_get_uuid (connection), peer.platform);
  wt_api_server_emit_connected (self, connection);
  for (guint i = 0; i < self->bots->len; i++)
    wt_bot_connected (g_ptr_array_index (self->bots, i), self, &peer);
}

static char *
authenticate (WtApiServer *self, const WtCredentials *credentials)
{
  char *user = wt_key_table_dup_user (self->keys, credentials->key);

  if (user == NULL && credentials->key == NULL && wt_key_table_get_allow_all (self->keys))
    user = g_strconcat ("anonymous:", credentials->uuid, NULL);
  return user;
}

static void
on_upgraded (SoupServerMessage *message,
             SoupWebsocketConnection *websocket,
             WtMeteredStream *stream,
             gpointer data)
{
  Arrival *arrival = data;
  g_autoptr (WtApiServer) self = g_weak_ref_get (&arrival->server);
  const WtCredentials *credentials = arrival->credentials;
  g_autoptr (WtServerConnection) connection = NULL;
  g_autofree char *user = NULL;
  g_autofree char *label = NULL;

  if (self == NULL || self->soup == NULL)
    return;

  soup_websocket_connection_set_keepalive_interval (websocket, self->keepalive);
  connection = wt_server_connection_new (websocket, stream, credentials->uuid);
  wt_server_connection_set_max_queued (connection, self->max_queued);
  wt_server_connection_hold_acks (connection, self->hold_acks);
  g_signal_connect_object (connection, "closed", G_CALLBACK (on_closed), self, 0);
  g_ptr_array_add (self->connections, g_object_ref (connection));

  user = authenticate (self, credentials);
  if (user == NULL)
    {
      turn_away (self, connection, credentials);
      return;
    }
  label = wt_key_table_dup_label (self->keys, user);
  wt_server_connection_set_identity (connection, user, credentials->platform, credentials->key,
                                     label);
  if (self->faults != NULL)
    wt_server_connection_set_faults (connection, self->faults, self->clock);
  g_signal_connect_object (connection, "frame", G_CALLBACK (on_frame), self, 0);
  g_signal_connect_object (connection, "binary", G_CALLBACK (on_binary), self, 0);
  let_in (self, connection);
  wt_api_server_close_by_fault (self, connection);
}

/* Answers a request that is not a handshake, or not one that can be taken. Returns whether it did. */
static gboolean
refuse_request (WtApiServer *self, SoupServerMessage *message, const char *path)
{
  SoupMessageHeaders *request = soup_server_message_get_request_headers (message);
  SoupMessageHeaders *response = soup_server_message_get_response_headers (message);
  const char *upgrade = soup_message_headers_get_one (request, "Upgrade");
  guint status = 0;

  if (self->faults != NULL && wt_faults_get_reject_status (self->faults) != 0)
    status = wt_faults_get_reject_status (self->faults);
  else if (strcmp (path, self->path) != 0)
    status = SOUP_STATUS_NOT_FOUND;
  else if (soup_server_message_get_method (message) != SOUP_METHOD_GET)
    {
      soup_message_headers_replace (response, "Allow", "GET");
      status = SOUP_STATUS_METHOD_NOT_ALLOWED;
    }
  else if (upgrade == NULL || g_ascii_strcasecmp (upgrade, "websocket") != 0
           || soup_server_message_get_http_version (message) != SOUP_HTTP_1_1)
    {
      soup_message_headers_replace (response, "Upgrade", "websocket");
      status = 426;
    }
  else if (self->connections->len >= self->max_connections)
    status = SOUP_STATUS_SERVICE_UNAVAILABLE;

  if (status == 0)
    return FALSE;
  soup_server_message_set_status (message, status, status == 426 ? "Upgrade Required" : NULL);
  wt_api_server_log (self, "request answered with %u", status);
  return TRUE;
}

void
wt_api_server_on_request (SoupServer *soup,
                          SoupServerMessage *message,
                          const char *path,
                          GHashTable *query,
                          gpointer data)
{
  WtApiServer *self = data;
  Arrival *arrival;

  if (refuse_request (self, message, path))
    return;

  arrival = g_new0 (Arrival, 1);
  g_weak_ref_init (&arrival->server, self);
  arrival->credentials = wt_credentials_new (soup_server_message_get_request_headers (message),
                                             query);
  if (!wt_upgrade_start (message, self->max_message, on_upgraded, arrival, arrival_free))
    wt_api_server_log (self, "a handshake that is none");
}

/* Nobody has anything to say to us in a request's body: it is read past, not kept. */
void
wt_api_server_on_early_request (SoupServer *soup,
                                SoupServerMessage *message,
                                const char *path,
                                GHashTable *query,
                                gpointer data)
{
  soup_message_body_set_accumulate (soup_server_message_get_request_body (message), FALSE);
}

/**
 * wt_api_server_disconnect_all:
 * @self: a server
 * @code: the close code; 1006: the sockets just end, as by a broken line
 * @reason: (nullable): the reason
 */
void
wt_api_server_disconnect_all (WtApiServer *self, guint16 code, const char *reason)
{
  g_return_if_fail (WT_IS_API_SERVER (self));

  for (guint i = 0; i < self->connections->len; i++)
    wt_server_connection_close (g_ptr_array_index (self->connections, i), code, reason);
}

/**
 * wt_api_server_stall_all:
 * @self: a server
 *
 * Makes every present connection half-open: the sockets stay, nothing is read or written any more.
 */
void
wt_api_server_stall_all (WtApiServer *self)
{
  g_return_if_fail (WT_IS_API_SERVER (self));

  for (guint i = 0; i < self->connections->len; i++)
    wt_server_connection_stall (g_ptr_array_index (self->connections, i));
}

/**
 * wt_api_server_set_hold_acks:
 * @self: a server
 * @hold: whether ACKs wait, on present and future connections; at the end those that waited are sent
 */
void
wt_api_server_set_hold_acks (WtApiServer *self, gboolean hold)
{
  g_return_if_fail (WT_IS_API_SERVER (self));

  self->hold_acks = hold;
  for (guint i = 0; i < self->connections->len; i++)
    wt_server_connection_hold_acks (g_ptr_array_index (self->connections, i), hold);
}

/**
 * wt_api_server_get_n_connections:
 * @self: a server
 *
 * Returns: how many clients are there, those included that are being turned away or closed
 */
guint
wt_api_server_get_n_connections (WtApiServer *self)
{
  g_return_val_if_fail (WT_IS_API_SERVER (self), 0);

  return self->connections->len;
}

/**
 * wt_api_server_get_stats:
 * @self: a server
 *
 * Returns: (transfer none): what happened so far
 */
const WtApiServerStats *
wt_api_server_get_stats (WtApiServer *self)
{
  g_return_val_if_fail (WT_IS_API_SERVER (self), NULL);

  return &self->stats;
}
