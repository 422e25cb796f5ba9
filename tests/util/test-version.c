/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-version.h"

static void
test_version (void)
{
  g_assert_cmpstr (wt_version_get (), ==, WT_VERSION);
  wt_version_init ("0123456789ab");
  g_assert_cmpstr (wt_version_get (), ==, WT_VERSION " (0123456789ab)");
  wt_version_init ("");
  g_assert_cmpstr (wt_version_get (), ==, WT_VERSION);
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/version", test_version);
  return g_test_run ();
}
