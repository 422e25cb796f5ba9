/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-mailbox.h"
#include "wt-test.h"
#include "wt-worker.h"

typedef struct
{
  WtWorker *worker;
  WtMailbox *mailbox;
  guint calls;
  guint largest;
  guint next;
  gint posted;
  gint freed;
} Fixture;

static gboolean
post_thousand (gpointer data)
{
  Fixture *fixture = data;

  g_assert_true (wt_worker_is_current (fixture->worker));
  for (guint i = 1; i <= 1000; i++)
    wt_mailbox_post (fixture->mailbox, GUINT_TO_POINTER (i));
  g_atomic_int_inc (&fixture->posted);
  return G_SOURCE_REMOVE;
}

static void
count_free (gpointer data)
{
  Fixture *fixture = data;

  g_atomic_int_inc (&fixture->freed);
}

static void
receive (GPtrArray *letters, gpointer data)
{
  Fixture *fixture = data;

  fixture->calls++;
  fixture->largest = MAX (fixture->largest, letters->len);
  for (guint i = 0; i < letters->len; i++)
    g_assert_cmpuint (GPOINTER_TO_UINT (letters->pdata[i]), ==, ++fixture->next);
}

static void
test_mailbox_from_worker (void)
{
  Fixture fixture = { 0 };

  fixture.worker = wt_worker_new ("test");
  fixture.mailbox = wt_mailbox_new (NULL, 64, NULL, receive, &fixture);
  wt_worker_invoke (fixture.worker, post_thousand, &fixture, count_free);
  wt_test_wait_until (fixture.next == 1000);
  g_assert_cmpuint (fixture.largest, <=, 64);
  g_assert_cmpuint (fixture.calls, >=, 16);

  wt_worker_stop (fixture.worker);
  g_assert_cmpint (g_atomic_int_get (&fixture.freed), ==, 1);
  wt_worker_invoke (fixture.worker, post_thousand, &fixture, count_free);
  g_assert_cmpint (g_atomic_int_get (&fixture.posted), ==, 1);
  g_assert_cmpint (g_atomic_int_get (&fixture.freed), ==, 2);
  g_object_unref (fixture.worker);
  wt_mailbox_close (fixture.mailbox);
  wt_mailbox_unref (fixture.mailbox);
}

/* What one turn of the poster's loop posts comes together, and comes even where it was the last turn. */
static void
test_mailbox_turn (void)
{
  Fixture fixture = { 0 };

  fixture.worker = wt_worker_new ("test");
  fixture.mailbox = wt_mailbox_new (NULL, 5000, NULL, receive, &fixture);
  wt_worker_invoke (fixture.worker, post_thousand, &fixture, count_free);
  wt_worker_stop (fixture.worker);
  g_object_unref (fixture.worker);
  wt_test_wait_until (fixture.next == 1000);
  g_assert_cmpuint (fixture.calls, ==, 1);
  wt_mailbox_close (fixture.mailbox);
  wt_mailbox_unref (fixture.mailbox);
}

static void
test_mailbox_closed (void)
{
  g_autoptr (WtMailbox) mailbox = wt_mailbox_new (NULL, 1, g_free, receive, NULL);

  wt_mailbox_post (mailbox, g_strdup ("waiting"));
  wt_mailbox_close (mailbox);
  wt_mailbox_post (mailbox, g_strdup ("too late"));
  g_assert_false (g_main_context_iteration (NULL, FALSE));
}

static void
test_stop_runs_what_waits (void)
{
  Fixture fixture = { 0 };

  fixture.worker = wt_worker_new ("test");
  fixture.mailbox = wt_mailbox_new (NULL, 5000, NULL, receive, &fixture);
  for (guint i = 0; i < 3; i++)
    wt_worker_invoke (fixture.worker, post_thousand, &fixture, count_free);
  wt_worker_stop (fixture.worker);
  g_assert_cmpint (fixture.posted, ==, 3);
  g_assert_cmpint (fixture.freed, ==, 3);
  g_object_unref (fixture.worker);
  wt_mailbox_close (fixture.mailbox);
  wt_mailbox_unref (fixture.mailbox);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/worker/mailbox", test_mailbox_from_worker);
  g_test_add_func ("/worker/mailbox-turn", test_mailbox_turn);
  g_test_add_func ("/worker/mailbox-closed", test_mailbox_closed);
  g_test_add_func ("/worker/stop-runs-what-waits", test_stop_runs_what_waits);
  return g_test_run ();
}
