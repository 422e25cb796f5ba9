/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

#include "wt-conversation-store.h"
#include "wt-shared-list.h"

/* What the user decides about a conversation: its name, level, dialect, place in the list, and where it is routed to. */

static void
on_options_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSession) self = data;
  g_autoptr (GError) error = NULL;

  if (!wt_conversation_store_update_finish (WT_DATABASE (source), result, &error))
    wt_session_report_trouble (self, error);
}

static void
store_options (WtSession *self, WtConversation *conversation, const WtConversationRecord *record)
{
  wt_conversation_set_options (conversation, record);
  wt_conversation_store_update_async (self->database, record, NULL, on_options_stored,
                                      g_object_ref (self));
}

/**
 * wt_session_set_flags:
 * @self: a session
 * @conversation: one of the account's
 * @pinned: at the top of the list
 * @archived: out of the list until asked for
 */
void
wt_session_set_flags (WtSession *self,
                      WtConversation *conversation,
                      gboolean pinned,
                      gboolean archived)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));

  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (conversation));

  record->pinned = pinned;
  record->archived = archived;
  store_options (self, conversation, record);
}

/**
 * wt_session_set_level:
 * @self: a session
 * @conversation: one of the account's
 * @level: which of its messages are counted and notified of
 */
void
wt_session_set_level (WtSession *self, WtConversation *conversation, WtLevel level)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));

  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (conversation));

  record->level = level;
  store_options (self, conversation, record);
}

/**
 * wt_session_set_dialect:
 * @self: a session
 * @conversation: one of the account's
 * @dialect: a #WtDialect: how messages here are written from now on, or %WT_DIALECT_OF_ACCOUNT
 */
void
wt_session_set_dialect (WtSession *self, WtConversation *conversation, int dialect)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));
  g_return_if_fail (dialect >= WT_DIALECT_OF_ACCOUNT && dialect <= WT_DIALECT_MAIBOT);

  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (conversation));

  record->dialect = dialect;
  store_options (self, conversation, record);
}

/**
 * wt_session_set_name:
 * @self: a session
 * @conversation: one of the account's
 * @name: (nullable): what to call it, here only; %NULL or empty: what its messages call it
 */
void
wt_session_set_name (WtSession *self, WtConversation *conversation, const char *name)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));

  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (conversation));
  g_autofree char *stripped = g_strstrip (g_strdup (name != NULL ? name : ""));

  if (g_strcmp0 (stripped, record->name != NULL ? record->name : "") == 0)
    return;
  g_free (record->name);
  record->name = *stripped != '\0' ? g_steal_pointer (&stripped) : NULL;
  store_options (self, conversation, record);
}

/* Where it is routed to */

typedef struct
{
  WtConversation *conversation;
  char *platform; /* NULL: that of the conversation */
  char *secret;   /* of the new key; NULL: it stays as it is, or there is none any more */
  char *old;      /* the secret that is not needed any more */
} Target;

static void
target_free (gpointer data)
{
  Target *target = data;

  g_object_unref (target->conversation);
  g_free (target->platform);
  g_free (target->secret);
  g_free (target->old);
  g_free (target);
}

/* The old key goes when nothing names it any more. */
static void
on_target_set (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtSession *self = g_task_get_source_object (task);
  Target *target = g_task_get_task_data (task);
  GError *error = NULL;

  if (!wt_conversation_store_update_finish (WT_DATABASE (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (target->old != NULL)
    wt_secrets_forget_async (self->secrets, target->old, NULL, NULL, NULL);
  g_task_return_boolean (task, TRUE);
}

static void
set_target (WtSession *self, GTask *task)
{
  Target *target = g_task_get_task_data (task);
  g_autoptr (WtConversationRecord) record = wt_conversation_record_copy (
      wt_conversation_get_record (target->conversation));

  g_free (record->target_platform);
  record->target_platform = g_strdup (target->platform);
  if (target->secret != NULL || target->old != NULL)
    {
      g_free (record->target_secret);
      record->target_secret = g_strdup (target->secret);
    }
  wt_conversation_set_options (target->conversation, record);
  wt_conversation_store_update_async (self->database, record, NULL, on_target_set,
                                      g_object_ref (task));
}

static void
on_key_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (wt_secrets_store_finish (WT_SECRETS (source), result, &error))
    set_target (g_task_get_source_object (task), task);
  else
    g_task_return_error (task, error);
}

/**
 * wt_session_set_target_async:
 * @self: a session
 * @conversation: one of the account's
 * @key: (nullable): the key that messages are routed to from now on, kept in the keyring; %NULL: the one it has; empty: none
 *   of its own, so that the account's default target is taken
 * @platform: (nullable): the platform that they are routed to; %NULL or empty: the conversation's
 * @cancellable: (nullable): stops it before anything is changed
 * @callback: called when it is stored
 * @data: for @callback
 *
 * Changes where a conversation's messages go. A new key has a new name in the keyring, and the old one is forgotten only
 * after nothing names it: whatever happens in between, one of the two is there.
 */
void
wt_session_set_target_async (WtSession *self,
                             WtConversation *conversation,
                             const char *key,
                             const char *platform,
                             GCancellable *cancellable,
                             GAsyncReadyCallback callback,
                             gpointer data)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  const WtConversationRecord *record = wt_conversation_get_record (conversation);
  Target *target = g_new0 (Target, 1);

  target->conversation = g_object_ref (conversation);
  target->platform = platform != NULL && *platform != '\0' ? g_strdup (platform) : NULL;
  target->old = key != NULL ? g_strdup (record->target_secret) : NULL;
  g_task_set_source_tag (task, wt_session_set_target_async);
  g_task_set_task_data (task, target, target_free);
  if (key == NULL || *key == '\0')
    {
      set_target (self, task);
      return;
    }
  target->secret = wt_targets_make_name ();
  wt_secrets_store_async (self->secrets, target->secret, wt_conversation_get_title (conversation),
                          key, cancellable, on_key_stored, g_object_ref (task));
}

/**
 * wt_session_set_target_finish:
 * @self: a session
 * @result: the result
 * @error: return location for a #WtDatabaseError or the keyring's error
 *
 * Returns: whether it is stored
 */
gboolean
wt_session_set_target_finish (WtSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* What was sent */

/**
 * wt_session_open_shared:
 * @self: a session
 * @conversation: one of the account's
 * @kind: a segment's type name: `image`, `file` or `voice`
 *
 * The pictures, files or recordings of a conversation, the newest first. Follows what comes and goes while it is held.
 *
 * Returns: (transfer full): an empty #WtSharedList, to be filled with wt_shared_list_more()
 */
WtSharedList *
wt_session_open_shared (WtSession *self, WtConversation *conversation, const char *kind)
{
  g_return_val_if_fail (WT_IS_SESSION (self), NULL);
  g_return_val_if_fail (WT_IS_CONVERSATION (conversation), NULL);

  WtSharedList *list = wt_shared_list_new (self->database, conversation, kind);

  g_signal_connect_object (self, "media-changed", G_CALLBACK (wt_shared_list_on_changed), list,
                           G_CONNECT_SWAPPED);
  return list;
}
