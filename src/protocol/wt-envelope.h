/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib-object.h>

#include "wt-payload.h"

G_BEGIN_DECLS

typedef enum
{
  WT_ENVELOPE_STD,
  WT_ENVELOPE_ACK,
  WT_ENVELOPE_OTHER,
} WtEnvelopeType;

/**
 * WtEnvelope:
 *
 * The guide's outer envelope. Immutable once built, atomically reference-counted.
 */
typedef struct _WtEnvelope WtEnvelope;
#define WT_TYPE_ENVELOPE (wt_envelope_get_type ())
GType wt_envelope_get_type (void);

WtEnvelope *wt_envelope_parse (GBytes *frame, GError **error);
WtEnvelope *wt_envelope_new_message (const char *msg_id,
                                     const char *sender_user,
                                     const char *platform,
                                     double timestamp,
                                     WtPayload *payload);
WtEnvelope *wt_envelope_new_server_message (const char *msg_id,
                                            const char *target_user,
                                            const char *platform,
                                            double timestamp,
                                            WtPayload *payload);
WtEnvelope *wt_envelope_new_ping (const char *msg_id,
                                  const char *sender_user,
                                  const char *platform,
                                  double timestamp);
WtEnvelope *wt_envelope_ref (WtEnvelope *self);
void wt_envelope_unref (WtEnvelope *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (WtEnvelope, wt_envelope_unref)

GBytes *wt_envelope_to_bytes (WtEnvelope *self, WtDialect dialect);
GBytes *wt_envelope_write_client_ack (const char *acked_msg_id,
                                      const char *connection_uuid,
                                      double timestamp);
GBytes *wt_envelope_write_server_ack (const char *acked_msg_id,
                                      const char *connection_uuid,
                                      double timestamp);

WtEnvelopeType wt_envelope_get_envelope_type (WtEnvelope *self);
const char *wt_envelope_get_type_name (WtEnvelope *self);
int wt_envelope_get_version (WtEnvelope *self);
const char *wt_envelope_get_msg_id (WtEnvelope *self);
const char *wt_envelope_get_sender_user (WtEnvelope *self);
const char *wt_envelope_get_target_user (WtEnvelope *self);
double wt_envelope_get_timestamp (WtEnvelope *self);
const char *wt_envelope_get_acked_msg_id (WtEnvelope *self);
const WtPayload *wt_envelope_get_payload (WtEnvelope *self);
const GError *wt_envelope_get_error (WtEnvelope *self);
gboolean wt_envelope_wants_ack (WtEnvelope *self);
const char *wt_envelope_get_digest (WtEnvelope *self);
gsize wt_envelope_get_size (WtEnvelope *self);
char *wt_envelope_redact (GBytes *frame, gboolean pretty);
char *wt_envelope_redact_beyond (GBytes *frame, gsize longest, gboolean pretty);

G_END_DECLS
