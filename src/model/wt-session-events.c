/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

/* What the engine reports. */

/* What was stored in one conversation since the last delivery of events. */
typedef struct
{
  WtConversationRecord *newest; /* borrowed from an event */
  const char *reply_key;        /* borrowed from an event */
  GPtrArray *records;           /* of WtMessageRecord, borrowed from events */
  WtConversation *conversation; /* NULL until it is taken */
} Burst;

static void
burst_free (gpointer data)
{
  Burst *burst = data;

  g_ptr_array_unref (burst->records);
  g_clear_object (&burst->conversation);
  g_free (burst);
}

static void
announce (WtSession *self, WtConversation *conversation, const WtMessageRecord *record)
{
  g_autoptr (WtMessage) message = wt_message_new (record->seq);

  wt_message_load (message, record);
  wt_session_emit_received (self, conversation, message);
}

/* A chat that was put away is back where somebody writes in it, unless the user does not want to hear of that. */
static void
unarchive (WtSession *self, WtConversation *conversation, GPtrArray *records)
{
  const WtConversationRecord *options = wt_conversation_get_record (conversation);
  gboolean wanted = FALSE;

  if (!options->archived || options->level == WT_LEVEL_NONE)
    return;
  for (guint i = 0; i < records->len && !wanted; i++)
    {
      const WtMessageRecord *record = g_ptr_array_index (records, i);

      wanted = options->level == WT_LEVEL_ALL || record->mentions_me;
    }
  if (wanted)
    wt_session_set_flags (self, conversation, options->pinned, FALSE);
}

static void
take_burst (WtSession *self, Burst *burst)
{
  WtTimeline *timeline = wt_session_lookup_timeline (self, burst->newest->id);

  burst->conversation = wt_session_take_conversation (self, burst->newest);

  if (timeline != NULL)
    wt_timeline_append (timeline, burst->records);
  if (burst->reply_key != NULL)
    wt_targets_learn (self->targets, burst->conversation, burst->reply_key);
  unarchive (self, burst->conversation, burst->records);
}

/* One change of the models for all that was stored in a conversation, however much it was. Announced is each message, in
 * the order in which they came. */
static void
take_stored (WtSession *self, GPtrArray *events)
{
  g_autoptr (GHashTable) bursts = g_hash_table_new_full (g_int64_hash, g_int64_equal, NULL,
                                                         burst_free);
  g_autoptr (GPtrArray) order = g_ptr_array_new ();

  for (guint i = 0; i < events->len; i++)
    {
      WtEngineEvent *event = g_ptr_array_index (events, i);

      if (event->kind != WT_ENGINE_STORED)
        continue;

      WtConversationRecord *record = event->stored->conversation;
      Burst *burst = g_hash_table_lookup (bursts, &record->id);

      if (burst == NULL)
        {
          burst = g_new0 (Burst, 1);
          burst->records = g_ptr_array_new ();
          g_hash_table_insert (bursts, &record->id, burst);
          g_ptr_array_add (order, burst);
        }
      burst->newest = record;
      if (event->reply_key != NULL)
        burst->reply_key = event->reply_key;
      g_ptr_array_add (burst->records, event->stored->message);
    }
  for (guint i = 0; i < order->len; i++)
    take_burst (self, g_ptr_array_index (order, i));
  for (guint i = 0; i < events->len; i++)
    {
      const WtEngineEvent *event = g_ptr_array_index (events, i);

      if (event->kind == WT_ENGINE_STORED)
        {
          Burst *burst = g_hash_table_lookup (bursts, &event->stored->conversation->id);

          announce (self, burst->conversation, event->stored->message);
        }
    }
}

void
wt_session_take_delivery (WtSession *self, const WtMessageRecord *record)
{
  WtTimeline *timeline = wt_session_lookup_timeline (self, record->conversation_id);
  WtConversation *conversation = wt_conversation_list_lookup (self->conversations,
                                                              record->conversation_id);

  if (timeline != NULL)
    wt_timeline_set_delivery (timeline, record);
  if (conversation != NULL)
    wt_conversation_set_last_delivery (conversation, record->seq, record->delivery);
  wt_session_emit_delivery (self, record);
}

static void
take_progress (WtSession *self, const WtEngineEvent *event)
{
  WtTimeline *timeline = wt_session_lookup_timeline (self, event->message->conversation_id);

  if (timeline != NULL)
    wt_timeline_set_progress (timeline, event->message->seq, event->progress);
}

void
wt_session_on_engine_events (GPtrArray *events, gpointer data)
{
  g_autoptr (WtSession) self = g_object_ref (data);
  g_autoptr (WtConversationList) conversations = g_object_ref (self->conversations);

  wt_conversation_list_freeze (conversations);
  take_stored (self, events);
  for (guint i = 0; i < events->len; i++)
    {
      WtEngineEvent *event = g_ptr_array_index (events, i);

      switch (event->kind)
        {
        case WT_ENGINE_STATE:
          if (self->started)
            wt_session_set_connection (self, event->state, event->diagnosis, event->retry_at);
          break;
        case WT_ENGINE_DELIVERY:
          wt_session_take_delivery (self, event->message);
          break;
        case WT_ENGINE_REFUSED:
          g_message ("A frame could not be used: %s", event->error->message);
          wt_session_count_refused (self);
          break;
        case WT_ENGINE_TROUBLE:
          wt_session_report_trouble (self, event->error);
          break;
        case WT_ENGINE_PROGRESS:
          take_progress (self, event);
          break;
        case WT_ENGINE_FRAME:
          wt_session_emit_frame (self, event);
          break;
        case WT_ENGINE_STORED:
        default:
          break;
        }
    }
  wt_conversation_list_thaw_in_turn (conversations);
}
