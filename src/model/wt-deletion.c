/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-deletion.h"

#include "wt-session-private.h"

struct _WtDeletion
{
  GObject parent_instance;

  /* owned */
  WtSession *session;
  WtConversation *conversation;
  GArray *seqs;       /* of gint64, of messages; NULL: the whole conversation */
  GPtrArray *waiting; /* of WtMessageRecord: that were not to be sent after all */

  gboolean ended;
};

G_DEFINE_FINAL_TYPE (WtDeletion, wt_deletion, G_TYPE_OBJECT)

enum
{
  SIGNAL_ENDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
set_veiled (WtSession *session, WtConversation *conversation, GArray *seqs, gboolean veiled)
{
  wt_veil_set (wt_conversation_get_veil (conversation), (const gint64 *) (gpointer) seqs->data,
               seqs->len, veiled);
  wt_session_emit_media_changed (session, wt_conversation_get_id (conversation));
}

/* A message that is on its way is not in memory only where nobody looked at it: it may leave until it is deleted. */
static void
hold_back (WtDeletion *self)
{
  WtTimeline *timeline = wt_session_lookup_timeline (self->session,
                                                     wt_conversation_get_id (self->conversation));

  for (guint i = 0; timeline != NULL && i < self->seqs->len; i++)
    {
      const WtMessageRecord *record = wt_timeline_lookup_record (
          timeline, g_array_index (self->seqs, gint64, i));

      if (record == NULL
          || (record->delivery != WT_DELIVERY_QUEUED && record->delivery != WT_DELIVERY_SENT))
        continue;
      wt_engine_cancel (self->session->engine, record->id);
      g_ptr_array_add (self->waiting, wt_message_record_copy (record));
    }
}

static void
send_after_all (WtDeletion *self)
{
  for (guint i = 0; i < self->waiting->len; i++)
    wt_session_queue_message (self->session, self->conversation,
                              g_ptr_array_index (self->waiting, i));
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

typedef struct
{
  WtConversation *conversation;
  GArray *seqs;
} Messages;

/* Gone or not: what is shown is what is on the disk. */
static void
on_messages_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  Messages *messages = data;

  wt_session_delete_messages_finish (WT_SESSION (source), result, NULL);
  set_veiled (WT_SESSION (source), messages->conversation, messages->seqs, FALSE);
  g_object_unref (messages->conversation);
  g_array_unref (messages->seqs);
  g_free (messages);
}

static void
delete_messages (WtDeletion *self)
{
  Messages *messages = g_new0 (Messages, 1);

  messages->conversation = g_object_ref (self->conversation);
  messages->seqs = g_array_ref (self->seqs);
  wt_session_delete_messages_async (self->session, self->conversation,
                                    (const gint64 *) (gpointer) self->seqs->data, self->seqs->len,
                                    NULL, on_messages_deleted, messages);
}

static void
wt_deletion_dispose (GObject *object)
{
  WtDeletion *self = WT_DELETION (object);

  if (self->session != NULL)
    wt_deletion_commit (self);
  g_clear_pointer (&self->seqs, g_array_unref);
  g_clear_pointer (&self->waiting, g_ptr_array_unref);
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
  self->waiting = g_ptr_array_new_with_free_func ((GDestroyNotify) wt_message_record_free);
  return self;
}

static gboolean
can_delete (WtSession *session, WtConversation *conversation, gint64 seq)
{
  WtTimeline *timeline = wt_session_lookup_timeline (session,
                                                     wt_conversation_get_id (conversation));
  const WtMessageRecord *record = timeline != NULL ? wt_timeline_lookup_record (timeline, seq)
                                                   : NULL;

  return seq > 0 && seq <= wt_conversation_get_last_seq (conversation)
         && !wt_veil_hides (wt_conversation_get_veil (conversation), seq)
         && (record == NULL || !record->deleted);
}

/**
 * wt_deletion_new_for_messages:
 * @session: a session
 * @conversation: where the messages are
 * @seqs: (array length=n_seqs): their positions; they need not be loaded
 * @n_seqs: how many
 *
 * Shows messages as deleted. Those that wait to be sent wait no more. Those that are known to be deleted are passed over.
 *
 * Returns: (transfer full) (nullable): their deletion; %NULL where there is nothing to delete
 */
WtDeletion *
wt_deletion_new_for_messages (WtSession *session,
                              WtConversation *conversation,
                              const gint64 *seqs,
                              gsize n_seqs)
{
  g_return_val_if_fail (WT_IS_SESSION (session), NULL);
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);
  g_return_val_if_fail (seqs != NULL || n_seqs == 0, NULL);

  g_autoptr (GArray) wanted = g_array_new (FALSE, FALSE, sizeof (gint64));
  WtDeletion *self;

  for (gsize i = 0; i < n_seqs; i++)
    {
      if (can_delete (session, conversation, seqs[i]))
        g_array_append_val (wanted, seqs[i]);
    }
  if (wanted->len == 0)
    return NULL;

  self = deletion_new (session, conversation);
  self->seqs = g_steal_pointer (&wanted);
  hold_back (self);
  set_veiled (session, conversation, self->seqs, TRUE);
  return self;
}

/**
 * wt_deletion_new_for_message:
 * @session: a session
 * @conversation: where the message is
 * @message: a loaded message
 *
 * As wt_deletion_new_for_messages(), for one.
 *
 * Returns: (transfer full) (nullable): its deletion; %NULL where there is nothing to delete
 */
WtDeletion *
wt_deletion_new_for_message (WtSession *session, WtConversation *conversation, WtMessage *message)
{
  g_return_val_if_fail (WT_IS_MESSAGE (message), NULL);

  gint64 seq = wt_message_get_seq (message);

  return wt_deletion_new_for_messages (session, conversation, &seq, 1);
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
 * wt_deletion_get_n_messages:
 * @self: a deletion
 *
 * Returns: how many messages it is of; 0: a conversation's
 */
guint
wt_deletion_get_n_messages (WtDeletion *self)
{
  g_return_val_if_fail (WT_IS_DELETION (self), 0);

  return self->seqs != NULL ? self->seqs->len : 0;
}

/**
 * wt_deletion_undo:
 * @self: a deletion
 *
 * Brings it back as it was, unless it was carried out. Messages that waited to be sent are queued again.
 */
void
wt_deletion_undo (WtDeletion *self)
{
  g_return_if_fail (WT_IS_DELETION (self));

  g_autoptr (WtDeletion) hold = g_object_ref (self);

  if (hold->ended)
    return;
  if (self->seqs == NULL)
    {
      wt_conversation_set_hidden (self->conversation, FALSE);
    }
  else
    {
      set_veiled (self->session, self->conversation, self->seqs, FALSE);
      send_after_all (self);
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
  if (self->seqs != NULL)
    delete_messages (self);
  else
    wt_session_delete_conversation_async (self->session, self->conversation, NULL,
                                          on_conversation_deleted,
                                          g_object_ref (self->conversation));
  end (self);
}
