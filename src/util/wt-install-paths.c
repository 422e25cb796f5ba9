/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-install-paths.h"

/**
 * wt_install_paths_self:
 *
 * Returns: (transfer full) (nullable): the path of the running program's file
 */
char *
wt_install_paths_self (void)
{
  return g_file_read_link ("/proc/self/exe", NULL);
}

/**
 * wt_install_paths_beside:
 * @relative: a path relative to the folder of the running program
 *
 * So that a program started from its build folder finds what was built with it.
 *
 * Returns: (transfer full) (nullable): that path, if something exists there
 */
char *
wt_install_paths_beside (const char *relative)
{
  g_return_val_if_fail (relative != NULL, NULL);

  g_autofree char *self = wt_install_paths_self ();

  if (self == NULL)
    return NULL;

  g_autofree char *folder = g_path_get_dirname (self);
  g_autofree char *joined = g_build_filename (folder, relative, NULL);
  g_autofree char *path = g_canonicalize_filename (joined, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS) ? g_steal_pointer (&path) : NULL;
}

/**
 * wt_install_paths_find_program:
 * @name: a program's name
 *
 * Looks beside the running program first, then in PATH.
 *
 * Returns: (transfer full) (nullable): the program's path
 */
char *
wt_install_paths_find_program (const char *name)
{
  g_return_val_if_fail (name != NULL, NULL);

  g_autofree char *beside = wt_install_paths_beside (name);

  if (beside != NULL && g_file_test (beside, G_FILE_TEST_IS_EXECUTABLE))
    return g_steal_pointer (&beside);
  return g_find_program_in_path (name);
}

/**
 * wt_install_paths_locale:
 *
 * Returns: (transfer full): the folder with the translations: the build's own when started from there
 */
char *
wt_install_paths_locale (void)
{
  /* Only a build folder has meson's records one level up. */
  g_autofree char *build = wt_install_paths_beside ("../meson-info");

  if (build != NULL)
    {
      g_autofree char *po = wt_install_paths_beside ("../po");

      if (po != NULL)
        return g_steal_pointer (&po);
    }
  return g_strdup (WT_LOCALE_DIR);
}
