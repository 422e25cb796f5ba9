/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-address-guard.h"

#include "wt-address.h"

#include <string.h>

/**
 * WtAddressGuard:
 *
 * Keeps the requests of one download away from addresses that are not public, unless the user's own server is there.
 * What counts is the very address that is about to be connected to, not an earlier look-up of its name: between the
 * two the name may come to mean another one.
 */
struct _WtAddressGuard
{
  GObject parent_instance;

  char *own_host;        /* nullable, without a final dot */
  GList *own;            /* GInetAddress, where the own host is */
  GInetAddress *refused; /* the first of the message watched */
  gboolean is_own;       /* the message watched goes to the own host by name */
  gboolean looked_up;
};

G_DEFINE_FINAL_TYPE (WtAddressGuard, wt_address_guard, G_TYPE_OBJECT)

static char *
without_final_dot (const char *host)
{
  gsize length = strlen (host);

  return g_strndup (host, length > 1 && host[length - 1] == '.' ? length - 1 : length);
}

static gboolean
is_own_host (WtAddressGuard *self, const char *host)
{
  g_autofree char *name = without_final_dot (host);

  return self->own_host != NULL && g_ascii_strcasecmp (name, self->own_host) == 0;
}

static gboolean
is_own_address (WtAddressGuard *self, GInetAddress *address)
{
  for (GList *l = self->own; l != NULL; l = l->next)
    {
      /* All of loopback is this machine. */
      if (g_inet_address_equal (l->data, address)
          || (g_inet_address_get_is_loopback (l->data) && g_inet_address_get_is_loopback (address)))
        return TRUE;
    }
  return FALSE;
}

static gboolean
allows (WtAddressGuard *self, GInetAddress *address)
{
  if (wt_address_is_public (address) || is_own_address (self, address))
    return TRUE;
  if (self->refused == NULL)
    self->refused = g_object_ref (address);
  return FALSE;
}

/* A name that has to be looked up is judged when it has been. */
static gboolean
allows_host (WtAddressGuard *self, const char *host)
{
  g_autoptr (GInetAddress) address = wt_address_new_from_host (host);

  return address == NULL || allows (self, address);
}

static gboolean
allows_socket_address (WtAddressGuard *self, GSocketAddress *address)
{
  /* A proxy is the user's choice, wherever it is; what lies behind it is known by name only. */
  if (G_IS_PROXY_ADDRESS (address))
    return allows_host (self, g_proxy_address_get_destination_hostname (G_PROXY_ADDRESS (address)));
  return G_IS_INET_SOCKET_ADDRESS (address)
         && allows (self, g_inet_socket_address_get_address (G_INET_SOCKET_ADDRESS (address)));
}

static void
on_network_event (SoupMessage *message,
                  GSocketClientEvent event,
                  GIOStream *connection,
                  gpointer data)
{
  WtAddressGuard *self = data;
  GSocketConnection *attempt;
  g_autoptr (GSocketAddress) address = NULL;

  if (event != G_SOCKET_CLIENT_CONNECTING || self->is_own)
    return;
  attempt = G_SOCKET_CONNECTION (connection);
  address = g_socket_connection_get_remote_address (attempt, NULL);

  /* Connecting a closed socket fails before the system is asked; cancelling would come too late. */
  if (address == NULL || !allows_socket_address (self, address))
    g_socket_close (g_socket_connection_get_socket (attempt), NULL);
}

static void
wt_address_guard_finalize (GObject *object)
{
  WtAddressGuard *self = WT_ADDRESS_GUARD (object);

  g_clear_pointer (&self->own_host, g_free);
  g_clear_list (&self->own, g_object_unref);
  g_clear_object (&self->refused);

  G_OBJECT_CLASS (wt_address_guard_parent_class)->finalize (object);
}

static void
wt_address_guard_class_init (WtAddressGuardClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_address_guard_finalize;
}

static void
wt_address_guard_init (WtAddressGuard *self)
{
}

/**
 * wt_address_guard_new:
 * @own_host: (nullable): the host of the user's own server, a name or an address
 *
 * Returns: (transfer full): a guard
 */
WtAddressGuard *
wt_address_guard_new (const char *own_host)
{
  WtAddressGuard *self = g_object_new (WT_TYPE_ADDRESS_GUARD, NULL);
  GInetAddress *address;

  if (own_host == NULL || *own_host == '\0')
    return self;
  self->own_host = without_final_dot (own_host);
  address = wt_address_new_from_host (own_host);
  if (address != NULL)
    {
      self->own = g_list_prepend (self->own, address);
      self->looked_up = TRUE;
    }
  return self;
}

/**
 * wt_address_guard_watch:
 * @self: a guard
 * @message: a message that is not sent yet, and that will get a connection of its own
 *
 * Refuses connections of @message that may not be. Those to other addresses of its host stay possible; if there is
 * none, sending fails, and wt_address_guard_get_refused() tells why.
 *
 * Returns: whether @message may be sent at all: %FALSE if its host is an address that is refused
 */
gboolean
wt_address_guard_watch (WtAddressGuard *self, SoupMessage *message)
{
  const char *host = g_uri_get_host (soup_message_get_uri (message));

  g_clear_object (&self->refused);
  self->is_own = is_own_host (self, host);
  g_signal_connect_object (message, "network-event", G_CALLBACK (on_network_event), self, 0);
  return self->is_own || allows_host (self, host);
}

/**
 * wt_address_guard_get_is_own:
 * @self: a guard
 *
 * Returns: whether the message watched last goes to the own server's host, by that name
 */
gboolean
wt_address_guard_get_is_own (WtAddressGuard *self)
{
  return self->is_own;
}

/**
 * wt_address_guard_get_refused:
 * @self: a guard
 *
 * Returns: (transfer none) (nullable): the first address that was refused to the message watched last
 */
GInetAddress *
wt_address_guard_get_refused (WtAddressGuard *self)
{
  return self->refused;
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtAddressGuard *self = g_task_get_source_object (task);

  /* If the own server cannot be found, it is not there. */
  self->own = g_resolver_lookup_by_name_finish (G_RESOLVER (source), result, NULL);
  self->looked_up = TRUE;
  g_task_return_boolean (task, self->refused != NULL && is_own_address (self, self->refused));
}

/**
 * wt_address_guard_reconsider_async:
 * @self: a guard that refused an address
 * @cancellable: (nullable): cancels it
 * @callback: called when done
 * @data: (closure callback): for @callback
 *
 * Looks, once, whether it is the own server that is at the address refused, under another name.
 */
void
wt_address_guard_reconsider_async (WtAddressGuard *self,
                                   GCancellable *cancellable,
                                   GAsyncReadyCallback callback,
                                   gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GResolver) resolver = NULL;

  g_task_set_source_tag (task, wt_address_guard_reconsider_async);
  if (self->own_host == NULL || self->looked_up)
    {
      g_task_return_boolean (task, FALSE);
      return;
    }
  resolver = g_resolver_get_default ();
  g_resolver_lookup_by_name_async (resolver, self->own_host, cancellable, on_looked_up,
                                   g_object_ref (task));
}

/**
 * wt_address_guard_reconsider_finish:
 * @self: a guard
 * @result: what the callback got
 *
 * Returns: whether the message may be tried again
 */
gboolean
wt_address_guard_reconsider_finish (WtAddressGuard *self, GAsyncResult *result)
{
  return g_task_propagate_boolean (G_TASK (result), NULL);
}
