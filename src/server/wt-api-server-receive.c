/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-api-server-private.h"

#include <string.h>

#include "wt-envelope.h"
#include "wt-relay.h"

/* Over this much waiting on one connection, what waits on all of them is looked at. */
#define NOTABLE_QUEUE (8 * 1024 * 1024)
/* How much may wait on all connections together, in queues of one. */
#define QUEUES_TOGETHER 5
#define LONGEST_IN_LOG 80

/* What a peer wrote, fit for a line of a log. */
static char *
make_loggable (const char *text)
{
  g_autofree char *cut = g_strndup (text, LONGEST_IN_LOG);
  g_autofree char *valid = g_utf8_make_valid (cut, -1);

  for (char *c = valid; *c != '\0'; c++)
    {
      if (g_ascii_iscntrl (*c))
        *c = '?';
    }
  return g_steal_pointer (&valid);
}

static double
get_time (WtApiServer *self)
{
  return (double) wt_clock_get_real (self->clock) / G_USEC_PER_SEC;
}

static void
send_ack (WtApiServer *self, WtServerConnection *connection, const char *msg_id)
{
  g_autoptr (GBytes) text = wt_envelope_write_server_ack (
      msg_id, wt_server_connection_get_uuid (connection), get_time (self));

  if (wt_server_connection_send (connection, text, TRUE))
    self->stats.acks_sent++;
}

static gsize
count_all_queued (WtApiServer *self)
{
  gsize queued = 0;

  for (guint i = 0; i < self->connections->len; i++)
    queued += wt_server_connection_get_queued (g_ptr_array_index (self->connections, i));
  return queued;
}

static gboolean
send_to (WtApiServer *self, WtServerConnection *connection, GBytes *text)
{
  if (wt_server_connection_get_queued (connection) > NOTABLE_QUEUE
      && count_all_queued (self) / QUEUES_TOGETHER > self->max_queued)
    {
      wt_server_connection_drop (connection, "too much waits for everybody together");
      return FALSE;
    }
  return wt_server_connection_send (connection, text, FALSE);
}

/* Two live connections may name themselves by the same uuid: the second is `UUID#2`. */
static char *
make_result_key (GHashTable *results, const char *uuid)
{
  g_autofree char *key = g_strdup (uuid);

  for (guint n = 2; g_hash_table_contains (results, key); n++)
    {
      g_clear_pointer (&key, g_free);
      key = g_strdup_printf ("%s#%u", uuid, n);
    }
  return g_steal_pointer (&key);
}

/**
 * wt_api_server_send:
 * @self: a server
 * @user: to whom
 * @platform: (nullable): on which platform; %NULL: on all of them
 * @text: an envelope, UTF-8
 *
 * Sends an envelope, as it is, to every connection of a user on a platform (guide, "服务端send_message返回值").
 * A receiver that lets more than the limit wait is dropped.
 *
 * Returns: (transfer full) (element-type utf8 gboolean): connection uuid → whether it is on its way there
 */
GHashTable *
wt_api_server_send (WtApiServer *self, const char *user, const char *platform, GBytes *text)
{
  g_return_val_if_fail (WT_IS_API_SERVER (self), NULL);
  g_return_val_if_fail (user != NULL && text != NULL, NULL);

  g_autoptr (GHashTable) results = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) receivers = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->connections->len; i++)
    {
      WtServerConnection *connection = g_ptr_array_index (self->connections, i);

      if (g_strcmp0 (wt_server_connection_get_user (connection), user) == 0
          && (platform == NULL
              || g_str_equal (wt_server_connection_get_platform (connection), platform)))
        g_ptr_array_add (receivers, g_object_ref (connection));
    }
  for (guint i = 0; i < receivers->len; i++)
    {
      WtServerConnection *connection = g_ptr_array_index (receivers, i);
      gboolean sent = send_to (self, connection, text);

      g_hash_table_insert (results,
                           make_result_key (results, wt_server_connection_get_uuid (connection)),
                           GINT_TO_POINTER (sent));
    }
  return g_steal_pointer (&results);
}

/* Returns whether a bot took it. */
static gboolean
give_to_bots (WtApiServer *self,
              WtServerConnection *connection,
              const char *target,
              WtEnvelope *envelope)
{
  WtBotPeer peer = wt_api_server_get_peer (connection);
  gboolean taken = FALSE;

  for (guint i = 0; i < self->bots->len; i++)
    {
      WtBot *bot = g_ptr_array_index (self->bots, i);

      if (!g_strv_contains (wt_bot_get_users (bot), target))
        continue;
      wt_bot_receive (bot, self, &peer, target, envelope);
      taken = TRUE;
    }
  return taken;
}

static char *
describe_results (GHashTable *results, gboolean bot)
{
  g_autoptr (GString) text = g_string_new (bot ? " bot=true" : "");
  GHashTableIter iter;
  gpointer uuid, sent;

  g_hash_table_iter_init (&iter, results);
  while (g_hash_table_iter_next (&iter, &uuid, &sent))
    g_string_append_printf (text, " %s=%s", (const char *) uuid,
                            GPOINTER_TO_INT (sent) ? "true" : "false");
  return g_string_free (g_steal_pointer (&text), FALSE);
}

static void
route (WtApiServer *self,
       WtServerConnection *connection,
       GBytes *frame,
       WtEnvelope *envelope,
       const char *msg_id)
{
  const WtPayload *payload = wt_envelope_get_payload (envelope);
  const char *label = wt_server_connection_get_label (connection);
  g_autofree char *platform = make_loggable (payload->dim_platform);
  g_autofree char *target = wt_key_table_dup_user (self->keys, payload->dim_api_key);
  g_autofree char *target_label = NULL;
  g_autofree char *described = NULL;
  g_autoptr (GBytes) addressed = NULL;
  g_autoptr (GHashTable) results = NULL;
  gboolean bot;

  if (target == NULL)
    {
      self->stats.undeliverable++;
      wt_api_server_log (self, "%s: message %s: its target's key is nobody's", label, msg_id);
      return;
    }

  target_label = wt_key_table_dup_label (self->keys, target);
  addressed = wt_relay_address (frame, wt_server_connection_get_user (connection), target);
  results = wt_api_server_send (self, target, payload->dim_platform, addressed);
  bot = give_to_bots (self, connection, target, envelope);
  if (bot || g_hash_table_size (results) > 0)
    self->stats.routed++;
  else
    self->stats.undeliverable++;

  described = describe_results (results, bot);
  wt_api_server_log (self, "%s: message %s to %s on %s:%s", label, msg_id, target_label, platform,
                     *described != '\0' ? described : " nobody there");
}

static void
receive_ack (WtApiServer *self, WtServerConnection *connection, WtEnvelope *envelope)
{
  WtBotPeer peer = wt_api_server_get_peer (connection);
  const char *msg_id = wt_envelope_get_acked_msg_id (envelope);
  g_autofree char *loggable = NULL;

  self->stats.acks_received++;
  if (msg_id == NULL)
    return;
  loggable = make_loggable (msg_id);
  wt_api_server_log (self, "%s: ACK for %s", wt_server_connection_get_label (connection), loggable);
  wt_api_server_emit_acked (self, connection, msg_id);
  for (guint i = 0; i < self->bots->len; i++)
    wt_bot_acked (g_ptr_array_index (self->bots, i), self, &peer, msg_id);
}

static void
process (WtApiServer *self,
         WtServerConnection *connection,
         GBytes *frame,
         WtEnvelope *envelope,
         const char *msg_id)
{
  const char *label = wt_server_connection_get_label (connection);
  const GError *fault = wt_envelope_get_error (envelope);

  wt_api_server_emit_received (self, connection, envelope);
  if (wt_envelope_get_envelope_type (envelope) != WT_ENVELOPE_STD)
    {
      g_autofree char *type = make_loggable (wt_envelope_get_type_name (envelope));

      wt_api_server_log (self, "%s: message %s of type %s: ignored", label, msg_id, type);
    }
  else if (fault != NULL || wt_envelope_get_payload (envelope) == NULL)
    {
      g_autofree char *what = make_loggable (fault != NULL ? fault->message : "no payload");

      self->stats.faulty++;
      wt_api_server_log (self, "%s: message %s refused: %s", label, msg_id, what);
    }
  else
    route (self, connection, frame, envelope, msg_id);
}

/* What faults do when a frame arrives. Returns whether the frame is still to be read. */
static gboolean
survive_faults (WtApiServer *self, WtServerConnection *connection)
{
  guint64 n_frames = wt_server_connection_get_n_frames (connection);

  if (self->faults == NULL)
    return TRUE;
  if (wt_faults_happens (self->faults, WT_FAULT_CUT))
    {
      wt_server_connection_close (connection, SOUP_WEBSOCKET_CLOSE_ABNORMAL, "cut by a fault");
      return FALSE;
    }
  if (wt_faults_goes_silent (self->faults, n_frames))
    wt_server_connection_stall (connection);
  return TRUE;
}

/* What faults do after a frame, or after none. */
void
wt_api_server_close_by_fault (WtApiServer *self, WtServerConnection *connection)
{
  guint64 n_frames = wt_server_connection_get_n_frames (connection);
  const char *reason;
  guint16 code;

  if (self->faults != NULL && wt_faults_closes (self->faults, n_frames, &code, &reason))
    wt_server_connection_close (connection, code, reason);
}

static void
receive (WtApiServer *self, WtServerConnection *connection, GBytes *frame)
{
  const char *label = wt_server_connection_get_label (connection);
  g_autoptr (GError) error = NULL;
  g_autoptr (WtEnvelope) envelope = wt_envelope_parse (frame, &error);
  g_autofree char *msg_id = NULL;

  if (envelope == NULL)
    {
      g_autofree char *what = make_loggable (error->message);

      self->stats.ignored++;
      wt_api_server_log (self, "%s: a frame that is no envelope: %s", label, what);
      return;
    }
  if (wt_envelope_get_envelope_type (envelope) == WT_ENVELOPE_ACK)
    {
      receive_ack (self, connection, envelope);
      return;
    }
  if (!wt_envelope_wants_ack (envelope))
    {
      self->stats.ignored++;
      wt_api_server_log (self, "%s: an envelope without a msg_id: ignored", label);
      return;
    }

  /* Before anything else: an ACK means received, nothing more. */
  send_ack (self, connection, wt_envelope_get_msg_id (envelope));
  msg_id = make_loggable (wt_envelope_get_msg_id (envelope));
  if (wt_seen_table_add (self->seen, wt_envelope_get_msg_id (envelope)))
    process (self, connection, frame, envelope, msg_id);
  else
    {
      self->stats.repeats++;
      wt_api_server_log (self, "%s: message %s again: not processed", label, msg_id);
    }
}

/* Takes one text frame of a client that was let in (guide, "ACK确认机制"; wire.md section 2). */
void
wt_api_server_receive (WtApiServer *self, WtServerConnection *connection, GBytes *frame)
{
  self->stats.frames++;
  if (!survive_faults (self, connection))
    return;
  receive (self, connection, frame);
  wt_api_server_close_by_fault (self, connection);
}
