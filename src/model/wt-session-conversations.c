/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

#include "wt-conversation-store.h"

/* What the user does with conversations: making, reading, deleting. */

/* Making a conversation */

static void
on_ensured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtSession *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (WtConversationRecord) record = wt_conversation_store_ensure_finish (
      WT_DATABASE (source), result, &error);

  if (record == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  WtConversation *conversation = wt_session_take_conversation (self, record);

  /* Known before, it may have a new target now. */
  wt_conversation_set_options (conversation, record);
  g_task_return_pointer (task, conversation, g_object_unref);
}

static void
ensure (WtSession *self, GTask *task)
{
  wt_conversation_store_ensure_async (self->database, g_task_get_task_data (task),
                                      g_task_get_cancellable (task), on_ensured,
                                      g_object_ref (task));
}

static void
on_target_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (wt_secrets_store_finish (WT_SECRETS (source), result, &error))
    ensure (g_task_get_source_object (task), task);
  else
    g_task_return_error (task, error);
}

/**
 * wt_session_ensure_conversation_async:
 * @self: a session
 * @kind: a direct chat or a group
 * @platform: (nullable): the peer's platform; %NULL: the account's own
 * @peer_id: the other user's or the group's id
 * @title: (nullable): what to call it
 * @target_key: (nullable): the key that messages are routed to, kept in the keyring; %NULL: the account's default target
 * @target_platform: (nullable): the platform that they are routed to; %NULL: @platform
 * @cancellable: (nullable): stops it
 * @callback: called with the result
 * @data: for @callback
 *
 * Finds or makes a conversation. The target's key is stored before the conversation that names it.
 */
void
wt_session_ensure_conversation_async (WtSession *self,
                                      WtConversationKind kind,
                                      const char *platform,
                                      const char *peer_id,
                                      const char *title,
                                      const char *target_key,
                                      const char *target_platform,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (peer_id != NULL && *peer_id != '\0');

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  const WtAccountRecord *account = wt_account_get_record (self->account);
  WtConversationRecord *record = wt_conversation_record_new ();

  record->account_id = account->id;
  record->kind = kind;
  record->platform = g_strdup (platform != NULL && *platform != '\0' ? platform
                                                                     : account->platform);
  record->peer_id = g_strdup (peer_id);
  record->title = g_strdup (title);
  record->target_platform = g_strdup (target_platform);
  g_task_set_source_tag (task, wt_session_ensure_conversation_async);
  g_task_set_task_data (task, record, (GDestroyNotify) wt_conversation_record_free);
  if (target_key == NULL || *target_key == '\0')
    {
      ensure (self, task);
      return;
    }
  record->target_secret = wt_targets_make_name ();
  wt_secrets_store_async (self->secrets, record->target_secret,
                          title != NULL && *title != '\0' ? title : peer_id, target_key,
                          cancellable, on_target_stored, g_object_ref (task));
}

/**
 * wt_session_ensure_conversation_finish:
 * @self: a session
 * @result: the result
 * @error: return location for a #WtDatabaseError or the keyring's error
 *
 * Returns: (transfer full) (nullable): the conversation
 */
WtConversation *
wt_session_ensure_conversation_finish (WtSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Reading and deleting */

static void
on_marked_read (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSession) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (WtConversationRecord) record = wt_conversation_store_mark_read_finish (
      WT_DATABASE (source), result, &error);
  WtConversation *conversation;

  if (record == NULL)
    {
      wt_session_report_trouble (self, error);
      return;
    }
  conversation = wt_conversation_list_lookup (self->conversations, record->id);
  if (conversation != NULL)
    wt_conversation_update (conversation, record);
}

/**
 * wt_session_mark_read:
 * @self: a session
 * @conversation: one of the account's
 * @seq: the newest position that was seen
 *
 * Read is what was seen here: the wire has no receipts, and nobody is told.
 */
void
wt_session_mark_read (WtSession *self, WtConversation *conversation, gint64 seq)
{
  g_return_if_fail (WT_IS_SESSION (self));

  if (seq <= wt_conversation_get_read_seq (conversation))
    return;
  wt_conversation_store_mark_read_async (self->database, wt_conversation_get_id (conversation), seq,
                                         NULL, on_marked_read, g_object_ref (self));
}

static void
on_conversation_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtSession *self = g_task_get_source_object (task);
  WtConversation *conversation = g_task_get_task_data (task);
  g_autofree char *secret = NULL;
  GError *error = NULL;

  if (!wt_conversation_store_delete_finish (WT_DATABASE (source), result, &secret, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (secret != NULL)
    wt_secrets_forget_async (self->secrets, secret, NULL, NULL, NULL);
  wt_conversation_list_remove (self->conversations, conversation);
  g_task_return_boolean (task, TRUE);
}

/**
 * wt_session_delete_conversation_async:
 * @self: a session
 * @conversation: one of the account's
 * @cancellable: (nullable): stops it
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Deletes a conversation here, with its messages and its target's key. A new message makes it anew.
 */
void
wt_session_delete_conversation_async (WtSession *self,
                                      WtConversation *conversation,
                                      GCancellable *cancellable,
                                      GAsyncReadyCallback callback,
                                      gpointer data)
{
  g_return_if_fail (WT_IS_SESSION (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wt_session_delete_conversation_async);
  g_task_set_task_data (task, g_object_ref (conversation), g_object_unref);
  wt_conversation_store_delete_async (self->database, wt_conversation_get_id (conversation),
                                      cancellable, on_conversation_deleted, g_object_ref (task));
}

/**
 * wt_session_delete_conversation_finish:
 * @self: a session
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * Returns: whether it is gone
 */
gboolean
wt_session_delete_conversation_finish (WtSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
