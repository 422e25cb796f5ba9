/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-version.h"

static char *version;

/**
 * wt_version_init:
 * @commit: the commit that the program was built from; empty where nobody knows
 *
 * Says what wt_version_get() returns. Called once, before any thread is started.
 */
void
wt_version_init (const char *commit)
{
  g_return_if_fail (commit != NULL);

  g_clear_pointer (&version, g_free);
  if (*commit != '\0')
    version = g_strdup_printf ("%s (%s)", WT_VERSION, commit);
}

/**
 * wt_version_get:
 *
 * Returns: the version for people and bug reports: with the commit in brackets, if that is known
 */
const char *
wt_version_get (void)
{
  return version != NULL ? version : WT_VERSION;
}
