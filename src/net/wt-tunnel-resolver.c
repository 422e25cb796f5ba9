/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-tunnel-resolver.h"

#include "wt-tunnel-proxy.h"

#include <string.h>

/**
 * WtTunnelResolver:
 *
 * Names the proxies that another resolver names, but leads through the HTTP ones by CONNECT. RFC 6455, 4.1 wants that
 * for ws:// as well; libsoup hands a proxy the request itself, and hardly any passes an upgrade on.
 */
struct _WtTunnelResolver
{
  GObject parent_instance;

  GProxyResolver *resolver;
};

static void wt_tunnel_resolver_iface_init (GProxyResolverInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtTunnelResolver,
                               wt_tunnel_resolver,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY_RESOLVER,
                                                      wt_tunnel_resolver_iface_init))

/* @proxies: (transfer full) (nullable) */
static char **
lead_through (char **proxies)
{
  for (char **proxy = proxies; proxy != NULL && *proxy != NULL; proxy++)
    if (g_ascii_strncasecmp (*proxy, "http://", strlen ("http://")) == 0)
      {
        g_autofree char *plain = *proxy;

        *proxy = g_strconcat (WT_TUNNEL_SCHEME, plain + strlen ("http"), NULL);
      }
  return proxies;
}

/* The other one was chosen already; and GIO's simple one cannot answer this. */
static gboolean
wt_tunnel_resolver_is_supported (GProxyResolver *resolver)
{
  return TRUE;
}

static char **
wt_tunnel_resolver_lookup (GProxyResolver *resolver,
                           const char *uri,
                           GCancellable *cancellable,
                           GError **error)
{
  WtTunnelResolver *self = WT_TUNNEL_RESOLVER (resolver);

  return lead_through (g_proxy_resolver_lookup (self->resolver, uri, cancellable, error));
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  char **proxies = g_proxy_resolver_lookup_finish (G_PROXY_RESOLVER (source), result, &error);

  if (proxies != NULL)
    g_task_return_pointer (task, lead_through (proxies), (GDestroyNotify) g_strfreev);
  else
    g_task_return_error (task, error);
}

static void
wt_tunnel_resolver_lookup_async (GProxyResolver *resolver,
                                 const char *uri,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  GTask *task = g_task_new (resolver, cancellable, callback, data);

  g_task_set_source_tag (task, wt_tunnel_resolver_lookup_async);
  g_proxy_resolver_lookup_async (WT_TUNNEL_RESOLVER (resolver)->resolver, uri, cancellable,
                                 on_looked_up, task);
}

static char **
wt_tunnel_resolver_lookup_finish (GProxyResolver *resolver, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
wt_tunnel_resolver_iface_init (GProxyResolverInterface *iface)
{
  iface->is_supported = wt_tunnel_resolver_is_supported;
  iface->lookup = wt_tunnel_resolver_lookup;
  iface->lookup_async = wt_tunnel_resolver_lookup_async;
  iface->lookup_finish = wt_tunnel_resolver_lookup_finish;
}

static void
wt_tunnel_resolver_finalize (GObject *object)
{
  g_clear_object (&WT_TUNNEL_RESOLVER (object)->resolver);

  G_OBJECT_CLASS (wt_tunnel_resolver_parent_class)->finalize (object);
}

static void
wt_tunnel_resolver_class_init (WtTunnelResolverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_tunnel_resolver_finalize;
}

static void
wt_tunnel_resolver_init (WtTunnelResolver *self)
{
}

/**
 * wt_tunnel_resolver_new:
 * @resolver: who knows the proxies
 *
 * Returns: (transfer full): the resolver for connections that are not encrypted
 */
GProxyResolver *
wt_tunnel_resolver_new (GProxyResolver *resolver)
{
  g_return_val_if_fail (G_IS_PROXY_RESOLVER (resolver), NULL);

  WtTunnelResolver *self = g_object_new (WT_TYPE_TUNNEL_RESOLVER, NULL);

  self->resolver = g_object_ref (resolver);
  wt_tunnel_proxy_register ();
  return G_PROXY_RESOLVER (self);
}
