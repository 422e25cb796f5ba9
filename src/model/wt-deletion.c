/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-deletion.h"

#include "wt-session-private.h"

struct _WtDeletion
{
  GObject parent_instance;

  /* owned */
  WtSession *session;
  WtConversation *conversation;
  WtMessage *message; /* NULL: the whole conversation; a copy as it was */

  gboolean ended;
};

G_DEFINE_FINAL_TYPE (WtDeletion, wt_deletion, G_TYPE_OBJECT)

enum
{
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* In the models only. */
static void
show_message (WtDeletion *self, gboolean deleted)
{
  g_autoptr (WtMessageRecord) record = wt_message_record_copy (
      wt_message_get_record (self->message));
  WtTimeline *timeline = wt_session_lookup_timeline (self->session,
                                                     wt_conversation_get_id (self->conversation));

  if (timeline == NULL)
    return;
  record->deleted = deleted;
  if (deleted)
    {
      g_clear_pointer (&record->segments, g_free);
      g_clear_pointer (&record->text, g_free);
    }
  wt_timeline_change (timeline, record);
}

static gboolean
is_waiting (WtMessage *message)
{
  WtDelivery delivery = wt_message_get_delivery (message);

  return delivery == WT_DELIVERY_QUEUED || delivery == WT_DELIVERY_SENT;
}

static void
end (WtDeletion *self)
{
  self->ended = TRUE;
  g_signal_handlers_disconnect_by_data (self->session, self);
  g_signal_emit (self, signals[SIGNAL_ENDED], 0);
}

static void
on_received (WtDeletion *self, WtConversation *conversation)
{
  if (conversation == self->conversation)
    wt_deletion_undo (self);
}

static void
on_conversation_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtConversation) conversation = data;
  g_autoptr (GError) error = NULL;

  if (wt_session_delete_conversation_finish (WT_SESSION (source), result, &error))
    return;
  wt_conversation_set_hidden (conversation, FALSE);
  wt_session_report_trouble (WT_SESSION (source), error);
}

static void
wt_deletion_dispose (GObject *object)
{
  WtDeletion *self = WT_DELETION (object);

  if (self->session != NULL)
    wt_deletion_commit (self);
  g_clear_object (&self->message);
  g_clear_object (&self->conversation);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (wt_deletion_parent_class)->dispose (object);
}

static void
wt_deletion_class_init (WtDeletionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = wt_deletion_dispose;

  signals[SIGNAL_ENDED] = g_signal_new ("ended", WT_TYPE_DELETION, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                        NULL, G_TYPE_NONE, 0);
}

static void
wt_deletion_init (WtDeletion *self)
{
}

static WtDeletion *
deletion_new (WtSession *session, WtConversation *conversation)
{
  WtDeletion *self = g_object_new (WT_TYPE_DELETION, NULL);

  self->session = g_object_ref (session);
  self->conversation = g_object_ref (conversation);
  return self;
}

/**
 * wt_deletion_new_for_message:
 * @session: a session
 * @conversation: where the message is
 * @message: a loaded message
 *
 * Shows the message as deleted. One that waits to be sent waits no more.
 *
 * Returns: (transfer full) (nullable): its deletion; %NULL where there is nothing to delete
 */
WtDeletion *
wt_deletion_new_for_message (WtSession *session, WtConversation *conversation, WtMessage *message)
{
  g_return_val_if_fail (WT_IS_SESSION (session), NULL);
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (WT_IS_MESSAGE (message), NULL);

  const WtMessageRecord *record = wt_message_get_record (message);

  if (record == NULL || record->deleted)
    return NULL;

  WtDeletion *self = deletion_new (session, conversation);

  self->message = wt_message_new (record->seq);
  wt_message_load (self->message, record);
  if (is_waiting (self->message))
    wt_engine_cancel (session->engine, record->id);
  show_message (self, TRUE);
  return self;
}

/**
 * wt_deletion_new_for_conversation:
 * @session: a session
 * @conversation: one of the account's
 *
 * Hides the conversation: see #WtConversation:hidden.
 *
 * Returns: (transfer full): its deletion
 */
WtDeletion *
wt_deletion_new_for_conversation (WtSession *session, WtConversation *conversation)
{
  g_return_val_if_fail (WT_IS_SESSION (session), NULL);
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);

  WtDeletion *self = deletion_new (session, conversation);

  g_signal_connect_object (session, "message-received", G_CALLBACK (on_received), self,
                           G_CONNECT_SWAPPED);
  wt_conversation_set_hidden (conversation, TRUE);
  return self;
}

/**
 * wt_deletion_get_conversation:
 * @self: a deletion
 *
 * Returns: (transfer none): what is deleted, or where
 */
WtConversation *
wt_deletion_get_conversation (WtDeletion *self)
{
  g_return_val_if_fail (WT_IS_DELETION (self), NULL);

  return self->conversation;
}

/**
 * wt_deletion_is_message:
 * @self: a deletion
 *
 * Returns: whether it is one message's, not a conversation's
 */
gboolean
wt_deletion_is_message (WtDeletion *self)
{
  g_return_val_if_fail (WT_IS_DELETION (self), FALSE);

  return self->message != NULL;
}

/**
 * wt_deletion_undo:
 * @self: a deletion
 *
 * Brings it back as it was, unless it was carried out. A message that waited to be sent is queued again.
 */
void
wt_deletion_undo (WtDeletion *self)
{
  g_return_if_fail (WT_IS_DELETION (self));

  g_autoptr (WtDeletion) hold = g_object_ref (self);

  if (hold->ended)
    return;
  if (self->message == NULL)
    wt_conversation_set_hidden (self->conversation, FALSE);
  else
    {
      show_message (self, FALSE);
      if (is_waiting (self->message))
        wt_session_queue_message (self->session, self->conversation,
                                  wt_message_get_record (self->message));
    }
  end (self);
}

/**
 * wt_deletion_commit:
 * @self: a deletion
 *
 * Carries it out, unless it was undone.
 */
void
wt_deletion_commit (WtDeletion *self)
{
  g_return_if_fail (WT_IS_DELETION (self));

  if (self->ended)
    return;
  if (self->message != NULL)
    wt_session_delete_message (self->session, self->conversation, self->message);
  else
    wt_session_delete_conversation_async (self->session, self->conversation, NULL,
                                          on_conversation_deleted,
                                          g_object_ref (self->conversation));
  end (self);
}
