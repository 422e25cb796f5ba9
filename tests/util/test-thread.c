/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-thread.h"

#include <sys/resource.h>

#include "wt-test.h"
#include "wt-worker.h"

static gboolean
read_niceness (gpointer data)
{
  gint *niceness = data;

  g_atomic_int_set (niceness, getpriority (PRIO_PROCESS, 0));
  return G_SOURCE_REMOVE;
}

/* Of a thread that begins now. */
static int
niceness_of_worker (void)
{
  WtWorker *worker = wt_worker_new ("test");
  gint niceness = G_MAXINT;

  wt_worker_invoke (worker, read_niceness, &niceness, NULL);
  wt_worker_stop (worker);
  g_object_unref (worker);
  return g_atomic_int_get (&niceness);
}

static void
test_give_way (void)
{
  int own = getpriority (PRIO_PROCESS, 0);

#ifndef __linux__
  g_test_skip ("niceness is the process's here");
  return;
#endif
  if (own >= 19)
    {
      g_test_skip ("nothing can be nicer than this");
      return;
    }
  g_assert_cmpint (niceness_of_worker (), ==, own);
  wt_thread_give_way ();
  g_assert_cmpint (niceness_of_worker (), >, own);
  g_assert_cmpint (getpriority (PRIO_PROCESS, 0), ==, own);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/thread/give-way", test_give_way);

  return g_test_run ();
}
