/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "wt-chaos-child.h"
#include "wt-chaos-disk.h"
#include "wt-chaos-peer.h"
#include "wt-test.h"

/* Client and server talk through every fault there is, in both directions and several conversations at once: no message is
 * lost, none is there twice, each conversation keeps its order, and each message that was sent ends acknowledged. An ACK of
 * the client's means that the message is on its disk, whatever happens next. WT_CHAOS_SEED repeats a run's faults. */

#define SHORT_FAULTS 18
#define SHORT_MESSAGES 600
#define LONG_FAULTS 200
#define LONG_MESSAGES 10000
#define TICK_MS 150
#define SLICE_MS 10
#define DEAFNESS 0.1

typedef struct
{
  WtChaosChild client;
  WtChaosChild server;
  WtChaosPeer peer;
  GRand *random; /* of the faults */
  GRand *ears;   /* of the peer: what it is asked depends on time */
  char *folder;
  guint16 port;
  guint wanted[WT_CHAOS_CONVERSATIONS]; /* messages that the client shall send */
  guint told[WT_CHAOS_CONVERSATIONS];   /* of these, the ones it was told to */
  guint stored[WT_CHAOS_CONVERSATIONS]; /* of these, the ones it said are on its disk */
  guint deaths;
  guint fatal_acks; /* how many ACKs of the client's until its death, or 0 */
  gboolean server_ready, server_busy, ready, stopped;
} Fixture;

static gboolean is_long;

/* The client */

static void
tell_client (Fixture *fixture)
{
  if (!fixture->ready || fixture->stopped)
    return;
  for (guint i = 0; i < WT_CHAOS_CONVERSATIONS; i++)
    {
      while (fixture->told[i] < fixture->wanted[i])
        wt_chaos_child_tell (&fixture->client, "send %u %u", i, ++fixture->told[i]);
    }
}

static void
take_stored (Fixture *fixture, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", 2);
  guint64 conversation = g_ascii_strtoull (parts[0], NULL, 10);
  guint number = (guint) g_ascii_strtoull (parts[1], NULL, 10);

  g_assert_cmpuint (conversation, <, WT_CHAOS_CONVERSATIONS);
  g_assert_cmpuint (number, ==, fixture->stored[conversation] + 1);
  fixture->stored[conversation] = number;
}

static void
on_client_line (const char *line, gpointer data)
{
  Fixture *fixture = data;

  if (g_str_equal (line, "ready"))
    {
      fixture->ready = TRUE;
      tell_client (fixture);
    }
  else if (g_str_has_prefix (line, "stored "))
    take_stored (fixture, line + strlen ("stored "));
  else if (!g_str_has_prefix (line, "delivered ") && !g_str_equal (line, "arrived")
           && !g_str_has_prefix (line, "steps "))
    g_error ("the client says: %s", line);
}

static void
start_client (Fixture *fixture)
{
  g_autofree char *port = g_strdup_printf ("%u", fixture->port);
  char *argv[] = { (char *) g_getenv ("WT_TEST_CHAOS_CLIENT"), fixture->folder, port, NULL };

  if (fixture->client.running)
    return;
  fixture->ready = FALSE;
  wt_chaos_child_start (&fixture->client, argv);
}

/* What was promised is there; where its answer was lost, there may be more. */
static void
look (Fixture *fixture)
{
  WtChaosStored stored[WT_CHAOS_CONVERSATIONS];

  wt_chaos_disk_check (fixture->folder, stored, WT_CHAOS_CONVERSATIONS);
  for (guint i = 0; i < WT_CHAOS_CONVERSATIONS; i++)
    {
      g_assert_cmpuint (stored[i].last_in, >=, fixture->peer.talks[i].acked);
      g_assert_cmpuint (stored[i].last_out, >=, fixture->stored[i]);
      g_assert_cmpuint (stored[i].last_out, >=, fixture->peer.talks[i].processed);
      g_assert_cmpuint (stored[i].last_out, <=, fixture->told[i]);
      g_assert_cmpuint (stored[i].failed, ==, 0);
      if (!fixture->client.running)
        fixture->told[i] = fixture->stored[i] = stored[i].last_out;
    }
}

static void
kill_client (Fixture *fixture)
{
  wt_chaos_child_kill (&fixture->client);
  fixture->ready = FALSE;
  fixture->deaths++;
  look (fixture);
}

/* The server */

static void
on_server_line (const char *line, gpointer data)
{
  Fixture *fixture = data;

  fixture->server_ready = fixture->server_ready || g_str_equal (line, "ready");
  if (g_str_equal (line, "busy"))
    fixture->server_busy = fixture->server.doomed = TRUE;
  wt_chaos_peer_take_line (&fixture->peer, line);
  if (fixture->fatal_acks > 0 && g_str_has_prefix (line, "acked ") && --fixture->fatal_acks == 0
      && fixture->client.running)
    kill (fixture->client.pid, SIGKILL);
}

static void
start_server (Fixture *fixture)
{
  if (fixture->server.running)
    return;
  do
    {
      g_autofree char *port = g_strdup_printf ("%u", fixture->port);
      g_autofree char *seed = g_strdup_printf ("%u", g_rand_int (fixture->random));
      char *argv[] = { (char *) g_getenv ("WT_TEST_CHAOS_SERVER"), port, seed, NULL };

      fixture->server_ready = fixture->server_busy = FALSE;
      wt_chaos_child_start (&fixture->server, argv);
      wt_test_wait_until (fixture->server_ready || fixture->server_busy);
      if (fixture->server_busy)
        {
          wt_chaos_child_wait (&fixture->server);
          g_assert_null (fixture->folder); /* the client does not know of another port */
          fixture->port++;
        }
    }
  while (!fixture->server_ready);
}

static void
kill_server (Fixture *fixture)
{
  fixture->server.doomed = TRUE;
  wt_chaos_child_tell (&fixture->server, "die");
  wt_chaos_child_wait (&fixture->server);
  wt_chaos_peer_lose_server (&fixture->peer);
  fixture->deaths++;
}

/* Faults */

static void
fault_kill_client (Fixture *fixture)
{
  kill_client (fixture);
}

/* As soon as it has acknowledged something: that has to be on its disk by then. */
static void
fault_kill_client_acknowledging (Fixture *fixture)
{
  fixture->client.doomed = TRUE;
  fixture->fatal_acks = (guint) g_rand_int_range (fixture->random, 1, 12);
}

static void
fault_kill_server (Fixture *fixture)
{
  kill_server (fixture);
}

static void
fault_kill_server_receiving (Fixture *fixture)
{
  fixture->server.doomed = TRUE;
  /* The next one, which remembers nothing, is sent again what this one processed and did not acknowledge. */
  wt_chaos_child_tell (&fixture->server, "faults drop-ack=0.7");
  wt_chaos_child_tell (&fixture->server, "die-after %d", g_rand_int_range (fixture->random, 1, 12));
}

static void
fault_kill_both (Fixture *fixture)
{
  kill_server (fixture);
  kill_client (fixture);
}

static void
fault_cut (Fixture *fixture)
{
  wt_chaos_child_tell (&fixture->server, "close 1006");
}

static void
fault_close (Fixture *fixture)
{
  static const int codes[] = { 1000, 1001, 1011, 1012 };

  wt_chaos_child_tell (&fixture->server, "close %d",
                       codes[g_rand_int_range (fixture->random, 0, G_N_ELEMENTS (codes))]);
}

static void
fault_half_open (Fixture *fixture)
{
  wt_chaos_child_tell (&fixture->server, "stall");
}

static void
fault_half_open_later (Fixture *fixture)
{
  wt_chaos_child_tell (&fixture->server, "faults half-open=5");
}

static void
fault_lost_acks (Fixture *fixture)
{
  wt_chaos_child_tell (&fixture->server, "faults drop-ack=0.4");
}

static void
fault_doubled (Fixture *fixture)
{
  wt_chaos_child_tell (&fixture->server, "faults duplicate=0.5 drop-ack=0.2");
}

static void
fault_reordered (Fixture *fixture)
{
  wt_chaos_child_tell (&fixture->server, "faults reorder=acks delay-ack=120 duplicate=0.2");
}

static void
fault_broken_frames (Fixture *fixture)
{
  wt_chaos_child_tell (&fixture->server, "faults malformed=0.3 cut=0.05");
}

static void
fault_close_after (Fixture *fixture)
{
  wt_chaos_child_tell (&fixture->server, "faults close-after=%d:1011:chaos",
                       g_rand_int_range (fixture->random, 1, 20));
}

/* The rate is a new connection's. */
static void
fault_slow (Fixture *fixture)
{
  wt_chaos_child_tell (&fixture->server, "faults slow=40000");
  wt_chaos_child_tell (&fixture->server, "close 1006");
}

static void
fault_refused (Fixture *fixture)
{
  wt_chaos_child_tell (&fixture->server, "faults reject-upgrade=503");
  wt_chaos_child_tell (&fixture->server, "close 1006");
}

static void
fault_frozen_client (Fixture *fixture)
{
  fixture->stopped = TRUE;
  kill (fixture->client.pid, SIGSTOP);
}

static void
fault_frozen_server (Fixture *fixture)
{
  fixture->peer.silent = TRUE;
  kill (fixture->server.pid, SIGSTOP);
}

static const struct
{
  const char *name;
  void (*happen) (Fixture *fixture);
} faults[] = {
  { "client killed", fault_kill_client },
  { "client killed while acknowledging", fault_kill_client_acknowledging },
  { "server killed", fault_kill_server },
  { "server killed while receiving", fault_kill_server_receiving },
  { "both killed", fault_kill_both },
  { "cut", fault_cut },
  { "closed", fault_close },
  { "half-open", fault_half_open },
  { "half-open after some frames", fault_half_open_later },
  { "ACKs lost", fault_lost_acks },
  { "frames doubled", fault_doubled },
  { "ACKs late and out of order", fault_reordered },
  { "broken frames, cuts", fault_broken_frames },
  { "closed after some frames", fault_close_after },
  { "slow", fault_slow },
  { "refused with 503", fault_refused },
  { "client frozen", fault_frozen_client },
  { "server frozen", fault_frozen_server },
};

static void
heal (Fixture *fixture)
{
  if (fixture->stopped)
    kill (fixture->client.pid, SIGCONT);
  if (fixture->peer.silent)
    kill (fixture->server.pid, SIGCONT);
  fixture->stopped = fixture->peer.silent = FALSE;
  fixture->fatal_acks = 0;
  if (fixture->client.doomed && (fixture->client.running || fixture->ready))
    kill_client (fixture);
  /* It may not have received enough to die of. */
  if (fixture->server.doomed)
    kill_server (fixture);
  start_server (fixture);
  wt_chaos_child_tell (&fixture->server, "faults");
  start_client (fixture);
}

/* Traffic */

static void
make_messages (Fixture *fixture, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      guint conversation = (guint) g_rand_int_range (fixture->random, 0, WT_CHAOS_CONVERSATIONS);

      if (g_rand_boolean (fixture->random))
        wt_chaos_peer_make (&fixture->peer, conversation);
      else
        fixture->wanted[conversation]++;
    }
  tell_client (fixture);
}

/* Messages now and then, so that something is always on its way. */
static void
talk_for (Fixture *fixture, guint milliseconds, guint n)
{
  guint slices = milliseconds / SLICE_MS + 1;

  for (guint i = slices; i > 0; i--)
    {
      make_messages (fixture, n / i);
      n -= n / i;
      wt_chaos_run_for (MIN (milliseconds, SLICE_MS));
    }
}

static gboolean
on_tick (gpointer data)
{
  Fixture *fixture = data;

  if (fixture->peer.silent)
    return G_SOURCE_CONTINUE;
  wt_chaos_peer_tick (&fixture->peer);
  tell_client (fixture);
  /* A user who wants to be online again does not wait for the backoff's end. */
  if (fixture->ready && !fixture->stopped)
    wt_chaos_child_tell (&fixture->client, "wake");
  return G_SOURCE_CONTINUE;
}

static gboolean
is_settled (Fixture *fixture)
{
  for (guint i = 0; i < WT_CHAOS_CONVERSATIONS; i++)
    {
      if (fixture->peer.talks[i].processed < fixture->wanted[i])
        return FALSE;
    }
  return wt_chaos_peer_is_settled (&fixture->peer);
}

static gboolean
all_acked (Fixture *fixture)
{
  WtChaosStored stored[WT_CHAOS_CONVERSATIONS];

  wt_chaos_disk_check (fixture->folder, stored, WT_CHAOS_CONVERSATIONS);
  for (guint i = 0; i < WT_CHAOS_CONVERSATIONS; i++)
    {
      g_assert_cmpuint (stored[i].last_in, ==, fixture->peer.talks[i].made);
      g_assert_cmpuint (stored[i].last_out, ==, fixture->wanted[i]);
      g_assert_cmpuint (stored[i].failed, ==, 0);
      if (stored[i].acked < fixture->wanted[i])
        return FALSE;
    }
  return TRUE;
}

static void
set_up (Fixture *fixture)
{
  fixture->client.name = "the client";
  fixture->client.func = on_client_line;
  fixture->client.data = fixture;
  fixture->server.name = "the server";
  fixture->server.func = on_server_line;
  fixture->server.data = fixture;
  /* Below the ports that the system hands out, so that nobody takes it meanwhile. */
  fixture->port = (guint16) g_random_int_range (12000, 32000);
  wt_chaos_peer_init (&fixture->peer, &fixture->server, fixture->ears);
  fixture->peer.deafness = DEAFNESS;
  start_server (fixture);
  fixture->folder = g_dir_make_tmp ("wt-chaos-XXXXXX", NULL);
  start_client (fixture);
}

static void
go_through (Fixture *fixture, guint n_faults, guint n_messages)
{
  guint deck[G_N_ELEMENTS (faults)];

  for (guint i = 0; i < n_faults; i++)
    {
      guint left = G_N_ELEMENTS (faults) - i % G_N_ELEMENTS (faults);
      guint share = n_messages / (n_faults - i), drawn, fault;

      /* Each kind once before one comes again. */
      if (left == G_N_ELEMENTS (faults))
        {
          for (guint j = 0; j < left; j++)
            deck[j] = j;
        }
      drawn = (guint) g_rand_int_range (fixture->random, 0, (int) left);
      fault = deck[drawn];
      deck[drawn] = deck[left - 1];
      n_messages -= share;
      talk_for (fixture, (guint) g_rand_int_range (fixture->random, 0, 300), share / 3);
      make_messages (fixture, share / 3);
      wt_chaos_run_for ((guint) g_rand_int_range (fixture->random, 0, 20));
      g_test_message ("%u: %s", i, faults[fault].name);
      faults[fault].happen (fixture);
      talk_for (fixture, (guint) g_rand_int_range (fixture->random, 0, 600),
                share - share / 3 - share / 3);
      heal (fixture);
      if (g_rand_boolean (fixture->random))
        wt_test_wait_until (is_settled (fixture));
    }
}

static void
finish (Fixture *fixture)
{
  wt_test_wait_until (is_settled (fixture));
  wt_test_wait_until (all_acked (fixture));
  wt_chaos_child_tell (&fixture->client, "quit");
  wt_chaos_child_wait (&fixture->client);
  g_assert_true (WIFEXITED (fixture->client.status));
  g_assert_cmpint (WEXITSTATUS (fixture->client.status), ==, 0);
  look (fixture);
  g_assert_true (all_acked (fixture));
}

static void
test_faults (void)
{
  Fixture fixture = { .random = NULL };
  const char *given = g_getenv ("WT_CHAOS_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  guint n_faults = is_long ? LONG_FAULTS : SHORT_FAULTS;
  guint n_messages = is_long ? LONG_MESSAGES : SHORT_MESSAGES;
  gint64 start = g_get_monotonic_time ();
  guint tick;

  g_test_message ("seed %u: %u faults, %u messages", seed, n_faults, n_messages);
  fixture.random = g_rand_new_with_seed (seed);
  fixture.ears = g_rand_new_with_seed (seed);
  set_up (&fixture);
  tick = g_timeout_add (TICK_MS, on_tick, &fixture);
  go_through (&fixture, n_faults, n_messages);
  finish (&fixture);
  g_test_message ("seed %u: %u deaths, %u repeats, %u ACKs not heard, %.1f s", seed, fixture.deaths,
                  fixture.peer.repeats, fixture.peer.lost_acks,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_source_remove (tick);
  wt_chaos_child_clear (&fixture.client);
  wt_chaos_child_clear (&fixture.server);
  wt_chaos_peer_clear (&fixture.peer);
  wt_chaos_disk_remove (fixture.folder);
  g_free (fixture.folder);
  g_rand_free (fixture.random);
  g_rand_free (fixture.ears);
}

int
main (int argc, char **argv)
{
  signal (SIGPIPE, SIG_IGN);
  g_test_init (&argc, &argv, NULL);
  is_long = argc > 1 && g_str_equal (argv[1], "--long") && g_getenv ("WHEATEAR_TEST_LONG") != NULL;
  g_test_add_func ("/chaos/faults", test_faults);
  return g_test_run ();
}
