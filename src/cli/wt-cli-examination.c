/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-cli-examination.h"

#include <json-glib/json-glib.h>
#include <string.h>

#include "wt-envelope.h"
#include "wt-websocket.h"

/* How long a WebSocket ping may take after the server acknowledged nothing. */
#define PING_SECONDS 3
/* How long the server may take to say goodbye. */
#define CLOSE_SECONDS 1

typedef struct
{
  WtCliExamination *result; /* borrowed */
  WtConnection *connection;
  WtTransport *transport;
  WtClock *clock;
  WtConnectionState step;
  gint64 began;
  char *ping; /* the ping's `msg_id` */
  gboolean acked;
  gboolean over;
  gboolean closed;
} Run;

static void
run_clear (Run *self)
{
  g_signal_handlers_disconnect_by_data (self->connection, self);
  g_signal_handlers_disconnect_by_data (self->transport, self);
  g_clear_object (&self->connection);
  g_clear_object (&self->transport);
  g_clear_object (&self->clock);
  g_clear_pointer (&self->ping, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Run, run_clear)

static void
end_step (Run *self, WtCliOutcome outcome)
{
  self->result->outcomes[self->step] = outcome;
  self->result->spans[self->step] = g_get_monotonic_time () - self->began;
}

/* What lies between two steps was passed, or is not needed: TLS, where the server speaks plainly. */
static void
begin_step (Run *self, WtConnectionState step)
{
  end_step (self, WT_CLI_STEP_PASSED);
  for (int skipped = (int) self->step + 1; skipped < (int) step; skipped++)
    self->result->outcomes[skipped] = WT_CLI_STEP_NOT_NEEDED;
  self->step = step;
  self->began = g_get_monotonic_time ();
}

static void
fail (Run *self, WtDiagnosis *diagnosis)
{
  end_step (self, WT_CLI_STEP_FAILED);
  if (diagnosis != NULL && self->result->diagnosis == NULL)
    self->result->diagnosis = wt_diagnosis_ref (diagnosis);
  self->over = TRUE;
}

static void
on_state (WtConnection *connection, GParamSpec *pspec, gpointer data)
{
  Run *self = data;
  WtConnectionState state = wt_connection_get_state (connection);

  if (self->over)
    return;
  if (state == WT_CONNECTION_WAITING || state == WT_CONNECTION_REFUSED)
    fail (self, wt_connection_get_diagnosis (connection));
  else if (state > self->step && state <= WT_CLI_LAST_STEP)
    begin_step (self, state);
}

static void
on_frame (WtConnection *connection, GBytes *frame, gpointer data)
{
  Run *self = data;
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, NULL);

  if (envelope != NULL && self->ping != NULL
      && wt_envelope_get_envelope_type (envelope) == WT_ENVELOPE_ACK
      && g_strcmp0 (wt_envelope_get_acked_msg_id (envelope), self->ping) == 0)
    self->acked = TRUE;
}

static void
on_alive (WtTransport *transport, gpointer data)
{
  Run *self = data;

  self->result->answers_pings = TRUE;
}

static void
on_closed (WtTransport *transport, WtDiagnosis *diagnosis, gpointer data)
{
  Run *self = data;

  self->closed = TRUE;
}

static gboolean
is_closed (gpointer data)
{
  Run *self = data;

  return self->closed;
}

static gboolean
is_online (gpointer data)
{
  Run *self = data;

  return self->over || self->step == WT_CLI_LAST_STEP;
}

static gboolean
is_acked (gpointer data)
{
  Run *self = data;

  return self->over || self->acked;
}

static gboolean
is_alive (gpointer data)
{
  Run *self = data;

  return self->over || self->result->answers_pings;
}

/* The wire acknowledges every envelope that has an id, whatever its type (wire.md, section 2): that a server does so tells more
 * than that its WebSocket answers pings. */
static GBytes *
make_ping (Run *self, WtEndpoint *endpoint)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autoptr (JsonNode) root = NULL;
  char *text;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "ver");
  json_builder_add_int_value (builder, 1);
  json_builder_set_member_name (builder, "msg_id");
  json_builder_add_string_value (builder, self->ping);
  json_builder_set_member_name (builder, "type");
  json_builder_add_string_value (builder, "custom_ping");
  json_builder_set_member_name (builder, "meta");
  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "sender_user");
  json_builder_add_string_value (builder, wt_endpoint_get_api_key (endpoint));
  json_builder_set_member_name (builder, "platform");
  json_builder_add_string_value (builder, wt_endpoint_get_platform (endpoint));
  json_builder_set_member_name (builder, "timestamp");
  json_builder_add_double_value (builder, (double) g_get_real_time () / G_USEC_PER_SEC);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "payload");
  json_builder_begin_object (builder);
  json_builder_end_object (builder);
  json_builder_end_object (builder);
  root = json_builder_get_root (builder);
  text = json_to_string (root, FALSE);
  return g_bytes_new_take (text, strlen (text));
}

static void
ping (Run *self, WtCliLoop *loop, WtEndpoint *endpoint, gint64 deadline)
{
  g_autoptr (GBytes) frame = NULL;

  self->ping = g_uuid_string_random ();
  frame = make_ping (self, endpoint);
  self->began = g_get_monotonic_time ();
  if (wt_connection_send (self->connection, frame, NULL)
      && wt_cli_loop_run (loop, is_acked, self, deadline) && self->acked)
    {
      end_step (self, WT_CLI_STEP_PASSED);
      return;
    }
  if (self->over)
    return;

  g_autoptr (WtDiagnosis) diagnosis = NULL;

  end_step (self, WT_CLI_STEP_FAILED);
  g_signal_connect (self->transport, "alive", G_CALLBACK (on_alive), self);
  wt_transport_check (self->transport);
  wt_cli_loop_run (loop, is_alive, self, g_get_monotonic_time () + PING_SECONDS * G_USEC_PER_SEC);
  if (self->result->answers_pings)
    return;
  diagnosis = wt_diagnosis_new (WT_DIAGNOSIS_NO_PONG, 0, NULL);
  self->result->diagnosis = wt_diagnosis_ref (diagnosis);
}

/**
 * wt_cli_examination_run:
 * @loop: the program's loop
 * @endpoint: where and as whom to connect
 * @timeout: seconds for an ACK
 *
 * Connects once, step by step, and sends one envelope that says nothing.
 *
 * Returns: (transfer full): what came of it
 */
WtCliExamination *
wt_cli_examination_run (WtCliLoop *loop, WtEndpoint *endpoint, double timeout)
{
  WtCliExamination *result = g_new0 (WtCliExamination, 1);
  g_auto (Run) self = { .result = result, .step = WT_CLI_FIRST_STEP };

  self.clock = wt_clock_new ();
  /* No pings of its own: they would be taken for answers to ours. */
  self.transport = WT_TRANSPORT (wt_websocket_new (WT_PROTOCOL_MAX_BYTES, 0));
  self.connection = wt_connection_new (self.transport, self.clock);
  g_signal_connect (self.connection, "notify::state", G_CALLBACK (on_state), &self);
  g_signal_connect (self.connection, "frame", G_CALLBACK (on_frame), &self);
  g_signal_connect (self.transport, "closed", G_CALLBACK (on_closed), &self);
  wt_connection_set_endpoint (self.connection, endpoint);
  self.began = g_get_monotonic_time ();
  wt_connection_start (self.connection);
  if (wt_cli_loop_run (loop, is_online, &self, -1) && !self.over)
    ping (&self, loop, endpoint, g_get_monotonic_time () + (gint64) (timeout * G_USEC_PER_SEC));

  self.over = TRUE;
  wt_connection_stop (self.connection);
  wt_cli_loop_run (loop, is_closed, &self,
                   g_get_monotonic_time () + CLOSE_SECONDS * G_USEC_PER_SEC);
  return result;
}

/**
 * wt_cli_examination_free:
 * @self: (transfer full): an examination
 */
void
wt_cli_examination_free (WtCliExamination *self)
{
  g_clear_pointer (&self->diagnosis, wt_diagnosis_unref);
  g_free (self);
}

/**
 * wt_cli_examination_is_passed:
 * @self: an examination
 *
 * Returns: whether every step was passed
 */
gboolean
wt_cli_examination_is_passed (const WtCliExamination *self)
{
  return self->outcomes[WT_CLI_LAST_STEP] == WT_CLI_STEP_PASSED;
}
