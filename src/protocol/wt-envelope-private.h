/* SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "wt-envelope.h"

G_BEGIN_DECLS

/* Private to the protocol layer. */

#define WT_ENVELOPE_TYPE_STD "sys_std"
#define WT_ENVELOPE_TYPE_ACK "sys_ack"
#define WT_ENVELOPE_TYPE_PING "custom_ping"
#define WT_ENVELOPE_VERSION 1

typedef struct
{
  char *sender_user;
  char *target_user;
  char *platform;
  char *uuid;
  char *acked_msg_id;
  double timestamp;
  gboolean has_timestamp;
  WtJsonValue *extra;
} WtEnvelopeMeta;

/*
 * WtEnvelope:
 * @document: what was read; NULL for an envelope made here
 * @raw: its payload; borrowed from @document, else from @own
 * @own: the payload of an ACK made here
 * @digest: set once, atomically
 */
struct _WtEnvelope
{
  WtEnvelopeType type;
  char *type_name;
  gint64 version;
  char *msg_id;
  WtEnvelopeMeta meta;
  WtPayload *payload;
  GError *error;
  WtJsonValue *extra;
  gsize size;

  WtJson *document;
  WtJsonValue *raw;
  WtJsonValue *own;
  char *digest;
};

WtEnvelope *wt_envelope_new (WtEnvelopeType type, const char *type_name);

G_END_DECLS
