/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-digits.h"

/* Reads its first numbers in several threads at once; the status is how many were not read. Without GLib's test framework,
 * which reads numbers before any test can. */

#define THREADS 4

static gpointer
parse (gpointer data)
{
  int *n_ready = data;
  guint64 value = 0;

  g_atomic_int_inc (n_ready);
  while (g_atomic_int_get (n_ready) < THREADS)
    g_thread_yield ();
  return GINT_TO_POINTER (!wt_digits_parse ("8090", 65535, &value) || value != 8090);
}

int
main (void)
{
  GThread *threads[THREADS];
  int n_ready = 0;
  int n_failed = 0;

  for (guint i = 0; i < THREADS; i++)
    threads[i] = g_thread_new ("parse", parse, &n_ready);
  for (guint i = 0; i < THREADS; i++)
    n_failed += GPOINTER_TO_INT (g_thread_join (threads[i]));
  return n_failed;
}
