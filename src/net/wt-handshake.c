/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-handshake.h"

#include "wt-deflate.h"
#include "wt-probe.h"
#include "wt-transport.h"
#include "wt-trust.h"
#include "wt-tunnel-resolver.h"

/**
 * WtHandshake:
 *
 * From an endpoint to an open WebSocket, or to the exact reason why there is none: resolving, connecting, TLS, the
 * upgrade, and a second look at a server that does not upgrade. Run once.
 *
 * Signals: `step` (#WtConnectionState), each once and in order.
 */
struct _WtHandshake
{
  GObject parent_instance;

  /* owned */
  WtEndpoint *endpoint;
  char *uuid;
  WtTrust *trust;
  SoupSession *session;
  SoupMessage *message;
  GCancellable
      *io; /* cancelled from outside, by the timeout, and by an answer that is no upgrade */
  GSocket *socket;
  GSource *timeout;
  WtDiagnosis *diagnosis;

  guint timeout_ms;
  WtConnectionState step;
  guint status; /* of an answer that is no upgrade */
  gboolean timed_out;
};

G_DEFINE_FINAL_TYPE (WtHandshake, wt_handshake, G_TYPE_OBJECT)

enum
{
  STEP,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static gboolean
on_timeout (gpointer data)
{
  WtHandshake *self = data;

  self->timed_out = TRUE;
  g_cancellable_cancel (self->io);
  return G_SOURCE_REMOVE;
}

static void
start_timeout (WtHandshake *self)
{
  g_autoptr (GMainContext) context = g_main_context_ref_thread_default ();

  self->timeout = g_timeout_source_new (self->timeout_ms);
  g_source_set_callback (self->timeout, on_timeout, self, NULL);
  g_source_attach (self->timeout, context);
}

static void
stop_timeout (WtHandshake *self)
{
  if (self->timeout != NULL)
    g_source_destroy (self->timeout);
  g_clear_pointer (&self->timeout, g_source_unref);
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  WtHandshake *self = data;

  g_cancellable_cancel (self->io);
}

/* --- what failed --- */

static void
fail (GTask *task, WtDiagnosis *diagnosis)
{
  WtHandshake *self = g_task_get_source_object (task);

  stop_timeout (self);
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  self->diagnosis = wt_diagnosis_ref (diagnosis);
  g_task_return_pointer (task, NULL, NULL);
}

static WtDiagnosis *
diagnose_status (guint status, gboolean is_socket_io)
{
  if (is_socket_io)
    return wt_diagnosis_new (WT_DIAGNOSIS_SOCKET_IO, status, NULL);
  if (status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_FORBIDDEN)
    return wt_diagnosis_new (WT_DIAGNOSIS_AUTHENTICATION, status, NULL);
  if (status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED)
    return wt_diagnosis_new (WT_DIAGNOSIS_PROXY, status, NULL);
  if (status >= 300)
    return wt_diagnosis_new (WT_DIAGNOSIS_HTTP_STATUS, status, NULL);
  return wt_diagnosis_new (WT_DIAGNOSIS_NOT_API_SERVER, status, NULL);
}

/* Answers of which one knows what they mean: a Socket.IO server gives none of them. */
static gboolean
is_telling_status (guint status)
{
  return status == SOUP_STATUS_UNAUTHORIZED || status == SOUP_STATUS_PROXY_AUTHENTICATION_REQUIRED
         || status == 429 || status >= 500;
}

static void
on_probed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtHandshake *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  gboolean is_socket_io = wt_probe_finish (result, &error);
  g_autoptr (WtDiagnosis) diagnosis = diagnose_status (self->status, is_socket_io);

  fail (task, diagnosis);
}

static void
fail_for_status (GTask *task)
{
  WtHandshake *self = g_task_get_source_object (task);

  if (is_telling_status (self->status)
      || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      g_autoptr (WtDiagnosis) diagnosis = diagnose_status (self->status, FALSE);

      fail (task, diagnosis);
      return;
    }
  g_clear_object (&self->io);
  self->io = g_cancellable_new ();
  wt_probe_async (self->session, self->endpoint, self->trust, self->io, on_probed,
                  g_object_ref (task));
}

static void
fail_for_error (GTask *task, const GError *error)
{
  WtHandshake *self = g_task_get_source_object (task);
  g_autofree char *message = wt_endpoint_redact (self->endpoint, error->message);
  g_autoptr (GError) redacted = g_error_new_literal (error->domain, error->code, message);
  g_autoptr (WtDiagnosis) diagnosis = NULL;

  if (self->timed_out)
    diagnosis = wt_diagnosis_new (WT_DIAGNOSIS_TIMEOUT, 0, NULL);
  if (diagnosis == NULL)
    diagnosis = wt_trust_diagnose (self->trust, redacted);
  if (diagnosis == NULL && self->status != 0)
    {
      fail_for_status (task);
      return;
    }
  if (diagnosis == NULL)
    diagnosis = wt_diagnosis_new_for_error (redacted);
  fail (task, diagnosis);
}

static void
on_connected (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtHandshake *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (SoupWebsocketConnection) connection = soup_session_websocket_connect_finish (
      SOUP_SESSION (source), result, &error);

  if (connection == NULL)
    {
      fail_for_error (task, error);
      return;
    }
  stop_timeout (self);
  g_task_return_pointer (task, g_steal_pointer (&connection), g_object_unref);
}

/* --- the message --- */

static void
begin_step (WtHandshake *self, WtConnectionState step)
{
  if (step <= self->step)
    return;
  self->step = step;
  g_signal_emit (self, signals[STEP], 0, step);
}

static void
on_network_event (SoupMessage *message, GSocketClientEvent event, GIOStream *stream, gpointer data)
{
  WtHandshake *self = data;

  switch (event)
    {
    case G_SOCKET_CLIENT_RESOLVING:
      begin_step (self, WT_CONNECTION_RESOLVING);
      break;
    case G_SOCKET_CLIENT_CONNECTING:
      begin_step (self, WT_CONNECTION_CONNECTING);
      break;
    case G_SOCKET_CLIENT_CONNECTED:
      if (G_IS_SOCKET_CONNECTION (stream))
        g_set_object (&self->socket, g_socket_connection_get_socket (G_SOCKET_CONNECTION (stream)));
      break;
    case G_SOCKET_CLIENT_TLS_HANDSHAKING:
      begin_step (self, WT_CONNECTION_SECURING);
      break;
    case G_SOCKET_CLIENT_COMPLETE:
      begin_step (self, WT_CONNECTION_UPGRADING);
      break;
    default:
      break;
    }
}

/* Before libsoup's own handler, which is connected after it. */
static void
on_got_informational (SoupMessage *message, gpointer data)
{
  if (soup_message_get_status (message) == SOUP_STATUS_SWITCHING_PROTOCOLS)
    wt_deflate_accept (message);
}

/* No WebSocket: the rest of the answer, which may be endless, is not waited for. */
static void
on_got_headers (SoupMessage *message, gpointer data)
{
  WtHandshake *self = data;

  self->status = soup_message_get_status (message);
  g_cancellable_cancel (self->io);
}

static void
add_headers (WtHandshake *self)
{
  SoupMessageHeaders *headers = soup_message_get_request_headers (self->message);
  const char *key = wt_endpoint_get_api_key (self->endpoint);

  soup_message_headers_replace (headers, "x-uuid", self->uuid);
  if (wt_endpoint_get_auth (self->endpoint) == WT_AUTH_QUERY)
    return;
  if (*key != '\0')
    soup_message_headers_replace (headers, "x-apikey", key);
  soup_message_headers_replace (headers, "x-platform", wt_endpoint_get_platform (self->endpoint));
}

/* None on the way to this machine; else the desktop's. */
static void
choose_proxies (WtHandshake *self)
{
  g_autoptr (GProxyResolver) tunnel = NULL;

  if (wt_endpoint_get_is_loopback (self->endpoint))
    soup_session_set_proxy_resolver (self->session, NULL);
  else if (!wt_endpoint_get_is_tls (self->endpoint))
    {
      tunnel = wt_tunnel_resolver_new (g_proxy_resolver_get_default ());
      soup_session_set_proxy_resolver (self->session, tunnel);
    }
}

static void
prepare_session (WtHandshake *self)
{
  /* No timeout of the session's: it would apply to an idle WebSocket as well. */
  self->session = soup_session_new_with_options ("timeout", 0, "idle-timeout", 0, "user-agent",
                                                 GETTEXT_PACKAGE "/" WT_VERSION, NULL);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (self->session, SOUP_TYPE_CONTENT_DECODER);
  wt_deflate_install (self->session);
  choose_proxies (self);
}

static void
prepare_message (WtHandshake *self)
{
  g_autoptr (GUri) uri = wt_endpoint_build_uri (self->endpoint);

  self->message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);
  soup_message_add_flags (self->message, SOUP_MESSAGE_NO_REDIRECT);
  add_headers (self);
  wt_trust_guard (self->trust, self->message);
  g_signal_connect_object (self->message, "network-event", G_CALLBACK (on_network_event), self, 0);
  g_signal_connect_object (self->message, "got-informational", G_CALLBACK (on_got_informational),
                           self, 0);
  g_signal_connect_object (self->message, "got-headers", G_CALLBACK (on_got_headers), self, 0);
}

static void
wt_handshake_dispose (GObject *object)
{
  WtHandshake *self = WT_HANDSHAKE (object);

  stop_timeout (self);
  g_clear_object (&self->message);
  g_clear_object (&self->session);
  g_clear_object (&self->socket);
  g_clear_object (&self->trust);
  g_clear_object (&self->io);
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  g_clear_pointer (&self->endpoint, wt_endpoint_unref);
  g_clear_pointer (&self->uuid, g_free);

  G_OBJECT_CLASS (wt_handshake_parent_class)->dispose (object);
}

static void
wt_handshake_class_init (WtHandshakeClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_handshake_dispose;

  signals[STEP] = g_signal_new ("step", WT_TYPE_HANDSHAKE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                G_TYPE_NONE, 1, WT_TYPE_CONNECTION_STATE);
}

static void
wt_handshake_init (WtHandshake *self)
{
  self->io = g_cancellable_new ();
}

/**
 * wt_handshake_new:
 * @endpoint: where to
 * @uuid: the connection's name for the server
 * @timeout_ms: how long all of it may take
 *
 * Returns: (transfer full): a handshake that has not begun
 */
WtHandshake *
wt_handshake_new (WtEndpoint *endpoint, const char *uuid, guint timeout_ms)
{
  WtHandshake *self = g_object_new (WT_TYPE_HANDSHAKE, NULL);

  self->endpoint = wt_endpoint_ref (endpoint);
  self->uuid = g_strdup (uuid);
  self->timeout_ms = timeout_ms;
  return self;
}

/**
 * wt_handshake_run_async:
 * @self: a handshake
 * @cancellable: gives up; the outcome is a diagnosis all the same
 * @callback: called when done, in the thread-default main context
 * @data: (closure callback): for @callback
 *
 * Runs it.
 */
void
wt_handshake_run_async (WtHandshake *self,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (WtDiagnosis) problem = NULL;

  g_task_set_source_tag (task, wt_handshake_run_async);
  g_task_set_check_cancellable (task, FALSE);
  self->trust = wt_trust_new (self->endpoint, &problem);
  if (problem != NULL)
    {
      fail (task, problem);
      return;
    }
  g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (on_cancelled), self, 0);
  if (g_cancellable_is_cancelled (cancellable))
    g_cancellable_cancel (self->io);
  prepare_session (self);
  prepare_message (self);
  start_timeout (self);
  soup_session_websocket_connect_async (self->session, self->message, NULL, NULL,
                                        G_PRIORITY_DEFAULT, self->io, on_connected,
                                        g_object_ref (task));
}

/**
 * wt_handshake_run_finish:
 * @self: a handshake
 * @result: what the callback got
 * @socket: (out) (transfer full) (nullable): the socket below the WebSocket
 * @diagnosis: (out) (transfer full): why there is none
 *
 * Returns: (transfer full) (nullable): an open WebSocket, or %NULL with @diagnosis set
 */
SoupWebsocketConnection *
wt_handshake_run_finish (WtHandshake *self,
                         GAsyncResult *result,
                         GSocket **socket,
                         WtDiagnosis **diagnosis)
{
  g_autoptr (SoupWebsocketConnection) connection = g_task_propagate_pointer (G_TASK (result), NULL);

  if (connection == NULL)
    *diagnosis = g_steal_pointer (&self->diagnosis);
  else
    *socket = g_steal_pointer (&self->socket);
  return g_steal_pointer (&connection);
}
