/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Stands before the system's connect(): notes every IP address that this program is about to connect to, leads the
 * listed ones to loopback, same port, and lets nothing leave the machine. */
void connect_spy_lead_home (const char *const *addresses);
guint connect_spy_count (const char *address);
guint connect_spy_count_all (void);
void connect_spy_reset (void);

G_END_DECLS
