/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-net-library.h"

#include <libsoup/soup.h>

/**
 * wt_net_library_dup_version:
 *
 * Returns: (transfer full): the version of libsoup that runs, for reports of what went wrong
 */
char *
wt_net_library_dup_version (void)
{
  return g_strdup_printf ("%u.%u.%u", soup_get_major_version (), soup_get_minor_version (),
                          soup_get_micro_version ());
}
