/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <libsoup/soup.h>

G_BEGIN_DECLS

/**
 * WtCredentials:
 * @key: (nullable): the API key: a secret
 * @platform: the platform
 * @uuid: the connection's name
 *
 * What a client says of itself in the handshake.
 */
typedef struct
{
  char *key;
  char *platform;
  char *uuid;
} WtCredentials;

WtCredentials *wt_credentials_new (SoupMessageHeaders *headers, GHashTable *query);
void wt_credentials_free (WtCredentials *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtCredentials, wt_credentials_free)

G_END_DECLS
