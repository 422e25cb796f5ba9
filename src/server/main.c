/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>

#include "wt-commit.h"
#include "wt-install-paths.h"
#include "wt-log.h"
#include "wt-server-program.h"
#include "wt-version.h"

int
main (int argc, char **argv)
{
  g_autofree char *locale_folder = wt_install_paths_locale ();
  g_autoptr (WtServerOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  wt_log_init ();
  wt_version_init (WT_COMMIT);

  options = wt_server_options_parse (argv, &error);
  if (options == NULL)
    {
      fprintf (stderr, "wheatear-server: %s\n", error->message);
      return 2;
    }
  if (options->version)
    {
      printf ("wheatear-server %s\n", wt_version_get ());
      return 0;
    }
  return wt_server_program_run (options);
}
