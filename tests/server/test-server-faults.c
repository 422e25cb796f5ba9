/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-test-client.h"
#include "wt-test.h"

static WtApiServer *
make_server (const char *fault)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtFaults) faults = wt_faults_new (11);
  g_autoptr (GError) error = NULL;

  wt_faults_add (faults, fault, &error);
  g_assert_no_error (error);
  wt_api_server_set_faults (server, faults);
  return server;
}

static void
send_numbered (WtTestClient *client, guint number)
{
  g_autofree char *text = g_strdup_printf ("{\"msg_id\":\"n-%u\",\"type\":\"x\",\"payload\":{}}",
                                           number);

  wt_test_client_send (client, text);
}

static void
test_drop_ack (void)
{
  WtApiServer *server = make_server ("drop-ack=1");
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  g_autoptr (WtTestClient) bob = wt_test_client_connect (server, "key-of-bob", "p");
  g_autofree char *message = wt_test_make_message ("m", "a", "key-of-bob", "p",
                                                   "{\"type\":\"text\",\"data\":\"x\"}");

  wt_test_client_send (alice, message);
  wt_test_wait_until (bob->frames->len == 1);
  g_assert_cmpuint (alice->frames->len, ==, 0);
  wt_test_server_free (server);
}

static void
test_drop_some (void)
{
  WtApiServer *server = make_server ("drop-ack=0.5");
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");

  for (guint i = 0; i < 100; i++)
    send_numbered (alice, i);
  wt_test_wait_until (wt_api_server_get_stats (server)->frames == 100);
  wt_api_server_set_faults (server, NULL);
  wt_test_wait_until (alice->frames->len > 20);
  g_assert_cmpuint (alice->frames->len, <, 80);
  wt_test_server_free (server);
}

static void
test_duplicate (void)
{
  WtApiServer *server = make_server ("duplicate=1");
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");

  send_numbered (alice, 1);
  wt_test_wait_until (wt_test_client_count_acks (alice, "n-1") == 2);
  wt_test_server_free (server);
}

static void
test_close_after (void)
{
  WtApiServer *server = make_server ("close-after=2:1012:service restart");
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");

  send_numbered (alice, 1);
  wt_test_wait_until (alice->frames->len == 1);
  g_assert_false (alice->closed);
  send_numbered (alice, 2);
  wt_test_wait_until (alice->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (alice->websocket), ==, 1012);
  g_assert_cmpstr (soup_websocket_connection_get_close_data (alice->websocket), ==,
                   "service restart");
  wt_test_server_free (server);
}

static void
test_cut (void)
{
  WtApiServer *server = make_server ("cut=1");
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");

  send_numbered (alice, 1);
  wt_test_wait_until (alice->closed);
  g_assert_cmpuint (soup_websocket_connection_get_close_code (alice->websocket), ==, 0);
  g_assert_cmpuint (alice->frames->len, ==, 0);
  wt_test_server_free (server);
}

static void
on_pong (SoupWebsocketConnection *websocket, GBytes *payload, gboolean *pong)
{
  *pong = TRUE;
}

static gboolean
on_time_over (gpointer data)
{
  *(gboolean *) data = TRUE;
  return G_SOURCE_REMOVE;
}

static void
test_half_open (void)
{
  WtApiServer *server = make_server ("half-open=1");
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  gboolean pong = FALSE, over = FALSE;

  g_signal_connect (alice->websocket, "pong", G_CALLBACK (on_pong), &pong);
  send_numbered (alice, 1);
  wt_test_wait_until (wt_api_server_get_stats (server)->frames == 1);
  soup_websocket_connection_set_keepalive_interval (alice->websocket, 1);
  send_numbered (alice, 2);
  g_timeout_add (1500, on_time_over, &over);
  wt_test_wait_until (over);
  /* No ACK, no pong, nothing read, and yet open. */
  g_assert_cmpuint (alice->frames->len, ==, 0);
  g_assert_false (pong);
  g_assert_cmpuint (wt_api_server_get_stats (server)->frames, ==, 1);
  g_assert_false (alice->closed);
  wt_test_server_free (server);
  wt_test_wait_until (alice->closed);
  g_signal_handlers_disconnect_by_data (alice->websocket, &pong);
}

static void
test_stall_all (void)
{
  WtApiServer *server = wt_test_server_new (NULL);
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  g_autoptr (WtTestClient) later = NULL;

  wt_api_server_stall_all (server);
  send_numbered (alice, 1);
  later = wt_test_client_connect (server, "key-of-alice", "p");
  wt_test_client_settle (later, server);
  g_assert_cmpuint (alice->frames->len, ==, 0);
  wt_test_server_free (server);
}

static void
test_malformed (void)
{
  WtApiServer *server = make_server ("malformed=1");
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");

  for (guint i = 0; i < 50; i++)
    send_numbered (alice, i);
  wt_test_wait_until (alice->frames->len == 100);
  for (guint i = 0; i < 50; i++)
    {
      g_autofree char *id = g_strdup_printf ("n-%u", i);

      g_assert_cmpuint (wt_test_client_count_acks (alice, id), ==, 1);
    }
  wt_test_server_free (server);
}

static void
test_slow (void)
{
  WtApiServer *server = make_server ("slow=2000");
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  gint64 start = g_get_monotonic_time ();

  for (guint i = 0; i < 20; i++)
    send_numbered (alice, i);
  wt_test_wait_until (alice->frames->len == 20);
  /* Some 3 kB of ACKs. */
  g_assert_cmpint (g_get_monotonic_time () - start, >, G_USEC_PER_SEC / 2);
  wt_test_server_free (server);
}

static void
test_reject_upgrade (void)
{
  WtApiServer *server = make_server ("reject-upgrade=502");
  WtTestLogin login = { .key = "key-of-alice" };
  g_autoptr (WtTestClient) alice = wt_test_client_start (server, &login);

  g_assert_nonnull (alice->error);
  g_assert_cmpuint (alice->status, ==, 502);
  wt_test_server_free (server);
}

static void
test_reorder (void)
{
  WtApiServer *server = make_server ("reorder");
  g_autoptr (WtTestClient) alice = wt_test_client_connect (server, "key-of-alice", "p");
  gboolean moved = FALSE;

  for (guint i = 0; i < 100; i++)
    send_numbered (alice, i);
  wt_test_wait_until (alice->frames->len == 100);
  for (guint i = 0; i < 100; i++)
    {
      g_autoptr (JsonNode) ack = wt_test_client_take (alice);
      g_autofree char *id = g_strdup_printf ("n-%u", i);

      g_assert_cmpuint (wt_test_client_count_acks (alice, id), ==, 1);
      moved = moved || g_strcmp0 (wt_test_get_string (ack, "meta.acked_msg_id"), id) != 0;
    }
  g_assert_true (moved);
  wt_test_server_free (server);
}

static void
test_delay_ack (void)
{
  g_autoptr (WtClock) clock = wt_clock_new_manual (1, 1);
  WtApiServer *server = wt_test_server_new (clock);
  g_autoptr (WtFaults) faults = wt_faults_new (11);
  g_autoptr (WtTestClient) alice = NULL;

  g_assert_true (wt_faults_add (faults, "delay-ack=60000", NULL));
  wt_api_server_set_faults (server, faults);
  alice = wt_test_client_connect (server, "key-of-alice", "p");
  send_numbered (alice, 1);
  wt_test_wait_until (wt_api_server_get_stats (server)->frames == 1);
  wt_clock_advance (clock, 59999);
  g_assert_cmpuint (alice->frames->len, ==, 0);
  wt_clock_advance (clock, 1);
  wt_test_wait_until (alice->frames->len == 1);

  /* One that is late for ever goes with its connection. */
  send_numbered (alice, 2);
  wt_test_wait_until (wt_api_server_get_stats (server)->frames == 2);
  wt_test_server_free (server);
  wt_clock_advance (clock, 100000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/server/server-faults/drop-ack", test_drop_ack);
  g_test_add_func ("/server/server-faults/drop-some", test_drop_some);
  g_test_add_func ("/server/server-faults/duplicate", test_duplicate);
  g_test_add_func ("/server/server-faults/close-after", test_close_after);
  g_test_add_func ("/server/server-faults/cut", test_cut);
  g_test_add_func ("/server/server-faults/half-open", test_half_open);
  g_test_add_func ("/server/server-faults/stall-all", test_stall_all);
  g_test_add_func ("/server/server-faults/malformed", test_malformed);
  g_test_add_func ("/server/server-faults/slow", test_slow);
  g_test_add_func ("/server/server-faults/reject-upgrade", test_reject_upgrade);
  g_test_add_func ("/server/server-faults/reorder", test_reorder);
  g_test_add_func ("/server/server-faults/delay-ack", test_delay_ack);
  return g_test_run ();
}
