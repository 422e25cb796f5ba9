/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* golden/accepted: read without complaint; NAME.guide and NAME.maibot are what is written again.
 * golden/repaired: as accepted, although something is wrong with it.
 * golden/refused: NAME.error says why, and whether it is ACKed all the same.
 *
 * After a change of the format that is meant, WT_UPDATE_GOLDEN=1 writes what is expected anew. */

static inline int
wt_golden_compare (gconstpointer a, gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

static inline GPtrArray *
wt_golden_list (const char *folder)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "protocol", "golden", folder, NULL);
  g_autoptr (GPtrArray) names = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (GDir) dir = g_dir_open (path, 0, &error);
  const char *name;

  g_assert_no_error (error);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      if (g_str_has_suffix (name, ".json"))
        g_ptr_array_add (names, g_build_filename (path, name, NULL));
    }
  g_ptr_array_sort (names, wt_golden_compare);

  return g_steal_pointer (&names);
}

static inline GBytes *
wt_golden_load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *contents = NULL;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);

  return g_bytes_new (contents, length);
}

G_END_DECLS
