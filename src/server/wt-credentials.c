/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-credentials.h"

#include <string.h>

#define LONGEST 4096
#define LONGEST_UUID 128
#define DEFAULT_PLATFORM "unknown"

static char *
take (SoupMessageHeaders *headers, GHashTable *query, const char *parameter, const char *header)
{
  const char *value = query != NULL ? g_hash_table_lookup (query, parameter) : NULL;

  if (value == NULL || *value == '\0')
    value = soup_message_headers_get_one (headers, header);
  if (value == NULL || *value == '\0' || strlen (value) > LONGEST
      || !g_utf8_validate (value, -1, NULL))
    return NULL;
  return g_strdup (value);
}

static gboolean
is_uuid (const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > LONGEST_UUID)
    return FALSE;
  for (const char *c = text; *c != '\0'; c++)
    {
      if (!g_ascii_isalnum (*c) && strchr ("-_.:", *c) == NULL)
        return FALSE;
    }
  return TRUE;
}

/**
 * wt_credentials_new:
 * @headers: the handshake's
 * @query: (nullable) (element-type utf8 utf8): the handshake's, decoded
 *
 * Reads who a client is (guide, "连接建立"): `api_key` and `platform` in the query, else `x-apikey` and
 * `x-platform`; `x-uuid` only as a header. Empty ones count as absent. Without a platform it is `unknown`;
 * without a usable uuid a new one is made.
 *
 * Returns: (transfer full): the credentials
 */
WtCredentials *
wt_credentials_new (SoupMessageHeaders *headers, GHashTable *query)
{
  WtCredentials *self = g_new0 (WtCredentials, 1);
  const char *uuid = soup_message_headers_get_one (headers, "x-uuid");

  self->key = take (headers, query, "api_key", "x-apikey");
  self->platform = take (headers, query, "platform", "x-platform");
  if (self->platform == NULL)
    self->platform = g_strdup (DEFAULT_PLATFORM);
  self->uuid = is_uuid (uuid) ? g_strdup (uuid) : g_uuid_string_random ();
  return self;
}

void
wt_credentials_free (WtCredentials *self)
{
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->platform, g_free);
  g_clear_pointer (&self->uuid, g_free);
  g_free (self);
}
