/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-export-json.h"

#include "wt-segment.h"

/* A message for programs. */

static const char *const deliveries[] = {
  [WT_DELIVERY_RECEIVED] = "received", [WT_DELIVERY_QUEUED] = "queued", [WT_DELIVERY_SENT] = "sent",
  [WT_DELIVERY_ACKED] = "acked",       [WT_DELIVERY_FAILED] = "failed",
};

static void
add_text (WtJsonValue *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    wt_json_value_set_string (object, name, text);
  else
    wt_json_value_set_string (object, name, NULL);
}

static void
add_time (WtJsonValue *object, const char *name, gint64 time)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) moment = seconds != NULL ? g_date_time_add (seconds, time % G_USEC_PER_SEC)
                                                 : NULL;
  g_autofree char *text = moment != NULL && time > 0 ? g_date_time_format_iso8601 (moment) : NULL;

  add_text (object, name, text);
}

static WtJsonValue *
make_conversation (const WtAccountRecord *account, const WtConversationRecord *conversation)
{
  WtJsonValue *object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  if (account != NULL)
    add_text (object, "account",
              account->label != NULL && *account->label != '\0' ? account->label
                                                                : account->user_id);
  wt_json_value_set_string (object, "kind",
                            conversation->kind == WT_CONVERSATION_GROUP ? "group" : "direct");
  add_text (object, "platform", conversation->platform);
  add_text (object, "id", conversation->peer_id);
  add_text (object, "title", conversation->title);
  return object;
}

static WtJsonValue *
make_author (const WtMessageRecord *message)
{
  WtJsonValue *object = wt_json_value_new (WT_JSON_KIND_OBJECT);

  add_text (object, "platform", message->author_platform);
  add_text (object, "user_id", message->author_id);
  add_text (object, "nickname", message->author_nickname);
  add_text (object, "cardname", message->author_cardname);
  return object;
}

static void
add_delivery (WtJsonValue *object, const WtMessageRecord *message)
{
  guint delivery = MIN ((guint) message->delivery, G_N_ELEMENTS (deliveries) - 1);

  wt_json_value_set_string (object, "delivery", deliveries[delivery]);
  if (message->direction != WT_DIRECTION_OUT)
    return;
  wt_json_value_set_integer (object, "attempts", message->attempts);
  add_time (object, "acked", message->acked_time);
  if (message->rtt >= 0)
    wt_json_value_set_integer (object, "round_trip_microseconds", message->rtt);
  add_text (object, "failure", message->failure);
}

static WtJsonValue *
read_segments (const WtMessageRecord *message)
{
  g_autoptr (WtSegment) segment = wt_message_record_dup_segment (message, NULL);
  g_autofree char *storage = segment != NULL ? wt_segment_to_storage (segment) : NULL;

  return storage != NULL ? wt_json_value_from_text (storage, NULL) : NULL;
}

/**
 * wt_export_json_new:
 * @account: (nullable): whose it is
 * @conversation: where it is
 * @message: a message
 *
 * Returns: (transfer full): all that is stored of the message, without keys and the peers' extra fields; an object
 */
WtJsonValue *
wt_export_json_new (const WtAccountRecord *account,
                    const WtConversationRecord *conversation,
                    const WtMessageRecord *message)
{
  WtJsonValue *object = wt_json_value_new (WT_JSON_KIND_OBJECT);
  WtJsonValue *segments = read_segments (message);

  wt_json_value_set_member (object, "conversation", make_conversation (account, conversation));
  wt_json_value_set_integer (object, "position", message->seq);
  wt_json_value_set_string (object, "direction",
                            message->direction == WT_DIRECTION_OUT ? "out" : "in");
  add_text (object, "msg_id", message->msg_id);
  add_text (object, "message_id", message->message_id);
  wt_json_value_set_member (object, "author", make_author (message));
  add_time (object, "time", message->time);
  add_time (object, "peer_time", message->peer_time);
  add_delivery (object, message);
  wt_json_value_set_boolean (object, "deleted", message->deleted);
  add_text (object, "text", message->text);
  if (segments != NULL)
    wt_json_value_set_member (object, "segment", segments);
  return object;
}
