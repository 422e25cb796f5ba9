/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-engine-private.h"

#include "wt-envelope.h"
#include "wt-websocket.h"

#define PING_INTERVAL_SECONDS 20
/* The most events handed to the owner at once: a few milliseconds' work for a window. */
#define EVENTS_AT_ONCE 100

G_DEFINE_FINAL_TYPE (WtEngine, wt_engine, G_TYPE_OBJECT)

/* On the worker's thread */

/* Takes @frame. */
static void
post_tapped (WtEngine *self, WtFrame *frame)
{
  WtEngineEvent *event = wt_engine_event_new (WT_ENGINE_FRAME);

  event->frame = frame;
  wt_mailbox_post (self->mailbox, event);
}

static void
post_frame (WtEngine *self, gboolean outgoing, GBytes *bytes)
{
  WtEndpoint *endpoint = wt_connection_get_endpoint (self->connection);

  if (self->longest > 0)
    post_tapped (self, wt_frame_new (bytes, outgoing,
                                     endpoint != NULL ? wt_endpoint_get_platform (endpoint) : NULL,
                                     self->longest, wt_clock_get_real (self->clock)));
}

static void
on_pong (WtTransport *transport, gpointer data)
{
  WtEngine *self = data;

  if (self->longest > 0)
    post_tapped (self, wt_frame_new_event (WT_FRAME_PONG, wt_clock_get_real (self->clock)));
}

static void
on_delivery_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtEngine) self = data;
  g_autoptr (GError) error = NULL;

  if (wt_message_store_set_delivery_finish (WT_DATABASE (source), result, &error))
    return;
  /* Nothing is lost: what is not stored as acknowledged is sent again with the same id at the next start. */
  if (g_error_matches (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND)
      || g_error_matches (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_CLOSED))
    return;

  WtEngineEvent *event = wt_engine_event_new (WT_ENGINE_TROUBLE);

  event->error = g_steal_pointer (&error);
  wt_mailbox_post (self->mailbox, event);
}

static guint64
on_get_taken (gpointer data)
{
  WtEngine *self = data;

  return wt_connection_get_taken (self->connection);
}

static void
on_progress (const WtMessageRecord *message, double progress, gpointer data)
{
  WtEngine *self = data;
  WtEngineEvent *event = wt_engine_event_new (WT_ENGINE_PROGRESS);

  event->message = wt_message_record_copy (message);
  event->progress = progress;
  wt_mailbox_post (self->mailbox, event);
}

static void
on_outbox_encoding (const WtOutgoing *outgoing, gpointer data)
{
  WtEngine *self = data;

  wt_send_progress_encoding (self->progress, outgoing);
}

static void
on_outbox_changed (const WtMessageRecord *message, gpointer data)
{
  WtEngine *self = data;
  WtEngineEvent *event = wt_engine_event_new (WT_ENGINE_DELIVERY);

  event->message = wt_message_record_copy (message);
  wt_mailbox_post (self->mailbox, event);
  wt_send_progress_follow (self->progress, message, self->frame_size);
  wt_message_store_set_delivery_async (self->database, message, NULL, on_delivery_stored,
                                       g_object_ref (self));
}

static gboolean
on_outbox_write (GBytes *frame, gpointer data, GError **error)
{
  WtEngine *self = data;
  gint64 saved = wt_connection_get_saved (self->connection);

  if (!wt_connection_send (self->connection, frame, error))
    return FALSE;
  saved = wt_connection_get_saved (self->connection) - saved;
  self->frame_size = (gsize) ((gint64) g_bytes_get_size (frame) - saved);
  post_frame (self, TRUE, frame);
  return TRUE;
}

static void
on_inbox_acknowledge (const char *msg_id, gpointer data)
{
  WtEngine *self = data;
  g_autoptr (GBytes) frame = NULL;

  if (!wt_connection_is_open (self->connection))
    return;

  frame = wt_envelope_write_client_ack (msg_id, wt_connection_get_uuid (self->connection),
                                        (double) wt_clock_get_real (self->clock) / G_USEC_PER_SEC);
  /* Where this fails the connection is gone: the peer repeats, and the repeat is acknowledged. */
  if (wt_connection_send (self->connection, frame, NULL))
    post_frame (self, TRUE, frame);
}

static void
on_inbox_stored (WtStoredMessage *stored, const char *reply_key, gpointer data)
{
  WtEngine *self = data;
  WtEngineEvent *event = wt_engine_event_new (WT_ENGINE_STORED);

  event->stored = stored;
  event->reply_key = g_strdup (reply_key);
  wt_mailbox_post (self->mailbox, event);
}

static void
post_error (WtEngine *self, WtEngineEventKind kind, const GError *error)
{
  WtEngineEvent *event = wt_engine_event_new (kind);

  event->error = g_error_copy (error);
  wt_mailbox_post (self->mailbox, event);
}

static void
on_inbox_refused (const GError *error, gpointer data)
{
  post_error (data, WT_ENGINE_REFUSED, error);
}

static void
on_inbox_trouble (const GError *error, gpointer data)
{
  post_error (data, WT_ENGINE_TROUBLE, error);
}

/* What comes waits before it is parsed: its bytes alone are a tenth of what is made of them. */
static void
on_inbox_crowded (gboolean crowded, gpointer data)
{
  WtEngine *self = data;

  wt_frame_queue_set_held (self->frames, crowded);
}

/* Nobody reads what is not received: without a connection the peer keeps its messages, or knows that they do not
 * arrive, and their order holds. Which ends when the disk is well again. */
static void
on_frames_crowded (gboolean crowded, gpointer data)
{
  WtEngine *self = data;

  if (!self->started)
    return;
  if (crowded)
    wt_connection_stop (self->connection);
  else
    wt_connection_start (self->connection);
}

static void
take_frame (GBytes *frame, gpointer data)
{
  WtEngine *self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, &error);

  if (envelope == NULL)
    post_error (self, WT_ENGINE_REFUSED, error);
  else if (wt_envelope_get_envelope_type (envelope) == WT_ENVELOPE_ACK)
    wt_outbox_ack (self->outbox, wt_envelope_get_acked_msg_id (envelope));
  else
    wt_inbox_receive (self->inbox, envelope);
}

static void
on_frame (WtConnection *connection, GBytes *frame, gpointer data)
{
  WtEngine *self = data;

  post_frame (self, FALSE, frame);
  wt_frame_queue_push (self->frames, frame);
}

static void
on_connection_changed (WtConnection *connection, GParamSpec *pspec, gpointer data)
{
  WtEngine *self = data;
  WtEngineEvent *event = wt_engine_event_new (WT_ENGINE_STATE);
  WtDiagnosis *diagnosis = wt_connection_get_diagnosis (connection);
  WtConnectionState state = wt_connection_get_state (connection);

  event->state = state;
  event->retry_at = wt_connection_get_retry_at (connection);
  event->diagnosis = diagnosis != NULL ? wt_diagnosis_ref (diagnosis) : NULL;
  wt_mailbox_post (self->mailbox, event);
  /* Only once the server did not refuse: what is written to a refusing one is lost with an attempt. */
  wt_outbox_set_online (self->outbox, state == WT_CONNECTION_ONLINE);
  if (!wt_connection_is_open (connection))
    wt_send_progress_disconnected (self->progress);
}

static gboolean
set_up (gpointer data)
{
  WtEngine *self = data;
  const WtFrameQueueFuncs frame_funcs = { take_frame, on_frames_crowded };
  const WtOutboxFuncs outbox_funcs = { on_outbox_write, on_outbox_changed, on_outbox_encoding };
  const WtSendProgressFuncs progress_funcs = { on_get_taken, on_progress };
  const WtInboxFuncs inbox_funcs = { on_inbox_acknowledge, on_inbox_stored, on_inbox_refused,
                                     on_inbox_trouble, on_inbox_crowded };
  g_autoptr (WtWebsocket) websocket = wt_websocket_new (WT_PROTOCOL_MAX_BYTES,
                                                        PING_INTERVAL_SECONDS);

  self->clock = wt_clock_new ();
  self->transport = WT_TRANSPORT (g_steal_pointer (&websocket));
  self->connection = wt_connection_new (self->transport, self->clock);
  self->frames = wt_frame_queue_new (&frame_funcs, self);
  self->inbox = wt_inbox_new (self->database, self->blobs, self->clock, self->account_id,
                              self->my_user_id, self->salt, &inbox_funcs, self);
  self->progress = wt_send_progress_new (self->clock, &progress_funcs, self);
  self->outbox = wt_outbox_new (self->clock, self->blobs, &outbox_funcs, self);
  g_signal_connect (self->connection, "frame", G_CALLBACK (on_frame), self);
  g_signal_connect (self->connection, "notify", G_CALLBACK (on_connection_changed), self);
  g_signal_connect (self->transport, "pong", G_CALLBACK (on_pong), self);
  return G_SOURCE_REMOVE;
}

static gboolean
tear_down (gpointer data)
{
  WtEngine *self = data;

  if (self->connection == NULL)
    return G_SOURCE_REMOVE;

  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_signal_handlers_disconnect_by_data (self->transport, self);
  wt_inbox_close (self->inbox);
  wt_outbox_close (self->outbox);
  g_clear_pointer (&self->frames, wt_frame_queue_free);
  wt_connection_stop (self->connection);
  g_clear_object (&self->inbox);
  g_clear_object (&self->outbox);
  g_clear_pointer (&self->progress, wt_send_progress_free);
  wt_parting_begin (self->parting, g_steal_pointer (&self->connection),
                    g_steal_pointer (&self->transport), g_steal_pointer (&self->clock),
                    wt_worker_get_context (self->worker));
  return G_SOURCE_REMOVE;
}

static void
wt_engine_finalize (GObject *object)
{
  WtEngine *self = WT_ENGINE (object);

  g_clear_object (&self->worker);
  g_clear_object (&self->database);
  g_clear_object (&self->blobs);
  g_clear_pointer (&self->my_user_id, g_free);
  g_clear_pointer (&self->salt, g_free);
  g_clear_pointer (&self->mailbox, wt_mailbox_unref);
  g_clear_pointer (&self->parting, wt_parting_unref);

  G_OBJECT_CLASS (wt_engine_parent_class)->finalize (object);
}

static void
wt_engine_class_init (WtEngineClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_engine_finalize;
}

static void
wt_engine_init (WtEngine *self)
{
  self->parting = wt_parting_new ();
}

/**
 * wt_engine_new:
 * @worker: the thread that does the work
 * @database: where messages are
 * @blobs: where pictures and files are
 * @account_id: whose they are
 * @my_user_id: the account's own user id
 * @salt: any text that belongs to this account alone
 * @func: called with events in the caller's thread-default main context
 * @data: for @func; not owned: call wt_engine_close() before it goes
 *
 * Returns: (transfer full): an engine that is offline
 */
WtEngine *
wt_engine_new (WtWorker *worker,
               WtDatabase *database,
               WtBlobs *blobs,
               gint64 account_id,
               const char *my_user_id,
               const char *salt,
               WtEngineFunc func,
               gpointer data)
{
  WtEngine *self = g_object_new (WT_TYPE_ENGINE, NULL);

  self->worker = g_object_ref (worker);
  self->database = g_object_ref (database);
  self->blobs = g_object_ref (blobs);
  self->account_id = account_id;
  self->my_user_id = g_strdup (my_user_id);
  self->salt = g_strdup (salt);
  self->mailbox = wt_mailbox_new (NULL, EVENTS_AT_ONCE, (GDestroyNotify) wt_engine_event_free, func,
                                  data);
  wt_worker_invoke (worker, set_up, g_object_ref (self), g_object_unref);
  return self;
}

/**
 * wt_engine_close:
 * @self: an engine
 *
 * Ends the connection in good order; no event comes any more. The engine is of no further use.
 */
void
wt_engine_close (WtEngine *self)
{
  g_return_if_fail (WT_IS_ENGINE (self));

  wt_mailbox_close (self->mailbox);
  wt_worker_invoke (self->worker, tear_down, g_object_ref (self), g_object_unref);
}

/**
 * wt_engine_wait_closed:
 * @self: an engine, after wt_engine_close()
 * @deadline: by g_get_monotonic_time()
 *
 * Blocks until the server has answered the close frame, about a second after wt_engine_close(), or @deadline, after
 * which nothing waits for the server any more. Not to be called on the worker's thread.
 *
 * Returns: whether the connection has ended
 */
gboolean
wt_engine_wait_closed (WtEngine *self, gint64 deadline)
{
  g_return_val_if_fail (WT_IS_ENGINE (self), FALSE);

  return wt_parting_wait (self->parting, deadline);
}
