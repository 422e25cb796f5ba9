/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-file-opener.h"

#include <adwaita.h>
#include <glib/gi18n-lib.h>

#include "wt-alert.h"
#include "wt-display-text.h"
#include "wt-error-words.h"
#include "wt-file-kind.h"
#include "wt-file-manager.h"
#include "wt-file-saver.h"
#include "wt-sniff.h"

#define MOST_NAME 80

#define RESPONSE_SAVE "save"
#define RESPONSE_OPEN "open"
#define RESPONSE_CANCEL "cancel"

typedef struct
{
  /* owned */
  GtkWidget *widget; /* its window is the dialogs' */
  WtMessageContext *context;
  WtMedia *media;
  char *path;
  gboolean to_clipboard;
} Job;

static void
job_free (Job *job)
{
  g_clear_object (&job->widget);
  g_clear_object (&job->context);
  g_clear_pointer (&job->media, wt_media_free);
  g_clear_pointer (&job->path, g_free);
  g_free (job);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Job, job_free)

static Job *
job_new (GtkWidget *widget, WtMessageContext *context, const WtMedia *media)
{
  Job *job = g_new0 (Job, 1);

  job->widget = g_object_ref (widget);
  job->context = g_object_ref (context);
  job->media = wt_media_copy (media);
  job->path = wt_session_dup_media_path (wt_message_context_get_session (context), media);
  return job;
}

static GtkWindow *
get_window (GtkWidget *widget)
{
  GtkRoot *root = gtk_widget_get_root (widget);

  return GTK_IS_WINDOW (root) ? GTK_WINDOW (root) : NULL;
}

static void
report (WtMessageContext *context, const char *format, const GError *error)
{
  g_autofree char *sentence = wt_error_words_sentence (error);
  g_autofree char *words = g_strconcat (format, " ", sentence, NULL);

  wt_message_context_report (context, words);
}

static void
on_shown (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (WtMessageContext) context = data;
  g_autoptr (GError) error = NULL;

  if (!gtk_show_uri_full_finish ((GtkWindow *) source, result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    wt_message_context_report (context,
                               _ ("No program here opens this kind of file. Save it instead."));
}

static GdkContentProvider *
make_file_provider (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  GdkFileList *list = gdk_file_list_new_from_array (&file, 1);
  g_auto (GValue) value = G_VALUE_INIT;

  g_value_init (&value, GDK_TYPE_FILE_LIST);
  g_value_take_boxed (&value, list);
  return gdk_content_provider_new_for_value (&value);
}

/* As pixels too, for programs that paste no files. */
static void
on_pixels (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GdkTexture) texture = wt_picture_loader_load_finish (WT_PICTURE_LOADER (source),
                                                                  result, NULL, NULL);
  GdkContentProvider *providers[2] = { make_file_provider (job->path), NULL };
  g_autoptr (GdkContentProvider) both = NULL;

  if (texture != NULL)
    providers[1] = gdk_content_provider_new_typed (GDK_TYPE_TEXTURE, texture);
  both = gdk_content_provider_new_union (providers, texture != NULL ? 2 : 1);
  gdk_clipboard_set_content (gtk_widget_get_clipboard (job->widget), both);
}

/* Takes @job, whose path is that of the copy now. */
static void
put_on_clipboard (Job *job)
{
  WtPictureLoader *loader = wt_message_context_get_loader (job->context);

  if (loader != NULL && wt_sniff_is_picture (job->media->mime_type) && job->media->width > 0)
    {
      wt_picture_loader_load_async (loader, job->path, job->media->width, job->media->height, NULL,
                                    on_pixels, job);
      return;
    }

  g_autoptr (Job) owned = job;
  g_autoptr (GdkContentProvider) provider = make_file_provider (job->path);

  gdk_clipboard_set_content (gtk_widget_get_clipboard (job->widget), provider);
}

static void
on_copied (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *path = wt_file_desk_copy_finish (WT_FILE_DESK (source), result, &error);
  g_autoptr (GFile) file = NULL;
  g_autofree char *uri = NULL;

  if (path == NULL)
    {
      report (job->context, _ ("Not opened."), error);
      return;
    }
  if (job->to_clipboard)
    {
      g_free (job->path);
      job->path = g_steal_pointer (&path);
      put_on_clipboard (g_steal_pointer (&job));
      return;
    }

  file = g_file_new_for_path (path);
  uri = g_file_get_uri (file);
  gtk_show_uri_full (get_window (job->widget), uri, GDK_CURRENT_TIME, NULL, on_shown,
                     g_object_ref (job->context));
}

/* Takes @job. */
static void
copy (Job *job)
{
  g_autofree char *name = wt_file_kind_make_name (job->media->name, job->media->mime_type);

  wt_file_desk_copy_async (wt_message_context_get_files (job->context), job->path, name, NULL,
                           on_copied, job);
}

static void
on_answer (AdwMessageDialog *dialog, const char *response, Job *job)
{
  if (g_str_equal (response, RESPONSE_OPEN))
    {
      copy (job);
      return;
    }
  if (g_str_equal (response, RESPONSE_SAVE))
    wt_file_saver_save (job->widget, job->context, job->media);
  job_free (job);
}

/* Takes @job. */
static void
ask (Job *job, WtFileRisk risk, const char *kind)
{
  g_autofree char *name = wt_display_text_line (
      job->media->name != NULL ? job->media->name : _ ("file"), MOST_NAME);
  /* Translators: the first is a file's name, the second what it is: “a script” */
  g_autofree char *body = g_strdup_printf (
      risk == WT_FILE_RISK_NEVER
          ? _ ("“%s” is %s. Wheatear does not start programs that came in a message. Save it if "
               "you know what it is and trust who sent it.")
          : _ (
              "“%s” is %s. It could do harm when it is opened. Open it only if you know what it is "
              "and trust who sent it."),
      name, kind);
  GtkWidget *widget = wt_alert_new (
      get_window (job->widget),
      risk == WT_FILE_RISK_NEVER ? _ ("Not Opened") : _ ("Open This File?"), body);
  AdwMessageDialog *dialog = ADW_MESSAGE_DIALOG (widget);

  adw_message_dialog_add_response (dialog, RESPONSE_CANCEL, _ ("_Cancel"));
  if (risk != WT_FILE_RISK_NEVER)
    {
      adw_message_dialog_add_response (dialog, RESPONSE_OPEN, _ ("_Open Anyway"));
      adw_message_dialog_set_response_appearance (dialog, RESPONSE_OPEN, ADW_RESPONSE_DESTRUCTIVE);
    }
  adw_message_dialog_add_response (dialog, RESPONSE_SAVE, _ ("_Save As…"));
  adw_message_dialog_set_default_response (dialog, RESPONSE_SAVE);
  adw_message_dialog_set_close_response (dialog, RESPONSE_CANCEL);
  g_signal_connect (dialog, "response", G_CALLBACK (on_answer), job);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
sniff (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  GError *error = NULL;
  char *type = wt_sniff_file (((Job *) data)->path, &error);

  if (type != NULL)
    g_task_return_pointer (task, type, g_free);
  else
    g_task_return_error (task, error);
}

static void
on_sniffed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (Job) job = data;
  g_autoptr (GError) error = NULL;
  g_autofree char *type = g_task_propagate_pointer (G_TASK (result), &error);
  WtFileRisk risk;
  const char *kind;

  if (type == NULL)
    {
      report (job->context, _ ("Not opened."), error);
      return;
    }

  g_free (job->media->mime_type);
  job->media->mime_type = g_steal_pointer (&type);
  risk = wt_file_kind_get_risk (job->media->name, job->media->mime_type, &kind);
  if (risk != WT_FILE_RISK_NONE && !job->to_clipboard)
    ask (g_steal_pointer (&job), risk, kind);
  else
    copy (g_steal_pointer (&job));
}

static void
start (GtkWidget *widget, WtMessageContext *context, const WtMedia *media, gboolean to_clipboard)
{
  g_autoptr (GTask) task = NULL;
  Job *job;

  if (!wt_file_opener_can_open (context, media))
    return;

  job = job_new (widget, context, media);
  job->to_clipboard = to_clipboard;
  task = g_task_new (NULL, NULL, on_sniffed, job);
  g_task_set_source_tag (task, wt_file_opener_open);
  g_task_set_task_data (task, job, NULL);
  g_task_run_in_thread (task, sniff);
}

/**
 * wt_file_opener_can_open:
 * @context: (nullable): an open conversation
 * @media: (nullable): something in one of its messages
 *
 * Returns: whether its contents are here
 */
gboolean
wt_file_opener_can_open (WtMessageContext *context, const WtMedia *media)
{
  return wt_file_saver_can_save (context, media);
}

/**
 * wt_file_opener_open:
 * @widget: a widget in the window that asks
 * @context: the open conversation
 * @media: something in one of its messages
 *
 * Opens a copy that cannot be written or run in the program for its type, through the portal where there is one.
 * Warns first of what could do harm; programs are not opened at all. What goes wrong is told by @context.
 */
void
wt_file_opener_open (GtkWidget *widget, WtMessageContext *context, const WtMedia *media)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  start (widget, context, media, FALSE);
}

/**
 * wt_file_opener_copy:
 * @widget: a widget in the window that asks
 * @context: the open conversation
 * @media: something in one of its messages
 *
 * Puts a copy on the clipboard, as a file manager does.
 */
void
wt_file_opener_copy (GtkWidget *widget, WtMessageContext *context, const WtMedia *media)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  start (widget, context, media, TRUE);
}

/**
 * wt_file_opener_can_show:
 * @context: (nullable): an open conversation
 * @media: (nullable): something in one of its messages
 *
 * Returns: whether the user saved it since the window was opened
 */
gboolean
wt_file_opener_can_show (WtMessageContext *context, const WtMedia *media)
{
  return context != NULL && media != NULL
         && wt_file_desk_get_saved (wt_message_context_get_files (context), media->blob) != NULL;
}

/**
 * wt_file_opener_show:
 * @widget: a widget in the window that asks
 * @context: the open conversation
 * @media: something the user saved: wt_file_opener_can_show()
 *
 * Shows it in the file manager: wt_file_manager_show().
 */
void
wt_file_opener_show (GtkWidget *widget, WtMessageContext *context, const WtMedia *media)
{
  g_return_if_fail (GTK_IS_WIDGET (widget));

  if (wt_file_opener_can_show (context, media))
    wt_file_manager_show (
        wt_file_desk_get_saved (wt_message_context_get_files (context), media->blob));
}
