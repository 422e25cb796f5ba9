/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-api-server.h"

#include <string.h>

#include "wt-envelope.h"
#include "wt-test-client.h"
#include "wt-test.h"

static void
test_new_destroy (void)
{
  g_autoptr (WtApiServer) server = wt_api_server_new ();

  g_assert_cmpuint (wt_api_server_get_port (server), ==, 0);
  g_assert_null (wt_api_server_get_url (server));
  g_assert_cmpuint (wt_api_server_get_n_connections (server), ==, 0);
  wt_api_server_stop (server);
}

static void
test_listen (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtApiServer) second = wt_api_server_new ();
  g_autoptr (GError) error = NULL;
  g_autofree char *url = wt_api_server_get_url (server);
  g_autofree char *expected = g_strdup_printf ("ws://127.0.0.1:%u/ws",
                                               wt_api_server_get_port (server));
  guint16 port = wt_api_server_get_port (server);

  g_assert_cmpstr (url, ==, expected);
  g_assert_false (wt_api_server_listen (second, "127.0.0.1", port, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_ADDRESS_IN_USE);
  wt_test_server_free (server);

  /* A stopped one leaves the port, and may listen again. */
  g_clear_error (&error);
  g_assert_true (wt_api_server_listen (second, "127.0.0.1", port, &error));
  wt_api_server_stop (second);
  g_assert_true (wt_api_server_listen (second, "localhost", 0, &error));
  g_assert_no_error (error);
}

typedef struct
{
  const char *name;
  WtTestLogin login;
  gboolean allow_all;
  const char *user; /* NULL: turned away */
  const char *platform;
  const char *reason;
} Login;

#define NO_KEY "Authentication failed: 认证失败 (no API key)"
#define BAD_KEY "Authentication failed: 认证失败 (unknown API key)"

static const Login logins[] = {
  { "header", { .key = "key-of-alice", .platform = "p1" }, FALSE, "alice", "p1" },
  { "query", { .query = "?api_key=key-of-bob&platform=p2" }, FALSE, "bob", "p2" },
  { "query-escaped", { .query = "?api_key=key-of-b%6fb&platform=a%20b" }, FALSE, "bob", "a b" },
  { "query-wins",
    { .query = "?api_key=key-of-bob&platform=p2", .key = "key-of-alice", .platform = "p1" },
    FALSE,
    "bob",
    "p2" },
  { "mixed",
    { .query = "?platform=p2", .key = "key-of-alice", .platform = "p1" },
    FALSE,
    "alice",
    "p2" },
  { "empty-query", { .query = "?api_key=", .key = "key-of-alice" }, FALSE, "alice", "unknown" },
  { "second-key", { .key = "other-key-of-bob", .platform = "p" }, FALSE, "bob", "p" },
  { "no-platform", { .key = "key-of-alice" }, FALSE, "alice", "unknown" },
  { "bad-key", { .key = "wrong" }, FALSE, NULL, NULL, BAD_KEY },
  { "bad-query-wins",
    { .query = "?api_key=wrong", .key = "key-of-alice" },
    FALSE,
    NULL,
    NULL,
    BAD_KEY },
  { "user-is-no-key", { .key = "alice" }, FALSE, NULL, NULL, BAD_KEY },
  { "no-key", { .platform = "p" }, FALSE, NULL, NULL, NO_KEY },
  { "anybody", { .key = "whatever" }, TRUE, "whatever", "unknown" },
  { "anybody-known", { .key = "key-of-alice" }, TRUE, "alice", "unknown" },
  { "anonymous", { .uuid = "u-1" }, TRUE, "anonymous:u-1", "unknown" },
  { "deflate", { .key = "key-of-alice", .deflate = TRUE }, FALSE, "alice", "unknown" },
};

typedef struct
{
  char *user;
  char *platform;
  char *uuid;
  guint n;
} Seen;

static void
on_connection (WtApiServer *server,
               const char *user,
               const char *platform,
               const char *uuid,
               Seen *seen)
{
  seen->n++;
  g_free (g_steal_pointer (&seen->user));
  g_free (g_steal_pointer (&seen->platform));
  g_free (g_steal_pointer (&seen->uuid));
  seen->user = g_strdup (user);
  seen->platform = g_strdup (platform);
  seen->uuid = g_strdup (uuid);
}

static void
seen_clear (Seen *seen)
{
  g_clear_pointer (&seen->user, g_free);
  g_clear_pointer (&seen->platform, g_free);
  g_clear_pointer (&seen->uuid, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Seen, seen_clear)

static void
test_login (gconstpointer data)
{
  const Login *row = data;
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) client = NULL;
  g_auto (Seen) connected = { 0 };
  g_auto (Seen) gone = { 0 };

  wt_api_server_set_allow_all (server, row->allow_all);
  g_signal_connect (server, "connected", G_CALLBACK (on_connection), &connected);
  g_signal_connect (server, "disconnected", G_CALLBACK (on_connection), &gone);
  client = wt_test_client_start (server, &row->login);
  /* A bad key, too, gets its handshake. */
  g_assert_no_error (client->error);
  g_assert_cmpuint (client->status, ==, 101);

  if (row->user == NULL)
    {
      wt_test_wait_until (client->closed);
      g_assert_cmpuint (soup_websocket_connection_get_close_code (client->websocket), ==, 1000);
      g_assert_cmpstr (soup_websocket_connection_get_close_data (client->websocket), ==,
                       row->reason);
      g_assert_cmpuint (connected.n, ==, 0);
      g_assert_cmpuint (wt_api_server_get_stats (server)->refused, ==, 1);
      wt_test_wait_until (wt_api_server_get_n_connections (server) == 0);
      g_assert_cmpuint (gone.n, ==, 0);
    }
  else
    {
      wt_test_wait_until (connected.n == 1);
      g_assert_cmpstr (connected.user, ==, row->user);
      g_assert_cmpstr (connected.platform, ==, row->platform);
      if (row->login.uuid != NULL)
        g_assert_cmpstr (connected.uuid, ==, row->login.uuid);
      wt_test_client_settle (client, server);
      g_assert_false (client->closed);
      soup_websocket_connection_close (client->websocket, 1000, NULL);
      wt_test_wait_until (gone.n == 1);
      g_assert_cmpstr (gone.uuid, ==, connected.uuid);
    }
  wt_test_server_free (server);
}

static void
test_uuid_made (void)
{
  static const char *const bad[] = { NULL, "", "a b", "ä" };
  WtApiServer *server = wt_test_server_new (NULL);
  g_auto (Seen) connected = { 0 };

  g_signal_connect (server, "connected", G_CALLBACK (on_connection), &connected);
  for (gsize i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      WtTestLogin login = { .key = "key-of-alice", .uuid = bad[i] };
      g_autoptr (WtTestClient) client G_GNUC_UNUSED = wt_test_client_start (server, &login);

      wt_test_wait_until (connected.n == i + 1);
      g_assert_true (g_uuid_string_is_valid (connected.uuid));
    }
  wt_test_server_free (server);
}

/* Whose frames are ACKed, and what the ACK says. */
static const struct
{
  const char *name;
  const char *text;
  const char *acked; /* NULL: no ACK */
} frames[] = {
  { "text",
    "{\"msg_id\":\"1\",\"type\":\"sys_std\",\"payload\":{\"message_info\":{\"platform\":\"p\","
    "\"message_id\":\"m\",\"time\":1},\"message_segment\":{\"type\":\"text\",\"data\":\"x\"},"
    "\"message_dim\":{\"api_key\":\"k\",\"platform\":\"p\"}}}",
    "1" },
  { "custom", "{\"msg_id\":\"1\",\"type\":\"custom_x\",\"payload\":{}}", "1" },
  { "unknown-type", "{\"msg_id\":\"1\",\"type\":\"whatever\",\"payload\":[]}", "1" },
  { "refused-payload", "{\"msg_id\":\"1\",\"type\":\"sys_std\",\"payload\":{}}", "1" },
  { "null-payload", "{\"msg_id\":\"1\",\"type\":\"sys_std\",\"payload\":null}", "1" },
  { "number-id", "{\"msg_id\":17,\"type\":\"sys_std\",\"payload\":{}}", "17" },
  { "escaped-id", "{\"msg_id\":\"\\u9ea6\",\"type\":\"x\",\"payload\":{}}", "麦" },
  { "ack",
    "{\"msg_id\":\"1\",\"type\":\"sys_ack\",\"meta\":{\"acked_msg_id\":\"z\"},\"payload\":{}}",
    NULL },
  { "bare-ack", "{\"msg_id\":\"1\",\"type\":\"sys_ack\"}", NULL },
  { "no-id", "{\"type\":\"sys_std\",\"payload\":{}}", NULL },
  { "null-id", "{\"msg_id\":null,\"type\":\"sys_std\",\"payload\":{}}", NULL },
  { "list-id", "{\"msg_id\":[],\"type\":\"sys_std\",\"payload\":{}}", NULL },
  { "not-json", "hello", NULL },
  { "empty", "", NULL },
  { "null", "null", NULL },
  { "number", "1", NULL },
  { "list", "[{\"msg_id\":\"1\"}]", NULL },
  { "half", "{\"msg_id\":\"1\",\"type\":", NULL },
};

static void
test_ack (gconstpointer data)
{
  gsize row = GPOINTER_TO_SIZE (data);
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) client = wt_test_client_connect (server, "key-of-alice", "p");
  guint expected = frames[row].acked != NULL ? 1 : 0;

  wt_test_client_send (client, frames[row].text);
  wt_test_client_settle (client, server);
  g_assert_cmpuint (client->frames->len, ==, expected + 1);
  if (expected > 0)
    g_assert_cmpuint (wt_test_client_count_acks (client, frames[row].acked), ==, 1);

  /* Again: ACKed again. */
  wt_test_client_send (client, frames[row].text);
  wt_test_client_settle (client, server);
  g_assert_cmpuint (client->frames->len, ==, 2 * expected + 2);
  g_assert_cmpuint (wt_api_server_get_stats (server)->repeats, ==, expected);
  g_assert_cmpuint (wt_api_server_get_stats (server)->acks_received, ==,
                    strstr (frames[row].text, "sys_ack") != NULL ? 2 : 0);
  g_assert_false (client->closed);
  wt_test_server_free (server);
}

static void
test_ack_contents (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  WtTestLogin login = { .key = "key-of-alice", .uuid = "the-uuid" };
  g_autoptr (WtTestClient) client = wt_test_client_start (server, &login);
  g_autoptr (JsonNode) ack = NULL;
  JsonObject *root, *payload;

  wt_test_client_send (client, "{\"msg_id\":\"m-1\",\"type\":\"sys_std\",\"payload\":{}}");
  ack = wt_test_client_take (client);
  g_assert_cmpstr (wt_test_get_string (ack, "type"), ==, "sys_ack");
  g_assert_cmpstr (wt_test_get_string (ack, "meta.uuid"), ==, "the-uuid");
  g_assert_cmpstr (wt_test_get_string (ack, "meta.acked_msg_id"), ==, "m-1");
  g_assert_cmpstr (wt_test_get_string (ack, "payload.status"), ==, "received");
  g_assert_nonnull (wt_test_get_string (ack, "msg_id"));
  root = json_node_get_object (ack);
  payload = json_object_get_object_member (root, "payload");
  g_assert_cmpfloat (json_object_get_double_member (payload, "server_timestamp"), >, 1.6e9);
  g_assert_false (json_object_has_member (payload, "client_timestamp"));
  wt_test_server_free (server);
}

static void
test_deep (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) client = wt_test_client_connect (server, "key-of-alice", "p");
  g_autofree char *deep = g_strnfill (100000, '[');
  g_autofree char *inside = g_strdup_printf (
      "{\"msg_id\":\"d\",\"type\":\"sys_std\",\"payload\":%s", deep);

  wt_test_client_send (client, deep);
  wt_test_client_send (client, inside);
  wt_test_client_send (client,
                       "{\"msg_id\":\"s\",\"type\":\"sys_std\",\"payload\":\"\\ud83d \\u0000\"}");
  wt_test_client_settle (client, server);
  g_assert_cmpuint (wt_test_client_count_acks (client, "s"), ==, 1);
  g_assert_cmpuint (wt_api_server_get_stats (server)->ignored, ==, 2);
  wt_test_server_free (server);
}

static void
on_received (WtApiServer *server,
             const char *user,
             const char *platform,
             WtEnvelope *envelope,
             GString *seen)
{
  g_string_append_printf (seen, "%s/%s:%s ", user, platform, wt_envelope_get_msg_id (envelope));
}

static void
test_once_an_hour (void)
{
  static const char text[] = "{\"msg_id\":\"m\",\"type\":\"sys_std\",\"payload\":{}}";
  g_autoptr (WtClock) clock = wt_clock_new_manual (1, 1700000000 * (gint64) G_USEC_PER_SEC);
  WtApiServer *server = wt_test_server_new (clock);
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  g_autoptr (WtTestClient) bob = wt_test_client_connect (server, "key-of-bob", "p");
  g_autoptr (GString) seen = g_string_new (NULL);

  g_signal_connect (server, "received", G_CALLBACK (on_received), seen);
  wt_test_client_send (alice, text);
  wt_test_wait_until (alice->frames->len == 1);
  wt_test_client_send (alice, text);
  /* One table for all of them. */
  wt_test_client_send (bob, text);
  wt_test_wait_until (alice->frames->len == 2 && bob->frames->len == 1);
  g_assert_cmpstr (seen->str, ==, "alice/p:m ");

  wt_clock_advance (clock, 3600 * 1000 - 1);
  wt_test_client_send (bob, text);
  wt_test_wait_until (bob->frames->len == 2);
  g_assert_cmpstr (seen->str, ==, "alice/p:m ");
  wt_clock_advance (clock, 1);
  wt_test_client_send (bob, text);
  wt_test_wait_until (bob->frames->len == 3);
  g_assert_cmpstr (seen->str, ==, "alice/p:m bob/p:m ");
  g_assert_cmpuint (wt_api_server_get_stats (server)->repeats, ==, 3);
  wt_test_server_free (server);
}

static void
test_binary (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) client = wt_test_client_connect (server, "key-of-alice", "p");

  soup_websocket_connection_send_binary (client->websocket, "{}", 2);
  wt_test_wait_until (client->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (client->websocket), ==, 1003);
  wt_test_server_free (server);
}

static void
test_hold_acks (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) client = wt_test_client_connect (server, "key-of-alice", "p");

  wt_api_server_set_hold_acks (server, TRUE);
  wt_test_client_send (client, "{\"msg_id\":\"1\",\"type\":\"x\",\"payload\":{}}");
  wt_test_client_send (client, "{\"msg_id\":\"2\",\"type\":\"x\",\"payload\":{}}");
  wt_test_wait_until (wt_api_server_get_stats (server)->frames == 2);
  g_assert_cmpuint (client->frames->len, ==, 0);
  wt_api_server_set_hold_acks (server, FALSE);
  wt_test_wait_until (client->frames->len == 2);
  g_assert_cmpuint (wt_test_client_count_acks (client, "1"), ==, 1);
  wt_test_server_free (server);
}

static void
test_disconnect_all (void)
{
  static const struct
  {
    guint16 code;
    const char *reason;
    guint16 seen;
    const char *seen_reason;
  } closes[] = {
    { 1000, NULL, 1000, NULL },
    { 1001, "bye", 1001, "bye" },
    { 1012, "restart", 1012, "restart" },
    { 4001, "mine", 4001, "mine" },
    { 1006, NULL, 0, NULL },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (closes); i++)
    {
      WtApiServer *server = wt_test_server_new (NULL);
      g_autoptr (WtTestClient) client = wt_test_client_connect (server, "key-of-alice", "p");

      wt_api_server_disconnect_all (server, closes[i].code, closes[i].reason);
      wt_test_wait_until (client->closed);
      g_assert_cmpuint (soup_websocket_connection_get_close_code (client->websocket), ==,
                        closes[i].seen);
      g_assert_cmpstr (soup_websocket_connection_get_close_data (client->websocket), ==,
                       closes[i].seen_reason);
      wt_test_server_free (server);
    }
}

static void
test_stop_says_going_away (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) client = wt_test_client_connect (server, "key-of-alice", "p");

  wt_test_server_free (server);
  wt_test_wait_until (client->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (client->websocket), ==, 1001);
}

/* Destroyed in the middle of things: nothing is left that would touch it. */
static void
test_destroy_busy (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) client = wt_test_client_connect (server, "key-of-alice", "p");

  wt_test_client_send (client, "{\"msg_id\":\"1\",\"type\":\"x\",\"payload\":{}}");
  g_assert_finalize_object (server);
  wt_test_wait_until (client->closed);
}

typedef struct
{
  GMainContext *context;
  char *url;
  gint ready;
  gint over;
} Elsewhere;

static gpointer
serve_elsewhere (gpointer data)
{
  Elsewhere *elsewhere = data;
  WtApiServer *server;

  g_main_context_push_thread_default (elsewhere->context);
  server = wt_test_server_new (NULL);
  elsewhere->url = wt_api_server_get_url (server);
  g_atomic_int_set (&elsewhere->ready, TRUE);
  g_main_context_wakeup (NULL);
  while (!g_atomic_int_get (&elsewhere->over))
    g_main_context_iteration (elsewhere->context, TRUE);
  wt_test_server_free (server);
  g_main_context_pop_thread_default (elsewhere->context);
  return NULL;
}

/* Everything the server does happens in the context of the thread that made it. */
static void
test_in_a_thread (void)
{
  Elsewhere elsewhere = { .context = g_main_context_new () };
  g_autoptr (GThread) thread = g_thread_new ("server", serve_elsewhere, &elsewhere);
  WtTestLogin login = { .key = "key-of-alice", .platform = "p" };
  g_autoptr (WtTestClient) client = NULL;

  wt_test_wait_until (g_atomic_int_get (&elsewhere.ready));
  client = wt_test_client_start_url (elsewhere.url, &login);
  g_assert_no_error (client->error);
  wt_test_client_send (client, "{\"msg_id\":\"1\",\"type\":\"x\",\"payload\":{}}");
  wt_test_wait_until (wt_test_client_count_acks (client, "1") == 1);

  g_atomic_int_set (&elsewhere.over, TRUE);
  g_main_context_wakeup (elsewhere.context);
  wt_test_wait_until (client->closed);
  g_thread_join (g_steal_pointer (&thread));
  g_clear_pointer (&elsewhere.context, g_main_context_unref);
  g_clear_pointer (&elsewhere.url, g_free);
}

static guint
get_status (const char *method, const char *url, const char *upgrade)
{
  g_autoptr (SoupSession) session = soup_session_new ();
  g_autoptr (SoupMessage) message = soup_message_new (method, url);
  g_autoptr (GBytes) body = g_bytes_new_static ("{}", 2);
  gboolean done = FALSE;

  if (upgrade != NULL)
    soup_message_headers_replace (soup_message_get_request_headers (message), "Upgrade", upgrade);
  if (g_str_equal (method, "POST"))
    soup_message_set_request_body_from_bytes (message, "application/json", body);
  g_signal_connect_swapped (message, "finished", G_CALLBACK (g_atomic_int_inc), &done);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, NULL, NULL, NULL);
  wt_test_wait_until (done);
  return soup_message_get_status (message);
}

static void
test_plain_http (void)
{
  static const struct
  {
    const char *method;
    const char *path;
    const char *upgrade;
    guint status;
  } requests[] = {
    { "GET", "/ws", NULL, 426 },
    { "GET", "/ws", "h2c", 426 },
    { "GET", "/ws", "websocket", 400 },
    { "POST", "/ws", NULL, 405 },
    { "GET", "/", NULL, 404 },
    { "GET", "/ws/", NULL, 404 },
    { "GET", "/ws/?EIO=4&transport=polling", NULL, 404 },
    { "GET", "/wsx", NULL, 404 },
  };
  WtApiServer *server = wt_test_server_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (requests); i++)
    {
      g_autofree char *url = g_strdup_printf ("http://127.0.0.1:%u%s",
                                              wt_api_server_get_port (server), requests[i].path);

      g_test_message ("%s %s", requests[i].method, requests[i].path);
      g_assert_cmpuint (get_status (requests[i].method, url, requests[i].upgrade), ==,
                        requests[i].status);
    }
  wt_test_server_free (server);
}

static void
test_path (void)
{
  g_autoptr (GError) error = NULL;
  WtApiServer *server = wt_api_server_new ();
  WtTestLogin right = { 0 }, wrong = { .path = "/ws" };
  g_autoptr (WtTestClient) in = NULL;
  g_autoptr (WtTestClient) out = NULL;

  wt_api_server_set_allow_all (server, TRUE);
  wt_api_server_set_path (server, "/ws/chat");
  g_assert_true (wt_api_server_listen (server, "127.0.0.1", 0, &error));
  in = wt_test_client_start (server, &right);
  g_assert_no_error (in->error);
  out = wt_test_client_start (server, &wrong);
  g_assert_nonnull (out->error);
  g_assert_cmpuint (out->status, ==, 404);
  wt_test_server_free (server);
}

static void
on_log (WtApiServer *server, const char *line, GString *log)
{
  g_string_append_printf (log, "%s\n", line);
}

static void
test_log_has_no_keys (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (GString) log = g_string_new (NULL);
  WtTestLogin bad = { .key = "a-wrong-secret" };
  g_autoptr (WtTestClient) alice = NULL;
  g_autoptr (WtTestClient) anybody = NULL;
  g_autoptr (WtTestClient) refused = NULL;
  g_autofree char *one = wt_test_make_message ("1", "key-of-alice", "open-secret", "p",
                                               "{\"type\":\"text\",\"data\":\"x\"}");
  g_autofree char *two = wt_test_make_message ("2", "key-of-alice", "key-of-bob", "p",
                                               "{\"type\":\"text\",\"data\":\"x\"}");

  g_signal_connect (server, "log", G_CALLBACK (on_log), log);
  refused = wt_test_client_start (server, &bad);
  wt_test_wait_until (refused->closed);
  wt_api_server_set_allow_all (server, TRUE);
  anybody = wt_test_client_connect (server, "open-secret", "p");
  alice = wt_test_client_connect (server, "key-of-alice", "p");
  wt_test_client_send (alice, one);
  wt_test_client_send (alice, two);
  wt_test_client_settle (alice, server);
  wt_test_server_free (server);

  g_test_message ("%s", log->str);
  g_assert_null (strstr (log->str, "secret"));
  g_assert_null (strstr (log->str, "key-of-"));
  g_assert_nonnull (strstr (log->str, "unknown key"));
  g_assert_nonnull (strstr (log->str, "message 2 to bob on p: nobody there"));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/new-destroy", test_new_destroy);
  g_test_add_func ("/server/listen", test_listen);
  for (gsize i = 0; i < G_N_ELEMENTS (logins); i++)
    {
      g_autofree char *path = g_strconcat ("/server/login/", logins[i].name, NULL);

      g_test_add_data_func (path, &logins[i], test_login);
    }
  g_test_add_func ("/server/uuid-made", test_uuid_made);
  for (gsize i = 0; i < G_N_ELEMENTS (frames); i++)
    {
      g_autofree char *path = g_strconcat ("/server/ack/", frames[i].name, NULL);

      g_test_add_data_func (path, GSIZE_TO_POINTER (i), test_ack);
    }
  g_test_add_func ("/server/ack-contents", test_ack_contents);
  g_test_add_func ("/server/deep", test_deep);
  g_test_add_func ("/server/once-an-hour", test_once_an_hour);
  g_test_add_func ("/server/binary", test_binary);
  g_test_add_func ("/server/hold-acks", test_hold_acks);
  g_test_add_func ("/server/disconnect-all", test_disconnect_all);
  g_test_add_func ("/server/stop-says-going-away", test_stop_says_going_away);
  g_test_add_func ("/server/destroy-busy", test_destroy_busy);
  g_test_add_func ("/server/in-a-thread", test_in_a_thread);
  g_test_add_func ("/server/plain-http", test_plain_http);
  g_test_add_func ("/server/path", test_path);
  g_test_add_func ("/server/log-has-no-keys", test_log_has_no_keys);
  return g_test_run ();
}
