/* SPDX-License-Identifier: GPL-3.0-or-later */

/* The values; wt-envelope-json.c is the wire. */

#include "wt-envelope-private.h"

#include "wt-json-fields.h"
#include "wt-json-write.h"

G_DEFINE_BOXED_TYPE (WtEnvelope, wt_envelope, wt_envelope_ref, wt_envelope_unref)

static void
meta_clear (WtEnvelopeMeta *self)
{
  g_clear_pointer (&self->sender_user, g_free);
  g_clear_pointer (&self->target_user, g_free);
  g_clear_pointer (&self->platform, g_free);
  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->acked_msg_id, g_free);
  g_clear_pointer (&self->extra, wt_json_value_unref);
}

static void
envelope_clear (gpointer data)
{
  WtEnvelope *self = data;

  g_clear_pointer (&self->type_name, g_free);
  g_clear_pointer (&self->msg_id, g_free);
  meta_clear (&self->meta);
  g_clear_pointer (&self->payload, wt_payload_free);
  g_clear_error (&self->error);
  g_clear_pointer (&self->extra, wt_json_value_unref);
  g_clear_pointer (&self->document, wt_json_unref);
  g_clear_pointer (&self->own, wt_json_value_unref);
  g_clear_pointer (&self->digest, g_free);
}

/**
 * wt_envelope_new:
 * @type: what it is
 * @type_name: (nullable): its `type`
 *
 * Returns: (transfer full): an empty envelope, to be filled before anybody else sees it
 */
WtEnvelope *
wt_envelope_new (WtEnvelopeType type, const char *type_name)
{
  WtEnvelope *self = g_atomic_rc_box_new0 (WtEnvelope);

  self->type = type;
  self->type_name = g_strdup (type_name);
  self->version = WT_ENVELOPE_VERSION;

  return self;
}

static WtEnvelope *
new_message (const char *msg_id,
             const char *sender_user,
             const char *target_user,
             const char *platform,
             double timestamp,
             WtPayload *payload)
{
  WtEnvelope *self = wt_envelope_new (WT_ENVELOPE_STD, WT_ENVELOPE_TYPE_STD);

  self->msg_id = g_strdup (msg_id);
  self->meta.sender_user = g_strdup (sender_user);
  self->meta.target_user = g_strdup (target_user);
  self->meta.platform = g_strdup (platform);
  self->meta.timestamp = timestamp;
  self->meta.has_timestamp = TRUE;
  self->payload = payload;

  return self;
}

/**
 * wt_envelope_new_message:
 * @msg_id: globally unique: a UUID; the same for each attempt
 * @sender_user: (nullable): the sender's key or id
 * @platform: (nullable): the sender's platform
 * @timestamp: seconds since the epoch
 * @payload: (transfer full): what is said
 *
 * Returns: (transfer full): a `sys_std` envelope
 */
WtEnvelope *
wt_envelope_new_message (const char *msg_id,
                         const char *sender_user,
                         const char *platform,
                         double timestamp,
                         WtPayload *payload)
{
  g_return_val_if_fail (msg_id != NULL && *msg_id != '\0', NULL);
  g_return_val_if_fail (payload != NULL, NULL);

  return new_message (msg_id, sender_user, NULL, platform, timestamp, payload);
}

/**
 * wt_envelope_new_server_message:
 * @msg_id: globally unique
 * @target_user: (nullable): the receiver's user id
 * @platform: (nullable): the receiver's platform
 * @timestamp: seconds since the epoch
 * @payload: (transfer full): what is said
 *
 * As a server says it: `meta.sender_user` is `server` (`wire.md` section 2).
 *
 * Returns: (transfer full): a `sys_std` envelope
 */
WtEnvelope *
wt_envelope_new_server_message (const char *msg_id,
                                const char *target_user,
                                const char *platform,
                                double timestamp,
                                WtPayload *payload)
{
  g_return_val_if_fail (msg_id != NULL && *msg_id != '\0', NULL);
  g_return_val_if_fail (payload != NULL, NULL);

  return new_message (msg_id, "server", target_user, platform, timestamp, payload);
}

/**
 * wt_envelope_new_ping:
 * @msg_id: globally unique
 * @sender_user: (nullable): the sender's key or id
 * @platform: (nullable): the sender's platform
 * @timestamp: seconds since the epoch
 *
 * Every envelope that has an id is acknowledged, whatever its type (`wire.md` section 2): that a server does so tells
 * more than that its WebSocket answers pings, and nobody is shown a message.
 *
 * Returns: (transfer full): a `custom_ping` envelope without contents
 */
WtEnvelope *
wt_envelope_new_ping (const char *msg_id,
                      const char *sender_user,
                      const char *platform,
                      double timestamp)
{
  g_return_val_if_fail (msg_id != NULL && *msg_id != '\0', NULL);

  WtEnvelope *self = wt_envelope_new (WT_ENVELOPE_OTHER, WT_ENVELOPE_TYPE_PING);
  g_autoptr (WtJsonValue) payload = wt_json_value_new (WT_JSON_KIND_OBJECT);

  self->msg_id = g_strdup (msg_id);
  self->meta.sender_user = g_strdup (sender_user);
  self->meta.platform = g_strdup (platform);
  self->meta.timestamp = timestamp;
  self->meta.has_timestamp = TRUE;
  self->own = g_steal_pointer (&payload);
  self->raw = self->own;

  return self;
}

/**
 * wt_envelope_ref:
 * @self: an envelope
 *
 * Returns: (transfer full): @self
 */
WtEnvelope *
wt_envelope_ref (WtEnvelope *self)
{
  return g_atomic_rc_box_acquire (self);
}

/**
 * wt_envelope_unref:
 * @self: (transfer full): an envelope
 *
 * Gives up a reference.
 */
void
wt_envelope_unref (WtEnvelope *self)
{
  g_atomic_rc_box_release_full (self, envelope_clear);
}

/**
 * wt_envelope_get_envelope_type:
 * @self: an envelope
 *
 * Returns: what it is, by its `type`
 */
WtEnvelopeType
wt_envelope_get_envelope_type (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, WT_ENVELOPE_OTHER);

  return self->type;
}

/**
 * wt_envelope_get_type_name:
 * @self: an envelope
 *
 * Returns: `type` as it came; empty where there is none
 */
const char *
wt_envelope_get_type_name (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, "");

  return self->type_name != NULL ? self->type_name : "";
}

/**
 * wt_envelope_get_version:
 * @self: an envelope
 *
 * Returns: `ver`, 1 where there is none
 */
int
wt_envelope_get_version (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, WT_ENVELOPE_VERSION);

  return (int) self->version;
}

/**
 * wt_envelope_get_msg_id:
 * @self: an envelope
 *
 * Returns: `msg_id`; from 1 to %WT_PROTOCOL_MAX_NAME_BYTES bytes
 */
const char *
wt_envelope_get_msg_id (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->msg_id;
}

/**
 * wt_envelope_get_sender_user:
 * @self: an envelope
 *
 * Returns: (nullable): `meta.sender_user`: a key or an id, `server` for a server's own
 */
const char *
wt_envelope_get_sender_user (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->meta.sender_user;
}

/**
 * wt_envelope_get_target_user:
 * @self: an envelope
 *
 * Returns: (nullable): `meta.target_user`
 */
const char *
wt_envelope_get_target_user (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->meta.target_user;
}

/**
 * wt_envelope_get_timestamp:
 * @self: an envelope
 *
 * Returns: `meta.timestamp` in seconds since the epoch by the sender's clock, finite; 0 where there is
 *   none
 */
double
wt_envelope_get_timestamp (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->meta.timestamp;
}

/**
 * wt_envelope_get_acked_msg_id:
 * @self: an envelope
 *
 * Returns: (nullable): `meta.acked_msg_id`: what a `sys_ack` is about
 */
const char *
wt_envelope_get_acked_msg_id (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->meta.acked_msg_id;
}

/**
 * wt_envelope_get_payload:
 * @self: an envelope
 *
 * Returns: (nullable): the payload of a `sys_std`; %NULL for other types and where it is refused
 */
const WtPayload *
wt_envelope_get_payload (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->payload;
}

/**
 * wt_envelope_get_error:
 * @self: an envelope
 *
 * Returns: (nullable): why it is refused: a #WtProtocolError whose message names the member's path;
 *   %NULL for an envelope that is as it should be
 */
const GError *
wt_envelope_get_error (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  return self->error;
}

/**
 * wt_envelope_wants_ack:
 * @self: an envelope
 *
 * Returns: whether its receipt is to be confirmed: always (also of refused ones, unknown types and
 *   repeats), but for a `sys_ack` (guide, "automatic ACK")
 */
gboolean
wt_envelope_wants_ack (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, FALSE);

  return self->type != WT_ENVELOPE_ACK;
}

/* Half of a SHA-256: who could find two payloads with the same one would only lose a message of their own. */
#define DIGEST_LENGTH 32

static char *
compute_digest (WtEnvelope *self)
{
  g_autoptr (WtJson) document = NULL;
  g_autoptr (WtJsonValue) tree = NULL;

  if (self->payload == NULL || self->raw != NULL)
    return wt_json_digest (self->document, self->raw);

  document = wt_json_new (NULL);
  tree = wt_payload_to_json (self->payload, WT_DIALECT_GUIDE, document);

  return wt_json_digest (document, tree);
}

/**
 * wt_envelope_get_digest:
 * @self: an envelope
 *
 * What tells a repeat (same `msg_id`, same payload) from another message with the same `msg_id`: a
 * digest of the payload as it came, whatever the order of members, white space and escapes; of an
 * envelope made here, of the payload in the guide's dialect. Computed when first asked for, at some
 * 200 MB a second: not on the main thread. Thread-safe.
 *
 * Returns: the first half of a SHA-256 in lower-case hexadecimal: 32 digits
 */
const char *
wt_envelope_get_digest (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, NULL);

  if (g_atomic_pointer_get (&self->digest) == NULL)
    {
      g_autofree char *digest = compute_digest (self);

      digest[DIGEST_LENGTH] = '\0';
      if (g_atomic_pointer_compare_and_exchange (&self->digest, NULL, digest))
        g_steal_pointer (&digest);
    }

  return g_atomic_pointer_get (&self->digest);
}

/**
 * wt_envelope_get_size:
 * @self: an envelope
 *
 * Returns: the bytes of the frame that it was read from; 0 for one made here
 */
gsize
wt_envelope_get_size (WtEnvelope *self)
{
  g_return_val_if_fail (self != NULL, 0);

  return self->size;
}
