/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

#include "wt-message-store.h"

/* Deleting messages here; the wire knows no recall. */

static void
remove_blobs (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  char **names = data;
  WtBlobs *blobs = source;

  for (gsize i = 0; names[i] != NULL; i++)
    wt_blobs_remove (blobs, names[i], NULL);
  g_task_return_boolean (task, TRUE);
}

static void
take_deleted (WtSession *self, gint64 conversation_id, WtDeletedMessages *deleted)
{
  WtTimeline *timeline = wt_session_lookup_timeline (self, conversation_id);
  g_autoptr (GTask) removal = g_task_new (self->blobs, NULL, NULL, NULL);

  g_task_set_task_data (removal, g_steal_pointer (&deleted->unused), (GDestroyNotify) g_strfreev);
  g_task_run_in_thread (removal, remove_blobs);
  for (guint i = 0; i < deleted->messages->len; i++)
    {
      WtMessageRecord *record = g_ptr_array_index (deleted->messages, i);
      g_autoptr (WtMessage) message = wt_message_new (record->seq);

      wt_engine_cancel (self->engine, record->id);
      wt_message_load (message, record);
      wt_session_forget_fetches (self, message);
      record->deleted = TRUE;
      g_clear_pointer (&record->segments, g_free);
      g_clear_pointer (&record->text, g_free);
      if (timeline != NULL)
        wt_timeline_change (timeline, record);
    }
  wt_session_emit_media_changed (self, conversation_id);
}

static void
on_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtSession *self = g_task_get_source_object (task);
  gint64 conversation_id = *(gint64 *) g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WtDeletedMessages) deleted = wt_message_store_delete_many_finish (WT_DATABASE (source),
                                                                               result, &error);

  if (deleted == NULL)
    {
      wt_session_report_trouble (self, error);
      g_task_return_error (task, error);
      return;
    }
  take_deleted (self, conversation_id, deleted);
  g_task_return_boolean (task, TRUE);
}

/**
 * wt_session_delete_messages_async:
 * @self: a session
 * @conversation: where the messages are
 * @seqs: (array length=n_seqs): their positions; those that are deleted already are passed over
 * @n_seqs: how many
 * @cancellable: (nullable): stops it before it begins
 * @callback: (nullable): called when they are gone
 * @data: for @callback
 *
 * Deletes messages here, all or none of them. One that was not acknowledged is not sent any more. A failure is also reported as
 * trouble.
 */
void
wt_session_delete_messages_async (WtSession *self,
                                  WtConversation *conversation,
                                  const gint64 *seqs,
                                  gsize n_seqs,
                                  GCancellable *cancellable,
                                  GAsyncReadyCallback callback,
                                  gpointer data)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  gint64 id = wt_conversation_get_id (conversation);

  g_task_set_source_tag (task, wt_session_delete_messages_async);
  g_task_set_task_data (task, g_memdup2 (&id, sizeof id), g_free);
  wt_message_store_delete_many_async (self->database, id, seqs, n_seqs, cancellable, on_deleted,
                                      g_object_ref (task));
}

/**
 * wt_session_delete_messages_finish:
 * @self: a session
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * Returns: whether they are gone
 */
gboolean
wt_session_delete_messages_finish (WtSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wt_session_delete_message:
 * @self: a session
 * @conversation: where the message is
 * @message: a loaded message
 *
 * Deletes a message here. One that was not acknowledged is not sent any more.
 */
void
wt_session_delete_message (WtSession *self, WtConversation *conversation, WtMessage *message)
{
  g_return_if_fail (WT_IS_SESSION (self));

  const WtMessageRecord *record = wt_message_get_record (message);

  if (record == NULL || record->deleted)
    return;
  wt_engine_cancel (self->engine, record->id);
  wt_session_delete_messages_async (self, conversation, &record->seq, 1, NULL, NULL, NULL);
}
