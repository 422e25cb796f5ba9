/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-api-server-private.h"

/**
 * wt_api_server_set_path:
 * @self: a server
 * @path: where the WebSocket is, beginning with `/`; `/ws` unless it is set
 */
void
wt_api_server_set_path (WtApiServer *self, const char *path)
{
  g_return_if_fail (WT_IS_API_SERVER (self));
  g_return_if_fail (path != NULL && *path == '/');

  g_clear_pointer (&self->path, g_free);
  self->path = g_strdup (path);
}

/**
 * wt_api_server_add_key:
 * @self: a server
 * @key: an API key: a secret
 * @user: whose it is; one user may have several
 */
void
wt_api_server_add_key (WtApiServer *self, const char *key, const char *user)
{
  g_return_if_fail (WT_IS_API_SERVER (self));
  g_return_if_fail (key != NULL && user != NULL);

  wt_key_table_add (self->keys, key, user);
}

/**
 * wt_api_server_set_allow_all:
 * @self: a server
 * @allow_all: whether everybody is let in, as a real server without keys does: the user is the key then,
 *   or `anonymous:UUID` without one
 */
void
wt_api_server_set_allow_all (WtApiServer *self, gboolean allow_all)
{
  g_return_if_fail (WT_IS_API_SERVER (self));

  wt_key_table_set_allow_all (self->keys, allow_all);
}

/**
 * wt_api_server_set_tls:
 * @self: a server that does not listen yet
 * @certificate_file: PEM file of the server's certificate and chain
 * @key_file: (nullable): PEM file of its key; %NULL: in @certificate_file
 * @client_ca_file: (nullable): PEM file of the authorities one of which must have signed the client's
 *   certificate; %NULL: clients need none
 * @error: return location for a #GFileError or #GTlsError
 *
 * Makes it speak `wss://` (guide, "SSL/TLS安全连接").
 *
 * Returns: whether the files could be used
 */
gboolean
wt_api_server_set_tls (WtApiServer *self,
                       const char *certificate_file,
                       const char *key_file,
                       const char *client_ca_file,
                       GError **error)
{
  g_return_val_if_fail (WT_IS_API_SERVER (self), FALSE);
  g_return_val_if_fail (certificate_file != NULL, FALSE);

  g_autoptr (GTlsCertificate) certificate = g_tls_certificate_new_from_files (
      certificate_file, key_file != NULL ? key_file : certificate_file, error);
  g_autoptr (GTlsDatabase) authorities = NULL;

  if (certificate == NULL)
    return FALSE;
  if (client_ca_file != NULL)
    {
      /* GLib wants it absolute. */
      g_autofree char *absolute = g_canonicalize_filename (client_ca_file, NULL);

      authorities = g_tls_file_database_new (absolute, error);
      if (authorities == NULL)
        return FALSE;
    }

  g_set_object (&self->certificate, certificate);
  g_set_object (&self->authorities, authorities);
  return TRUE;
}

/**
 * wt_api_server_set_max_message:
 * @self: a server
 * @bytes: the longest message that clients may send; the protocol's 100 MiB unless it is set
 *
 * A longer one closes its connection with 1009. For connections to come.
 */
void
wt_api_server_set_max_message (WtApiServer *self, gsize bytes)
{
  g_return_if_fail (WT_IS_API_SERVER (self));

  self->max_message = bytes;
}

/**
 * wt_api_server_set_max_queued:
 * @self: a server
 * @bytes: how much may wait for one client to read it before the client is dropped
 *
 * For connections to come. All together may let five times as much wait.
 */
void
wt_api_server_set_max_queued (WtApiServer *self, gsize bytes)
{
  g_return_if_fail (WT_IS_API_SERVER (self));

  self->max_queued = bytes;
}

/**
 * wt_api_server_set_max_connections:
 * @self: a server
 * @most: how many clients at most; more are answered with 503
 */
void
wt_api_server_set_max_connections (WtApiServer *self, guint most)
{
  g_return_if_fail (WT_IS_API_SERVER (self));

  self->max_connections = most;
}

/**
 * wt_api_server_set_keepalive:
 * @self: a server that does not listen yet
 * @seconds: how often clients are pinged, or 0 for never; silent for three times that, they are dropped
 */
void
wt_api_server_set_keepalive (WtApiServer *self, guint seconds)
{
  g_return_if_fail (WT_IS_API_SERVER (self));

  self->keepalive = seconds;
}

/**
 * wt_api_server_set_faults:
 * @self: a server
 * @faults: (nullable): what it does wrong from now on
 *
 * What lies on the way to a client (late, doubled, reordered frames; the rate) is for connections to come;
 * changes in @faults itself take effect at once.
 */
void
wt_api_server_set_faults (WtApiServer *self, WtFaults *faults)
{
  g_return_if_fail (WT_IS_API_SERVER (self));

  if (faults != NULL)
    wt_faults_ref (faults);
  g_clear_pointer (&self->faults, wt_faults_unref);
  self->faults = faults;
}

/**
 * wt_api_server_add_bot:
 * @self: a server
 * @bot: (transfer full): a bot; its users' names become keys
 */
void
wt_api_server_add_bot (WtApiServer *self, WtBot *bot)
{
  g_return_if_fail (WT_IS_API_SERVER (self));
  g_return_if_fail (WT_IS_BOT (bot));

  for (const char *const *user = wt_bot_get_users (bot); *user != NULL; user++)
    wt_key_table_add (self->keys, *user, *user);
  g_ptr_array_add (self->bots, bot);
}
