/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Calls a target with its corpus, the golden frames, and both cut off at many places. */

#include "wt-fuzz.h"

#include "wt-golden.h"

#define N_CUTS 64

/* A copy of its own length, so that reading beyond the end is found. */
static void
call (GBytes *bytes, gsize length)
{
  g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), length);

  LLVMFuzzerTestOneInput (copy, length);
}

static void
replay (const char *path, gboolean cut)
{
  g_autoptr (GBytes) bytes = wt_golden_load (path);
  gsize length = g_bytes_get_size (bytes);

  g_test_message ("%s", path);
  if (!cut)
    call (bytes, length);
  else
    for (guint i = 0; i < N_CUTS; i++)
      call (bytes, length * i / N_CUTS);
}

static void
replay_golden (gboolean cut)
{
  static const char *const folders[] = { "accepted", "repaired", "refused" };

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autoptr (GPtrArray) paths = wt_golden_list (folders[i]);

      g_assert_cmpuint (paths->len, >, 0);
      for (guint n = 0; n < paths->len; n++)
        replay (g_ptr_array_index (paths, n), cut);
    }
}

static void
replay_corpus (gboolean cut)
{
  g_autofree char *folder = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", TARGET, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, &error);
  const char *name;
  guint count = 0;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      replay (path, cut);
      count++;
    }
  g_assert_cmpuint (count, >, 0);
}

static void
test_golden (void)
{
  replay_golden (FALSE);
}

static void
test_corpus (void)
{
  replay_corpus (FALSE);
}

static void
test_cut (void)
{
  replay_golden (TRUE);
  replay_corpus (TRUE);
}

static void
test_nothing (void)
{
  LLVMFuzzerTestOneInput (NULL, 0);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/" TARGET "/golden", test_golden);
  g_test_add_func ("/" TARGET "/corpus", test_corpus);
  g_test_add_func ("/" TARGET "/cut", test_cut);
  g_test_add_func ("/" TARGET "/nothing", test_nothing);

  return g_test_run ();
}
