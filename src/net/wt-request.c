/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-request.h"

#include "wt-address-guard.h"
#include "wt-download.h"
#include "wt-trust.h"

#include <string.h>

#define MOST_REDIRECTS 5
#define MOST_URL_BYTES 8192

/**
 * WtRequest:
 *
 * Asks a server that nobody knows for a file: through redirects, each of which is checked as the first URL was,
 * without any identity of the user's, and undecoded.
 */
struct _WtRequest
{
  GObject parent_instance;

  WtAddressGuard *guard;
  WtEndpoint *own;      /* nullable */
  WtTrust *trust;       /* nullable: of the own server, once it was asked */
  SoupSession *session; /* a new one each hop, so that no connection is used twice */
  SoupMessage *message;
  GUri *uri;
  char *validator; /* nullable */
  guint64 offset;
  guint redirects;

  WtPace *pace; /* borrowed */
};

G_DEFINE_FINAL_TYPE (WtRequest, wt_request, G_TYPE_OBJECT)

static void send_message (GTask *task);

static void
on_starting (SoupMessage *message, gpointer data)
{
  WtRequest *self = data;

  wt_pace_expect_answer (self->pace);
}

static SoupMessage *
build_message (WtRequest *self)
{
  SoupMessage *message = soup_message_new_from_uri (SOUP_METHOD_GET, self->uri);
  SoupMessageHeaders *headers = soup_message_get_request_headers (message);

  soup_message_add_flags (message, SOUP_MESSAGE_NO_REDIRECT | SOUP_MESSAGE_NEW_CONNECTION);
  soup_message_headers_replace (headers, "Accept", "*/*");
  /* Nothing is decoded: no small body becomes a huge one, and a part is a part of the file. */
  soup_message_headers_replace (headers, "Accept-Encoding", "identity");
  if (self->offset > 0)
    {
      soup_message_headers_set_range (headers, (goffset) self->offset, -1);
      soup_message_headers_replace (headers, "If-Range", self->validator);
    }
  g_signal_connect_object (message, "starting", G_CALLBACK (on_starting), self, 0);
  return message;
}

static SoupSession *
build_session (void)
{
  SoupSession *session = soup_session_new_with_options ("user-agent", "Wheatear/" WT_VERSION, NULL);

  soup_session_remove_feature_by_type (session, SOUP_TYPE_AUTH_MANAGER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_CONTENT_DECODER);
  soup_session_remove_feature_by_type (session, SOUP_TYPE_COOKIE_JAR);
  return session;
}

static gboolean
is_redirect (guint status)
{
  return status == SOUP_STATUS_MOVED_PERMANENTLY || status == SOUP_STATUS_FOUND
         || status == SOUP_STATUS_SEE_OTHER || status == SOUP_STATUS_TEMPORARY_REDIRECT
         || status == SOUP_STATUS_PERMANENT_REDIRECT;
}

/* The URL, checked, that @base redirects to. */
static GUri *
parse_redirect (GUri *base, const char *location, GError **error)
{
  g_autoptr (GUri) target = NULL;
  g_autoptr (GUri) checked = NULL;
  g_autofree char *url = NULL;

  if (location != NULL && strlen (location) <= MOST_URL_BYTES)
    target = g_uri_parse_relative (base, location, SOUP_HTTP_URI_FLAGS, NULL);
  if (target == NULL)
    {
      g_set_error_literal (error, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_BAD_URL,
                           "A redirect to nowhere");
      return NULL;
    }
  url = g_uri_to_string (target);
  checked = wt_request_parse_url (url, error);
  if (checked != NULL && strcmp (g_uri_get_scheme (base), "https") == 0
      && strcmp (g_uri_get_scheme (checked), "https") != 0)
    {
      g_set_error_literal (error, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_SCHEME,
                           "A redirect from https to http");
      return NULL;
    }
  return g_steal_pointer (&checked);
}

static void
follow (WtRequest *self, GTask *task)
{
  const char *location = soup_message_headers_get_one (
      soup_message_get_response_headers (self->message), "Location");
  g_autoptr (GError) error = NULL;
  g_autoptr (GUri) target = NULL;

  if (self->redirects++ >= MOST_REDIRECTS)
    error = g_error_new (WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_TOO_MANY_REDIRECTS,
                         "More than %d redirects", MOST_REDIRECTS);
  else
    target = parse_redirect (self->uri, location, &error);

  if (target == NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }
  g_clear_pointer (&self->uri, g_uri_unref);
  self->uri = g_steal_pointer (&target);
  send_message (task);
}

static void
on_reconsidered (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtRequest *self = g_task_get_source_object (task);
  GInetAddress *refused = wt_address_guard_get_refused (self->guard);
  g_autofree char *text = refused != NULL ? g_inet_address_to_string (refused) : NULL;

  if (wt_address_guard_reconsider_finish (self->guard, result))
    send_message (task);
  else if (!g_task_return_error_if_cancelled (task))
    g_task_return_new_error (task, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_REFUSED_ADDRESS,
                             "%s is not a public address", text != NULL ? text : "It");
}

/* The address is refused; unless it is the own server's after all. */
static void
reconsider (WtRequest *self, GTask *task)
{
  wt_address_guard_reconsider_async (self->guard, g_task_get_cancellable (task), on_reconsidered,
                                     g_object_ref (task));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtRequest *self = g_task_get_source_object (task);
  g_autoptr (GError) error = NULL;
  g_autoptr (GInputStream) body = soup_session_send_finish (SOUP_SESSION (source), result, &error);

  if (body != NULL && is_redirect (soup_message_get_status (self->message)))
    follow (self, task);
  else if (body != NULL)
    {
      wt_pace_rest (self->pace);
      g_task_return_pointer (task, g_steal_pointer (&body), g_object_unref);
    }
  else if (wt_address_guard_get_refused (self->guard) != NULL
           && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reconsider (self, task);
  else
    g_task_return_error (task, wt_request_explain (g_steal_pointer (&error), FALSE));
}

/* What the account trusts is trusted at its server's host, and nowhere a redirect leads to. */
static void
trust_own (WtRequest *self)
{
  g_autoptr (WtDiagnosis) problem = NULL;

  if (self->own == NULL || !wt_endpoint_get_is_tls (self->own)
      || !wt_address_guard_get_is_own (self->guard))
    return;
  if (self->trust == NULL)
    self->trust = wt_trust_new (self->own, &problem);
  if (self->trust != NULL)
    wt_trust_guard_anonymously (self->trust, self->message);
}

static void
send_message (GTask *task)
{
  WtRequest *self = g_task_get_source_object (task);

  wt_request_abort (self);
  g_clear_object (&self->message);
  self->session = build_session ();
  self->message = build_message (self);
  wt_pace_expect_connection (self->pace);
  if (!wt_address_guard_watch (self->guard, self->message))
    {
      reconsider (self, task);
      return;
    }
  trust_own (self);
  soup_session_send_async (self->session, self->message, G_PRIORITY_DEFAULT,
                           g_task_get_cancellable (task), on_answer, g_object_ref (task));
}

static void
wt_request_finalize (GObject *object)
{
  WtRequest *self = WT_REQUEST (object);

  g_clear_object (&self->guard);
  g_clear_pointer (&self->own, wt_endpoint_unref);
  g_clear_object (&self->trust);
  g_clear_object (&self->session);
  g_clear_object (&self->message);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_pointer (&self->validator, g_free);

  G_OBJECT_CLASS (wt_request_parent_class)->finalize (object);
}

static void
wt_request_class_init (WtRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_request_finalize;
}

static void
wt_request_init (WtRequest *self)
{
}

static gboolean
is_printable (const char *url)
{
  for (const char *p = url; *p != '\0'; p++)
    if ((guchar) *p <= ' ' || *p == 0x7f)
      return FALSE;
  return TRUE;
}

static gboolean
is_web_scheme (const char *scheme)
{
  return strcmp (scheme, "http") == 0 || strcmp (scheme, "https") == 0;
}

/**
 * wt_request_parse_url:
 * @url: from a stranger
 * @error: return location for a %WT_DOWNLOAD_ERROR_BAD_URL or %WT_DOWNLOAD_ERROR_SCHEME
 *
 * Returns: (transfer full) (nullable): the URL, if it is one of http or https with a host and no credentials
 */
GUri *
wt_request_parse_url (const char *url, GError **error)
{
  g_autoptr (GUri) uri = NULL;

  if (strlen (url) <= MOST_URL_BYTES && g_utf8_validate (url, -1, NULL) && is_printable (url))
    uri = g_uri_parse (url, SOUP_HTTP_URI_FLAGS, NULL);
  if (uri == NULL)
    {
      g_set_error_literal (error, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_BAD_URL, "Not a URL");
      return NULL;
    }
  if (!is_web_scheme (g_uri_get_scheme (uri)))
    {
      g_set_error_literal (error, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_SCHEME,
                           "Neither http nor https");
      return NULL;
    }
  if (g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' || g_uri_get_port (uri) == 0)
    {
      g_set_error_literal (error, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_BAD_URL,
                           "A URL without a host or port");
      return NULL;
    }
  if (g_uri_get_userinfo (uri) != NULL)
    {
      g_set_error_literal (error, WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_BAD_URL,
                           "A URL with credentials");
      return NULL;
    }
  return g_steal_pointer (&uri);
}

/**
 * wt_request_explain:
 * @error: (transfer full): an error of GIO or libsoup
 * @in_body: whether the answer had begun
 *
 * Returns: (transfer full): the same as a #WtDownloadError; a cancellation stays one
 */
GError *
wt_request_explain (GError *error, gboolean in_body)
{
  g_autoptr (GError) reason = error;
  WtDownloadError code = WT_DOWNLOAD_ERROR_NETWORK;

  if (reason->domain == WT_DOWNLOAD_ERROR
      || g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_steal_pointer (&reason);
  if (in_body
      && (g_error_matches (reason, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT)
          || g_error_matches (reason, G_TLS_ERROR, G_TLS_ERROR_EOF)))
    code = WT_DOWNLOAD_ERROR_TRUNCATED;
  else if (reason->domain == G_TLS_ERROR)
    code = WT_DOWNLOAD_ERROR_TLS;
  return g_error_new_literal (WT_DOWNLOAD_ERROR, code, reason->message);
}

/**
 * wt_request_new:
 * @own: (nullable): the user's own server, which need not be public, and whose certificate is trusted as there
 * @pace: told what to expect; outlives the object
 *
 * Returns: (transfer full): something to fetch one file with
 */
WtRequest *
wt_request_new (WtEndpoint *own, WtPace *pace)
{
  WtRequest *self = g_object_new (WT_TYPE_REQUEST, NULL);

  self->guard = wt_address_guard_new (own != NULL ? wt_endpoint_get_host (own) : NULL);
  self->own = own != NULL ? wt_endpoint_ref (own) : NULL;
  self->pace = pace;
  return self;
}

/**
 * wt_request_send_async:
 * @self: a fetch that does not wait for an answer
 * @uri: from wt_request_parse_url()
 * @offset: from which byte on; 0: all
 * @validator: (nullable): the version that @offset is of; not %NULL with an @offset
 * @cancellable: (nullable): cancels it
 * @callback: called when done
 * @data: (closure callback): for @callback
 *
 * Asks for the file at @uri, following at most five redirects.
 */
void
wt_request_send_async (WtRequest *self,
                       GUri *uri,
                       guint64 offset,
                       const char *validator,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wt_request_send_async);
  g_clear_pointer (&self->uri, g_uri_unref);
  self->uri = g_uri_ref (uri);
  g_clear_pointer (&self->validator, g_free);
  self->validator = g_strdup (validator);
  self->offset = offset;
  self->redirects = 0;
  send_message (task);
}

/**
 * wt_request_send_finish:
 * @self: a fetch
 * @result: what the callback got
 * @error: return location for a #WtDownloadError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the body, whatever the status; or %NULL with @error set
 */
GInputStream *
wt_request_send_finish (WtRequest *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wt_request_get_message:
 * @self: a fetch
 *
 * Returns: (transfer none) (nullable): the last request with its answer
 */
SoupMessage *
wt_request_get_message (WtRequest *self)
{
  return self->message;
}

/**
 * wt_request_abort:
 * @self: a fetch
 *
 * Hangs up.
 */
void
wt_request_abort (WtRequest *self)
{
  if (self->session != NULL)
    soup_session_abort (self->session);
  g_clear_object (&self->session);
}
