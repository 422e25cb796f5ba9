/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-inbox-records.h"

/**
 * wt_inbox_make_conversation:
 * @account_id: whose conversation it is
 * @route: where a message belongs
 *
 * Returns: (transfer full): what is stored of the conversation, without an id
 */
WtConversationRecord *
wt_inbox_make_conversation (gint64 account_id, const WtRoute *route)
{
  WtConversationRecord *record = wt_conversation_record_new ();

  record->account_id = account_id;
  record->kind = route->kind;
  record->platform = g_strdup (route->platform);
  record->peer_id = g_strdup (route->peer_id);
  record->title = g_strdup (route->title);
  return record;
}

static char *
config_to_text (WtJsonValue *config)
{
  return wt_json_value_get_length (config) > 0 ? wt_json_value_to_text (config) : NULL;
}

/**
 * wt_inbox_make_message:
 * @envelope: a message
 * @route: where it belongs
 * @segment: what it says, with blobs in the place of base64
 * @time: when it was received, in microseconds since the epoch by our clock
 *
 * Returns: (transfer full): what is stored of the message, without an id and a place
 */
WtMessageRecord *
wt_inbox_make_message (WtEnvelope *envelope, const WtRoute *route, WtSegment *segment, gint64 time)
{
  WtMessageRecord *record = wt_message_record_new ();
  const WtMessageInfo *info = wt_envelope_get_payload (envelope)->info;

  record->direction = WT_DIRECTION_IN;
  record->delivery = WT_DELIVERY_RECEIVED;
  record->msg_id = g_strdup (wt_envelope_get_msg_id (envelope));
  record->digest = g_strdup (wt_envelope_get_digest (envelope));
  record->message_id = g_strdup (info->message_id);
  record->author_platform = g_strdup (route->author_platform);
  record->author_id = g_strdup (route->author_id);
  record->author_nickname = g_strdup (route->author_nickname);
  record->author_cardname = g_strdup (route->author_cardname);
  record->peer_time = (gint64) (info->time * G_USEC_PER_SEC);
  record->time = time;
  record->config = config_to_text (info->additional_config);
  wt_message_record_set_segment (record, segment);
  record->mentions_me = route->mentions_me;
  return record;
}
