/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

#include "wt-attachments.h"
#include "wt-message-store.h"

/* What the user does with messages: sending, sending again. */

typedef struct
{
  WtConversation *conversation;
  WtMessageRecord *message;
} Action;

static Action *
action_new (WtConversation *conversation, const WtMessageRecord *message)
{
  Action *action = g_new0 (Action, 1);

  action->conversation = g_object_ref (conversation);
  action->message = message != NULL ? wt_message_record_copy (message) : NULL;
  return action;
}

static void
action_free (gpointer data)
{
  Action *action = data;

  g_object_unref (action->conversation);
  g_clear_pointer (&action->message, wt_message_record_free);
  g_free (action);
}

/* Sending */

static void
return_record (GTask *task, const WtMessageRecord *message)
{
  g_task_return_pointer (task, wt_message_record_copy (message),
                         (GDestroyNotify) wt_message_record_free);
}

static void
on_message_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (WtStoredMessage) stored = wt_message_store_add_finish (WT_DATABASE (source), result,
                                                                    &error);

  if (stored == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (g_cancellable_is_cancelled (self->cancellable))
    {
      return_record (task, stored->message);
      return;
    }

  g_autoptr (WtConversation) conversation = wt_session_take_conversation (self,
                                                                          stored->conversation);
  WtTimeline *timeline = wt_session_lookup_timeline (self, stored->conversation->id);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();

  g_ptr_array_add (records, stored->message);
  if (timeline != NULL)
    wt_timeline_append (timeline, records);
  wt_session_queue_message (self, conversation, stored->message);
  return_record (task, stored->message);
}

static WtMessageRecord *
make_record (WtSession *self, WtConversation *conversation, WtSegment *segment)
{
  const WtAccountRecord *account = wt_account_get_record (self->account);
  WtMessageRecord *record = wt_message_record_new ();

  record->conversation_id = wt_conversation_get_id (conversation);
  record->direction = WT_DIRECTION_OUT;
  record->delivery = WT_DELIVERY_QUEUED;
  record->msg_id = g_uuid_string_random ();
  record->message_id = g_uuid_string_random ();
  record->author_platform = g_strdup (account->platform);
  record->author_id = g_strdup (account->user_id);
  record->author_nickname = g_strdup (account->nickname);
  record->author_cardname = g_strdup (account->cardname);
  record->time = g_get_real_time ();
  record->peer_time = record->time;
  record->rtt = -1;
  wt_message_record_set_segment (record, segment);
  return record;
}

/**
 * wt_session_send_async:
 * @self: a session
 * @conversation: one of the account's
 * @segment: what to say; its media are in the blob folder already
 * @cancellable: (nullable): stops it before it is stored
 * @callback: called once it is on disk
 * @data: for @callback
 *
 * Stores a message, then shows it, then sends it, now or when there is a connection, and again until it is acknowledged.
 */
void
wt_session_send_async (WtSession *self,
                       WtConversation *conversation,
                       WtSegment *segment,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));
  g_return_if_fail (segment != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (WtMessageRecord) record = make_record (self, conversation, segment);
  g_autoptr (GPtrArray) attachments = wt_attachments_list (segment);

  g_task_set_source_tag (task, wt_session_send_async);
  wt_message_store_add_async (self->database, wt_conversation_get_record (conversation), record,
                              attachments, cancellable, on_message_stored, g_object_ref (task));
}

/**
 * wt_session_send_finish:
 * @self: a session
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * Returns: whether the message is on disk; where it is not, it will not be sent either
 */
gboolean
wt_session_send_finish (WtSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  g_autoptr (WtMessageRecord) message = wt_session_send_finish_record (self, result, error);

  return message != NULL;
}

/**
 * wt_session_send_finish_record:
 * @self: a session
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * As wt_session_send_finish(), for who wants to know the message again in #WtSession::delivery-changed.
 *
 * Returns: (transfer full) (nullable): the message as it was stored
 */
WtMessageRecord *
wt_session_send_finish_record (WtSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
on_requeued (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtSession *self = g_task_get_source_object (task);
  Action *action = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  if (!wt_message_store_set_delivery_finish (WT_DATABASE (source), result, &error))
    wt_session_report_trouble (self, error);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    {
      WtTimeline *timeline = wt_session_lookup_timeline (self, action->message->conversation_id);

      if (timeline != NULL)
        wt_timeline_set_delivery (timeline, action->message);
      wt_conversation_set_last_delivery (action->conversation, action->message->seq,
                                         action->message->delivery);
      wt_session_queue_message (self, action->conversation, action->message);
    }
  g_task_return_boolean (task, TRUE);
}

static GTask *
task_for (WtSession *self, WtConversation *conversation, const WtMessageRecord *message)
{
  GTask *task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_task_data (task, action_new (conversation, message), action_free);
  return task;
}

/**
 * wt_session_retry:
 * @self: a session
 * @conversation: where the message is
 * @message: one that failed; others are left alone
 *
 * Queues a failed message again, with the same `msg_id`.
 */
void
wt_session_retry (WtSession *self, WtConversation *conversation, WtMessage *message)
{
  g_return_if_fail (WT_IS_SESSION (self));

  const WtMessageRecord *record = wt_message_get_record (message);

  if (record == NULL || record->delivery != WT_DELIVERY_FAILED)
    return;

  GTask *task = task_for (self, conversation, record);
  Action *action = g_task_get_task_data (task);

  g_task_set_source_tag (task, wt_session_retry);
  action->message->delivery = WT_DELIVERY_QUEUED;
  g_clear_pointer (&action->message->failure, g_free);
  wt_message_store_set_delivery_async (self->database, action->message, NULL, on_requeued, task);
}
