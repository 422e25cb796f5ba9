/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-export-json.h"

#include "wt-segment.h"

/* A message for programs. */

static const char *const deliveries[] = {
  [WT_DELIVERY_RECEIVED] = "received", [WT_DELIVERY_QUEUED] = "queued", [WT_DELIVERY_SENT] = "sent",
  [WT_DELIVERY_ACKED] = "acked",       [WT_DELIVERY_FAILED] = "failed",
};

static void
add_text (JsonObject *object, const char *name, const char *text)
{
  if (text != NULL && *text != '\0')
    json_object_set_string_member (object, name, text);
  else
    json_object_set_null_member (object, name);
}

static void
add_time (JsonObject *object, const char *name, gint64 time)
{
  g_autoptr (GDateTime) seconds = g_date_time_new_from_unix_utc (time / G_USEC_PER_SEC);
  g_autoptr (GDateTime) moment = seconds != NULL ? g_date_time_add (seconds, time % G_USEC_PER_SEC)
                                                 : NULL;
  g_autofree char *text = moment != NULL && time > 0 ? g_date_time_format_iso8601 (moment) : NULL;

  add_text (object, name, text);
}

static JsonObject *
make_conversation (const WtAccountRecord *account, const WtConversationRecord *conversation)
{
  JsonObject *object = json_object_new ();

  if (account != NULL)
    add_text (object, "account",
              account->label != NULL && *account->label != '\0' ? account->label
                                                                : account->user_id);
  json_object_set_string_member (object, "kind",
                                 conversation->kind == WT_CONVERSATION_GROUP ? "group" : "direct");
  add_text (object, "platform", conversation->platform);
  add_text (object, "id", conversation->peer_id);
  add_text (object, "title", conversation->title);
  return object;
}

static JsonObject *
make_author (const WtMessageRecord *message)
{
  JsonObject *object = json_object_new ();

  add_text (object, "platform", message->author_platform);
  add_text (object, "user_id", message->author_id);
  add_text (object, "nickname", message->author_nickname);
  add_text (object, "cardname", message->author_cardname);
  return object;
}

static void
add_delivery (JsonObject *object, const WtMessageRecord *message)
{
  guint delivery = MIN ((guint) message->delivery, G_N_ELEMENTS (deliveries) - 1);

  json_object_set_string_member (object, "delivery", deliveries[delivery]);
  if (message->direction != WT_DIRECTION_OUT)
    return;
  json_object_set_int_member (object, "attempts", message->attempts);
  add_time (object, "acked", message->acked_time);
  if (message->rtt >= 0)
    json_object_set_int_member (object, "round_trip_microseconds", message->rtt);
  add_text (object, "failure", message->failure);
}

static JsonNode *
read_segments (const WtMessageRecord *message)
{
  /* Its reader is bounded; json-glib's would follow any nesting until the stack is full. */
  g_autoptr (WtSegment) segment = wt_message_record_dup_segment (message, NULL);
  g_autofree char *storage = segment != NULL ? wt_segment_to_storage (segment) : NULL;
  g_autoptr (JsonParser) parser = json_parser_new_immutable ();

  if (storage == NULL || !json_parser_load_from_data (parser, storage, -1, NULL))
    return NULL;
  return json_parser_steal_root (parser);
}

/**
 * wt_export_json_new:
 * @account: (nullable): whose it is
 * @conversation: where it is
 * @message: a message
 *
 * Returns: (transfer full): all that is stored of the message, without keys and the peers' extra fields; an object
 */
JsonNode *
wt_export_json_new (const WtAccountRecord *account,
                    const WtConversationRecord *conversation,
                    const WtMessageRecord *message)
{
  g_autoptr (JsonObject) object = json_object_new ();
  JsonNode *segments = read_segments (message);
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_object_set_object_member (object, "conversation", make_conversation (account, conversation));
  json_object_set_int_member (object, "position", message->seq);
  json_object_set_string_member (object, "direction",
                                 message->direction == WT_DIRECTION_OUT ? "out" : "in");
  add_text (object, "msg_id", message->msg_id);
  add_text (object, "message_id", message->message_id);
  json_object_set_object_member (object, "author", make_author (message));
  add_time (object, "time", message->time);
  add_time (object, "peer_time", message->peer_time);
  add_delivery (object, message);
  json_object_set_boolean_member (object, "deleted", message->deleted);
  add_text (object, "text", message->text);
  if (segments != NULL)
    json_object_set_member (object, "segment", segments);
  json_node_set_object (node, object);
  return node;
}

/**
 * wt_export_json_to_text:
 * @node: a value
 *
 * Returns: (transfer full): the value in one line
 */
char *
wt_export_json_to_text (JsonNode *node)
{
  return json_to_string (node, FALSE);
}
