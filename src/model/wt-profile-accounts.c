/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile-private.h"

#include "wt-account-store.h"
#include "wt-session-private.h"

/* Saving, ordering and removing accounts. */

/* Behind all others. */
static int
get_next_position (WtProfile *self)
{
  int position = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sessions)); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (G_LIST_MODEL (self->sessions), i);
      const WtAccountRecord *record = wt_account_get_record (wt_session_get_account (session));

      position = MAX (position, MIN (record->position, G_MAXINT - 1) + 1);
    }
  return position;
}

/* Saving an account: its keys first, so that no account is stored without them */

typedef struct
{
  WtAccountRecord *record;
  WtAccount *names; /* gives the secrets' names */
  char *api_key;
  char *target_key;
} Saving;

static void
saving_free (gpointer data)
{
  Saving *saving = data;

  wt_account_record_free (saving->record);
  g_object_unref (saving->names);
  g_free (saving->api_key);
  g_free (saving->target_key);
  g_free (saving);
}

static void
on_account_saved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtProfile *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  GError *error = NULL;
  gint64 id = wt_account_store_save_finish (WT_DATABASE (source), result, &error);
  WtSession *session;

  if (id == 0)
    {
      g_task_return_error (task, error);
      return;
    }
  saving->record->id = id;
  session = wt_profile_find_session (self, id);
  if (session == NULL)
    session = wt_profile_add_session (self, saving->record);
  else
    {
      wt_account_update (wt_session_get_account (session), saving->record);
      wt_session_forget_keys (session);
    }
  g_task_return_pointer (task, g_object_ref (session), g_object_unref);
}

static void store_keys (GTask *task);

static void
on_key_stored (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (wt_secrets_store_finish (WT_SECRETS (source), result, &error))
    store_keys (task);
  else
    g_task_return_error (task, error);
}

static void
store_keys (GTask *task)
{
  WtProfile *self = g_task_get_source_object (task);
  Saving *saving = g_task_get_task_data (task);
  g_autofree char *label = wt_account_dup_display_name (saving->names);
  g_autofree char *name = NULL, *key = NULL;

  if (saving->api_key != NULL)
    {
      name = wt_account_dup_key_name (saving->names);
      key = g_steal_pointer (&saving->api_key);
    }
  else if (saving->target_key != NULL && saving->record->has_target)
    {
      name = wt_account_dup_target_name (saving->names);
      key = g_steal_pointer (&saving->target_key);
    }
  if (name != NULL)
    {
      wt_secrets_store_async (self->secrets, name, label, key, g_task_get_cancellable (task),
                              on_key_stored, g_object_ref (task));
      return;
    }
  wt_account_store_save_async (self->database, saving->record, g_task_get_cancellable (task),
                               on_account_saved, g_object_ref (task));
}

/**
 * wt_profile_save_account_async:
 * @self: a profile
 * @record: the account; with id 0 a new one
 * @api_key: (nullable): its key; %NULL leaves what is stored; may be empty, for a server that asks for none
 * @target_key: (nullable): the default target's key; %NULL leaves what is stored; "" means that there is no default target
 * @cancellable: (nullable): stops it
 * @callback: called with the result
 * @data: for @callback
 *
 * Stores a new or changed account and its keys. Does not start it: see wt_session_start().
 */
void
wt_profile_save_account_async (WtProfile *self,
                               const WtAccountRecord *record,
                               const char *api_key,
                               const char *target_key,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_return_if_fail (WT_IS_PROFILE (self));
  g_return_if_fail (record != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Saving *saving = g_new0 (Saving, 1);
  GError *error = NULL;

  saving->record = wt_account_record_copy (record);
  if (saving->record->uuid == NULL)
    saving->record->uuid = g_uuid_string_random ();
  if (record->id == 0)
    saving->record->position = get_next_position (self);
  if (target_key != NULL)
    saving->record->has_target = *target_key != '\0';
  saving->names = wt_account_new (saving->record);
  saving->api_key = g_strdup (api_key);
  saving->target_key = g_strdup (target_key);
  g_task_set_source_tag (task, wt_profile_save_account_async);
  g_task_set_task_data (task, saving, saving_free);
  if (wt_account_check_record (record, &error)
      && (api_key == NULL || wt_endpoint_check_key (api_key, &error)))
    store_keys (task);
  else
    g_task_return_error (task, error);
}

/**
 * wt_profile_save_account_finish:
 * @self: a profile
 * @result: the result
 * @error: return location for a #WtEndpointError, #WtDatabaseError or the keyring's error
 *
 * Returns: (transfer none) (nullable): the account's session
 */
WtSession *
wt_profile_save_account_finish (WtProfile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  /* The list of sessions holds it. */
  g_autoptr (WtSession) session = g_task_propagate_pointer (G_TASK (result), error);

  return session;
}

typedef struct
{
  WtAccount *account;
  guint forgetting; /* keys that are still there, and one more for who counts them */
} Removal;

static void
removal_free (gpointer data)
{
  Removal *removal = data;

  g_object_unref (removal->account);
  g_free (removal);
}

/* It is over when the keys are gone: who ends the program then leaves none behind. */
static void
removal_step (GTask *task)
{
  Removal *removal = g_task_get_task_data (task);

  if (--removal->forgetting == 0)
    g_task_return_boolean (task, TRUE);
}

static void
on_key_forgotten (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;

  if (!wt_secrets_forget_finish (WT_SECRETS (source), result, &error))
    g_message ("A key of a removed account is still stored: %s", error->message);
  removal_step (task);
}

static void
on_account_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtProfile *self = g_task_get_source_object (task);
  Removal *removal = g_task_get_task_data (task);
  WtAccount *account = removal->account;
  GError *error = NULL;
  g_auto (GStrv) secrets = wt_account_store_delete_finish (WT_DATABASE (source), result, &error);
  WtSession *session = wt_profile_find_session (self, wt_account_get_id (account));
  guint position;

  if (secrets == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  removal->forgetting = g_strv_length (secrets) + 1;
  for (gsize i = 0; secrets[i] != NULL; i++)
    wt_secrets_forget_async (self->secrets, secrets[i], NULL, on_key_forgotten,
                             g_object_ref (task));
  wt_conversation_list_remove_account (self->conversations, account);
  if (session != NULL && g_list_store_find (self->sessions, session, &position))
    g_list_store_remove (self->sessions, position);
  wt_profile_sweep_soon (self);
  removal_step (task);
}

/**
 * wt_profile_remove_account_async:
 * @self: a profile
 * @account: one of its accounts
 * @cancellable: (nullable): stops it
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Ends the account's session and deletes it here, with its conversations, messages and keys.
 */
void
wt_profile_remove_account_async (WtProfile *self,
                                 WtAccount *account,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  g_return_if_fail (WT_IS_PROFILE (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  WtSession *session = wt_profile_get_session (self, account);
  Removal *removal = g_new0 (Removal, 1);

  removal->account = g_object_ref (account);
  g_task_set_source_tag (task, wt_profile_remove_account_async);
  g_task_set_task_data (task, removal, removal_free);
  if (session != NULL)
    wt_session_close (session);
  wt_account_store_delete_async (self->database, wt_account_get_id (account), cancellable,
                                 on_account_deleted, g_object_ref (task));
}

/**
 * wt_profile_remove_account_finish:
 * @self: a profile
 * @result: the result
 * @error: return location for a #WtDatabaseError
 *
 * Returns: whether it is gone
 */
gboolean
wt_profile_remove_account_finish (WtProfile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
