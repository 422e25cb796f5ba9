/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile-upkeep.h"

#include "wt-attachment-clear.h"
#include "wt-fetched.h"
#include "wt-profile-private.h"
#include "wt-session-private.h"

/* Removing what was received, at the user's wish. First the messages learn to do without it, then the files go; what
 * comes meanwhile with the same contents keeps its file, since adding it made the file young. */

typedef struct
{
  WtBlobHold least;
  WtCleared *step; /* (nullable): the last one */
  gssize n_messages;
} Clearing;

static void
clearing_free (gpointer data)
{
  Clearing *clearing = data;

  g_clear_pointer (&clearing->step, wt_cleared_free);
  g_free (clearing);
}

static void clear_next (GTask *task);

/* Who looks at one of them sees it change. */
static void
show_changes (WtProfile *self, GPtrArray *messages)
{
  g_autoptr (GHashTable) told = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < messages->len; i++)
    {
      const WtMessageRecord *record = g_ptr_array_index (messages, i);
      gint64 id = record->conversation_id;
      WtConversation *conversation = wt_conversation_list_lookup (self->conversations, id);
      WtSession *session = conversation != NULL ? wt_profile_get_session (
                               self, wt_conversation_get_account (conversation))
                                                : NULL;
      WtTimeline *timeline = session != NULL ? wt_session_lookup_timeline (session, id) : NULL;

      if (timeline != NULL)
        wt_timeline_change (timeline, record);
      if (session != NULL && g_hash_table_add (told, g_memdup2 (&id, sizeof id)))
        wt_session_emit_media_changed (session, id);
    }
}

static void
remove_parts (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  wt_fetched_remove_parts (data);
  g_task_return_boolean (task, TRUE);
}

static void
on_parts_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Clearing *clearing = g_task_get_task_data (task);

  g_task_return_int (task, clearing->n_messages);
}

static void
end (GTask *task)
{
  WtProfile *self = g_task_get_source_object (task);
  g_autoptr (GTask) removing = g_task_new (self, NULL, on_parts_removed, g_object_ref (task));

  g_task_set_source_tag (removing, end);
  g_task_set_task_data (removing, g_build_filename (self->folder, "downloads", NULL), g_free);
  g_task_run_in_thread (removing, remove_parts);
}

static void
go_on (GTask *task)
{
  Clearing *clearing = g_task_get_task_data (task);

  if (clearing->step->last == NULL)
    end (task);
  else if (!g_task_return_error_if_cancelled (task))
    clear_next (task);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (wt_profile_sweep_finish (WT_PROFILE (source), result, &error) >= 0)
    go_on (task);
  else
    g_task_return_error (task, error);
}

static void
on_step (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtProfile *self = g_task_get_source_object (task);
  Clearing *clearing = g_task_get_task_data (task);
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();
  GError *error = NULL;

  g_clear_pointer (&clearing->step, wt_cleared_free);
  clearing->step = wt_attachment_clear_finish (WT_DATABASE (source), result, &error);
  if (clearing->step == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  clearing->n_messages += (gssize) clearing->step->messages->len;
  if (!self->closed)
    show_changes (self, clearing->step->messages);
  if (clearing->step->blobs->len == 0)
    {
      go_on (task);
      return;
    }
  for (guint i = 0; i < clearing->step->blobs->len; i++)
    g_strv_builder_add (names, g_ptr_array_index (clearing->step->blobs, i));
  wt_profile_remove_unused_async (self, g_strv_builder_end (names), NULL, on_removed,
                                  g_object_ref (task));
}

static void
clear_next (GTask *task)
{
  WtProfile *self = g_task_get_source_object (task);
  Clearing *clearing = g_task_get_task_data (task);

  wt_attachment_clear_async (self->database, clearing->least,
                             clearing->step != NULL ? clearing->step->last : NULL,
                             g_task_get_cancellable (task), on_step, g_object_ref (task));
}

/**
 * wt_profile_clear_media_async:
 * @self: an open profile
 * @least: %WT_BLOB_HOLD_REMOTE: pictures and files that can be downloaded again; %WT_BLOB_HOLD_CARRIED: those that came
 *   inside messages as well, which nobody has any more afterwards
 * @cancellable: (nullable): stops it between two steps; what was done stays done
 * @callback: called when it is done
 * @data: for @callback
 *
 * Removes received pictures, recordings and files from the disk. Messages stay and say what was removed; what can be
 * downloaded again offers that. What the user sent, or has as a sticker, stays. A file that came in the last
 * %WT_BLOBS_GUARD_SECONDS goes a little later.
 */
void
wt_profile_clear_media_async (WtProfile *self,
                              WtBlobHold least,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_return_if_fail (WT_IS_PROFILE (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Clearing *clearing = g_new0 (Clearing, 1);

  clearing->least = least;
  g_task_set_source_tag (task, wt_profile_clear_media_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, clearing, clearing_free);
  clear_next (task);
}

/**
 * wt_profile_clear_media_finish:
 * @self: a profile
 * @result: the result
 * @error: return location for a #WtDatabaseError or %G_IO_ERROR_CANCELLED
 *
 * Returns: how many messages were changed, or -1
 */
gssize
wt_profile_clear_media_finish (WtProfile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), -1);

  return g_task_propagate_int (G_TASK (result), error);
}
