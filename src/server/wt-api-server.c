/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-api-server.h"

#include <libsoup/soup.h>
#include <string.h>

#include "wt-api-server-private.h"
#include "wt-envelope.h"
#include "wt-protocol-error.h"

#define DEFAULT_PATH "/ws"
/* Two messages of the longest kind, and a little. */
#define DEFAULT_MAX_QUEUED (2 * (gsize) WT_PROTOCOL_MAX_BYTES + 1024 * 1024)
#define DEFAULT_MAX_CONNECTIONS 512
#define DEFAULT_KEEPALIVE 20
#define MOST_SEEN 500000

enum
{
  PROP_0,
  PROP_CLOCK,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CONNECTED,
  SIGNAL_DISCONNECTED,
  SIGNAL_RECEIVED,
  SIGNAL_ACKED,
  SIGNAL_LOG,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (WtApiServer, wt_api_server, G_TYPE_OBJECT)

void
wt_api_server_log (WtApiServer *self, const char *format, ...)
{
  g_autofree char *line = NULL;
  va_list arguments;

  va_start (arguments, format);
  line = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_signal_emit (self, signals[SIGNAL_LOG], 0, line);
}

void
wt_api_server_emit_received (WtApiServer *self,
                             WtServerConnection *connection,
                             WtEnvelope *envelope)
{
  g_signal_emit (self, signals[SIGNAL_RECEIVED], 0, wt_server_connection_get_user (connection),
                 wt_server_connection_get_platform (connection), envelope);
}

void
wt_api_server_emit_acked (WtApiServer *self, WtServerConnection *connection, const char *msg_id)
{
  g_signal_emit (self, signals[SIGNAL_ACKED], 0, wt_server_connection_get_user (connection),
                 wt_server_connection_get_platform (connection), msg_id);
}

void
wt_api_server_emit_connected (WtApiServer *self, WtServerConnection *connection)
{
  g_signal_emit (self, signals[SIGNAL_CONNECTED], 0, wt_server_connection_get_user (connection),
                 wt_server_connection_get_platform (connection),
                 wt_server_connection_get_uuid (connection));
}

void
wt_api_server_emit_gone (WtApiServer *self, WtServerConnection *connection)
{
  g_signal_emit (self, signals[SIGNAL_DISCONNECTED], 0, wt_server_connection_get_user (connection),
                 wt_server_connection_get_platform (connection),
                 wt_server_connection_get_uuid (connection));
}

static gboolean
on_keepalive (gpointer data)
{
  WtApiServer *self = data;

  for (guint i = 0; i < self->connections->len; i++)
    {
      WtServerConnection *connection = g_ptr_array_index (self->connections, i);

      if (wt_server_connection_is_silent (connection))
        wt_server_connection_drop (connection, "silent");
    }
  return G_SOURCE_CONTINUE;
}

static void
stop_keepalive (WtApiServer *self)
{
  if (self->keepalive_source == NULL)
    return;
  g_source_destroy (self->keepalive_source);
  g_clear_pointer (&self->keepalive_source, g_source_unref);
}

static void
start_keepalive (WtApiServer *self)
{
  stop_keepalive (self);
  if (self->keepalive == 0)
    return;
  self->keepalive_source = g_timeout_source_new_seconds (self->keepalive);
  g_source_set_callback (self->keepalive_source, on_keepalive, self, NULL);
  g_source_attach (self->keepalive_source, g_main_context_get_thread_default ());
}

static void
ensure_soup (WtApiServer *self)
{
  if (self->soup != NULL)
    return;
  self->soup = soup_server_new ("server-header", "wheatear-server", NULL);
  soup_server_add_early_handler (self->soup, NULL, wt_api_server_on_early_request, self, NULL);
  soup_server_add_handler (self->soup, NULL, wt_api_server_on_request, self, NULL);
}

static void
end_soup (WtApiServer *self)
{
  if (self->tls != NULL)
    wt_tls_listener_stop (self->tls);
  g_clear_object (&self->tls);
  if (self->soup != NULL)
    soup_server_disconnect (self->soup);
  g_clear_object (&self->soup);
}

/* Returns the port, or 0. */
static guint16
listen_there (WtApiServer *self, GSocketAddress *address, GError **error)
{
  GSList *uris;
  guint16 port;

  if (self->certificate != NULL)
    {
      g_clear_object (&self->tls);
      self->tls = wt_tls_listener_new (self->soup, self->certificate, self->authorities);
      return wt_tls_listener_listen (self->tls, address, error);
    }
  if (!soup_server_listen (self->soup, address, 0, error))
    return 0;
  uris = soup_server_get_uris (self->soup);
  port = (guint16) g_uri_get_port (uris->data);
  g_slist_free_full (uris, (GDestroyNotify) g_uri_unref);
  return port;
}

static void
wt_api_server_constructed (GObject *object)
{
  WtApiServer *self = WT_API_SERVER (object);

  G_OBJECT_CLASS (wt_api_server_parent_class)->constructed (object);

  if (self->clock == NULL)
    self->clock = wt_clock_new ();
  self->seen = wt_seen_table_new (self->clock, MOST_SEEN);
}

static void
wt_api_server_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtApiServer *self = WT_API_SERVER (object);

  switch (id)
    {
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_api_server_dispose (GObject *object)
{
  WtApiServer *self = WT_API_SERVER (object);

  stop_keepalive (self);
  end_soup (self);
  g_clear_pointer (&self->connections, g_ptr_array_unref);
  g_clear_pointer (&self->bots, g_ptr_array_unref);
  G_OBJECT_CLASS (wt_api_server_parent_class)->dispose (object);
}

static void
wt_api_server_finalize (GObject *object)
{
  WtApiServer *self = WT_API_SERVER (object);

  g_clear_pointer (&self->seen, wt_seen_table_free);
  g_clear_pointer (&self->keys, wt_key_table_free);
  g_clear_pointer (&self->faults, wt_faults_unref);
  g_clear_object (&self->clock);
  g_clear_object (&self->certificate);
  g_clear_object (&self->authorities);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->host, g_free);
  G_OBJECT_CLASS (wt_api_server_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType last)
{
  GType types[3] = { G_TYPE_STRING, G_TYPE_STRING, last };

  if (n_params == 1)
    types[0] = last;
  return g_signal_newv (name, WT_TYPE_API_SERVER, G_SIGNAL_RUN_LAST, NULL, NULL, NULL, NULL,
                        G_TYPE_NONE, n_params, types);
}

static void
wt_api_server_class_init (WtApiServerClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->constructed = wt_api_server_constructed;
  object_class->set_property = wt_api_server_set_property;
  object_class->dispose = wt_api_server_dispose;
  object_class->finalize = wt_api_server_finalize;

  /**
   * WtApiServer:clock: what tells when an hour is over and an ACK late enough.
   */
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, WT_TYPE_CLOCK,
                                                G_PARAM_WRITABLE | G_PARAM_CONSTRUCT_ONLY
                                                    | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  signals[SIGNAL_CONNECTED] = add_signal ("connected", 3, G_TYPE_STRING);
  signals[SIGNAL_DISCONNECTED] = add_signal ("disconnected", 3, G_TYPE_STRING);
  signals[SIGNAL_RECEIVED] = add_signal ("received", 3, WT_TYPE_ENVELOPE);
  signals[SIGNAL_ACKED] = add_signal ("acked", 3, G_TYPE_STRING);
  signals[SIGNAL_LOG] = add_signal ("log", 1, G_TYPE_STRING);
}

static void
wt_api_server_init (WtApiServer *self)
{
  self->keys = wt_key_table_new ();
  self->connections = g_ptr_array_new_with_free_func (g_object_unref);
  self->bots = g_ptr_array_new_with_free_func (g_object_unref);
  self->path = g_strdup (DEFAULT_PATH);
  self->max_message = WT_PROTOCOL_MAX_BYTES;
  self->max_queued = DEFAULT_MAX_QUEUED;
  self->max_connections = DEFAULT_MAX_CONNECTIONS;
  self->keepalive = DEFAULT_KEEPALIVE;
}

/**
 * wt_api_server_new:
 *
 * Returns: (transfer full): a server by the system's clock that lets nobody in and does not listen yet
 */
WtApiServer *
wt_api_server_new (void)
{
  return g_object_new (WT_TYPE_API_SERVER, NULL);
}

/**
 * wt_api_server_new_with_clock:
 * @clock: what tells the time
 *
 * Returns: (transfer full): a server that lets nobody in and does not listen yet
 */
WtApiServer *
wt_api_server_new_with_clock (WtClock *clock)
{
  return g_object_new (WT_TYPE_API_SERVER, "clock", clock, NULL);
}

static GSocketAddress *
resolve (const char *host, guint16 port, GError **error)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);
  g_autoptr (GResolver) resolver = NULL;
  GList *addresses;

  if (address == NULL)
    {
      resolver = g_resolver_get_default ();
      addresses = g_resolver_lookup_by_name (resolver, host, NULL, error);
      if (addresses == NULL)
        return NULL;
      g_set_object (&address, addresses->data);
      g_resolver_free_addresses (addresses);
    }
  return g_inet_socket_address_new (address, port);
}

/**
 * wt_api_server_listen:
 * @self: a server
 * @host: an address or a name of this machine
 * @port: a port, or 0 for a free one
 * @error: return location for a #GIOError or #GResolverError; %G_IO_ERROR_ADDRESS_IN_USE where the port is
 *   taken
 *
 * Begins to listen, in the thread-default main context.
 *
 * Returns: whether it does
 */
gboolean
wt_api_server_listen (WtApiServer *self, const char *host, guint16 port, GError **error)
{
  g_return_val_if_fail (WT_IS_API_SERVER (self), FALSE);
  g_return_val_if_fail (host != NULL, FALSE);

  g_autoptr (GSocketAddress) address = resolve (host, port, error);

  if (address == NULL)
    return FALSE;
  ensure_soup (self);
  self->port = listen_there (self, address, error);
  if (self->port == 0)
    return FALSE;
  g_clear_pointer (&self->host, g_free);
  self->host = g_strdup (host);
  start_keepalive (self);
  return TRUE;
}

/**
 * wt_api_server_get_url:
 * @self: a server that listens
 *
 * Returns: (transfer full) (nullable): where, as `ws://HOST:PORT/PATH`, or `wss://`
 */
char *
wt_api_server_get_url (WtApiServer *self)
{
  g_return_val_if_fail (WT_IS_API_SERVER (self), NULL);

  gboolean bracket;

  if (self->host == NULL)
    return NULL;
  bracket = strchr (self->host, ':') != NULL;
  return g_strdup_printf ("%s://%s%s%s:%u%s", self->certificate != NULL ? "wss" : "ws",
                          bracket ? "[" : "", self->host, bracket ? "]" : "", self->port,
                          self->path);
}

/**
 * wt_api_server_get_port:
 * @self: a server
 *
 * Returns: the port it listens on, or 0
 */
guint16
wt_api_server_get_port (WtApiServer *self)
{
  g_return_val_if_fail (WT_IS_API_SERVER (self), 0);

  return self->port;
}

/**
 * wt_api_server_stop:
 * @self: a server
 *
 * Listens no more and closes every connection with 1001. They are gone when
 * wt_api_server_get_n_connections() is 0, which takes as long as the clients do, at most five seconds.
 */
void
wt_api_server_stop (WtApiServer *self)
{
  g_return_if_fail (WT_IS_API_SERVER (self));

  g_clear_pointer (&self->host, g_free);
  stop_keepalive (self);
  wt_api_server_disconnect_all (self, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, "server going away");
  end_soup (self);
  self->port = 0;
}
