/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-tunnel-proxy.h"

/**
 * WtTunnelProxy:
 *
 * An HTTP proxy that is asked by CONNECT for a way through, also where libsoup would not: for what is not
 * encrypted. It is GIO's own under another scheme, since libsoup keeps http:// for itself.
 */
struct _WtTunnelProxy
{
  GObject parent_instance;
};

static void wt_tunnel_proxy_iface_init (GProxyInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (WtTunnelProxy,
                               wt_tunnel_proxy,
                               G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_PROXY, wt_tunnel_proxy_iface_init))

static GIOStream *
wt_tunnel_proxy_connect (GProxy *proxy,
                         GIOStream *connection,
                         GProxyAddress *address,
                         GCancellable *cancellable,
                         GError **error)
{
  g_autoptr (GProxy) http = g_proxy_get_default_for_protocol ("http");

  return g_proxy_connect (http, connection, address, cancellable, error);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GIOStream *stream = g_proxy_connect_finish (G_PROXY (source), result, &error);

  if (stream != NULL)
    g_task_return_pointer (task, stream, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
wt_tunnel_proxy_connect_async (GProxy *proxy,
                               GIOStream *connection,
                               GProxyAddress *address,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  GTask *task = g_task_new (proxy, cancellable, callback, data);
  g_autoptr (GProxy) http = g_proxy_get_default_for_protocol ("http");

  g_task_set_source_tag (task, wt_tunnel_proxy_connect_async);
  g_proxy_connect_async (http, connection, address, cancellable, on_connected, task);
}

static GIOStream *
wt_tunnel_proxy_connect_finish (GProxy *proxy, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

static gboolean
wt_tunnel_proxy_supports_hostname (GProxy *proxy)
{
  return TRUE;
}

static void
wt_tunnel_proxy_iface_init (GProxyInterface *iface)
{
  iface->connect = wt_tunnel_proxy_connect;
  iface->connect_async = wt_tunnel_proxy_connect_async;
  iface->connect_finish = wt_tunnel_proxy_connect_finish;
  iface->supports_hostname = wt_tunnel_proxy_supports_hostname;
}

static void
wt_tunnel_proxy_class_init (WtTunnelProxyClass *klass)
{
}

static void
wt_tunnel_proxy_init (WtTunnelProxy *self)
{
}

/**
 * wt_tunnel_proxy_register:
 *
 * Makes addresses with #WT_TUNNEL_SCHEME lead through this kind of proxy, in the whole program. Any number of times.
 */
void
wt_tunnel_proxy_register (void)
{
  /* Asking for one makes GIO's extension points known. */
  g_autoptr (GProxy) http = g_proxy_get_default_for_protocol ("http");

  g_io_extension_point_implement (G_PROXY_EXTENSION_POINT_NAME, WT_TYPE_TUNNEL_PROXY,
                                  WT_TUNNEL_SCHEME, 0);
}
