/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <stdio.h>

#include "wt-log.h"
#include "wt-server-program.h"

int
main (int argc, char **argv)
{
  g_autoptr (WtServerOptions) options = NULL;
  g_autoptr (GError) error = NULL;

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, WT_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  wt_log_init ();

  options = wt_server_options_parse (argv, &error);
  if (options == NULL)
    {
      fprintf (stderr, "wheatear-server: %s\n", error->message);
      return 2;
    }
  if (options->version)
    {
      puts ("wheatear-server " WT_VERSION);
      return 0;
    }
  return wt_server_program_run (options);
}
