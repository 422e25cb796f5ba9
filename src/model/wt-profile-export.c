/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile-upkeep.h"

#include "wt-export-file.h"
#include "wt-profile-private.h"

/* One conversation to a file, or all of them to a folder of their own. */

typedef struct
{
  /* Owned */
  GPtrArray *conversations; /* of WtConversation */
  char *folder;
  WtExportReport *report;

  WtExportFormat format;
  gboolean all;
  guint next;
  gint64 done; /* messages of those before */
  WtExportProgress progress;
  gpointer progress_data;
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_pointer (&export->conversations, g_ptr_array_unref);
  g_clear_pointer (&export->report, wt_export_report_free);
  g_free (export->folder);
  g_free (export);
}

static GPtrArray *
list_conversations (WtProfile *self, WtConversation *conversation)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_object_unref);
  GListModel *all = G_LIST_MODEL (self->conversations);

  if (conversation != NULL)
    g_ptr_array_add (list, g_object_ref (conversation));
  for (guint i = 0; conversation == NULL && i < g_list_model_get_n_items (all); i++)
    g_ptr_array_add (list, g_list_model_get_item (all, i));
  return list;
}

static void export_next (GTask *task);

static void
on_progress (gint64 done, gpointer data)
{
  const Export *export = data;

  if (export->progress != NULL)
    export->progress (export->done + done, export->progress_data);
}

static void
on_exported (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (WtExportReport) report = wt_export_finish (WT_DATABASE (source), result, &error);

  if (report == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  export->report->n_conversations++;
  export->report->n_missing += report->n_missing;
  if (!export->all)
    export->report->path = g_steal_pointer (&report->path);
  export->done += wt_conversation_get_last_seq (
      g_ptr_array_index (export->conversations, export->next));
  export->next++;
  export_next (task);
}

static void
export_next (GTask *task)
{
  WtProfile *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);
  WtConversation *conversation = NULL;

  if (export->next >= export->conversations->len)
    {
      if (export->report->path == NULL)
        export->report->path = g_strdup (export->folder);
      g_task_return_pointer (task, g_steal_pointer (&export->report),
                             (GDestroyNotify) wt_export_report_free);
      return;
    }
  conversation = g_ptr_array_index (export->conversations, export->next);
  wt_export_async (self->database, self->blobs,
                   wt_account_get_record (wt_conversation_get_account (conversation)),
                   wt_conversation_get_record (conversation), export->format, export->folder,
                   on_progress, export, g_task_get_cancellable (task), on_exported,
                   g_object_ref (task));
}

static void
make_folder (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *name = g_date_time_format (now, "Wheatear %Y-%m-%d");
  GError *error = NULL;
  char *folder = wt_export_file_make_folder (data, name, &error);

  if (folder != NULL)
    g_task_return_pointer (task, folder, g_free);
  else
    g_task_return_error (task, error);
}

static void
on_folder (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  char *folder = g_task_propagate_pointer (G_TASK (result), &error);

  if (folder == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  g_free (export->folder);
  export->folder = folder;
  export_next (task);
}

/**
 * wt_profile_export_async:
 * @self: an open profile
 * @conversation: (nullable): the one to write; %NULL: all, also archived ones, to a new folder in @folder
 * @format: how to write it
 * @folder: (type filename): where to put it; exists
 * @progress: (nullable): told how many messages of wt_profile_count_exported() are done
 * @progress_data: for @progress; lives until @callback is called
 * @cancellable: (nullable): stops it: a conversation that was begun is taken away again, earlier ones stay
 * @callback: called when all is on disk
 * @data: for @callback
 *
 * Writes conversations to files, with their pictures and files beside them, and without keys; see wt_export_async().
 */
void
wt_profile_export_async (WtProfile *self,
                         WtConversation *conversation,
                         WtExportFormat format,
                         const char *folder,
                         WtExportProgress progress,
                         gpointer progress_data,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_return_if_fail (WT_IS_PROFILE (self));
  g_return_if_fail (folder != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (GTask) making = NULL;
  Export *export = g_new0 (Export, 1);

  export->conversations = list_conversations (self, conversation);
  export->folder = g_strdup (folder);
  export->report = g_new0 (WtExportReport, 1);
  export->format = format;
  export->all = conversation == NULL;
  export->progress = progress;
  export->progress_data = progress_data;
  g_task_set_source_tag (task, wt_profile_export_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, export, export_free);
  if (!export->all)
    {
      export_next (task);
      return;
    }
  making = g_task_new (self, NULL, on_folder, g_object_ref (task));
  g_task_set_source_tag (making, wt_profile_export_async);
  g_task_set_task_data (making, g_strdup (folder), g_free);
  g_task_run_in_thread (making, make_folder);
}

/**
 * wt_profile_export_finish:
 * @self: a profile
 * @result: the result
 * @error: return location for a #WtDatabaseError, #WtMediaError or #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): what was written; its path is the file, or the folder of all
 */
WtExportReport *
wt_profile_export_finish (WtProfile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * wt_profile_count_exported:
 * @self: an open profile
 * @conversation: (nullable): as for wt_profile_export_async()
 *
 * Returns: how many messages there are to write
 */
gint64
wt_profile_count_exported (WtProfile *self, WtConversation *conversation)
{
  g_return_val_if_fail (WT_IS_PROFILE (self), 0);

  g_autoptr (GPtrArray) list = list_conversations (self, conversation);
  gint64 count = 0;

  for (guint i = 0; i < list->len; i++)
    count += wt_conversation_get_last_seq (g_ptr_array_index (list, i));
  return count;
}
