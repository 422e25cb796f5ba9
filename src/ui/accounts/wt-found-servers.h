/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-server-finder.h"

G_BEGIN_DECLS

/**
 * WtFoundServers:
 *
 * Offers the API servers that are found on this computer; shows nothing while there are none.
 *
 * Signals: `chosen` (a server's address).
 */
#define WT_TYPE_FOUND_SERVERS (wt_found_servers_get_type ())
G_DECLARE_FINAL_TYPE (WtFoundServers, wt_found_servers, WT, FOUND_SERVERS, AdwPreferencesGroup)

void wt_found_servers_follow (WtFoundServers *self, GtkWidget *page);
void wt_found_servers_unfollow (WtFoundServers *self, GtkWidget *page);
WtServerFinder *wt_found_servers_get_finder (WtFoundServers *self);

G_END_DECLS
