/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

#include "wt-member-list.h"
#include "wt-message-store.h"

/* Who wrote in a conversation, and what a reply is to. */

static void
on_received (WtSession *session,
             WtConversation *conversation,
             WtMessage *message,
             WtMemberList *members)
{
  const WtMessageRecord *record = wt_message_get_record (message);
  const WtMemberRecord member = { .conversation_id = record->conversation_id,
                                  .platform = record->author_platform,
                                  .user_id = record->author_id,
                                  .nickname = record->author_nickname,
                                  .cardname = record->author_cardname,
                                  .last_seen = record->time };

  if (wt_member_list_get_conversation (members) == conversation)
    wt_member_list_meet (members, &member);
}

/**
 * wt_session_open_members:
 * @self: a session
 * @conversation: one of the account's
 *
 * Who wrote in a conversation, oneself excepted; the one seen last is first. It is filled within moments, and changes with each
 * message for as long as somebody holds it.
 *
 * Returns: (transfer full): a list of #WtMember
 */
GListModel *
wt_session_open_members (WtSession *self, WtConversation *conversation)
{
  g_return_val_if_fail (WT_IS_SESSION (self), NULL);
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);

  WtMemberList *members = wt_member_list_new (self->database, conversation);

  g_signal_connect_object (self, "message-received", G_CALLBACK (on_received), members, 0);
  return G_LIST_MODEL (members);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  WtMessageRecord *record = wt_message_store_find_finish (WT_DATABASE (source), result, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, record, (GDestroyNotify) wt_message_record_free);
}

/**
 * wt_session_find_message_async:
 * @self: a session
 * @conversation: one of the account's
 * @message_id: `message_info.message_id`, as a reply names it
 * @cancellable: (nullable): stops it
 * @callback: called when it was looked for
 * @data: for @callback
 *
 * Looks for the message that a reply is to: the newest with that id, for peers use some twice.
 */
void
wt_session_find_message_async (WtSession *self,
                               WtConversation *conversation,
                               const char *message_id,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));
  g_return_if_fail (message_id != NULL);

  GTask *task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wt_session_find_message_async);
  wt_message_store_find_async (self->database, wt_conversation_get_id (conversation), message_id,
                               cancellable, on_found, task);
}

/**
 * wt_session_find_message_finish:
 * @self: a session
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * Returns: (transfer full) (nullable): the message, which may be a tombstone; %NULL without @error: not in this history
 */
WtMessageRecord *
wt_session_find_message_finish (WtSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
