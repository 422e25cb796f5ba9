/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-download-private.h"

#include "wt-protocol-error.h"

#define NOTIFY_MS 100

G_DEFINE_QUARK (wt - download - error - quark, wt_download_error)

/**
 * WtDownload:
 *
 * Downloads one file that a message names, once. The URL and the server are a stranger's: http and https only, to
 * public addresses or the own server's only, no credentials, no cookies, a size limit, and a least speed. Runs in the
 * main context that is the thread's default when it starts; files are touched in threads only.
 *
 * What arrived before a failure stays on disk, with the server's name for its version in a second file (".resume"
 * added to the path), and a later download of the same URL to the same path goes on with it.
 */
G_DEFINE_FINAL_TYPE (WtDownload, wt_download, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_URL,
  PROP_PATH,
  PROP_OWN,
  PROP_CLOCK,
  PROP_LIMIT,
  PROP_RECEIVED,
  PROP_TOTAL,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
notify_progress (WtDownload *self)
{
  self->notified_at = wt_clock_get_monotonic (self->clock);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_RECEIVED]);
}

static gboolean
on_notify_timeout (gpointer data)
{
  WtDownload *self = data;

  self->notify_timeout = 0;
  notify_progress (self);
  return G_SOURCE_REMOVE;
}

static void
wt_download_constructed (GObject *object)
{
  WtDownload *self = WT_DOWNLOAD (object);

  G_OBJECT_CLASS (wt_download_parent_class)->constructed (object);

  if (self->clock == NULL)
    self->clock = wt_clock_new ();
  self->notified_at = wt_clock_get_monotonic (self->clock) - NOTIFY_MS * 1000;
}

static void
wt_download_finalize (GObject *object)
{
  WtDownload *self = WT_DOWNLOAD (object);

  g_clear_pointer (&self->url, g_free);
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->own, wt_endpoint_unref);
  g_clear_pointer (&self->validator, g_free);
  g_clear_pointer (&self->uri, g_uri_unref);
  g_clear_object (&self->clock);

  G_OBJECT_CLASS (wt_download_parent_class)->finalize (object);
}

static void
wt_download_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtDownload *self = WT_DOWNLOAD (object);

  switch (id)
    {
    case PROP_URL:
      g_value_set_string (value, self->url);
      break;
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_OWN:
      g_value_set_boxed (value, self->own);
      break;
    case PROP_CLOCK:
      g_value_set_object (value, self->clock);
      break;
    case PROP_LIMIT:
      g_value_set_uint64 (value, self->limit);
      break;
    case PROP_RECEIVED:
      g_value_set_uint64 (value, self->received);
      break;
    case PROP_TOTAL:
      g_value_set_int64 (value, self->total);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_download_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtDownload *self = WT_DOWNLOAD (object);

  switch (id)
    {
    case PROP_URL:
      self->url = g_value_dup_string (value);
      break;
    case PROP_PATH:
      self->path = g_value_dup_string (value);
      break;
    case PROP_OWN:
      self->own = g_value_dup_boxed (value);
      break;
    case PROP_CLOCK:
      self->clock = g_value_dup_object (value);
      break;
    case PROP_LIMIT:
      self->limit = g_value_get_uint64 (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_download_class_init (WtDownloadClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  const GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;
  const GParamFlags given = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_STATIC_STRINGS;

  object_class->constructed = wt_download_constructed;
  object_class->finalize = wt_download_finalize;
  object_class->get_property = wt_download_get_property;
  object_class->set_property = wt_download_set_property;

  /* WtDownload:url: a stranger's */
  properties[PROP_URL] = g_param_spec_string ("url", NULL, NULL, NULL, given);
  /* WtDownload:path: of the file, for which this name and the same with ".resume" are the download's */
  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, given);
  /* WtDownload:own: (nullable): the account's server, which need not be at a public address, and whose certificate
   * may be one that only the account trusts; any port of its host */
  properties[PROP_OWN] = g_param_spec_boxed ("own", NULL, NULL, WT_TYPE_ENDPOINT, given);
  /* WtDownload:clock: for all time limits; %NULL in construction: the system's */
  properties[PROP_CLOCK] = g_param_spec_object ("clock", NULL, NULL, WT_TYPE_CLOCK, given);
  /* WtDownload:limit: the most bytes of the file */
  properties[PROP_LIMIT] = g_param_spec_uint64 ("limit", NULL, NULL, 0, G_MAXINT64,
                                                WT_PROTOCOL_MAX_BYTES, given);
  /* WtDownload:received: bytes in the file, earlier downloads' included; told ten times a second at most */
  properties[PROP_RECEIVED] = g_param_spec_uint64 ("received", NULL, NULL, 0, G_MAXUINT64, 0,
                                                   G_PARAM_READABLE | flags);
  /* WtDownload:total: the bytes that the file will have; -1: unknown */
  properties[PROP_TOTAL] = g_param_spec_int64 ("total", NULL, NULL, -1, G_MAXINT64, -1,
                                               G_PARAM_READABLE | flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wt_download_init (WtDownload *self)
{
  self->total = -1;
  self->body_end = -1;
}

/**
 * wt_download_set_received:
 * @self: a download
 * @received: the bytes in the file
 *
 * Tells of it at once or within a tenth of a second, together with what comes in between.
 */
void
wt_download_set_received (WtDownload *self, guint64 received)
{
  gint64 since = wt_clock_get_monotonic (self->clock) - self->notified_at;

  if (self->received == received)
    return;
  self->received = received;
  if (self->notify_timeout != 0)
    return;
  if (since >= NOTIFY_MS * 1000)
    notify_progress (self);
  else
    self->notify_timeout = wt_clock_add_timeout (self->clock, NOTIFY_MS, on_notify_timeout, self,
                                                 NULL);
}

/**
 * wt_download_set_total:
 * @self: a download
 * @total: the bytes the file will have; -1: unknown
 */
void
wt_download_set_total (WtDownload *self, gint64 total)
{
  if (self->total == total)
    return;
  self->total = total;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TOTAL]);
}

/**
 * wt_download_flush_progress:
 * @self: a download
 *
 * Tells now what was not told yet.
 */
void
wt_download_flush_progress (WtDownload *self)
{
  if (self->notify_timeout == 0)
    return;
  wt_clock_remove_timeout (self->clock, self->notify_timeout);
  self->notify_timeout = 0;
  notify_progress (self);
}

/**
 * wt_download_new:
 * @url: from a stranger; anything
 * @path: where to write, in a folder of the user's own; a partial file of an earlier download of @url, or nothing
 * @own: (nullable): the account's server: its host is the only one that may be at an address that is not public, and the
 *   only one that the endpoint's authorities or fingerprint vouch for. It gets neither key nor client's certificate
 *
 * The properties #WtDownload:limit and #WtDownload:clock have their defaults;
 * g_object_new() sets them.
 *
 * Returns: (transfer full): a download that does nothing yet
 */
WtDownload *
wt_download_new (const char *url, const char *path, WtEndpoint *own)
{
  return g_object_new (WT_TYPE_DOWNLOAD, "url", url, "path", path, "own", own, NULL);
}

/**
 * wt_download_start_async:
 * @self: a download that was not started before
 * @cancellable: (nullable): cancels it, from any thread
 * @callback: called when done
 * @data: (closure callback): for @callback
 *
 * Downloads. After a failure or cancellation the partial file stays, if the server named its version; after a
 * refusal (see #WtDownloadError: by us for any reason, or by the server for good) it does not.
 */
void
wt_download_start_async (WtDownload *self,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_return_if_fail (WT_IS_DOWNLOAD (self));
  g_return_if_fail (!self->started && self->url != NULL && self->path != NULL);

  self->started = TRUE;
  self->task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (self->task, wt_download_start_async);
  /* A download that is complete is one, whenever it was cancelled. */
  g_task_set_check_cancellable (self->task, FALSE);
  wt_download_run (self);
}

/**
 * wt_download_start_finish:
 * @self: a download
 * @result: what the callback got
 * @error: return location for a #WtDownloadError or %G_IO_ERROR_CANCELLED
 *
 * Returns: (transfer full) (nullable): the file, which is the caller's now; or %NULL with @error set
 */
WtDownloadResult *
wt_download_start_finish (WtDownload *self, GAsyncResult *result, GError **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wt_download_get_received:
 * @self: a download
 *
 * Returns: the bytes in the file so far
 */
guint64
wt_download_get_received (WtDownload *self)
{
  return self->received;
}

/**
 * wt_download_get_total:
 * @self: a download
 *
 * Returns: the bytes that the file will have; -1: unknown
 */
gint64
wt_download_get_total (WtDownload *self)
{
  return self->total;
}

/**
 * wt_download_result_free:
 * @self: (transfer full): a result
 */
void
wt_download_result_free (WtDownloadResult *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->mime_type, g_free);
  g_clear_pointer (&self->suggested_name, g_free);
  g_free (self);
}
