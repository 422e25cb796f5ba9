/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-secrets.h"

G_BEGIN_DECLS

struct _WtSecrets
{
  GObject parent_instance;

  /* Owned. */
  char *path;
  char *profile;
  char *fallback_reason; /* (nullable) */

  gboolean file_only;
  gboolean keyring_works;
  WtSecretsBackend backend;
};

void wt_secrets_fall_back (WtSecrets *self, GError *error);

G_END_DECLS
