/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-test-client.h"

#include <string.h>

#include "wt-test.h"

/* An envelope, or NULL: what is broken on purpose must not reach json-glib, which it might kill. */
static JsonNode *
parse (GBytes *frame)
{
  const char *text = g_bytes_get_data (frame, NULL);

  return g_bytes_get_size (frame) > 0 && *text == '{' ? json_from_string (text, NULL) : NULL;
}

static void
acknowledge (WtTestClient *self, const char *msg_id)
{
  g_autofree char *ack = g_strdup_printf (
      "{\"ver\":1,\"msg_id\":\"ack-%s\",\"type\":\"sys_ack\",\"meta\":"
      "{\"acked_msg_id\":\"%s\"},\"payload\":{\"status\":\"received\"}}",
      msg_id, msg_id);

  wt_test_client_send (self, ack);
}

static void
on_message (SoupWebsocketConnection *websocket, int type, GBytes *message, WtTestClient *self)
{
  g_autoptr (JsonNode) root = parse (message);
  const char *name = root != NULL ? wt_test_get_string (root, "type") : NULL;
  const char *acked = NULL;

  g_assert_cmpint (type, ==, SOUP_WEBSOCKET_DATA_TEXT);
  if (g_strcmp0 (name, "sys_ack") == 0)
    acked = wt_test_get_string (root, "meta.acked_msg_id");
  g_ptr_array_add (self->frames, g_bytes_ref (message));
  g_ptr_array_add (self->types, g_strdup (name != NULL ? name : ""));
  g_ptr_array_add (self->acked, g_strdup (acked != NULL ? acked : ""));
  if (self->auto_ack && g_strcmp0 (name, "sys_std") == 0)
    acknowledge (self, wt_test_get_string (root, "msg_id"));
}

static void
on_closed (SoupWebsocketConnection *websocket, WtTestClient *self)
{
  self->closed = TRUE;
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  WtTestClient *self = data;

  self->done = TRUE;
  self->websocket = soup_session_websocket_connect_finish (SOUP_SESSION (source), result,
                                                           &self->error);
  if (self->websocket == NULL)
    return;
  soup_websocket_connection_set_max_incoming_payload_size (self->websocket, 0);
  g_signal_connect (self->websocket, "message", G_CALLBACK (on_message), self);
  g_signal_connect (self->websocket, "closed", G_CALLBACK (on_closed), self);
}

static void
set_header (SoupMessage *message, const char *name, const char *value)
{
  if (value != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), name, value);
}

/* libsoup tells of every frame and every wait: a test's output would be nothing else. */
static void
ignore_log (const char *domain, GLogLevelFlags level, const char *message, gpointer data)
{
}

/* Connects, or fails: self->websocket or self->error. */
WtTestClient *
wt_test_client_start_url (const char *url, const WtTestLogin *login)
{
  WtTestClient *self = g_new0 (WtTestClient, 1);
  g_autoptr (SoupMessage) message = NULL;
  g_autofree char *full = g_strconcat (url, login->query != NULL ? login->query : "", NULL);

  g_log_set_handler ("libsoup", G_LOG_LEVEL_DEBUG, ignore_log, NULL);
  g_log_set_handler ("GLib-GIO", G_LOG_LEVEL_DEBUG, ignore_log, NULL);
  self->session = soup_session_new ();
  if (login->tls_database != NULL)
    soup_session_set_tls_database (self->session, login->tls_database);
  if (login->deflate)
    soup_session_add_feature_by_type (self->session, SOUP_TYPE_WEBSOCKET_EXTENSION_MANAGER);
  self->frames = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  self->types = g_ptr_array_new_with_free_func (g_free);
  self->acked = g_ptr_array_new_with_free_func (g_free);
  message = soup_message_new ("GET", full);
  if (login->tls_certificate != NULL)
    soup_message_set_tls_client_certificate (message, login->tls_certificate);
  set_header (message, "x-apikey", login->key);
  set_header (message, "x-platform", login->platform);
  set_header (message, "x-uuid", login->uuid);
  soup_session_websocket_connect_async (self->session, message, NULL, NULL, G_PRIORITY_DEFAULT,
                                        NULL, on_connected, self);
  wt_test_wait_until (self->done);
  self->status = soup_message_get_status (message);
  return self;
}

WtTestClient *
wt_test_client_start (WtApiServer *server, const WtTestLogin *login)
{
  g_autofree char *url = wt_api_server_get_url (server);

  if (login->path != NULL)
    strcpy (strstr (url, "/ws"), login->path);
  return wt_test_client_start_url (url, login);
}

WtTestClient *
wt_test_client_connect (WtApiServer *server, const char *key, const char *platform)
{
  WtTestLogin login = { .key = key, .platform = platform };
  guint64 before = wt_api_server_get_stats (server)->connections;
  WtTestClient *self = wt_test_client_start (server, &login);

  g_assert_no_error (self->error);
  wt_test_wait_until (wt_api_server_get_stats (server)->connections > before);
  return self;
}

void
wt_test_client_free (WtTestClient *self)
{
  if (self->websocket != NULL)
    {
      g_signal_handlers_disconnect_by_data (self->websocket, self);
      if (soup_websocket_connection_get_state (self->websocket) == SOUP_WEBSOCKET_STATE_OPEN)
        soup_websocket_connection_close (self->websocket, SOUP_WEBSOCKET_CLOSE_NORMAL, NULL);
    }
  g_clear_object (&self->websocket);
  g_clear_object (&self->session);
  g_clear_pointer (&self->frames, g_ptr_array_unref);
  g_clear_pointer (&self->types, g_ptr_array_unref);
  g_clear_pointer (&self->acked, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_free (self);
}

void
wt_test_client_send (WtTestClient *self, const char *text)
{
  soup_websocket_connection_send_text (self->websocket, text);
}

/* The next frame that came, whatever it is. */
JsonNode *
wt_test_client_take (WtTestClient *self)
{
  JsonNode *root;

  wt_test_wait_until (self->frames->len > self->taken);
  root = parse (g_ptr_array_index (self->frames, self->taken++));
  g_assert_nonnull (root);
  return root;
}

/* The next frame of a type; others are passed over. */
JsonNode *
wt_test_client_take_type (WtTestClient *self, const char *type)
{
  while (TRUE)
    {
      g_autoptr (JsonNode) root = wt_test_client_take (self);

      if (g_strcmp0 (wt_test_get_string (root, "type"), type) == 0)
        return g_steal_pointer (&root);
    }
}

static guint
count (GPtrArray *texts, const char *wanted)
{
  guint n = 0;

  for (guint i = 0; i < texts->len; i++)
    {
      if (strcmp (g_ptr_array_index (texts, i), wanted) == 0)
        n++;
    }
  return n;
}

guint
wt_test_client_count_type (WtTestClient *self, const char *type)
{
  return count (self->types, type);
}

guint
wt_test_client_count_acks (WtTestClient *self, const char *msg_id)
{
  return count (self->acked, msg_id);
}

/* Waits until the server has dealt with everything sent so far: sends a message and waits for its ACK. */
void
wt_test_client_settle (WtTestClient *self, WtApiServer *server)
{
  g_autofree char *id = g_uuid_string_random ();
  g_autofree char *text = g_strdup_printf ("{\"msg_id\":\"%s\",\"type\":\"settle\",\"payload\":{}}",
                                           id);

  wt_test_client_send (self, text);
  wt_test_wait_until (wt_test_client_count_acks (self, id) == 1);
}

/* A string by its dotted path, or NULL; borrowed from @root. */
const char *
wt_test_get_string (JsonNode *root, const char *path)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  JsonNode *node = root;

  for (char **name = names; *name != NULL; name++)
    {
      if (node == NULL || !JSON_NODE_HOLDS_OBJECT (node))
        return NULL;
      node = json_object_get_member (json_node_get_object (node), *name);
    }
  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node)
      || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;
  return json_node_get_string (node);
}

/* A guide's message; @segment is the JSON of `message_segment`. */
char *
wt_test_make_message (const char *msg_id,
                      const char *sender,
                      const char *target_key,
                      const char *target_platform,
                      const char *segment)
{
  return g_strdup_printf (
      "{\"ver\":1,\"msg_id\":\"%s\",\"type\":\"sys_std\",\"meta\":{\"sender_user\":\"%s\","
      "\"platform\":\"p\",\"timestamp\":1703123456.789},\"payload\":{\"message_info\":{"
      "\"platform\":\"p\",\"message_id\":\"inner-%s\",\"time\":1703123456.789,\"sender_info\":{"
      "\"user_info\":{\"platform\":\"p\",\"user_id\":\"u-1\",\"user_nickname\":\"测试\"}}},"
      "\"message_segment\":%s,\"message_dim\":{\"api_key\":\"%s\",\"platform\":\"%s\"}}}",
      msg_id, sender, msg_id, segment, target_key, target_platform);
}

/* Listens on a free port; alice, bob and carol have keys, bob two. */
WtApiServer *
wt_test_server_new (WtClock *clock)
{
  WtApiServer *server = clock != NULL ? wt_api_server_new_with_clock (clock) : wt_api_server_new ();
  g_autoptr (GError) error = NULL;

  wt_api_server_add_key (server, "key-of-alice", "alice");
  wt_api_server_add_key (server, "key-of-bob", "bob");
  wt_api_server_add_key (server, "other-key-of-bob", "bob");
  wt_api_server_add_key (server, "key-of-carol", "carol");
  wt_api_server_listen (server, "127.0.0.1", 0, &error);
  g_assert_no_error (error);
  return server;
}

/* Stops it, waits for its clients to be gone, and sees that nobody else holds it. */
void
wt_test_server_free (WtApiServer *server)
{
  wt_api_server_stop (server);
  wt_test_wait_until (wt_api_server_get_n_connections (server) == 0);
  g_assert_finalize_object (server);
}
