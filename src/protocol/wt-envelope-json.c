/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Envelopes from the wire, and to it. */

#include "wt-envelope-private.h"

#include <math.h>

#include "wt-json-fields.h"
#include "wt-json-write.h"

static gboolean
take_number (WtJsonRest *rest, const char *name, double *value)
{
  double number;

  if (!wt_json_get_number (wt_json_rest_get (rest, name), &number) || !isfinite (number))
    return FALSE;

  wt_json_rest_take (rest, name);
  *value = number;
  return TRUE;
}

/* `meta` is optional, and so is everything in it. */
static void
read_meta (WtEnvelope *self, WtJsonRest *rest)
{
  WtJsonValue *member = wt_json_rest_get (rest, "meta");

  if (wt_json_value_is (member, WT_JSON_KIND_OBJECT))
    {
      WtJsonRest meta = { member };

      self->meta.sender_user = wt_json_take_text (self->document, &meta, "sender_user");
      self->meta.target_user = wt_json_take_text (self->document, &meta, "target_user");
      self->meta.platform = wt_json_take_text (self->document, &meta, "platform");
      self->meta.uuid = wt_json_take_text (self->document, &meta, "uuid");
      self->meta.acked_msg_id = wt_json_take_text (self->document, &meta, "acked_msg_id");
      self->meta.has_timestamp = take_number (&meta, "timestamp", &self->meta.timestamp);
      self->meta.extra = wt_json_rest_copy (&meta, self->document);
    }

  if (member != NULL
      && (wt_json_value_is (member, WT_JSON_KIND_OBJECT)
          || wt_json_value_is (member, WT_JSON_KIND_NULL)))
    wt_json_rest_take (rest, "meta");
}

static void
read_payload (WtEnvelope *self, WtJsonValue *payload)
{
  self->raw = payload;

  if (self->type == WT_ENVELOPE_STD)
    {
      self->payload = wt_payload_from_json (self->document, payload, &self->error);
    }
  else if (self->type == WT_ENVELOPE_ACK)
    {
      /* All that an ACK is for; to refuse it for its payload would only send the message again. */
      if (self->meta.acked_msg_id == NULL)
        g_set_error (&self->error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING,
                     "meta.acked_msg_id is missing");
    }
  else if (payload == NULL || wt_json_value_is (payload, WT_JSON_KIND_NULL))
    {
      g_set_error (&self->error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_MISSING,
                   "payload is missing");
    }
}

static WtEnvelopeType
find_type (const char *name)
{
  if (g_strcmp0 (name, WT_ENVELOPE_TYPE_STD) == 0)
    return WT_ENVELOPE_STD;
  if (g_strcmp0 (name, WT_ENVELOPE_TYPE_ACK) == 0)
    return WT_ENVELOPE_ACK;
  return WT_ENVELOPE_OTHER;
}

static void
read_members (WtEnvelope *self, WtJsonRest *rest)
{
  double version = WT_ENVELOPE_VERSION;

  self->type_name = wt_json_take_required_text (self->document, rest, "", "type", FALSE,
                                                &self->error);
  self->type = find_type (self->type_name);
  if (take_number (rest, "ver", &version) && fabs (version) <= G_MAXINT)
    self->version = (gint64) version;
  read_meta (self, rest);

  if (self->error == NULL)
    read_payload (self, wt_json_rest_get (rest, "payload"));
  else
    self->raw = wt_json_rest_get (rest, "payload");
  wt_json_rest_take (rest, "payload");
  self->extra = wt_json_rest_copy (rest, self->document);
}

/**
 * wt_envelope_parse:
 * @frame: a text frame: any bytes
 * @error: return location for a #WtProtocolError: those of wt_json_parse(), `TYPE` for what is no
 *   object, `MISSING`, `TYPE` or `RANGE` for its `msg_id`
 *
 * Reads the guide's outer envelope. Whatever has a usable `msg_id` is an envelope, since it is to be
 * ACKed (`wire.md` section 2), also when it is refused: see wt_envelope_get_error().
 *
 * Takes as long as wt_json_parse().
 *
 * Returns: (transfer full) (nullable): the envelope
 */
WtEnvelope *
wt_envelope_parse (GBytes *frame, GError **error)
{
  g_autoptr (WtEnvelope) self = NULL;
  g_autoptr (WtJson) document = NULL;
  WtJsonRest rest = { NULL };
  WtJsonValue *root;

  g_return_val_if_fail (frame != NULL, NULL);

  document = wt_json_parse (frame, error);
  if (document == NULL)
    return NULL;

  root = wt_json_get_root (document);
  if (!wt_json_value_is (root, WT_JSON_KIND_OBJECT))
    {
      g_set_error (error, WT_PROTOCOL_ERROR, WT_PROTOCOL_ERROR_TYPE, "the frame is not an object");
      return NULL;
    }

  self = wt_envelope_new (WT_ENVELOPE_OTHER, NULL);
  self->size = g_bytes_get_size (frame);
  rest.object = root;
  self->msg_id = wt_json_take_required_text (document, &rest, "", "msg_id", FALSE, error);
  if (self->msg_id == NULL)
    return NULL;

  self->document = g_steal_pointer (&document);
  read_members (self, &rest);

  return g_steal_pointer (&self);
}

static void
write_meta (WtEnvelope *self, WtJsonValue *object)
{
  WtJsonValue *meta = wt_json_value_new (WT_JSON_KIND_OBJECT);

  wt_json_put_text (meta, "sender_user", self->meta.sender_user);
  wt_json_put_text (meta, "target_user", self->meta.target_user);
  wt_json_put_text (meta, "platform", self->meta.platform);
  wt_json_put_text (meta, "uuid", self->meta.uuid);
  wt_json_put_text (meta, "acked_msg_id", self->meta.acked_msg_id);
  if (self->meta.has_timestamp)
    wt_json_value_set_double (meta, "timestamp", self->meta.timestamp);
  wt_json_put_rest (meta, self->meta.extra);

  /* Something else than an object may be kept in its place. */
  if (wt_json_value_get_length (meta) > 0 || self->extra == NULL
      || !wt_json_value_has_member (self->extra, "meta"))
    wt_json_value_set_member (object, "meta", meta);
  else
    wt_json_value_unref (meta);
}

/**
 * wt_envelope_to_bytes:
 * @self: an envelope
 * @dialect: how segments are written
 *
 * Writes the envelope as compact JSON. Needs no more memory than the result, contents are copied into
 * it once. An envelope that was read keeps its unknown members; one that was refused, or is of another
 * type, its payload as it came. Thread-safe.
 *
 * Returns: (transfer full): the text of a frame, perhaps longer than %WT_PROTOCOL_MAX_BYTES
 */
GBytes *
wt_envelope_to_bytes (WtEnvelope *self, WtDialect dialect)
{
  WtJsonValue *object;
  g_autoptr (WtJson) document = NULL;

  g_return_val_if_fail (self != NULL, NULL);

  object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  document = wt_json_new (object);
  wt_json_value_set_integer (object, "ver", self->version);
  wt_json_value_set_string (object, "msg_id", self->msg_id);
  wt_json_put_text (object, "type", self->type_name);
  write_meta (self, object);
  if (self->payload != NULL)
    wt_json_value_set_member (object, "payload",
                              wt_payload_to_json (self->payload, dialect, document));
  else if (self->raw != NULL)
    wt_json_value_set_member (object, "payload",
                              wt_json_copy (self->document, self->raw, document));
  wt_json_put_rest (object, self->extra);

  return wt_json_to_bytes (document);
}

/* Every message costs one of these: it is written at once, without a tree. */
static GBytes *
write_ack (const char *acked_msg_id,
           const char *connection_uuid,
           double timestamp,
           const char *timestamp_name)
{
  g_autoptr (GString) time = g_string_new (NULL);
  g_autofree char *uuid = g_uuid_string_random ();
  GString *text = g_string_sized_new (384);

  wt_json_append_double (time, timestamp);
  g_string_append_printf (text, "{\"ver\":%d,\"msg_id\":\"ack_%s\",\"type\":\"%s\",\"meta\":{",
                          WT_ENVELOPE_VERSION, uuid, WT_ENVELOPE_TYPE_ACK);
  if (connection_uuid != NULL)
    {
      g_string_append (text, "\"uuid\":");
      wt_json_append_string (text, connection_uuid);
      g_string_append_c (text, ',');
    }
  g_string_append (text, "\"acked_msg_id\":");
  wt_json_append_string (text, acked_msg_id);
  g_string_append_printf (text,
                          ",\"timestamp\":%s},\"payload\":{\"status\":\"received\",\"%s\":%s}}",
                          time->str, timestamp_name, time->str);
  return g_string_free_to_bytes (text);
}

/**
 * wt_envelope_write_client_ack:
 * @acked_msg_id: the `msg_id` of what was received
 * @connection_uuid: (nullable): the connection's `x-uuid`
 * @timestamp: seconds since the epoch
 *
 * Writes the guide's `sys_ack`, as a client says it: with `payload.client_timestamp`.
 *
 * Returns: (transfer full): the text of a frame
 */
GBytes *
wt_envelope_write_client_ack (const char *acked_msg_id,
                              const char *connection_uuid,
                              double timestamp)
{
  g_return_val_if_fail (acked_msg_id != NULL, NULL);

  return write_ack (acked_msg_id, connection_uuid, timestamp, "client_timestamp");
}

/**
 * wt_envelope_write_server_ack:
 * @acked_msg_id: the `msg_id` of what was received
 * @connection_uuid: (nullable): the connection's `x-uuid`
 * @timestamp: seconds since the epoch
 *
 * Writes the guide's `sys_ack`, as a server says it: with `payload.server_timestamp`.
 *
 * Returns: (transfer full): the text of a frame
 */
GBytes *
wt_envelope_write_server_ack (const char *acked_msg_id,
                              const char *connection_uuid,
                              double timestamp)
{
  g_return_val_if_fail (acked_msg_id != NULL, NULL);

  return write_ack (acked_msg_id, connection_uuid, timestamp, "server_timestamp");
}
