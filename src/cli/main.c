/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <libintl.h>
#include <locale.h>

#include "wt-cli.h"
#include "wt-commit.h"
#include "wt-install-paths.h"
#include "wt-log.h"
#include "wt-version.h"

int
main (int argc, char **argv)
{
  g_autofree char *locale_folder = wt_install_paths_locale ();

  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  wt_log_init ();
  wt_version_init (WT_COMMIT);
  /* It speaks in the main context of whoever asks for it first: that must not be a thread that ends. */
  g_network_monitor_get_default ();
  return wt_cli_main (argc, argv);
}
