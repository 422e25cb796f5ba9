/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile-private.h"

#include "wt-account-store.h"
#include "wt-conversation-store.h"

/* Opening: the database, then the accounts, then all their conversations at once */

/* The session of an account; %NULL if it has none. Records come in any order, but many of one account after another. */
static WtSession *
find_session (WtProfile *self, WtSession *last, gint64 account_id)
{
  if (last != NULL && wt_account_get_id (wt_session_get_account (last)) == account_id)
    return last;
  return wt_profile_find_session (self, account_id);
}

/* Only the first failure tells what happened: what comes after it finds no database. */
static gboolean
check (GTask *task, gboolean succeeded, GError *error)
{
  if (succeeded)
    return g_task_get_task_data (task) == NULL;
  if (g_task_get_task_data (task) == NULL)
    g_task_set_task_data (task, error, (GDestroyNotify) g_error_free);
  else
    g_error_free (error);
  return FALSE;
}

static void
on_conversations_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtProfile *self = g_task_get_source_object (task);
  g_autoptr (GPtrArray) conversations = g_ptr_array_new_with_free_func (g_object_unref);
  WtSession *session = NULL;
  GError *error = NULL;
  g_autoptr (GPtrArray) records = wt_conversation_store_list_finish (WT_DATABASE (source), result,
                                                                     &error);

  if (!check (task, records != NULL, error))
    {
      g_task_return_error (task, g_error_copy (g_task_get_task_data (task)));
      return;
    }

  for (guint i = 0; i < records->len; i++)
    {
      WtConversationRecord *record = g_ptr_array_index (records, i);

      session = find_session (self, session, record->account_id);
      if (session != NULL)
        g_ptr_array_add (conversations, wt_conversation_new_take (
                                            wt_session_get_account (session),
                                            g_steal_pointer (&g_ptr_array_index (records, i))));
    }
  wt_conversation_list_add_many (self->conversations, conversations);
  wt_profile_sweep_soon (self);
  g_task_return_boolean (task, TRUE);
}

static void
on_accounts_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtProfile *self = g_task_get_source_object (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) accounts = wt_account_store_list_finish (WT_DATABASE (source), result,
                                                                 &error);

  if (check (task, accounts != NULL, error))
    for (guint i = 0; i < accounts->len; i++)
      wt_profile_add_session (self, g_ptr_array_index (accounts, i));
}

static void
on_database_open (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  gboolean is_open = wt_database_open_finish (WT_DATABASE (source), result, &error);

  check (task, is_open, error);
}

/* A database that was set aside may come back: then its pictures and files have to be there. */
static void
keep_blobs_without_database (WtProfile *self)
{
  g_autoptr (GError) error = NULL;

  if (!g_file_test (wt_database_get_path (self->database), G_FILE_TEST_EXISTS)
      && !wt_blobs_keep_present (self->blobs, &error))
    g_debug ("%s: %s", self->folder, error->message);
}

/**
 * wt_profile_open_async:
 * @self: a profile that is not open
 * @cancellable: (nullable): stops it
 * @callback: called when it is open
 * @data: for @callback
 *
 * Opens the database and fills the models. Nobody goes online before wt_profile_start().
 */
void
wt_profile_open_async (WtProfile *self,
                       GCancellable *cancellable,
                       GAsyncReadyCallback callback,
                       gpointer data)
{
  g_return_if_fail (WT_IS_PROFILE (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  keep_blobs_without_database (self);
  g_task_set_source_tag (task, wt_profile_open_async);
  /* All is asked for at once: the caller's main loop may not run for a while. */
  wt_database_open_async (self->database, cancellable, on_database_open, g_object_ref (task));
  wt_account_store_list_async (self->database, cancellable, on_accounts_listed,
                               g_object_ref (task));
  wt_conversation_store_list_async (self->database, 0, cancellable, on_conversations_listed,
                                    g_object_ref (task));
}

/**
 * wt_profile_open_finish:
 * @self: a profile
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * Returns: whether it is open
 */
gboolean
wt_profile_open_finish (WtProfile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
