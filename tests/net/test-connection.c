/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-connection.h"

#include "fake-transport.h"
#include "wt-test.h"

#include <string.h>

#define START_US (1000 * G_TIME_SPAN_SECOND)
#define REAL_US (1700000000 * G_TIME_SPAN_SECOND)

typedef struct
{
  FakeTransport *transport;
  WtClock *clock;
  WtConnection *connection;
  WtEndpoint *endpoint;
  GString *states; /* as notified */
  guint frames;
  guint notified_diagnosis;
} Fixture;

static const char *
state_nick (WtConnectionState state)
{
  g_autoptr (GEnumClass) klass = g_type_class_ref (WT_TYPE_CONNECTION_STATE);

  return g_enum_get_value (klass, state)->value_nick;
}

static void
on_state (WtConnection *connection, GParamSpec *pspec, Fixture *fixture)
{
  g_string_append_printf (fixture->states, "%s ",
                          state_nick (wt_connection_get_state (connection)));
}

static void
on_diagnosis (WtConnection *connection, GParamSpec *pspec, Fixture *fixture)
{
  fixture->notified_diagnosis++;
}

static void
on_frame (WtConnection *connection, GBytes *frame, Fixture *fixture)
{
  fixture->frames++;
  g_string_append (fixture->states, "frame ");
}

static void
set_up (Fixture *fixture, gconstpointer data)
{
  fixture->transport = fake_transport_new ();
  fixture->clock = wt_clock_new_manual (START_US, REAL_US);
  fixture->connection = wt_connection_new (WT_TRANSPORT (fixture->transport), fixture->clock);
  fixture->endpoint = wt_endpoint_new ("ws://127.0.0.1:1/ws", WT_AUTH_HEADER, "k", "p", NULL, NULL);
  fixture->states = g_string_new (NULL);
  wt_connection_set_endpoint (fixture->connection, fixture->endpoint);
  g_signal_connect (fixture->connection, "notify::state", G_CALLBACK (on_state), fixture);
  g_signal_connect (fixture->connection, "notify::diagnosis", G_CALLBACK (on_diagnosis), fixture);
  g_signal_connect (fixture->connection, "frame", G_CALLBACK (on_frame), fixture);
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  if (fixture->connection != NULL)
    {
      g_object_add_weak_pointer (G_OBJECT (fixture->connection), (gpointer *) &fixture->connection);
      g_object_unref (fixture->connection);
      g_assert_null (fixture->connection);
    }
  g_assert_finalize_object (fixture->transport);
  g_assert_finalize_object (fixture->clock);
  g_clear_pointer (&fixture->endpoint, wt_endpoint_unref);
  g_string_free (fixture->states, TRUE);
}

static void
assert_state (Fixture *fixture, WtConnectionState state)
{
  g_assert_cmpstr (state_nick (wt_connection_get_state (fixture->connection)), ==,
                   state_nick (state));
}

static void
assert_kind (Fixture *fixture, WtDiagnosisKind kind)
{
  WtDiagnosis *diagnosis = wt_connection_get_diagnosis (fixture->connection);

  g_assert_nonnull (diagnosis);
  g_assert_cmpstr (wt_diagnosis_kind_to_nick (wt_diagnosis_get_kind (diagnosis)), ==,
                   wt_diagnosis_kind_to_nick (kind));
}

static gint64
get_delay_ms (Fixture *fixture)
{
  return (wt_connection_get_retry_at (fixture->connection)
          - wt_clock_get_monotonic (fixture->clock))
         / 1000;
}

static void
go_online (Fixture *fixture)
{
  wt_connection_start (fixture->connection);
  fake_transport_accept (fixture->transport);
  wt_clock_advance (fixture->clock, 400);
  assert_state (fixture, WT_CONNECTION_ONLINE);
}

static void
test_states (Fixture *fixture, gconstpointer data)
{
  assert_state (fixture, WT_CONNECTION_OFFLINE);
  g_assert_null (wt_connection_get_diagnosis (fixture->connection));
  wt_connection_start (fixture->connection);
  g_assert_cmpuint (fixture->transport->opened, ==, 1);
  g_assert_true (wt_endpoint_equal (fixture->transport->endpoint, fixture->endpoint));
  wt_connection_start (fixture->connection);
  g_assert_cmpuint (fixture->transport->opened, ==, 1);

  wt_transport_emit_step (WT_TRANSPORT (fixture->transport), WT_CONNECTION_RESOLVING);
  wt_transport_emit_step (WT_TRANSPORT (fixture->transport), WT_CONNECTION_CONNECTING);
  wt_transport_emit_step (WT_TRANSPORT (fixture->transport), WT_CONNECTION_SECURING);
  wt_transport_emit_step (WT_TRANSPORT (fixture->transport), WT_CONNECTION_CONNECTING);
  wt_transport_emit_step (WT_TRANSPORT (fixture->transport), WT_CONNECTION_UPGRADING);
  wt_transport_emit_step (WT_TRANSPORT (fixture->transport), WT_CONNECTION_ONLINE);
  g_assert_false (wt_connection_is_open (fixture->connection));
  wt_transport_emit_opened (WT_TRANSPORT (fixture->transport));
  g_assert_true (wt_connection_is_open (fixture->connection));
  wt_clock_advance (fixture->clock, 399);
  assert_state (fixture, WT_CONNECTION_CONFIRMING);
  wt_clock_advance (fixture->clock, 1);
  g_assert_cmpstr (fixture->states->str, ==,
                   "resolving connecting securing upgrading confirming online ");
}

static void
test_frame_confirms (Fixture *fixture, gconstpointer data)
{
  wt_connection_start (fixture->connection);
  fake_transport_accept (fixture->transport);
  fake_transport_say (fixture->transport, "{}");
  fake_transport_say (fixture->transport, "{}");
  wt_transport_emit_ignored (WT_TRANSPORT (fixture->transport));
  g_assert_cmpstr (fixture->states->str, ==,
                   "resolving connecting upgrading confirming online frame frame ");
  g_assert_cmpuint (wt_connection_get_ignored (fixture->connection), ==, 1);
}

/* wire.md, section 1: a bad key gets its handshake first. */
static void
test_refused_key (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uuid = NULL;

  wt_connection_start (fixture->connection);
  fake_transport_accept (fixture->transport);
  uuid = g_strdup (wt_connection_get_uuid (fixture->connection));
  wt_clock_advance (fixture->clock, 20);
  fake_transport_end (fixture->transport, 1000, "Authentication failed: 认证失败", TRUE);
  g_assert_cmpstr (fixture->states->str, ==, "resolving connecting upgrading confirming refused ");
  assert_kind (fixture, WT_DIAGNOSIS_AUTHENTICATION);
  g_assert_cmpint (wt_connection_get_retry_at (fixture->connection), ==, 0);

  wt_clock_advance (fixture->clock, 3600 * 1000);
  wt_connection_network_changed (fixture->connection);
  g_assert_cmpuint (fixture->transport->opened, ==, 1);
  g_assert_cmpstr (wt_connection_get_uuid (fixture->connection), ==, uuid);
}

/* An endpoint that was online once: what answers otherwise now is in the way for a while. A bad key is a bad key. */
static void
test_proven_endpoint (Fixture *fixture, gconstpointer data)
{
  wt_connection_start (fixture->connection);
  fake_transport_fail (fixture->transport, WT_DIAGNOSIS_HTTP_STATUS, 404);
  assert_state (fixture, WT_CONNECTION_REFUSED);
  go_online (fixture);
  fake_transport_end (fixture->transport, 1001, NULL, TRUE);
  wt_connection_retry_now (fixture->connection);
  fake_transport_fail (fixture->transport, WT_DIAGNOSIS_HTTP_STATUS, 404);
  assert_state (fixture, WT_CONNECTION_WAITING);
  wt_connection_retry_now (fixture->connection);
  fake_transport_fail (fixture->transport, WT_DIAGNOSIS_AUTHENTICATION, 401);
  assert_state (fixture, WT_CONNECTION_REFUSED);
}

/* A hotel's login page has a certificate of its own. */
static void
test_network_change_while_refused (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    WtDiagnosisKind kind;
    gboolean again;
  } rows[] = {
    { WT_DIAGNOSIS_TLS_WRONG_HOST, TRUE },  { WT_DIAGNOSIS_NOT_API_SERVER, TRUE },
    { WT_DIAGNOSIS_AUTHENTICATION, FALSE }, { WT_DIAGNOSIS_SOCKET_IO, FALSE },
    { WT_DIAGNOSIS_NO_KEY, FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      guint opened;

      wt_connection_start (fixture->connection);
      fake_transport_fail (fixture->transport, rows[i].kind, 0);
      assert_state (fixture, WT_CONNECTION_REFUSED);
      opened = fixture->transport->opened;
      wt_clock_advance (fixture->clock, 100000);
      g_assert_cmpuint (fixture->transport->opened, ==, opened);
      wt_connection_network_changed (fixture->connection);
      g_assert_cmpuint (fixture->transport->opened, ==, opened + (rows[i].again ? 1 : 0));
      wt_connection_stop (fixture->connection);
    }
}

/* Each way out of REFUSED. */
static void
test_leaving_refused (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtEndpoint) other = wt_endpoint_new ("ws://127.0.0.1:1/ws", WT_AUTH_HEADER, "other",
                                                  "p", NULL, NULL);
  g_autoptr (WtEndpoint) equal = wt_endpoint_new ("ws://127.0.0.1:1/ws", WT_AUTH_HEADER, "other",
                                                  "p", NULL, NULL);

  wt_connection_start (fixture->connection);
  for (guint i = 1; i <= 5; i++)
    {
      g_assert_cmpuint (fixture->transport->opened, ==, i);
      fake_transport_fail (fixture->transport, WT_DIAGNOSIS_TLS_EXPIRED, 0);
      assert_state (fixture, WT_CONNECTION_REFUSED);
      if (i == 1)
        wt_connection_start (fixture->connection);
      else if (i == 2)
        wt_connection_retry_now (fixture->connection);
      else if (i == 3)
        wt_connection_set_endpoint (fixture->connection, other);
      else
        wt_connection_set_endpoint (fixture->connection, equal);
      assert_state (fixture, WT_CONNECTION_RESOLVING);
    }
  g_assert_true (wt_connection_get_endpoint (fixture->connection) == equal);
}

static void
test_backoff (Fixture *fixture, gconstpointer data)
{
  guint32 seed = (guint32) g_test_rand_int () & G_MAXINT32;
  gint64 sum = 0;

  g_test_message ("seed %u", seed);
  wt_connection_set_seed (fixture->connection, seed);
  wt_connection_start (fixture->connection);
  for (guint i = 0; i < 60; i++)
    {
      gint64 most = MIN (500 << MIN (i, 6), 30000);
      gint64 delay;

      fake_transport_fail (fixture->transport, WT_DIAGNOSIS_REFUSED, 0);
      assert_state (fixture, WT_CONNECTION_WAITING);
      delay = get_delay_ms (fixture);
      g_assert_cmpint (delay, >=, 0);
      g_assert_cmpint (delay, <=, most);
      sum += delay * 100 / most;
      if (delay > 0)
        wt_clock_advance (fixture->clock, (guint64) delay - 1);
      g_assert_cmpuint (fixture->transport->opened, ==, i + 1);
      wt_clock_advance (fixture->clock, 1);
      g_assert_cmpuint (fixture->transport->opened, ==, i + 2);
      g_assert_cmpint (wt_connection_get_retry_at (fixture->connection), ==, 0);
    }
  /* Full jitter: half of the ceiling on average. */
  g_assert_cmpint (sum / 60, >, 25);
  g_assert_cmpint (sum / 60, <, 75);
}

/* The longest wait of many, each after a connection that was online for @seconds. */
static gint64
get_longest_wait (Fixture *fixture, guint seconds)
{
  gint64 longest = 0;

  wt_connection_start (fixture->connection);
  for (guint i = 0; i < 30; i++)
    {
      fake_transport_accept (fixture->transport);
      fake_transport_say (fixture->transport, "{}");
      for (guint j = 0; j < seconds; j++)
        {
          wt_clock_advance (fixture->clock, 1000);
          wt_transport_emit_alive (WT_TRANSPORT (fixture->transport));
        }
      fake_transport_end (fixture->transport, 1001, NULL, TRUE);
      longest = MAX (longest, get_delay_ms (fixture));
      wt_connection_retry_now (fixture->connection);
    }
  return longest;
}

static void
test_stable_minute (Fixture *fixture, gconstpointer data)
{
  wt_connection_set_seed (fixture->connection, 1);
  g_assert_cmpint (get_longest_wait (fixture, 60), <=, 500);
  g_assert_cmpint (get_longest_wait (fixture, 59), >, 5000);
}

static void
test_silence (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uuid = NULL;

  go_online (fixture);
  uuid = g_strdup (wt_connection_get_uuid (fixture->connection));
  wt_clock_advance (fixture->clock, 29000);
  wt_transport_emit_alive (WT_TRANSPORT (fixture->transport));
  wt_clock_advance (fixture->clock, 29999);
  assert_state (fixture, WT_CONNECTION_ONLINE);
  fake_transport_say (fixture->transport, "{}");
  wt_clock_advance (fixture->clock, 29999);
  assert_state (fixture, WT_CONNECTION_ONLINE);
  wt_clock_advance (fixture->clock, 1);
  assert_state (fixture, WT_CONNECTION_WAITING);
  assert_kind (fixture, WT_DIAGNOSIS_NO_PONG);
  g_assert_cmpuint (fixture->transport->closed, ==, 1);
  g_assert_cmpstr (wt_connection_get_uuid (fixture->connection), !=, uuid);

  /* The transport's word of it comes late, and changes nothing. */
  fake_transport_end (fixture->transport, 1000, "Authentication failed", TRUE);
  assert_kind (fixture, WT_DIAGNOSIS_NO_PONG);
  fake_transport_say (fixture->transport, "late");
  g_assert_cmpuint (fixture->frames, ==, 1);
}

static void
test_silence_properties (Fixture *fixture, gconstpointer data)
{
  g_object_set (fixture->connection, "ping-interval", 2000, "pong-timeout", 500, "confirm-grace", 0,
                NULL);
  wt_connection_start (fixture->connection);
  fake_transport_accept (fixture->transport);
  wt_clock_advance (fixture->clock, 2499);
  assert_state (fixture, WT_CONNECTION_ONLINE);
  wt_clock_advance (fixture->clock, 1);
  assert_kind (fixture, WT_DIAGNOSIS_NO_PONG);
}

static void
test_uuid (Fixture *fixture, gconstpointer data)
{
  static const struct
  {
    guint16 code;
    gboolean clean;
    gboolean kept;
  } rows[] = { { 1001, TRUE, TRUE },
               { 1000, TRUE, TRUE },
               { 1012, TRUE, TRUE },
               { 1006, FALSE, FALSE },
               { 0, FALSE, FALSE } };

  g_assert_true (g_uuid_string_is_valid (wt_connection_get_uuid (fixture->connection)));
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *uuid = g_strdup (wt_connection_get_uuid (fixture->connection));

      go_online (fixture);
      g_assert_cmpstr (fixture->transport->uuid, ==, uuid);
      fake_transport_end (fixture->transport, rows[i].code, NULL, rows[i].clean);
      wt_connection_retry_now (fixture->connection);
      g_assert_cmpint (strcmp (fixture->transport->uuid, uuid) == 0, ==, rows[i].kept);
      g_assert_cmpstr (wt_connection_get_uuid (fixture->connection), ==, fixture->transport->uuid);
    }

  /* Never reached the server; perhaps reached it. */
  g_autofree char *uuid = g_strdup (wt_connection_get_uuid (fixture->connection));
  fake_transport_fail (fixture->transport, WT_DIAGNOSIS_REFUSED, 0);
  g_assert_cmpstr (wt_connection_get_uuid (fixture->connection), ==, uuid);
  wt_connection_retry_now (fixture->connection);
  wt_transport_emit_step (WT_TRANSPORT (fixture->transport), WT_CONNECTION_UPGRADING);
  fake_transport_fail (fixture->transport, WT_DIAGNOSIS_TIMEOUT, 0);
  g_assert_cmpstr (wt_connection_get_uuid (fixture->connection), !=, uuid);
}

/* 1000 without a reason: at once the first time, then with backoff, until it was stable. */
static void
test_replaced (Fixture *fixture, gconstpointer data)
{
  gint64 longest = 0;

  wt_connection_set_seed (fixture->connection, 3);
  go_online (fixture);
  fake_transport_end (fixture->transport, 1000, "", TRUE);
  assert_state (fixture, WT_CONNECTION_WAITING);
  assert_kind (fixture, WT_DIAGNOSIS_REPLACED);
  g_assert_cmpint (get_delay_ms (fixture), ==, 0);
  wt_clock_advance (fixture->clock, 0);
  g_assert_cmpuint (fixture->transport->opened, ==, 2);

  for (guint i = 0; i < 8; i++)
    {
      fake_transport_accept (fixture->transport);
      fake_transport_end (fixture->transport, 1000, "", TRUE);
      longest = MAX (longest, get_delay_ms (fixture));
      wt_connection_retry_now (fixture->connection);
    }
  g_assert_cmpint (longest, >, 1000);

  fake_transport_accept (fixture->transport);
  for (guint i = 0; i < 61; i++)
    {
      wt_clock_advance (fixture->clock, 1000);
      wt_transport_emit_alive (WT_TRANSPORT (fixture->transport));
    }
  fake_transport_end (fixture->transport, 1000, "", TRUE);
  g_assert_cmpint (get_delay_ms (fixture), ==, 0);
}

static void
fail_until_long_wait (Fixture *fixture)
{
  wt_connection_start (fixture->connection);
  fake_transport_fail (fixture->transport, WT_DIAGNOSIS_UNREACHABLE, 0);
  while (get_delay_ms (fixture) < 5000)
    {
      wt_connection_retry_now (fixture->connection);
      fake_transport_fail (fixture->transport, WT_DIAGNOSIS_UNREACHABLE, 0);
    }
}

static void
test_network_change_while_waiting (Fixture *fixture, gconstpointer data)
{
  guint opened;

  fail_until_long_wait (fixture);
  opened = fixture->transport->opened;
  wt_clock_advance (fixture->clock, 1000);
  wt_connection_network_changed (fixture->connection);
  g_assert_cmpuint (fixture->transport->opened, ==, opened + 1);
  assert_state (fixture, WT_CONNECTION_RESOLVING);

  /* A network that flaps is no reason to hammer: one attempt a second. */
  for (guint i = 0; i < 50; i++)
    {
      if (wt_connection_get_state (fixture->connection) == WT_CONNECTION_RESOLVING)
        fake_transport_fail (fixture->transport, WT_DIAGNOSIS_UNREACHABLE, 0);
      wt_connection_network_changed (fixture->connection);
    }
  g_assert_cmpuint (fixture->transport->opened, ==, opened + 1);
  g_assert_cmpint (get_delay_ms (fixture), <=, 1000);
  wt_clock_advance (fixture->clock, 1000);
  g_assert_cmpuint (fixture->transport->opened, ==, opened + 2);
}

static void
test_network_change_while_online (Fixture *fixture, gconstpointer data)
{
  go_online (fixture);
  wt_clock_advance (fixture->clock, 19000);
  wt_connection_network_changed (fixture->connection);
  wt_connection_network_changed (fixture->connection);
  g_assert_cmpuint (fixture->transport->checked, ==, 1);
  assert_state (fixture, WT_CONNECTION_ONLINE);

  /* Answered: the long deadline again. */
  wt_clock_advance (fixture->clock, 9000);
  wt_transport_emit_alive (WT_TRANSPORT (fixture->transport));
  wt_clock_advance (fixture->clock, 29000);
  assert_state (fixture, WT_CONNECTION_ONLINE);
  wt_transport_emit_alive (WT_TRANSPORT (fixture->transport));

  /* Not answered. */
  wt_connection_network_changed (fixture->connection);
  g_assert_cmpuint (fixture->transport->checked, ==, 2);
  wt_clock_advance (fixture->clock, 9999);
  assert_state (fixture, WT_CONNECTION_ONLINE);
  wt_clock_advance (fixture->clock, 1);
  assert_kind (fixture, WT_DIAGNOSIS_NO_PONG);
}

static gpointer
emit_network_changed (gpointer monitor)
{
  g_signal_emit_by_name (monitor, "network-changed", FALSE);
  g_signal_emit_by_name (monitor, "network-changed", TRUE);
  return NULL;
}

/* The monitor may speak in another thread. */
static void
test_network_monitor (Fixture *fixture, gconstpointer data)
{
  guint opened;

  fail_until_long_wait (fixture);
  wt_clock_advance (fixture->clock, 1000);
  opened = fixture->transport->opened;
  g_thread_join (g_thread_new ("monitor", emit_network_changed, g_network_monitor_get_default ()));
  g_assert_cmpuint (fixture->transport->opened, ==, opened);
  wt_test_wait_until (fixture->transport->opened == opened + 1);

  /* The same network, which leads somewhere since somebody logged in. */
  opened = fixture->transport->opened;
  fake_transport_fail (fixture->transport, WT_DIAGNOSIS_UNREACHABLE, 0);
  wt_clock_advance (fixture->clock, 1000);
  g_object_notify (G_OBJECT (g_network_monitor_get_default ()), "connectivity");
  wt_test_wait_until (fixture->transport->opened == opened + 1);

  /* Stopped, or gone: nothing. */
  wt_connection_stop (fixture->connection);
  emit_network_changed (g_network_monitor_get_default ());
  g_clear_object (&fixture->connection);
  emit_network_changed (g_network_monitor_get_default ());
  while (g_main_context_iteration (NULL, FALSE))
    ;
  g_assert_cmpuint (fixture->transport->opened, ==, opened + 1);
}

/* The time of day jumped while monotonic time stood still: the machine slept. */
static void
test_resume (Fixture *fixture, gconstpointer data)
{
  gint64 real;

  go_online (fixture);
  wt_clock_advance (fixture->clock, 10000);
  g_assert_cmpuint (fixture->transport->checked, ==, 0);
  real = wt_clock_get_real (fixture->clock);
  wt_clock_set_real (fixture->clock, real + 8 * G_TIME_SPAN_HOUR);
  wt_clock_advance (fixture->clock, 10000);
  g_assert_cmpuint (fixture->transport->checked, ==, 1);
  wt_transport_emit_alive (WT_TRANSPORT (fixture->transport));

  /* A little drift, and a clock set back, are no sleep. */
  real = wt_clock_get_real (fixture->clock);
  wt_clock_set_real (fixture->clock, real + 2 * G_TIME_SPAN_SECOND);
  wt_clock_advance (fixture->clock, 10000);
  wt_transport_emit_alive (WT_TRANSPORT (fixture->transport));
  wt_clock_set_real (fixture->clock, real - G_TIME_SPAN_DAY);
  wt_clock_advance (fixture->clock, 10000);
  g_assert_cmpuint (fixture->transport->checked, ==, 1);
  assert_state (fixture, WT_CONNECTION_ONLINE);
}

static void
test_stop (Fixture *fixture, gconstpointer data)
{
  g_autofree char *uuid = NULL;

  go_online (fixture);
  uuid = g_strdup (wt_connection_get_uuid (fixture->connection));
  wt_connection_stop (fixture->connection);
  assert_state (fixture, WT_CONNECTION_OFFLINE);
  g_assert_cmpuint (fixture->transport->close_code, ==, 1000);
  g_assert_false (wt_connection_is_open (fixture->connection));
  g_assert_true (wt_connection_is_closing (fixture->connection));
  wt_connection_stop (fixture->connection);
  g_assert_cmpuint (fixture->transport->closed, ==, 1);

  /* The server has answered the close: the name is free. */
  fake_transport_end (fixture->transport, 1000, NULL, TRUE);
  g_assert_false (wt_connection_is_closing (fixture->connection));
  assert_state (fixture, WT_CONNECTION_OFFLINE);
  g_assert_null (wt_connection_get_diagnosis (fixture->connection));
  go_online (fixture);
  g_assert_cmpstr (fixture->transport->uuid, ==, uuid);

  /* It has not. */
  wt_connection_stop (fixture->connection);
  wt_connection_start (fixture->connection);
  g_assert_cmpstr (fixture->transport->uuid, !=, uuid);
}

static void
test_stop_everywhere (Fixture *fixture, gconstpointer data)
{
  for (guint step = 0; step < 5; step++)
    {
      wt_connection_start (fixture->connection);
      if (step >= 1)
        wt_transport_emit_step (WT_TRANSPORT (fixture->transport), WT_CONNECTION_CONNECTING);
      if (step >= 2)
        wt_transport_emit_opened (WT_TRANSPORT (fixture->transport));
      if (step == 3)
        fake_transport_end (fixture->transport, 1001, NULL, TRUE);
      if (step == 4)
        fake_transport_end (fixture->transport, 1008, NULL, TRUE);
      wt_connection_stop (fixture->connection);
      assert_state (fixture, WT_CONNECTION_OFFLINE);
      g_assert_null (wt_connection_get_diagnosis (fixture->connection));
      g_assert_cmpint (wt_connection_get_retry_at (fixture->connection), ==, 0);

      guint opened = fixture->transport->opened;
      wt_clock_advance (fixture->clock, 3600 * 1000);
      wt_connection_retry_now (fixture->connection);
      wt_connection_network_changed (fixture->connection);
      g_assert_cmpuint (fixture->transport->opened, ==, opened);
    }
}

static void
test_send (Fixture *fixture, gconstpointer data)
{
  g_autoptr (GBytes) text = g_bytes_new_static ("{}", 2);
  g_autoptr (GError) error = NULL;

  g_assert_false (wt_connection_send (fixture->connection, text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_clear_error (&error);
  wt_connection_start (fixture->connection);
  g_assert_false (wt_connection_send (fixture->connection, text, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_NOT_CONNECTED);
  g_clear_error (&error);
  fake_transport_accept (fixture->transport);
  g_assert_true (wt_connection_send (fixture->connection, text, &error));
  wt_clock_advance (fixture->clock, 400);
  g_assert_true (wt_connection_send (fixture->connection, text, &error));
  g_assert_cmpuint (fixture->transport->sent, ==, 2);
  fake_transport_end (fixture->transport, 1001, NULL, TRUE);
  g_assert_false (wt_connection_send (fixture->connection, text, NULL));
}

static void
test_endpoint_change (Fixture *fixture, gconstpointer data)
{
  g_autoptr (WtEndpoint) same = wt_endpoint_new ("ws://127.0.0.1:1/ws", WT_AUTH_HEADER, "k", "p",
                                                 NULL, NULL);
  g_autoptr (WtEndpoint) other = wt_endpoint_new ("ws://127.0.0.1:2/ws", WT_AUTH_HEADER, "k", "p",
                                                  NULL, NULL);

  go_online (fixture);
  wt_connection_set_endpoint (fixture->connection, same);
  assert_state (fixture, WT_CONNECTION_ONLINE);
  wt_connection_set_endpoint (fixture->connection, other);
  assert_state (fixture, WT_CONNECTION_RESOLVING);
  g_assert_cmpuint (fixture->transport->closed, ==, 1);
  g_assert_cmpuint (fixture->transport->opened, ==, 2);
  g_assert_true (fixture->transport->endpoint == other);

  wt_connection_set_endpoint (fixture->connection, NULL);
  assert_state (fixture, WT_CONNECTION_REFUSED);
  assert_kind (fixture, WT_DIAGNOSIS_BAD_URL);
  wt_connection_stop (fixture->connection);
  wt_connection_set_endpoint (fixture->connection, same);
  assert_state (fixture, WT_CONNECTION_OFFLINE);
}

static void
test_notify_on_change_only (Fixture *fixture, gconstpointer data)
{
  guint notified = 0;

  go_online (fixture);
  g_assert_cmpuint (fixture->notified_diagnosis, ==, 0);
  fake_transport_end (fixture->transport, 1001, NULL, TRUE);
  g_assert_cmpuint (fixture->notified_diagnosis, ==, 1);
  wt_connection_retry_now (fixture->connection);
  g_assert_cmpuint (fixture->notified_diagnosis, ==, 1);
  fake_transport_accept (fixture->transport);
  wt_clock_advance (fixture->clock, 400);
  g_assert_cmpuint (fixture->notified_diagnosis, ==, 2);

  g_signal_connect_swapped (fixture->connection, "notify::pong-timeout",
                            G_CALLBACK (g_atomic_int_inc), &notified);
  g_object_set (fixture->connection, "pong-timeout", 1, NULL);
  g_object_set (fixture->connection, "pong-timeout", 1, NULL);
  g_assert_cmpuint (notified, ==, 1);
}

typedef enum
{
  DO_STOP,
  DO_DISPOSE,
  DO_UNREF,
  DO_RETRY,
  DO_CHANGE,
  N_DEEDS
} Deed;

typedef struct
{
  Fixture *fixture;
  Deed deed;
  guint left; /* signals until it is done */
} Meddler;

static void
meddle (Meddler *meddler)
{
  Fixture *fixture = meddler->fixture;
  g_autoptr (WtEndpoint) other = NULL;

  if (fixture->connection == NULL || meddler->left == 0 || --meddler->left > 0)
    return;
  switch (meddler->deed)
    {
    case DO_STOP:
      wt_connection_stop (fixture->connection);
      break;
    case DO_DISPOSE:
      g_object_run_dispose (G_OBJECT (fixture->connection));
      break;
    case DO_UNREF:
      g_clear_object (&fixture->connection);
      break;
    case DO_RETRY:
      wt_connection_retry_now (fixture->connection);
      break;
    case DO_CHANGE:
      other = wt_endpoint_new ("ws://127.0.0.1:9/ws", WT_AUTH_HEADER, "k", "p", NULL, NULL);
      wt_connection_set_endpoint (fixture->connection, other);
      break;
    case N_DEEDS:
      g_assert_not_reached ();
    }
}

/* Everything a handler may do, in every signal of a life of a connection. */
static void
test_meddling_handlers (void)
{
  for (guint deed = 0; deed < N_DEEDS; deed++)
    {
      for (guint left = 1; left <= 16; left++)
        {
          Fixture fixture = { NULL };
          Meddler meddler = { &fixture, deed, left };

          set_up (&fixture, NULL);
          g_test_message ("deed %u at signal %u", deed, left);
          g_signal_connect_swapped (fixture.connection, "notify", G_CALLBACK (meddle), &meddler);
          g_signal_connect_swapped (fixture.connection, "frame", G_CALLBACK (meddle), &meddler);
          wt_connection_start (fixture.connection);
          fake_transport_accept (fixture.transport);
          fake_transport_say (fixture.transport, "{}");
          fake_transport_end (fixture.transport, 1001, NULL, TRUE);
          wt_clock_advance (fixture.clock, 1000);
          fake_transport_accept (fixture.transport);
          wt_clock_advance (fixture.clock, 40000);
          fake_transport_accept (fixture.transport);
          fake_transport_end (fixture.transport, 1008, NULL, TRUE);
          if (fixture.connection != NULL)
            {
              wt_connection_start (fixture.connection);
              wt_connection_stop (fixture.connection);
              assert_state (&fixture, WT_CONNECTION_OFFLINE);
            }
          tear_down (&fixture, NULL);
        }
    }
}

static void
test_new_destroy (Fixture *fixture, gconstpointer data)
{
}

static void
test_destroy_while_open (Fixture *fixture, gconstpointer data)
{
  go_online (fixture);
  g_clear_object (&fixture->connection);
  g_assert_cmpuint (fixture->transport->closed, ==, 1);
  g_assert_cmpuint (fixture->transport->close_code, ==, 1001);
  wt_clock_advance (fixture->clock, 3600 * 1000);
  fake_transport_say (fixture->transport, "late");
}

#define ADD(path, function)                                                                        \
  g_test_add ("/net/connection/" path, Fixture, NULL, set_up, function, tear_down)

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  ADD ("new-destroy", test_new_destroy);
  ADD ("destroy-while-open", test_destroy_while_open);
  ADD ("states", test_states);
  ADD ("frame-confirms", test_frame_confirms);
  ADD ("refused-key", test_refused_key);
  ADD ("leaving-refused", test_leaving_refused);
  ADD ("proven-endpoint", test_proven_endpoint);
  ADD ("network-change-while-refused", test_network_change_while_refused);
  ADD ("backoff", test_backoff);
  ADD ("stable-minute", test_stable_minute);
  ADD ("silence", test_silence);
  ADD ("silence-properties", test_silence_properties);
  ADD ("uuid", test_uuid);
  ADD ("replaced", test_replaced);
  ADD ("network-change-while-waiting", test_network_change_while_waiting);
  ADD ("network-change-while-online", test_network_change_while_online);
  ADD ("network-monitor", test_network_monitor);
  ADD ("resume", test_resume);
  ADD ("stop", test_stop);
  ADD ("stop-everywhere", test_stop_everywhere);
  ADD ("send", test_send);
  ADD ("endpoint-change", test_endpoint_change);
  ADD ("notify-on-change-only", test_notify_on_change_only);
  g_test_add_func ("/net/connection/meddling-handlers", test_meddling_handlers);

  return g_test_run ();
}
