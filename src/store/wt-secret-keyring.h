/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void wt_secret_keyring_lookup_async (const char *profile,
                                     const char *name,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gboolean wt_secret_keyring_lookup_finish (GAsyncResult *result, char **value, GError **error);
void wt_secret_keyring_store_async (const char *profile,
                                    const char *name,
                                    const char *label,
                                    const char *value,
                                    GCancellable *cancellable,
                                    GAsyncReadyCallback callback,
                                    gpointer data);
gboolean wt_secret_keyring_store_finish (GAsyncResult *result, GError **error);
gboolean wt_secret_keyring_store_sync (const char *profile,
                                       const char *name,
                                       const char *label,
                                       const char *value,
                                       GError **error);
void wt_secret_keyring_forget_async (const char *profile,
                                     const char *name,
                                     GCancellable *cancellable,
                                     GAsyncReadyCallback callback,
                                     gpointer data);
gboolean wt_secret_keyring_forget_finish (GAsyncResult *result, GError **error);
gboolean wt_secret_keyring_is_missing (const GError *error);

G_END_DECLS
