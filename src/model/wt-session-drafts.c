/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-session-private.h"

#include "wt-conversation-store.h"
#include "wt-database-error.h"

/* What is written and attached in a conversation, and not sent. */

static void
on_draft_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSession) self = data;
  g_autoptr (GError) error = NULL;

  if (!wt_conversation_store_set_draft_finish (WT_DATABASE (source), result, &error))
    wt_session_report_trouble (self, error);
}

/**
 * wt_session_set_draft:
 * @self: a session
 * @conversation: one of the account's
 * @draft: (nullable): what is typed and not sent; empty where something is attached to no text
 */
void
wt_session_set_draft (WtSession *self, WtConversation *conversation, const char *draft)
{
  g_return_if_fail (WT_IS_SESSION (self));

  if (g_strcmp0 (draft, wt_conversation_get_draft (conversation)) == 0)
    return;
  wt_conversation_set_draft (conversation, draft);
  wt_conversation_store_set_draft_async (self->database, wt_conversation_get_id (conversation),
                                         draft, NULL, on_draft_stored, g_object_ref (self));
}

static void
on_attachments_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtSession) self = data;
  g_autoptr (GError) error = NULL;

  /* What is attached goes with its conversation. */
  if (!wt_draft_store_set_finish (WT_DATABASE (source), result, &error)
      && !g_error_matches (error, WT_DATABASE_ERROR, WT_DATABASE_ERROR_NOT_FOUND))
    wt_session_report_trouble (self, error);
}

/**
 * wt_session_set_draft_attachments:
 * @self: a session
 * @conversation: one of the account's
 * @attachments: (element-type WtDraftAttachment): all that is attached and not sent, in its order
 *
 * Keeps it until it is sent or removed, over restarts, too.
 */
void
wt_session_set_draft_attachments (WtSession *self,
                                  WtConversation *conversation,
                                  GPtrArray *attachments)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));
  g_return_if_fail (attachments != NULL);

  wt_draft_store_set_async (self->database, wt_conversation_get_id (conversation), attachments,
                            NULL, on_attachments_stored, g_object_ref (self));
}

static void
free_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static void
drop_missing (WtBlobs *blobs, WtMedia **media)
{
  g_autofree char *path = *media != NULL ? wt_blobs_get_path (blobs, (*media)->blob) : NULL;

  if (path == NULL || !g_file_test (path, G_FILE_TEST_IS_REGULAR))
    g_clear_pointer (media, wt_media_free);
}

/* Somebody may have cleaned the folder. The others are sent all the same. */
static void
look_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  WtSession *self = source;
  GPtrArray *attachments = data;
  g_autoptr (GPtrArray) present = wt_draft_attachments_new ();

  for (guint i = 0; i < attachments->len; i++)
    {
      g_autoptr (WtDraftAttachment) attachment = wt_draft_attachment_copy (attachments->pdata[i]);

      drop_missing (self->blobs, &attachment->plain);
      drop_missing (self->blobs, &attachment->small);
      if (attachment->plain != NULL || attachment->small != NULL)
        g_ptr_array_add (present, g_steal_pointer (&attachment));
    }
  g_task_return_pointer (task, g_steal_pointer (&present), free_array);
}

static void
on_looked (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  GPtrArray *present = g_task_propagate_pointer (G_TASK (result), &error);

  if (present != NULL)
    g_task_return_pointer (task, present, free_array);
  else
    g_task_return_error (task, error);
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  g_autoptr (GPtrArray) attachments = wt_draft_store_list_finish (WT_DATABASE (source), result,
                                                                  &error);
  g_autoptr (GTask) looking = NULL;

  if (attachments == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (attachments->len == 0)
    {
      g_task_return_pointer (task, g_steal_pointer (&attachments), free_array);
      return;
    }

  looking = g_task_new (g_task_get_source_object (task), g_task_get_cancellable (task), on_looked,
                        g_object_ref (task));
  g_task_set_source_tag (looking, on_listed);
  g_task_set_task_data (looking, g_steal_pointer (&attachments), free_array);
  g_task_run_in_thread (looking, look_in_thread);
}

/**
 * wt_session_list_draft_attachments_async:
 * @self: a session
 * @conversation: one of the account's
 * @cancellable: (nullable): stops it
 * @callback: called when they are known
 * @data: for @callback
 *
 * Reads what wt_session_set_draft_attachments() kept.
 */
void
wt_session_list_draft_attachments_async (WtSession *self,
                                         WtConversation *conversation,
                                         GCancellable *cancellable,
                                         GAsyncReadyCallback callback,
                                         gpointer data)
{
  g_return_if_fail (WT_IS_SESSION (self));
  g_return_if_fail (WT_IS_CONVERSATION (conversation));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  g_task_set_source_tag (task, wt_session_list_draft_attachments_async);
  wt_draft_store_list_async (self->database, wt_conversation_get_id (conversation), cancellable,
                             on_listed, g_object_ref (task));
}

/**
 * wt_session_list_draft_attachments_finish:
 * @self: a session
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * Returns: (transfer full) (nullable) (element-type WtDraftAttachment): in their order, without those whose contents
 *   are not in the blob folder any more
 */
GPtrArray *
wt_session_list_draft_attachments_finish (WtSession *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
