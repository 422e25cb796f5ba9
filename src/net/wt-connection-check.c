/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-connection-check.h"

#include "wt-connection.h"
#include "wt-envelope.h"
#include "wt-websocket.h"

/* How long a WebSocket ping may take after the server acknowledged nothing. */
#define PING_MS 3000
/* How long the server may take to say goodbye. */
#define CLOSE_MS 1000
/* A bot may send its pictures to any connection of this user's; nothing that large is needed here. */
#define MOST_BYTES (1024 * 1024)
/* An ACK has a few hundred. */
#define LONGEST_ACK (64 * 1024)

struct _WtConnectionCheck
{
  GObject parent_instance;

  /* owned */
  WtEndpoint *endpoint;
  GListStore *steps;
  WtDiagnosis *diagnosis;

  /* owned, while it runs */
  GTask *task;
  WtTransport *transport;
  WtConnection *connection;
  GSource *timer;
  GSource *cancelled;
  char *ping; /* the ping's `msg_id` */

  guint timeout_ms;
  WtConnectionState state; /* of the step that goes on */
  gint64 began;
  gboolean over;
  gboolean closed;
};

G_DEFINE_FINAL_TYPE (WtConnectionCheck, wt_connection_check, G_TYPE_OBJECT)

static void
clear_source (GSource **source)
{
  if (*source != NULL)
    g_source_destroy (*source);
  g_clear_pointer (source, g_source_unref);
}

static void
arm (WtConnectionCheck *self, guint milliseconds, GSourceFunc func)
{
  clear_source (&self->timer);
  self->timer = g_timeout_source_new (milliseconds);
  g_source_set_callback (self->timer, func, self, NULL);
  g_source_attach (self->timer, g_main_context_get_thread_default ());
}

/* --- how it ends --- */

static void
finish (WtConnectionCheck *self)
{
  g_autoptr (GTask) task = g_steal_pointer (&self->task);

  clear_source (&self->timer);
  clear_source (&self->cancelled);
  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_signal_handlers_disconnect_by_data (self->transport, self);
  g_clear_object (&self->connection);
  g_clear_object (&self->transport);
  if (!g_task_return_error_if_cancelled (task))
    g_task_return_boolean (task, wt_connection_check_is_passed (self));
}

static gboolean
on_close_timeout (gpointer data)
{
  finish (data);
  return G_SOURCE_REMOVE;
}

/* Not from a signal of the connection's: it is closed here. */
static gboolean
on_settle (gpointer data)
{
  WtConnectionCheck *self = data;

  wt_connection_stop (self->connection);
  if (self->closed)
    finish (self);
  else
    arm (self, CLOSE_MS, on_close_timeout);
  return G_SOURCE_REMOVE;
}

static void
settle (WtConnectionCheck *self)
{
  self->over = TRUE;
  arm (self, 0, on_settle);
}

static void
on_closed (WtTransport *transport, WtDiagnosis *diagnosis, WtConnectionCheck *self)
{
  self->closed = TRUE;
  if (self->over)
    arm (self, 0, on_settle);
}

static gboolean
on_cancelled (GCancellable *cancellable, gpointer data)
{
  WtConnectionCheck *self = data;

  if (!self->over)
    settle (self);
  return G_SOURCE_REMOVE;
}

/* --- its steps --- */

static void
end_step (WtConnectionCheck *self, WtStepOutcome outcome)
{
  wt_connection_step_set (wt_connection_check_get_step (self, self->state), outcome,
                          g_get_monotonic_time () - self->began);
}

/* What lies between two steps is not needed: TLS, where the server speaks plainly. */
static void
begin_step (WtConnectionCheck *self, WtConnectionState state)
{
  if (self->state != WT_CONNECTION_OFFLINE)
    end_step (self, WT_STEP_PASSED);
  for (int skipped = MAX ((int) self->state + 1, (int) WT_CONNECTION_FIRST_STEP);
       skipped < (int) state; skipped++)
    wt_connection_step_set (wt_connection_check_get_step (self, (WtConnectionState) skipped),
                            WT_STEP_SKIPPED, 0);
  self->state = state;
  self->began = g_get_monotonic_time ();
  wt_connection_step_set (wt_connection_check_get_step (self, state), WT_STEP_RUNNING, 0);
}

static void
pass (WtConnectionCheck *self)
{
  end_step (self, WT_STEP_PASSED);
  settle (self);
}

static void
fail (WtConnectionCheck *self, WtDiagnosis *diagnosis)
{
  self->diagnosis = wt_diagnosis_ref (diagnosis);
  end_step (self, WT_STEP_FAILED);
  settle (self);
}

/* --- the round trip --- */

static void
fail_for_kind (WtConnectionCheck *self, WtDiagnosisKind kind)
{
  g_autoptr (WtDiagnosis) diagnosis = wt_diagnosis_new (kind, 0, NULL);

  fail (self, diagnosis);
}

static void
on_alive (WtTransport *transport, WtConnectionCheck *self)
{
  if (!self->over)
    fail_for_kind (self, WT_DIAGNOSIS_NO_ACK);
}

static gboolean
on_no_pong (gpointer data)
{
  fail_for_kind (data, WT_DIAGNOSIS_NO_PONG);
  return G_SOURCE_REMOVE;
}

static gboolean
on_no_ack (gpointer data)
{
  WtConnectionCheck *self = data;

  g_signal_connect_object (self->transport, "alive", G_CALLBACK (on_alive), self, 0);
  arm (self, PING_MS, on_no_pong);
  wt_transport_check (self->transport);
  return G_SOURCE_REMOVE;
}

static gboolean
on_ping (gpointer data)
{
  WtConnectionCheck *self = data;
  double now = (double) g_get_real_time () / G_USEC_PER_SEC;
  g_autoptr (WtEnvelope) envelope = NULL;
  g_autoptr (GBytes) frame = NULL;

  self->ping = g_uuid_string_random ();
  envelope = wt_envelope_new_ping (self->ping, wt_endpoint_get_api_key (self->endpoint),
                                   wt_endpoint_get_platform (self->endpoint), now);
  frame = wt_envelope_to_bytes (envelope, WT_DIALECT_GUIDE);
  self->began = g_get_monotonic_time ();
  arm (self, self->timeout_ms, on_no_ack);
  /* Where that fails the connection's end is being told. */
  wt_connection_send (self->connection, frame, NULL);
  return G_SOURCE_REMOVE;
}

static void
on_frame (WtConnection *connection, GBytes *frame, WtConnectionCheck *self)
{
  g_autoptr (WtEnvelope) envelope = NULL;

  if (self->over || self->ping == NULL || g_bytes_get_size (frame) > LONGEST_ACK)
    return;
  envelope = wt_envelope_parse (frame, NULL);
  if (envelope != NULL && wt_envelope_get_envelope_type (envelope) == WT_ENVELOPE_ACK
      && g_strcmp0 (wt_envelope_get_acked_msg_id (envelope), self->ping) == 0)
    pass (self);
}

static void
on_state (WtConnection *connection, GParamSpec *pspec, WtConnectionCheck *self)
{
  WtConnectionState state = wt_connection_get_state (connection);
  WtDiagnosis *diagnosis = wt_connection_get_diagnosis (connection);

  if (self->over)
    return;
  if (state == WT_CONNECTION_WAITING || state == WT_CONNECTION_REFUSED)
    {
      if (diagnosis == NULL)
        fail_for_kind (self, WT_DIAGNOSIS_OTHER);
      /* More than this check takes: a server that delivers messages to this key knows it. */
      else if (self->state == WT_CONNECTION_ONLINE
               && wt_diagnosis_get_kind (diagnosis) == WT_DIAGNOSIS_MESSAGE_TOO_BIG)
        pass (self);
      else
        fail (self, diagnosis);
      return;
    }
  if (state <= self->state || state > WT_CONNECTION_LAST_STEP)
    return;
  begin_step (self, state);
  if (state == WT_CONNECTION_ONLINE)
    arm (self, 0, on_ping);
}

/* --- the object --- */

static void
wt_connection_check_finalize (GObject *object)
{
  WtConnectionCheck *self = WT_CONNECTION_CHECK (object);

  g_clear_pointer (&self->endpoint, wt_endpoint_unref);
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  g_clear_pointer (&self->ping, g_free);
  g_clear_object (&self->steps);

  G_OBJECT_CLASS (wt_connection_check_parent_class)->finalize (object);
}

static void
wt_connection_check_class_init (WtConnectionCheckClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_connection_check_finalize;
}

static void
wt_connection_check_init (WtConnectionCheck *self)
{
  self->steps = g_list_store_new (WT_TYPE_CONNECTION_STEP);
  for (int state = WT_CONNECTION_FIRST_STEP; state <= (int) WT_CONNECTION_LAST_STEP; state++)
    {
      g_autoptr (WtConnectionStep) step = wt_connection_step_new ((WtConnectionState) state);

      g_list_store_append (self->steps, step);
    }
}

/**
 * wt_connection_check_new:
 * @endpoint: where and as whom to connect
 * @timeout_ms: how long the server may take to acknowledge, milliseconds
 *
 * Returns: (transfer full): a check that has not begun
 */
WtConnectionCheck *
wt_connection_check_new (WtEndpoint *endpoint, guint timeout_ms)
{
  g_return_val_if_fail (endpoint != NULL, NULL);

  WtConnectionCheck *self = g_object_new (WT_TYPE_CONNECTION_CHECK, NULL);

  self->endpoint = wt_endpoint_ref (endpoint);
  self->timeout_ms = timeout_ms;
  return self;
}

/**
 * wt_connection_check_run_async:
 * @self: a check that has not begun
 * @cancellable: (nullable): ends it
 * @callback: called when it is over and the connection closed
 * @data: for @callback
 *
 * Connects, under a name of its own: a connection that the same key has already is left alone.
 */
void
wt_connection_check_run_async (WtConnectionCheck *self,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_return_if_fail (WT_IS_CONNECTION_CHECK (self));
  g_return_if_fail (self->state == WT_CONNECTION_OFFLINE);

  g_autoptr (WtClock) clock = wt_clock_new ();

  self->task = g_task_new (self, cancellable, callback, data);
  g_task_set_source_tag (self->task, wt_connection_check_run_async);
  /* No pings of its own: they would be taken for answers to ours. */
  self->transport = WT_TRANSPORT (wt_websocket_new (MOST_BYTES, 0));
  self->connection = wt_connection_new (self->transport, clock);
  g_signal_connect_object (self->connection, "notify::state", G_CALLBACK (on_state), self, 0);
  g_signal_connect_object (self->connection, "frame", G_CALLBACK (on_frame), self, 0);
  g_signal_connect_object (self->transport, "closed", G_CALLBACK (on_closed), self, 0);
  if (cancellable != NULL)
    {
      self->cancelled = g_cancellable_source_new (cancellable);
      g_source_set_callback (self->cancelled, G_SOURCE_FUNC (on_cancelled), self, NULL);
      g_source_attach (self->cancelled, g_main_context_get_thread_default ());
    }
  wt_connection_set_endpoint (self->connection, self->endpoint);
  begin_step (self, WT_CONNECTION_FIRST_STEP);
  wt_connection_start (self->connection);
}

/**
 * wt_connection_check_run_finish:
 * @self: a check
 * @result: the result
 * @error: return location for %G_IO_ERROR_CANCELLED
 *
 * Returns: whether every step was passed; where not, and no @error, wt_connection_check_get_diagnosis() says why
 */
gboolean
wt_connection_check_run_finish (WtConnectionCheck *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wt_connection_check_get_endpoint:
 * @self: a check
 *
 * Returns: (transfer none): where it connects
 */
WtEndpoint *
wt_connection_check_get_endpoint (WtConnectionCheck *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION_CHECK (self), NULL);

  return self->endpoint;
}

/**
 * wt_connection_check_get_steps:
 * @self: a check
 *
 * Returns: (transfer none): all its steps in their order, of #WtConnectionStep; each notifies as it goes on
 */
GListModel *
wt_connection_check_get_steps (WtConnectionCheck *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION_CHECK (self), NULL);

  return G_LIST_MODEL (self->steps);
}

/**
 * wt_connection_check_get_step:
 * @self: a check
 * @state: the connection's state in which the step goes on
 *
 * Returns: (transfer none): the step
 */
WtConnectionStep *
wt_connection_check_get_step (WtConnectionCheck *self, WtConnectionState state)
{
  g_return_val_if_fail (WT_IS_CONNECTION_CHECK (self), NULL);
  g_return_val_if_fail (state >= WT_CONNECTION_FIRST_STEP && state <= WT_CONNECTION_LAST_STEP,
                        NULL);

  /* The list holds it. */
  g_autoptr (WtConnectionStep) step = g_list_model_get_item (G_LIST_MODEL (self->steps),
                                                             state - WT_CONNECTION_FIRST_STEP);

  return step;
}

/**
 * wt_connection_check_get_diagnosis:
 * @self: a check
 *
 * Returns: (transfer none) (nullable): why a step failed
 */
WtDiagnosis *
wt_connection_check_get_diagnosis (WtConnectionCheck *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION_CHECK (self), NULL);

  return self->diagnosis;
}

/**
 * wt_connection_check_is_passed:
 * @self: a check
 *
 * Returns: whether every step was passed
 */
gboolean
wt_connection_check_is_passed (WtConnectionCheck *self)
{
  g_return_val_if_fail (WT_IS_CONNECTION_CHECK (self), FALSE);

  return wt_connection_step_get_outcome (
             wt_connection_check_get_step (self, WT_CONNECTION_LAST_STEP))
         == WT_STEP_PASSED;
}
