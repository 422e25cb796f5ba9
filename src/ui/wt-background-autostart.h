/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

char *wt_background_autostart_dup_path (void);
char *wt_background_autostart_make (const char *program);
void wt_background_autostart_set_async (gboolean on,
                                        GCancellable *cancellable,
                                        GAsyncReadyCallback callback,
                                        gpointer data);
gboolean wt_background_autostart_set_finish (GAsyncResult *result, GError **error);

G_END_DECLS
