/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-export.h"

#include "wt-message-store.h"

/* One conversation, written to a file: a page is read on the database thread, and written on another. */

#define PAGE 256

typedef struct
{
  /* Owned */
  WtBlobs *blobs;
  WtAccountRecord *account; /* (nullable) */
  WtConversationRecord *conversation;
  WtExportSheet *sheet; /* (nullable): not before there was a page; after the last one neither */
  char *folder;
  GPtrArray *messages; /* (nullable): while they are written */
  WtExportReport *report;

  WtExportFormat format;
  WtExportProgress progress; /* (nullable) */
  gpointer progress_data;
  gint64 next; /* position of the next page */
} Export;

static void
export_free (gpointer data)
{
  Export *export = data;

  g_clear_pointer (&export->sheet, wt_export_sheet_free);
  g_clear_pointer (&export->account, wt_account_record_free);
  g_clear_pointer (&export->conversation, wt_conversation_record_free);
  g_clear_pointer (&export->messages, g_ptr_array_unref);
  g_clear_pointer (&export->report, wt_export_report_free);
  g_clear_object (&export->blobs);
  g_free (export->folder);
  g_free (export);
}

/**
 * wt_export_report_free:
 * @self: (transfer full): a report
 */
void
wt_export_report_free (WtExportReport *self)
{
  g_clear_pointer (&self->path, g_free);
  g_free (self);
}

static void load_next (GTask *task);

static gboolean
is_last (const Export *export)
{
  return export->next > export->conversation->last_seq;
}

static gboolean
write_page (Export *export, GCancellable *cancellable, GError **error)
{
  if (export->sheet == NULL)
    export->sheet = wt_export_sheet_new (export->folder, export->format, export->blobs,
                                         export->account, export->conversation, error);
  if (export->sheet == NULL)
    return FALSE;
  for (guint i = 0; export->messages != NULL && i < export->messages->len; i++)
    {
      const WtMessageRecord *message = g_ptr_array_index (export->messages, i);

      /* What came while this goes on is for the next time. */
      if (message->seq <= export->conversation->last_seq
          && !wt_export_sheet_add (export->sheet, message, error))
        return FALSE;
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
    }
  if (!is_last (export))
    return TRUE;
  if (!wt_export_sheet_close (export->sheet, error))
    return FALSE;
  export->report->n_conversations = 1;
  export->report->n_missing = wt_export_sheet_get_missing (export->sheet);
  export->report->path = g_strdup (wt_export_sheet_get_path (export->sheet));
  return TRUE;
}

static void
write_in_thread (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Export *export = data;
  GError *error = NULL;

  if (write_page (export, cancellable, &error))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }
  /* Here, and not where it is given up: taking away what was written may take long. */
  g_clear_pointer (&export->sheet, wt_export_sheet_free);
  g_task_return_error (task, error);
}

static void
on_written (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&export->messages, g_ptr_array_unref);
  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      g_task_return_error (task, error);
      return;
    }
  if (export->progress != NULL)
    export->progress (MIN (export->next - 1, export->conversation->last_seq),
                      export->progress_data);
  if (is_last (export))
    g_task_return_pointer (task, g_steal_pointer (&export->report),
                           (GDestroyNotify) wt_export_report_free);
  else
    load_next (task);
}

static void
write_messages (GTask *task)
{
  g_autoptr (GTask) writing = g_task_new (g_task_get_source_object (task),
                                          g_task_get_cancellable (task), on_written,
                                          g_object_ref (task));

  /* The sheet is the thread's until it says that it is done. */
  g_task_set_check_cancellable (writing, FALSE);
  g_task_set_source_tag (writing, write_messages);
  g_task_set_priority (writing, G_PRIORITY_LOW);
  g_task_set_task_data (writing, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (writing, write_in_thread);
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Export *export = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  export->messages = wt_message_store_load_finish (WT_DATABASE (source), result, &error);
  if (export->messages != NULL)
    {
      export->next += PAGE;
      write_messages (task);
      return;
    }
  g_clear_pointer (&export->sheet, wt_export_sheet_free);
  g_task_return_error (task, g_steal_pointer (&error));
}

static void
load_next (GTask *task)
{
  Export *export = g_task_get_task_data (task);

  wt_message_store_load_async (g_task_get_source_object (task), export->conversation->id,
                               export->next, PAGE, g_task_get_cancellable (task), on_loaded,
                               g_object_ref (task));
}

/**
 * wt_export_async:
 * @database: an open database; it may be a read-only one
 * @blobs: where the pictures and files are
 * @account: (nullable): whose conversation it is
 * @conversation: the conversation, as it is now: what comes later is left out
 * @format: how to write it
 * @folder: (type filename): where to put it; exists
 * @progress: (nullable): told after each page
 * @progress_data: for @progress
 * @cancellable: (nullable): stops it and takes away what was written
 * @callback: called when all is on disk
 * @data: for @callback
 *
 * Writes a conversation to a new file, with its pictures and files in a new folder beside it. No key is written: none is in
 * the database.
 */
void
wt_export_async (WtDatabase *database,
                 WtBlobs *blobs,
                 const WtAccountRecord *account,
                 const WtConversationRecord *conversation,
                 WtExportFormat format,
                 const char *folder,
                 WtExportProgress progress,
                 gpointer progress_data,
                 GCancellable *cancellable,
                 GAsyncReadyCallback callback,
                 gpointer data)
{
  g_autoptr (GTask) task = NULL;
  Export *export = NULL;

  g_return_if_fail (WT_IS_DATABASE (database));
  g_return_if_fail (conversation != NULL);
  g_return_if_fail (folder != NULL);

  export = g_new0 (Export, 1);
  export->blobs = g_object_ref (blobs);
  export->account = account != NULL ? wt_account_record_copy (account) : NULL;
  export->conversation = wt_conversation_record_copy (conversation);
  export->folder = g_strdup (folder);
  export->report = g_new0 (WtExportReport, 1);
  export->format = format;
  export->progress = progress;
  export->progress_data = progress_data;
  export->next = 1;
  task = g_task_new (database, cancellable, callback, data);
  g_task_set_source_tag (task, wt_export_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, export, export_free);
  if (is_last (export))
    write_messages (task);
  else
    load_next (task);
}

/**
 * wt_export_finish:
 * @database: the database
 * @result: the result
 * @error: return location for a #WtDatabaseError, #WtMediaError or #GIOErrorEnum
 *
 * Returns: (transfer full) (nullable): what was written
 */
WtExportReport *
wt_export_finish (WtDatabase *database, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, database), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
