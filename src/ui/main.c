/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include <glib/gi18n-lib.h>
#include <locale.h>
#include <string.h>

#include "wt-application.h"
#include "wt-commit.h"
#include "wt-install-paths.h"
#include "wt-link.h"
#include "wt-log.h"
#include "wt-thread.h"
#include "wt-version.h"

/* A link may have a key in it, and the command line is there for everybody to see. */
static void
hide_links (char **arguments)
{
  for (guint i = 1; arguments[0] != NULL && arguments[i] != NULL; i++)
    if (g_ascii_strncasecmp (arguments[i], WT_LINK_SCHEME ":", strlen (WT_LINK_SCHEME ":")) == 0)
      memset (arguments[i], '-', strlen (arguments[i]));
}

int
main (int argc, char **argv)
{
  g_autofree char *locale_folder = wt_install_paths_locale ();
  g_autoptr (WtApplication) application = NULL;
  g_auto (GStrv) arguments = g_strdupv (argv);
  int status;

  hide_links (argv);
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, locale_folder);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);
  wt_log_init ();
  wt_version_init (WT_COMMIT);
  /* It speaks in the main context of whoever asks for it first: that must not be a thread that ends. */
  g_network_monitor_get_default ();
  wt_thread_give_way ();

  application = wt_application_new ();
  status = g_application_run (G_APPLICATION (application), argc, arguments);
  return status != 0 ? status : wt_application_get_failure (application);
}
