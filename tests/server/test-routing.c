/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "wt-test-client.h"
#include "wt-test.h"

#define TEXT "{\"type\":\"text\",\"data\":\"你好\"}"

static void
on_log (WtApiServer *server, const char *line, GString *log)
{
  g_string_append_printf (log, "%s\n", line);
}

static void
test_every_connection (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  g_autoptr (WtTestClient) bob_1 = wt_test_client_connect (server, "key-of-bob", "p");
  g_autoptr (WtTestClient) bob_2 = wt_test_client_connect (server, "other-key-of-bob", "p");
  g_autoptr (WtTestClient) bob_elsewhere = wt_test_client_connect (server, "key-of-bob", "q");
  g_autoptr (WtTestClient) carol = wt_test_client_connect (server, "key-of-carol", "p");
  g_autofree char *message = wt_test_make_message ("m", "key-of-alice", "other-key-of-bob", "p",
                                                   TEXT);
  g_autoptr (JsonNode) one = NULL;
  g_autoptr (JsonNode) two = NULL;

  wt_test_client_send (alice, message);
  one = wt_test_client_take (bob_1);
  two = wt_test_client_take (bob_2);
  wt_test_client_settle (alice, server);
  wt_test_client_settle (bob_elsewhere, server);
  wt_test_client_settle (carol, server);
  g_assert_cmpuint (bob_elsewhere->frames->len, ==, 1);
  g_assert_cmpuint (carol->frames->len, ==, 1);
  g_assert_cmpuint (wt_test_client_count_type (alice, "sys_std"), ==, 0);

  g_assert_cmpstr (wt_test_get_string (one, "msg_id"), ==, "m");
  g_assert_cmpstr (wt_test_get_string (one, "meta.sender_user"), ==, "key-of-alice");
  g_assert_cmpstr (wt_test_get_string (one, "meta.target_user"), ==, "bob");
  g_assert_cmpstr (wt_test_get_string (two, "payload.message_segment.data"), ==, "你好");
  g_assert_cmpuint (wt_api_server_get_stats (server)->routed, ==, 1);
  wt_test_server_free (server);
}

static void
test_nobody (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  g_autofree char *away = wt_test_make_message ("1", "key-of-alice", "key-of-bob", "p", TEXT);
  g_autofree char *nobody = wt_test_make_message ("2", "key-of-alice", "nobody's", "p", TEXT);
  g_autofree char *empty = wt_test_make_message ("3", "key-of-alice", "", "", TEXT);

  wt_test_client_send (alice, away);
  wt_test_client_send (alice, nobody);
  wt_test_client_send (alice, empty);
  wt_test_client_settle (alice, server);
  for (char id[] = "1"; *id <= '3'; (*id)++)
    g_assert_cmpuint (wt_test_client_count_acks (alice, id), ==, 1);
  g_assert_cmpuint (wt_api_server_get_stats (server)->undeliverable
                        + wt_api_server_get_stats (server)->faulty,
                    ==, 3);
  g_assert_cmpuint (wt_api_server_get_stats (server)->routed, ==, 0);
  wt_test_server_free (server);
}

static void
test_to_myself (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  g_autofree char *message = wt_test_make_message ("m", "key-of-alice", "key-of-alice", "p", TEXT);
  g_autoptr (JsonNode) back = NULL;

  wt_test_client_send (alice, message);
  back = wt_test_client_take_type (alice, "sys_std");
  g_assert_cmpstr (wt_test_get_string (back, "meta.target_user"), ==, "alice");
  wt_test_server_free (server);
}

static void
test_results (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  WtTestLogin first = { .key = "key-of-bob", .platform = "p", .uuid = "u1" };
  WtTestLogin second = { .key = "key-of-bob", .platform = "p", .uuid = "u2" };
  WtTestLogin elsewhere = { .key = "key-of-bob", .platform = "q", .uuid = "u3" };
  g_autoptr (WtTestClient) one = wt_test_client_start (server, &first);
  g_autoptr (WtTestClient) two = wt_test_client_start (server, &second);
  g_autoptr (WtTestClient) namesake = wt_test_client_start (server, &second);
  g_autoptr (WtTestClient) three = wt_test_client_start (server, &elsewhere);
  g_autoptr (GBytes) text = g_bytes_new_static ("{\"x\":1}", 7);
  g_autoptr (GHashTable) results = NULL;
  g_autoptr (GHashTable) everywhere = NULL;
  g_autoptr (GHashTable) none = NULL;

  wt_test_wait_until (wt_api_server_get_stats (server)->connections == 4);
  results = wt_api_server_send (server, "bob", "p", text);
  g_assert_cmpuint (g_hash_table_size (results), ==, 3);
  g_assert_true (GPOINTER_TO_INT (g_hash_table_lookup (results, "u1")));
  g_assert_true (GPOINTER_TO_INT (g_hash_table_lookup (results, "u2")));
  g_assert_true (GPOINTER_TO_INT (g_hash_table_lookup (results, "u2#2")));
  everywhere = wt_api_server_send (server, "bob", NULL, text);
  g_assert_cmpuint (g_hash_table_size (everywhere), ==, 4);
  none = wt_api_server_send (server, "carol", "p", text);
  g_assert_cmpuint (g_hash_table_size (none), ==, 0);
  wt_test_wait_until (one->frames->len == 2 && two->frames->len == 2 && namesake->frames->len == 2
                      && three->frames->len == 1);
  wt_test_server_free (server);
}

/* One that is being closed is in the map, with false. */
static void
test_result_false (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  WtTestLogin login = { .key = "key-of-bob", .platform = "p", .uuid = "u1" };
  g_autoptr (WtTestClient) bob G_GNUC_UNUSED = wt_test_client_start (server, &login);
  g_autoptr (GBytes) text = g_bytes_new_static ("{}", 2);
  g_autoptr (GHashTable) results = NULL;

  wt_test_wait_until (wt_api_server_get_stats (server)->connections == 1);
  wt_api_server_disconnect_all (server, 1000, NULL);
  results = wt_api_server_send (server, "bob", "p", text);
  g_assert_true (g_hash_table_contains (results, "u1"));
  g_assert_false (GPOINTER_TO_INT (g_hash_table_lookup (results, "u1")));
  wt_test_server_free (server);
}

static void
test_results_logged (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (GString) log = g_string_new (NULL);
  WtTestLogin login = { .key = "key-of-bob", .platform = "p", .uuid = "u1" };
  g_autoptr (WtTestClient) bob = NULL;
  g_autoptr (WtTestClient) alice = NULL;
  g_autofree char *message = wt_test_make_message ("m", "key-of-alice", "key-of-bob", "p", TEXT);

  g_signal_connect (server, "log", G_CALLBACK (on_log), log);
  bob = wt_test_client_start (server, &login);
  alice = wt_test_client_connect (server, "key-of-alice", "p");
  wt_test_client_send (alice, message);
  wt_test_client_settle (alice, server);
  g_assert_nonnull (strstr (log->str, "alice: message m to bob on p: u1=true\n"));
  wt_test_server_free (server);
}

/* The payload arrives byte by byte as it was sent, whatever is in it. */
static void
test_payload_identity (void)
{
  static const char payload[]
      = "{ \"message_info\":{\"platform\":\"p\",\"message_id\":\"m\",\"time\":1703123456.7890001,"
        "\"sender_info\":{\"user_info\":{\"platform\":\"p\",\"user_id\":17,\"user_nickname\":"
        "\"\\u6d4b\\ud83c\\udf3e\","
        "\"x_unknown\":null}},\"additional_config\":{\"a\":[1,2.50,1e3],\"big\":"
        "123456789012345678901234567890}},"
        "\"message_segment\":{\"type\":\"new_kind\",\"data\":{\"deep\":[[{}]]},\"more\":true},"
        "\"message_dim\":{\"api_key\":\"key-of-bob\",\"platform\":\"p\",\"route\":\"x\"},\t\"z\":"
        "\"\\/\" }";
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  g_autoptr (WtTestClient) bob = wt_test_client_connect (server, "key-of-bob", "p");
  g_autofree char *text = g_strdup_printf (
      "{\"ver\":1,\"msg_id\":\"m\",\"type\":\"sys_std\",\"future\":{\"a\":1},\"payload\":%s}",
      payload);
  g_autofree char *expected = g_strdup_printf (
      "{\"meta\":{\"sender_user\":\"alice\",\"target_user\":\"bob\"},\"ver\":1,\"msg_id\":\"m\","
      "\"type\":\"sys_std\",\"future\":{\"a\":1},\"payload\":%s}",
      payload);

  wt_test_client_send (alice, text);
  wt_test_wait_until (bob->frames->len == 1);
  g_assert_cmpstr (g_bytes_get_data (g_ptr_array_index (bob->frames, 0), NULL), ==, expected);
  wt_test_server_free (server);
}

static void
test_large (gconstpointer data)
{
  gsize size = GPOINTER_TO_SIZE (data);
  WtApiServer *server = wt_test_server_new (NULL);
  WtTestLogin deflating = { .key = "key-of-bob", .platform = "p", .deflate = size < 10000000 };
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  g_autoptr (WtTestClient) bob = wt_test_client_start (server, &deflating);
  g_autofree char *base64 = g_malloc (size + 1);
  g_autofree char *segment = NULL;
  g_autofree char *message = NULL;
  const char *arrived;

  for (gsize i = 0; i < size; i++)
    base64[i] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdef"[(i * 7919 + i / 977) % 32];
  base64[size] = '\0';
  segment = g_strdup_printf ("{\"type\":\"image\",\"data\":\"%s\"}", base64);
  message = wt_test_make_message ("big", "key-of-alice", "key-of-bob", "p", segment);

  wt_test_client_send (alice, message);
  wt_test_wait_until (bob->frames->len == 1);
  arrived = g_bytes_get_data (g_ptr_array_index (bob->frames, 0), NULL);
  g_assert_true (strstr (arrived, base64) != NULL);
  wt_test_client_settle (alice, server);
  wt_test_client_settle (bob, server);
  g_assert_cmpuint (wt_test_client_count_acks (alice, "big"), ==, 1);
  wt_test_server_free (server);
}

/* By default two of one uuid live side by side. */
static void
test_same_uuid (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  WtTestLogin login = { .key = "key-of-bob", .platform = "p", .uuid = "u1" };
  g_autoptr (WtTestClient) old = wt_test_client_start (server, &login);
  g_autoptr (WtTestClient) new = wt_test_client_start (server, &login);

  wt_test_wait_until (wt_api_server_get_stats (server)->connections == 2);
  soup_websocket_connection_close (old->websocket, 1000, NULL);
  wt_test_wait_until (wt_api_server_get_n_connections (server) == 1);
  wt_test_client_settle (new, server);
  g_assert_false (new->closed);
  wt_test_server_free (server);
}

static void
test_same_uuid_as_the_real_one (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtFaults) faults = wt_faults_new (1);
  WtTestLogin login = { .key = "key-of-bob", .platform = "p", .uuid = "u1" };
  g_autoptr (WtTestClient) old = NULL;
  g_autoptr (WtTestClient) new = NULL;
  g_autoptr (WtTestClient) other = NULL;

  g_assert_true (wt_faults_add (faults, "real-uuid", NULL));
  wt_api_server_set_faults (server, faults);
  old = wt_test_client_start (server, &login);
  new = wt_test_client_start (server, &login);
  other = wt_test_client_connect (server, "key-of-bob", "p");
  wt_test_wait_until (wt_api_server_get_stats (server)->connections == 3);
  soup_websocket_connection_close (old->websocket, 1000, NULL);
  wt_test_wait_until (new->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (new->websocket), ==, 1000);
  g_assert_null (soup_websocket_connection_get_close_data (new->websocket));
  wt_test_client_settle (other, server);
  wt_test_server_free (server);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/routing/every-connection", test_every_connection);
  g_test_add_func ("/server/routing/nobody", test_nobody);
  g_test_add_func ("/server/routing/to-myself", test_to_myself);
  g_test_add_func ("/server/routing/results", test_results);
  g_test_add_func ("/server/routing/result-false", test_result_false);
  g_test_add_func ("/server/routing/results-logged", test_results_logged);
  g_test_add_func ("/server/routing/payload-identity", test_payload_identity);
  g_test_add_data_func ("/server/routing/8-megabytes", GSIZE_TO_POINTER (8 << 20), test_large);
  g_test_add_data_func ("/server/routing/90-megabytes", GSIZE_TO_POINTER (90 << 20), test_large);
  g_test_add_func ("/server/routing/same-uuid", test_same_uuid);
  g_test_add_func ("/server/routing/same-uuid-as-the-real-one", test_same_uuid_as_the_real_one);
  return g_test_run ();
}
