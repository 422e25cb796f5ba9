/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-probe.h"

#include <string.h>

/* An Engine.IO handshake is about a hundred bytes; no more than this is looked at. */
#define MOST_BYTES 512

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  char *body = g_task_get_task_data (task);
  gsize length = 0;
  const char *start = body;

  g_input_stream_read_all_finish (G_INPUT_STREAM (source), result, &length, &error);
  body[length] = '\0';
  g_input_stream_close_async (G_INPUT_STREAM (source), G_PRIORITY_DEFAULT, NULL, NULL, NULL);

  /* Engine.IO 4 sends `0{"sid":…`, version 3 puts the length and a colon before it. */
  if (strspn (start, "0123456789") > 0 && start[strspn (start, "0123456789")] == ':')
    start += strspn (start, "0123456789") + 1;
  if (g_str_has_prefix (start, "0{") && strstr (start, "\"sid\"") != NULL)
    g_task_return_boolean (task, TRUE);
  else if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, FALSE);
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) body = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (body == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_task_set_task_data (task, g_malloc0 (MOST_BYTES + 1), g_free);
  g_input_stream_read_all_async (body, g_task_get_task_data (task), MOST_BYTES, G_PRIORITY_DEFAULT,
                                 g_task_get_cancellable (task), on_read, g_object_ref (task));
}

/**
 * wt_probe_async:
 * @session: the session that a WebSocket handshake just failed in
 * @endpoint: where it failed
 * @trust: the policy for the server's certificate
 * @cancellable: (nullable): cancels it
 * @callback: called when done
 * @data: (closure callback): for @callback
 *
 * Asks, once and without a key, whether a server that is no WebSocket server speaks Socket.IO instead, as version
 * 0.7 of maim_message does (wire.md, section 1).
 */
void
wt_probe_async (SoupSession *session,
                WtEndpoint *endpoint,
                WtTrust *trust,
                GCancellable *cancellable,
                GAsyncReadyCallback callback,
                gpointer data)
{
  g_autoptr (GTask) task = g_task_new (session, cancellable, callback, data);
  const char *path = wt_endpoint_get_path (endpoint);
  g_autofree char *with_slash = g_strconcat (path, g_str_has_suffix (path, "/") ? NULL : "/", NULL);
  g_autoptr (GUri) uri = g_uri_build (
      G_URI_FLAGS_ENCODED, wt_endpoint_get_is_tls (endpoint) ? "https" : "http", NULL,
      wt_endpoint_get_host (endpoint), wt_endpoint_get_port (endpoint), with_slash,
      "EIO=4&transport=polling", NULL);
  g_autoptr (SoupMessage) message = soup_message_new_from_uri (SOUP_METHOD_GET, uri);

  g_task_set_source_tag (task, wt_probe_async);
  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  wt_trust_guard (trust, message);
  soup_session_send_async (session, message, G_PRIORITY_DEFAULT, cancellable, on_answer,
                           g_object_ref (task));
}

/**
 * wt_probe_finish:
 * @result: what the callback of wt_probe_async() got
 * @error: return location for a #GError of GIO or libsoup
 *
 * Returns: whether the server speaks Socket.IO; %FALSE as well with @error set
 */
gboolean
wt_probe_finish (GAsyncResult *result, GError **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
