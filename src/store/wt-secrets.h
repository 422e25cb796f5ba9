/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtSecrets: API keys by name, in the keyring (libsecret), or, where there is none or a profile
 * folder was given, in a file with mode 0600. Values are never logged. Every value that passes
 * through is registered with wt_log_add_secret().
 */
#define WT_TYPE_SECRETS (wt_secrets_get_type ())
G_DECLARE_FINAL_TYPE (WtSecrets, wt_secrets, WT, SECRETS, GObject)

typedef enum
{
  WT_SECRETS_KEYRING,
  WT_SECRETS_FILE,
} WtSecretsBackend;

WtSecrets *wt_secrets_new (const char *path, const char *profile, gboolean file_only);
WtSecretsBackend wt_secrets_get_backend (WtSecrets *self);
const char *wt_secrets_get_fallback_reason (WtSecrets *self);

void wt_secrets_lookup_async (WtSecrets *self,
                              const char *name,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
/* Returns: (nullable): the value; NULL without error where there is none */
char *wt_secrets_lookup_finish (WtSecrets *self, GAsyncResult *result, GError **error);

void wt_secrets_store_async (WtSecrets *self,
                             const char *name,
                             const char *label,
                             const char *value,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data);
gboolean wt_secrets_store_finish (WtSecrets *self, GAsyncResult *result, GError **error);

gboolean wt_secrets_store_sync (WtSecrets *self,
                                const char *name,
                                const char *label,
                                const char *value,
                                GError **error);

void wt_secrets_forget_async (WtSecrets *self,
                              const char *name,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
gboolean wt_secrets_forget_finish (WtSecrets *self, GAsyncResult *result, GError **error);

G_END_DECLS
