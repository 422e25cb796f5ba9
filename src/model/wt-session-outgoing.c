/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

#include "wt-message-store.h"
#include "wt-outbox.h"

/* From the database to the engine. */

/* A stored message on its way to the engine: its target is looked up first, one message after the other. */
typedef struct
{
  WtConversation *conversation;
  WtMessageRecord *message;
} Waiting;

static void resolve_next (WtSession *self);

static Waiting *
waiting_new (WtConversation *conversation, const WtMessageRecord *message)
{
  Waiting *waiting = g_new0 (Waiting, 1);

  waiting->conversation = g_object_ref (conversation);
  waiting->message = wt_message_record_copy (message);
  return waiting;
}

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;

  g_object_unref (waiting->conversation);
  wt_message_record_free (waiting->message);
  g_free (waiting);
}

static void
fail_message (WtSession *self, WtMessageRecord *message, const char *failure)
{
  message->delivery = WT_DELIVERY_FAILED;
  g_free (message->failure);
  message->failure = g_strdup (failure);
  wt_message_store_set_delivery_async (self->database, message, NULL, NULL, NULL);
  wt_session_take_delivery (self, message);
}

static WtOutgoing *
make_outgoing (WtSession *self, const Waiting *waiting, const WtTarget *target)
{
  const WtConversationRecord *conversation = wt_conversation_get_record (waiting->conversation);
  const WtAccountRecord *account = wt_account_get_record (self->account);
  WtOutgoing *outgoing = wt_outgoing_new (waiting->message);

  outgoing->kind = conversation->kind;
  outgoing->peer_id = g_strdup (conversation->peer_id);
  outgoing->peer_platform = g_strdup (conversation->platform);
  outgoing->title = g_strdup (conversation->title);
  outgoing->platform = g_strdup (account->platform);
  outgoing->api_key = g_strdup (self->api_key);
  outgoing->target_key = g_strdup (target->key);
  outgoing->target_platform = g_strdup (target->platform);
  outgoing->dialect = wt_conversation_get_dialect (waiting->conversation);
  return outgoing;
}

static void
on_target (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtTarget) target = wt_targets_lookup_finish (WT_TARGETS (source), result, &error);

  self->resolving = FALSE;
  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  Waiting *waiting = g_queue_pop_head (&self->waiting);

  if (target != NULL)
    wt_engine_send (self->engine, make_outgoing (self, waiting, target));
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    fail_message (self, waiting->message, WT_FAILURE_NO_TARGET);
  else
    wt_session_report_trouble (
        self, error); /* It stays queued: sent at the next start, when the keyring may answer. */
  waiting_free (waiting);
  resolve_next (self);
}

static void
resolve_next (WtSession *self)
{
  Waiting *waiting = g_queue_peek_head (&self->waiting);

  if (self->resolving || waiting == NULL || !self->pending_loaded)
    return;

  self->resolving = TRUE;
  wt_targets_lookup_async (self->targets, waiting->conversation, self->cancellable, on_target,
                           g_object_ref (self));
}

void
wt_session_queue_message (WtSession *self,
                          WtConversation *conversation,
                          const WtMessageRecord *message)
{
  g_queue_push_tail (&self->waiting, waiting_new (conversation, message));
  resolve_next (self);
}

static void
on_pending_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) pending = wt_message_store_list_pending_finish (WT_DATABASE (source),
                                                                        result, &error);

  if (g_cancellable_is_cancelled (self->cancellable))
    return;

  if (pending == NULL)
    wt_session_report_trouble (self, error);
  else
    /* What waits was stored before this list was made, so it is in it. */
    g_queue_clear_full (&self->waiting, waiting_free);
  for (guint i = 0; pending != NULL && i < pending->len; i++)
    {
      const WtMessageRecord *message = g_ptr_array_index (pending, i);
      WtConversation *conversation = wt_conversation_list_lookup (self->conversations,
                                                                  message->conversation_id);

      if (conversation != NULL)
        g_queue_push_tail (&self->waiting, waiting_new (conversation, message));
    }
  self->pending_loaded = TRUE;
  resolve_next (self);
}

/* Has what was stored and not acknowledged sent, once. */
void
wt_session_load_pending (WtSession *self)
{
  if (!self->pending_loaded)
    wt_message_store_list_pending_async (self->database, wt_account_get_id (self->account),
                                         self->cancellable, on_pending_listed, g_object_ref (self));
}

void
wt_session_clear_waiting (WtSession *self)
{
  g_queue_clear_full (&self->waiting, waiting_free);
}
