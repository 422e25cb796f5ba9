/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <gio/gio.h>
#include <libintl.h>
#include <locale.h>

#include "wt-cli.h"
#include "wt-log.h"

int
main (int argc, char **argv)
{
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, WT_LOCALE_DIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  wt_log_init ();
  /* It speaks in the main context of whoever asks for it first: that must not be a thread that ends. */
  g_network_monitor_get_default ();
  return wt_cli_main (argc, argv);
}
