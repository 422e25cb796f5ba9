/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-thread.h"

#include <unistd.h>

/* On two processors as many threads as are busy in a flood of messages leave the window less than half of one: a frame of 11 ms
 * takes 22. Beside programs that use all of the machine, a message is a few hundredths of a second later instead. */
#define NICENESS 8

static gint gives_way;

/**
 * wt_thread_give_way:
 *
 * Lets the threads of the program's own that begin from now on give way to the others, and so to the one that calls: for a
 * program with a window, which is to stay smooth whatever they do. Does nothing where niceness is not a thread's own, as it is
 * on Linux.
 */
void
wt_thread_give_way (void)
{
  g_atomic_int_set (&gives_way, TRUE);
}

/**
 * wt_thread_begin:
 *
 * To be called once by each thread of the program's own, at its beginning.
 */
void
wt_thread_begin (void)
{
#ifdef __linux__
  /* It fails only where it would be of no use: nothing can be done about it. */
  if (g_atomic_int_get (&gives_way) && nice (NICENESS) == -1)
    g_debug ("A thread could not be told to give way.");
#endif
}
