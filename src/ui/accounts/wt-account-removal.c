/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-account-removal.h"

#include "wt-alert.h"
#include "wt-account-store.h"

#include <glib/gi18n-lib.h>

/* Asks before an account is removed, says what goes with it, and removes it. */

typedef struct
{
  GtkWindow *parent;
  WtProfile *profile;
  WtAccount *account;
  gboolean answered;
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->parent);
  g_object_unref (removal->profile);
  g_object_unref (removal->account);
  g_free (removal);
}

static char *
dup_sizes (const WtAccountContents *contents)
{
  g_autofree char *chats = NULL, *messages = NULL, *files = NULL, *size = NULL;

  if (contents == NULL)
    return g_strdup (_ ("Its chats, messages and files on this computer are deleted."));
  if (contents->chats == 0)
    return g_strdup (_ ("It has no chats yet."));

  chats = g_strdup_printf (ngettext ("%d chat", "%d chats", (gulong) contents->chats),
                           (int) contents->chats);
  messages = g_strdup_printf (ngettext ("%d message", "%d messages", (gulong) contents->messages),
                              (int) contents->messages);
  if (contents->files == 0)
    /* TRANSLATORS: “3 chats” and “120 messages” */
    return g_strdup_printf (_ ("%s with %s are deleted from this computer."), chats, messages);

  files = g_strdup_printf (ngettext ("%d file", "%d files", (gulong) contents->files),
                           (int) contents->files);
  size = g_format_size ((guint64) contents->bytes);
  /* TRANSLATORS: “3 chats”, “120 messages”, “14 files” and their size, “2.3 MB” */
  return g_strdup_printf (_ ("%s with %s and %s (%s) are deleted from this computer."), chats,
                          messages, files, size);
}

static void
on_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (wt_profile_remove_account_finish (WT_PROFILE (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
on_answered (AdwMessageDialog *question, const char *response, gpointer data)
{
  g_autoptr (GTask) task = g_object_ref (data);
  Removal *removal = g_task_get_task_data (task);

  removal->answered = TRUE;
  g_signal_handlers_disconnect_by_func (question, on_answered, data);
  if (g_task_return_error_if_cancelled (task))
    return;
  if (g_strcmp0 (response, "remove") == 0)
    wt_profile_remove_account_async (removal->profile, removal->account, NULL, on_removed,
                                     g_steal_pointer (&task));
  else
    g_task_return_boolean (task, FALSE);
}

/* Gone, with its parent say, and not answered: that is no. */
static void
on_gone (gpointer data, GClosure *closure)
{
  g_autoptr (GTask) task = data;
  Removal *removal = g_task_get_task_data (task);

  if (!removal->answered)
    g_task_return_boolean (task, FALSE);
}

static void
ask (GTask *task, const WtAccountContents *contents)
{
  Removal *removal = g_task_get_task_data (task);
  g_autofree char *name = wt_account_dup_display_name (removal->account);
  g_autofree char *heading = g_strdup_printf (_ ("Remove “%s”?"), name);
  g_autofree char *sizes = dup_sizes (contents);
  g_autofree char *body = g_strconcat (
      sizes, "\n\n", _ ("Its keys are forgotten. Nothing is deleted on the server."), NULL);
  GtkWidget *question = wt_alert_new (removal->parent, heading, body);

  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (question), "cancel", _ ("_Cancel"),
                                    "remove", _ ("_Remove"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (question), "remove",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (question), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (question), "cancel");
  g_signal_connect_data (question, "response", G_CALLBACK (on_answered), g_object_ref (task),
                         on_gone, 0);
  gtk_window_present (GTK_WINDOW (question));
}

static void
on_measured (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autofree WtAccountContents *contents = wt_account_store_measure_finish (WT_DATABASE (source),
                                                                            result, NULL);

  /* Where it cannot be counted it can still be removed. */
  if (!g_task_return_error_if_cancelled (task))
    ask (task, contents);
}

/**
 * wt_account_removal_ask_async:
 * @parent: the window to ask in
 * @profile: an open profile
 * @account: one of its accounts
 * @cancellable: (nullable): cancels the question
 * @callback: called when the account is removed, or is not
 * @data: for @callback
 *
 * Says what would be deleted, asks, and removes the account if the user says so.
 */
void
wt_account_removal_ask_async (GtkWindow *parent,
                              WtProfile *profile,
                              WtAccount *account,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data)
{
  g_return_if_fail (GTK_IS_WINDOW (parent));
  g_return_if_fail (WT_IS_PROFILE (profile));
  g_return_if_fail (WT_IS_ACCOUNT (account));

  g_autoptr (GTask) task = g_task_new (NULL, cancellable, callback, data);
  Removal *removal = g_new0 (Removal, 1);

  removal->parent = g_object_ref (parent);
  removal->profile = g_object_ref (profile);
  removal->account = g_object_ref (account);
  g_task_set_source_tag (task, wt_account_removal_ask_async);
  g_task_set_task_data (task, removal, removal_free);
  wt_account_store_measure_async (wt_profile_get_database (profile), wt_account_get_id (account),
                                  cancellable, on_measured, g_object_ref (task));
}

/**
 * wt_account_removal_ask_finish:
 * @result: the result
 * @error: return location for a #WtDatabaseError or %G_IO_ERROR_CANCELLED
 *
 * Returns: whether it was removed; %FALSE without @error where the user said no
 */
gboolean
wt_account_removal_ask_finish (GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_account_removal_ask_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
