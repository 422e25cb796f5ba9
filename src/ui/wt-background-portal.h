/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void wt_background_portal_request_async (GDBusConnection *bus,
                                         const char *parent,
                                         gboolean autostart,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data);
gboolean
wt_background_portal_request_finish (GAsyncResult *result, gboolean *no_autostart, GError **error);
void wt_background_portal_set_status (GDBusConnection *bus, const char *message);

G_END_DECLS
