/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <signal.h>
#include <string.h>
#include <sys/wait.h>

#include "wt-chaos-child.h"
#include "wt-chaos-disk.h"
#include "wt-chaos-peer.h"
#include "wt-test.h"

/* The client dies at each of its steps to the disk, in turn, while it makes a profile, sends three messages, receives
 * three (one a picture), reads them and deletes the picture; and goes on where it was. With --long at every step, else at
 * a sample of them. WT_CHAOS_SEED repeats a sample. */

#define N_MESSAGES 3
#define PICTURE 2
#define DEATH 137 /* see wt-chaos-steps.h */
#define SAMPLE 40
/* A run is never the same twice: threads. */
#define MARGIN 12

typedef struct
{
  WtChaosChild client;
  WtChaosChild server;
  WtChaosPeer peer;
  GRand *random;
  char *folder;
  guint16 port;
  guint stored;    /* messages that the client said were stored */
  guint delivered; /* messages that the client said were acknowledged */
  guint arrived;   /* messages that the client showed */
  guint steps;
  gboolean server_ready, server_busy, ready, deleted;
} Fixture;

static gboolean is_long;

static void
on_client_line (const char *line, gpointer data)
{
  Fixture *fixture = data;

  if (g_str_equal (line, "ready"))
    fixture->ready = TRUE;
  else if (g_str_equal (line, "deleted"))
    fixture->deleted = TRUE;
  else if (g_str_has_prefix (line, "stored "))
    fixture->stored++;
  else if (g_str_has_prefix (line, "delivered "))
    fixture->delivered++;
  else if (g_str_equal (line, "arrived"))
    fixture->arrived++;
  else if (g_str_has_prefix (line, "steps "))
    fixture->steps = (guint) g_ascii_strtoull (line + strlen ("steps "), NULL, 10);
  else
    g_error ("the client says: %s", line);
}

static void
on_server_line (const char *line, gpointer data)
{
  Fixture *fixture = data;

  fixture->server_ready = fixture->server_ready || g_str_equal (line, "ready");
  if (g_str_equal (line, "busy"))
    fixture->server_busy = fixture->server.doomed = TRUE;
  wt_chaos_peer_take_line (&fixture->peer, line);
}

static void
start_server (Fixture *fixture)
{
  char *program = (char *) g_getenv ("WT_TEST_CHAOS_SERVER");

  do
    {
      g_autofree char *port = NULL;

      if (fixture->port == 0)
        /* Below the ports that the system hands out, so that nobody takes it meanwhile. */
        fixture->port = (guint16) g_random_int_range (12000, 32000);
      port = g_strdup_printf ("%u", fixture->port);
      char *argv[] = { program, port, (char *) "1", NULL };

      fixture->server_ready = fixture->server_busy = FALSE;
      wt_chaos_child_start (&fixture->server, argv);
      wt_test_wait_until (fixture->server_ready || fixture->server_busy);
      if (fixture->server_busy)
        {
          wt_chaos_child_wait (&fixture->server);
          fixture->port = 0;
        }
    }
  while (!fixture->server_ready);
}

static void
start_client (Fixture *fixture, guint step, gboolean torn)
{
  g_autofree char *port = g_strdup_printf ("%u", fixture->port);
  g_autofree char *number = g_strdup_printf ("%u", step);
  char *argv[] = { (char *) g_getenv ("WT_TEST_CHAOS_CLIENT"),
                   fixture->folder,
                   port,
                   number,
                   (char *) (torn ? "torn" : NULL),
                   NULL };

  fixture->ready = fixture->deleted = FALSE;
  wt_chaos_child_start (&fixture->client, argv);
  fixture->client.doomed = step != 0;
}

/* Waits for it, or for the client's death. */
#define WAIT(fixture, condition) wt_test_wait_until ((condition) || !(fixture)->client.running)

/* What the client has on its disk, of the conversation that is used. */
static WtChaosStored
look (Fixture *fixture)
{
  WtChaosStored stored[WT_CHAOS_CONVERSATIONS];

  wt_chaos_disk_check (fixture->folder, stored, WT_CHAOS_CONVERSATIONS);
  return stored[0];
}

/* The whole exchange, or what is left of it. Returns the client's exit status. */
static int
run_client (Fixture *fixture, guint step, gboolean torn)
{
  WtChaosStored stored;

  stored = look (fixture);
  fixture->delivered = stored.acked;
  fixture->arrived = stored.last_in;
  start_client (fixture, step, torn);
  WAIT (fixture, fixture->ready);
  for (guint i = stored.last_out + 1; i <= N_MESSAGES; i++)
    wt_chaos_child_tell (&fixture->client, "send 0 %u", i);
  WAIT (fixture, fixture->delivered == N_MESSAGES && fixture->arrived == N_MESSAGES
                     && wt_chaos_peer_is_settled (&fixture->peer));
  wt_chaos_child_tell (&fixture->client, "read");
  wt_chaos_child_tell (&fixture->client, "delete 0 [Picture]");
  WAIT (fixture, fixture->deleted);
  wt_chaos_child_tell (&fixture->client, "quit");
  wt_chaos_child_wait (&fixture->client);
  g_assert_true (WIFEXITED (fixture->client.status));
  return WEXITSTATUS (fixture->client.status);
}

static gboolean
on_tick (gpointer data)
{
  Fixture *fixture = data;

  wt_chaos_peer_tick (&fixture->peer);
  wt_chaos_child_tell (&fixture->client, "wake");
  return G_SOURCE_CONTINUE;
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
  fixture->stored = 0;
  fixture->folder = g_dir_make_tmp ("wt-chaos-XXXXXX", NULL);
  wt_chaos_peer_init (&fixture->peer, &fixture->server, fixture->random);
  fixture->peer.picture = PICTURE;
  for (guint i = 0; i < N_MESSAGES; i++)
    wt_chaos_peer_make (&fixture->peer, 0);
  start_server (fixture);
}

static void
tear_down (Fixture *fixture)
{
  wt_chaos_child_clear (&fixture->client);
  wt_chaos_child_clear (&fixture->server);
  wt_chaos_peer_clear (&fixture->peer);
  wt_chaos_disk_remove (fixture->folder);
  g_clear_pointer (&fixture->folder, g_free);
}

static void
check_end (Fixture *fixture)
{
  WtChaosStored stored;

  stored = look (fixture);
  g_assert_cmpuint (stored.last_in, ==, N_MESSAGES);
  g_assert_cmpuint (stored.last_out, ==, N_MESSAGES);
  g_assert_cmpuint (stored.acked, ==, N_MESSAGES);
  g_assert_cmpuint (stored.deleted, ==, 1);
  g_assert_cmpuint (stored.unread, ==, 0);
  g_assert_cmpuint (fixture->peer.talks[0].processed, ==, N_MESSAGES);
}

/* Returns whether it died. */
static gboolean
die_at (Fixture *fixture, guint step, gboolean torn)
{
  WtChaosStored stored;
  guint tick;
  int status;

  set_up (fixture);
  tick = g_timeout_add (200, on_tick, fixture);
  g_test_message ("step %u%s", step, torn ? ", torn" : "");
  status = run_client (fixture, step, torn);
  stored = look (fixture);
  g_assert_cmpuint (stored.last_in, >=, fixture->peer.talks[0].acked);
  g_assert_cmpuint (stored.last_out, >=, fixture->stored);
  g_assert_cmpuint (stored.last_out, >=, fixture->peer.talks[0].processed);
  if (status == DEATH)
    g_assert_cmpint (run_client (fixture, 0, FALSE), ==, 0);
  else
    g_assert_cmpint (status, ==, 0);
  check_end (fixture);
  g_source_remove (tick);
  tear_down (fixture);
  return status == DEATH;
}

static void
test_steps (void)
{
  Fixture fixture = { .random = NULL };
  const char *given = g_getenv ("WT_CHAOS_SEED");
  guint32 seed = given != NULL ? (guint32) g_ascii_strtoull (given, NULL, 10) : g_random_int ();
  guint deaths = 0, stride, total;
  gint64 start = g_get_monotonic_time ();

  fixture.random = g_rand_new_with_seed (seed);
  g_assert_false (die_at (&fixture, 0, FALSE));
  total = fixture.steps;
  stride = is_long ? 1 : MAX (total / SAMPLE, 1);
  g_test_message ("seed %u: %u steps, every %u", seed, total, stride);
  for (guint step = 1 + (guint) g_rand_int_range (fixture.random, 0, (int) stride);
       step <= total + (is_long ? MARGIN : 0); step += stride)
    {
      deaths += die_at (&fixture, step, g_rand_boolean (fixture.random)) ? 1 : 0;
    }
  g_test_message ("seed %u: died %u times in %.1f s", seed, deaths,
                  (double) (g_get_monotonic_time () - start) / G_USEC_PER_SEC);
  g_assert_cmpuint (deaths, >=, 5);
  g_rand_free (fixture.random);
}

int
main (int argc, char **argv)
{
  signal (SIGPIPE, SIG_IGN);
  g_test_init (&argc, &argv, NULL);
  is_long = argc > 1 && g_str_equal (argv[1], "--long") && g_getenv ("WHEATEAR_TEST_LONG") != NULL;
  g_test_add_func ("/chaos/steps", test_steps);
  return g_test_run ();
}
