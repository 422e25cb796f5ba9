/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-file-saver.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "wt-alert.h"
#include "wt-error-words.h"
#include "wt-file-kind.h"

/* What is over sooner needs no progress shown. */
#define PROGRESS_AFTER_MS 600

typedef struct
{
  /* owned */
  GtkWidget *widget; /* its window is the dialogs' */
  WtMessageContext *context;
  char *blob;
  GFile *source;
  GFile *target;
  GCancellable *cancellable;
  GtkFileChooserNative *chooser;

  GtkWidget *dialog; /* nullable; owned by GTK */
  GtkWidget *bar;
  guint timeout;
} Job;

static void
job_free (Job *job)
{
  g_clear_handle_id (&job->timeout, g_source_remove);
  if (job->dialog != NULL)
    gtk_window_destroy (GTK_WINDOW (job->dialog));
  g_clear_weak_pointer (&job->dialog);
  g_clear_object (&job->chooser);
  g_clear_object (&job->widget);
  g_clear_object (&job->context);
  g_clear_object (&job->source);
  g_clear_object (&job->target);
  g_clear_object (&job->cancellable);
  g_clear_pointer (&job->blob, g_free);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static Job *
job_new (GtkWidget *widget, WtMessageContext *context, const WtMedia *media)
{
  g_autofree char *path = wt_session_dup_media_path (wt_message_context_get_session (context),
                                                     media);
  Job *job = g_new0 (Job, 1);

  job->widget = g_object_ref (widget);
  job->context = g_object_ref (context);
  job->blob = g_strdup (media->blob);
  job->source = g_file_new_for_path (path);
  job->cancellable = g_cancellable_new ();
  return job;
}

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
on_progress (goffset done, goffset total, gpointer data)
{
  Job *job = data;

  if (job->dialog != NULL && total > 0)
    gtk_progress_bar_set_fraction (GTK_PROGRESS_BAR (job->bar),
                                   CLAMP ((double) done / (double) total, 0, 1));
}

static void
on_cancel (GCancellable *cancellable)
{
  g_cancellable_cancel (cancellable);
}

static gboolean
on_slow (gpointer data)
{
  Job *job = data;
  g_autofree char *name = g_file_get_basename (job->target);
  g_autofree char *shown = g_filename_display_name (name);

  job->timeout = 0;
  g_set_weak_pointer (&job->dialog, wt_alert_new (get_window (job->widget), _ ("Saving…"), shown));
  adw_message_dialog_add_response (ADW_MESSAGE_DIALOG (job->dialog), "cancel", _ ("_Cancel"));
  job->bar = gtk_progress_bar_new ();
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (job->dialog), job->bar);
  g_signal_connect_object (job->dialog, "response", G_CALLBACK (on_cancel), job->cancellable,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (job->dialog));
  return G_SOURCE_REMOVE;
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (g_file_copy_finish (G_FILE (source), result, &error))
    {
      g_autofree char *name = g_file_get_basename (job->target);
      g_autofree char *shown = g_filename_display_name (name);

      wt_file_desk_set_saved (wt_message_context_get_files (job->context), job->blob, job->target);
      words = g_strdup_printf (_ ("Saved as “%s”"), shown);
    }
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_autofree char *sentence = wt_error_words_sentence (error);

      words = g_strdup_printf (_ ("Not saved. %s"), sentence);
    }
  if (words != NULL)
    wt_message_context_report (job->context, words);
}

/* Takes @job. The chooser has asked before an existing file is overwritten. */
static void
copy (Job *job)
{
  job->timeout = g_timeout_add (PROGRESS_AFTER_MS, on_slow, job);
  g_file_copy_async (job->source, job->target,
                     G_FILE_COPY_OVERWRITE | G_FILE_COPY_TARGET_DEFAULT_PERMS, G_PRIORITY_DEFAULT,
                     job->cancellable, on_progress, job, on_copied, job);
}

static void
on_response (GtkNativeDialog *chooser, int response, Job *job)
{
  if (response == GTK_RESPONSE_ACCEPT)
    job->target = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  g_signal_handlers_disconnect_by_func (chooser, on_response, job);
  if (job->target != NULL)
    copy (job);
  else
    job_free (job);
}

/**
 * wt_file_saver_can_save:
 * @context: (nullable): an open conversation
 * @media: (nullable): something in one of its messages
 *
 * Returns: whether its contents are here
 */
gboolean
wt_file_saver_can_save (WtMessageContext *context, const WtMedia *media)
{
  return context != NULL && media != NULL && media->blob != NULL
         && wt_message_context_get_session (context) != NULL;
}

/**
 * wt_file_saver_save:
 * @widget: a widget in the window that asks
 * @context: the open conversation
 * @media: something in one of its messages
 *
 * Asks where to save it, through the portal where there is one, with a safe name to start from; copies it on
 * another thread, showing progress if that takes long. What comes of it is told by @context. Nothing happens
 * if wt_file_saver_can_save() does not hold.
 */
void
wt_file_saver_save (GtkWidget *widget, WtMessageContext *context, const WtMedia *media)
{
  g_autofree char *name = NULL;
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (!wt_file_saver_can_save (context, media))
    return;

  name = wt_file_kind_make_name (media->name, media->mime_type);
  job = job_new (widget, context, media);
  job->chooser = gtk_file_chooser_native_new (_ ("Save As"), get_window (widget),
                                              GTK_FILE_CHOOSER_ACTION_SAVE, NULL, NULL);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (job->chooser), TRUE);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (job->chooser), name);
  g_signal_connect (job->chooser, "response", G_CALLBACK (on_response), job);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (job->chooser));
}

/**
 * wt_file_saver_save_to:
 * @widget: a widget in the window that asks
 * @context: the open conversation
 * @media: something in one of its messages
 * @target: where to save it; overwritten if it exists, which the user was asked about
 *
 * As wt_file_saver_save(), once the place is chosen.
 */
void
wt_file_saver_save_to (GtkWidget *widget,
                       WtMessageContext *context,
                       const WtMedia *media,
                       GFile *target)
{
  Job *job;

  g_return_if_fail (GTK_IS_WIDGET (widget));
  g_return_if_fail (G_IS_FILE (target));

  if (!wt_file_saver_can_save (context, media))
    return;

  job = job_new (widget, context, media);
  job->target = g_object_ref (target);
  copy (job);
}
