/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-download-private.h"

#include "wt-reply.h"

#define PIECE_BYTES 65536

static void conclude (WtDownload *self, GError *error);
static void ask (WtDownload *self, guint64 offset);
static void read_piece (WtDownload *self);

/* Steps with the file, in a thread. */

typedef gboolean (*FileStep) (WtDownload *self, GError **error);

typedef struct
{
  WtDownload *download; /* borrowed: the callback has a reference */
  FileStep step;
} FileJob;

static void
run_job (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  FileJob *job = data;
  GError *error = NULL;

  if (job->step (job->download, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* The download is no property of the task's: a thread could drop the last reference to it. */
static void
run_step (WtDownload *self, FileStep step, GAsyncReadyCallback callback)
{
  g_autoptr (GTask) task = g_task_new (NULL, NULL, callback, g_object_ref (self));
  FileJob *job = g_new (FileJob, 1);

  job->download = self;
  job->step = step;
  g_task_set_source_tag (task, run_step);
  g_task_set_task_data (task, job, g_free);
  g_task_run_in_thread (task, run_job);
}

static gboolean
open_step (WtDownload *self, GError **error)
{
  self->partial = wt_partial_file_open (self->path, self->url, error);
  return self->partial != NULL;
}

static gboolean
restart_step (WtDownload *self, GError **error)
{
  return wt_partial_file_restart (self->partial, self->validator, self->total, error);
}

static gboolean
append_step (WtDownload *self, GError **error)
{
  return wt_partial_file_append (self->partial, self->buffer, self->filled, error);
}

static gboolean
complete_step (WtDownload *self, GError **error)
{
  return wt_partial_file_complete (self->partial, error);
}

static gboolean
keep_step (WtDownload *self, GError **error)
{
  wt_partial_file_keep (self->partial);
  return TRUE;
}

static gboolean
discard_step (WtDownload *self, GError **error)
{
  wt_partial_file_discard (self->partial);
  return TRUE;
}

/* The end. */

static void
release (WtDownload *self)
{
  g_cancellable_disconnect (g_task_get_cancellable (self->task), self->cancelled_id);
  self->cancelled_id = 0;
  g_clear_pointer (&self->partial, wt_partial_file_free);
  g_clear_pointer (&self->buffer, g_free);
  g_clear_object (&self->request);
  g_clear_pointer (&self->pace, wt_pace_free);
  g_clear_object (&self->stop);
}

static void
return_error (WtDownload *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  g_task_return_error (task, g_steal_pointer (&self->verdict));
}

static void
on_left (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtDownload) self = data;

  release (self);
  return_error (self);
}

/* Whether trying again could not end otherwise. */
static gboolean
is_refusal (WtDownload *self)
{
  guint status = SOUP_STATUS_NONE;

  if (self->verdict->domain != WT_DOWNLOAD_ERROR)
    return FALSE;
  switch ((WtDownloadError) self->verdict->code)
    {
    case WT_DOWNLOAD_ERROR_HTTP_STATUS:
      status = soup_message_get_status (wt_request_get_message (self->request));
      return status < SOUP_STATUS_INTERNAL_SERVER_ERROR && status != SOUP_STATUS_REQUEST_TIMEOUT
             && status != 425 && status != 429;
    case WT_DOWNLOAD_ERROR_REFUSED_ADDRESS:
    case WT_DOWNLOAD_ERROR_BAD_URL:
    case WT_DOWNLOAD_ERROR_SCHEME:
    case WT_DOWNLOAD_ERROR_TOO_MANY_REDIRECTS:
    case WT_DOWNLOAD_ERROR_TOO_LARGE:
    case WT_DOWNLOAD_ERROR_RANGE:
      return TRUE;
    case WT_DOWNLOAD_ERROR_TRUNCATED:
    case WT_DOWNLOAD_ERROR_STALLED:
    case WT_DOWNLOAD_ERROR_TLS:
    case WT_DOWNLOAD_ERROR_NETWORK:
    case WT_DOWNLOAD_ERROR_WRITE:
    default:
      return FALSE;
    }
}

/* Fails with @error (taken), unless there is a better reason already: what was stopped only says so. */
static void
conclude (WtDownload *self, GError *error)
{
  g_autoptr (GError) reason = error;

  wt_pace_rest (self->pace);
  wt_download_flush_progress (self);
  if (self->verdict == NULL
      && !g_cancellable_set_error_if_cancelled (g_task_get_cancellable (self->task),
                                                &self->verdict))
    self->verdict = g_steal_pointer (&reason);

  /* Before the body goes: it must not try to drain the connection. */
  g_cancellable_cancel (self->stop);
  wt_request_abort (self->request);
  g_clear_object (&self->body);
  if (self->partial == NULL)
    on_left (NULL, NULL, g_object_ref (self));
  else
    run_step (self, is_refusal (self) ? discard_step : keep_step, on_left);
}

static WtDownloadResult *
build_result (WtDownload *self)
{
  SoupMessage *message = wt_request_get_message (self->request);
  SoupMessageHeaders *headers = soup_message_get_response_headers (message);
  WtDownloadResult *result = g_new0 (WtDownloadResult, 1);

  result->path = g_strdup (self->path);
  result->size = self->received;
  result->mime_type = wt_reply_get_mime_type (headers);
  result->suggested_name = wt_reply_get_name (headers, soup_message_get_uri (message));
  if (result->suggested_name == NULL)
    result->suggested_name = wt_reply_get_name (headers, self->uri);
  return result;
}

static void
on_completed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtDownload) self = data;
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  WtDownloadResult *value;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      conclude (self, error);
      return;
    }
  wt_download_flush_progress (self);
  value = build_result (self);
  release (self);
  task = g_steal_pointer (&self->task);
  g_task_return_pointer (task, value, (GDestroyNotify) wt_download_result_free);
}

/* The body. */

static void
on_appended (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtDownload) self = data;
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      conclude (self, error);
      return;
    }
  wt_download_set_received (self, wt_partial_file_get_size (self->partial));
  read_piece (self);
}

static void
end_body (WtDownload *self)
{
  g_clear_object (&self->body);
  wt_request_abort (self->request);
  if ((self->body_end >= 0 && self->received < (guint64) self->body_end)
      || (self->total >= 0 && self->received < (guint64) self->total))
    conclude (self, g_error_new_literal (WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_TRUNCATED,
                                         "The body is shorter than announced"));
  else
    {
      wt_download_set_total (self, (gint64) self->received);
      run_step (self, complete_step, on_completed);
    }
}

static void
on_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtDownload) self = data;
  GError *error = NULL;
  gssize got = g_input_stream_read_finish (G_INPUT_STREAM (source), result, &error);
  guint64 sum = self->received + (guint64) MAX (got, 0);

  if (got < 0)
    conclude (self, wt_request_explain (error, TRUE));
  else if (!wt_pace_count (self->pace, (gsize) got))
    conclude (self, NULL);
  else if (got == 0)
    end_body (self);
  else if (sum > self->limit)
    conclude (self, g_error_new_literal (WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_TOO_LARGE,
                                         "More bytes than allowed"));
  else if (self->body_end >= 0 && sum > (guint64) self->body_end)
    conclude (self, g_error_new_literal (WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_RANGE,
                                         "More bytes than announced"));
  else
    {
      self->filled = (gsize) got;
      run_step (self, append_step, on_appended);
    }
}

static void
read_piece (WtDownload *self)
{
  wt_pace_expect_bytes (self->pace);
  g_input_stream_read_async (self->body, self->buffer, PIECE_BYTES, G_PRIORITY_DEFAULT, self->stop,
                             on_read, g_object_ref (self));
}

/* The answer. */

static void
on_restarted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtDownload) self = data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    read_piece (self);
  else
    conclude (self, error);
}

static gboolean
is_within_limit (WtDownload *self, gint64 bytes)
{
  if (bytes < 0 || (guint64) bytes <= self->limit)
    return TRUE;
  conclude (self, g_error_new (WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_TOO_LARGE,
                               "%" G_GINT64_FORMAT " bytes are more than allowed", bytes));
  return FALSE;
}

static void
take_whole (WtDownload *self, SoupMessageHeaders *headers)
{
  gint64 length = wt_reply_get_length (headers);

  if (!is_within_limit (self, length))
    return;
  self->body_end = length;
  wt_download_set_received (self, 0);
  wt_download_set_total (self, length);
  g_clear_pointer (&self->validator, g_free);
  self->validator = wt_reply_get_validator (headers);
  run_step (self, restart_step, on_restarted);
}

/* The rest of what is there already; of the very same version, whatever the server understands of If-Range. */
static void
take_part (WtDownload *self, SoupMessageHeaders *headers)
{
  const char *tag = soup_message_headers_get_one (headers, "ETag");
  const char *known = wt_partial_file_get_validator (self->partial);
  gint64 known_total = wt_partial_file_get_total (self->partial);
  gint64 start = 0;
  gint64 end = 0;
  gint64 total = -1;

  if (tag != NULL && known != NULL && *known == '"' && g_strcmp0 (tag, known) != 0)
    {
      ask (self, 0);
      return;
    }
  if (!wt_reply_get_range (headers, &start, &end, &total) || (guint64) start != self->offset
      || (known_total >= 0 && (end > known_total || (total >= 0 && total != known_total))))
    {
      conclude (self, g_error_new_literal (WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_RANGE,
                                           "Another part than the one asked for"));
      return;
    }
  if (total < 0)
    total = known_total;
  if (!is_within_limit (self, MAX (end, total)))
    return;
  self->body_end = end;
  wt_download_set_received (self, self->offset);
  wt_download_set_total (self, total);
  read_piece (self);
}

static void
refuse_status (WtDownload *self, SoupMessage *message)
{
  const char *phrase = soup_message_get_reason_phrase (message);
  g_autofree char *valid = g_utf8_make_valid (phrase != NULL ? phrase : "", -1);

  conclude (self, g_error_new (WT_DOWNLOAD_ERROR, WT_DOWNLOAD_ERROR_HTTP_STATUS, "%u %.100s",
                               soup_message_get_status (message), valid));
}

static void
on_answer (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtDownload) self = data;
  GError *error = NULL;
  SoupMessage *message;
  guint status;

  g_clear_object (&self->body);
  self->body = wt_request_send_finish (self->request, result, &error);
  if (self->body == NULL)
    {
      conclude (self, error);
      return;
    }
  message = wt_request_get_message (self->request);
  status = soup_message_get_status (message);
  if (status == SOUP_STATUS_OK || status == SOUP_STATUS_NON_AUTHORITATIVE)
    take_whole (self, soup_message_get_response_headers (message));
  else if (status == SOUP_STATUS_PARTIAL_CONTENT && self->offset > 0)
    take_part (self, soup_message_get_response_headers (message));
  else if (status == SOUP_STATUS_REQUESTED_RANGE_NOT_SATISFIABLE && self->offset > 0)
    ask (self, 0);
  else
    refuse_status (self, message);
}

static void
ask (WtDownload *self, guint64 offset)
{
  self->offset = offset;
  wt_request_send_async (self->request, self->uri, offset,
                         offset > 0 ? wt_partial_file_get_validator (self->partial) : NULL,
                         self->stop, on_answer, g_object_ref (self));
}

static void
on_opened (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtDownload) self = data;
  GError *error = NULL;
  guint64 size;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      conclude (self, error);
      return;
    }
  size = wt_partial_file_get_size (self->partial);
  ask (self,
       wt_partial_file_get_validator (self->partial) != NULL && size <= self->limit ? size : 0);
}

static void
on_too_slow (GError *reason, gpointer data)
{
  WtDownload *self = data;

  g_clear_error (&self->verdict);
  self->verdict = reason;
  g_cancellable_cancel (self->stop);
}

static void
on_cancelled (GCancellable *cancellable, gpointer data)
{
  g_cancellable_cancel (data);
}

/**
 * wt_download_run:
 * @self: a download with its task
 *
 * Downloads, and returns from the task at the end.
 */
void
wt_download_run (WtDownload *self)
{
  GCancellable *cancellable = g_task_get_cancellable (self->task);
  GError *error = NULL;

  self->stop = g_cancellable_new ();
  self->pace = wt_pace_new (self->clock, on_too_slow, self);
  self->request = wt_request_new (self->own, self->pace);
  self->buffer = g_malloc (PIECE_BYTES);
  if (cancellable != NULL)
    self->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (on_cancelled),
                                                g_object_ref (self->stop), g_object_unref);

  self->uri = wt_request_parse_url (self->url, &error);
  if (self->uri == NULL || g_cancellable_is_cancelled (self->stop))
    conclude (self, error);
  else
    run_step (self, open_step, on_opened);
}
