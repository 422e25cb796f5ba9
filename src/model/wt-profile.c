/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile.h"

#include "wt-account-store.h"
#include "wt-conversation-store.h"
#include "wt-session-private.h"

struct _WtProfile
{
  GObject parent_instance;

  /* owned */
  char *folder;
  WtDatabase *database;
  WtSecrets *secrets;
  WtBlobs *blobs;
  WtWorker *worker;
  GListStore *sessions;
  WtConversationList *conversations;

  gboolean closed;
};

/* A little more than an engine takes by itself. */
#define LONGEST_CLOSE_US (1500 * G_TIME_SPAN_MILLISECOND)

G_DEFINE_FINAL_TYPE (WtProfile, wt_profile, G_TYPE_OBJECT)

enum
{
  TROUBLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
on_session_trouble (WtSession *session, const GError *error, WtProfile *self)
{
  g_signal_emit (self, signals[TROUBLE], 0, error);
}

static WtSession *
add_session (WtProfile *self, const WtAccountRecord *record)
{
  g_autoptr (WtAccount) account = wt_account_new (record);
  g_autoptr (WtSession) session = wt_session_new (account, self->database, self->secrets,
                                                  self->blobs, self->worker, self->conversations);

  g_signal_connect_object (session, "trouble", G_CALLBACK (on_session_trouble), self, 0);
  g_list_store_append (self->sessions, session);
  return session;
}

static WtSession *
find_session (WtProfile *self, gint64 account_id)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sessions)); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (G_LIST_MODEL (self->sessions), i);

      if (wt_account_get_id (wt_session_get_account (session)) == account_id)
        return session;
    }
  return NULL;
}

static void
wt_profile_dispose (GObject *object)
{
  WtProfile *self = WT_PROFILE (object);

  wt_profile_close (self);
  g_clear_object (&self->sessions);
  g_clear_object (&self->conversations);
  g_clear_object (&self->worker);
  g_clear_object (&self->blobs);
  g_clear_object (&self->secrets);
  g_clear_object (&self->database);

  G_OBJECT_CLASS (wt_profile_parent_class)->dispose (object);
}

static void
wt_profile_finalize (GObject *object)
{
  WtProfile *self = WT_PROFILE (object);

  g_clear_pointer (&self->folder, g_free);

  G_OBJECT_CLASS (wt_profile_parent_class)->finalize (object);
}

static void
wt_profile_class_init (WtProfileClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = wt_profile_dispose;
  object_class->finalize = wt_profile_finalize;

  /**
   * WtProfile::trouble:
   * @self: a profile
   * @error: what happened
   *
   * Something could not be stored or read, for the user to be told. It is tried again where that makes sense; nothing that was
   * not stored is claimed to be.
   */
  signals[TROUBLE] = g_signal_new ("trouble", WT_TYPE_PROFILE, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                   NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
wt_profile_init (WtProfile *self)
{
  self->sessions = g_list_store_new (WT_TYPE_SESSION);
  self->conversations = wt_conversation_list_new ();
}

/**
 * wt_profile_new:
 * @folder: (nullable) (type filename): the folder that everything is in, with keys in a file there; %NULL: `wheatear` in
 *   the user's data folder, with keys in the keyring
 *
 * Returns: (transfer full): a profile, not open yet
 */
WtProfile *
wt_profile_new (const char *folder)
{
  WtProfile *self = g_object_new (WT_TYPE_PROFILE, NULL);
  g_autofree char *database = NULL, *secrets = NULL, *blobs = NULL;

  self->folder = folder != NULL ? g_canonicalize_filename (folder, NULL)
                                : g_build_filename (g_get_user_data_dir (), "wheatear", NULL);
  database = g_build_filename (self->folder, "wheatear.db", NULL);
  secrets = g_build_filename (self->folder, "secrets.ini", NULL);
  blobs = g_build_filename (self->folder, "blobs", NULL);
  self->database = wt_database_new (database);
  self->secrets = wt_secrets_new (secrets, "default", folder != NULL);
  self->blobs = wt_blobs_new (blobs);
  self->worker = wt_worker_new ("wt-net");
  return self;
}

/**
 * wt_profile_get_folder:
 * @self: a profile
 *
 * Returns: (type filename): the folder that everything is in
 */
const char *
wt_profile_get_folder (WtProfile *self)
{
  g_return_val_if_fail (WT_IS_PROFILE (self), NULL);

  return self->folder;
}

/* Opening: the database, then the accounts, then each account's conversations */

typedef struct
{
  GPtrArray *accounts; /* of WtAccountRecord */
  guint next;
} Opening;

static void
opening_free (gpointer data)
{
  Opening *opening = data;

  g_clear_pointer (&opening->accounts, g_ptr_array_unref);
  g_free (opening);
}

static void open_next_account (GTask *task);

static void
on_conversations_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtProfile *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);
  const WtAccountRecord *account = g_ptr_array_index (opening->accounts, opening->next);
  g_autoptr (GPtrArray) conversations = g_ptr_array_new_with_free_func (g_object_unref);
  GError *error = NULL;
  g_autoptr (GPtrArray) records = wt_conversation_store_list_finish (WT_DATABASE (source), result,
                                                                     &error);

  if (records == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  WtSession *session = add_session (self, account);

  for (guint i = 0; i < records->len; i++)
    g_ptr_array_add (conversations, wt_conversation_new (wt_session_get_account (session),
                                                         g_ptr_array_index (records, i)));
  wt_conversation_list_add_many (self->conversations, conversations);
  opening->next++;
  open_next_account (task);
}

static void
open_next_account (GTask *task)
{
  WtProfile *self = g_task_get_source_object (task);
  Opening *opening = g_task_get_task_data (task);

  if (opening->next >= opening->accounts->len)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  const WtAccountRecord *account = g_ptr_array_index (opening->accounts, opening->next);

  wt_conversation_store_list_async (self->database, account->id, g_task_get_cancellable (task),
                                    on_conversations_listed, g_object_ref (task));
}

static void
on_accounts_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  Opening *opening = g_task_get_task_data (task);
  GError *error = NULL;

  opening->accounts = wt_account_store_list_finish (WT_DATABASE (source), result, &error);
  if (opening->accounts != NULL)
    open_next_account (task);
  else
    g_task_return_error (task, error);
}

static void
on_database_open (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;

  if (wt_database_open_finish (WT_DATABASE (source), result, &error))
    wt_account_store_list_async (WT_DATABASE (source), g_task_get_cancellable (task),
                                 on_accounts_listed, g_object_ref (task));
  else
    g_task_return_error (task, error);
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

  g_task_set_source_tag (task, wt_profile_open_async);
  g_task_set_task_data (task, g_new0 (Opening, 1), opening_free);
  wt_database_open_async (self->database, cancellable, on_database_open, g_object_ref (task));
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

/**
 * wt_profile_start:
 * @self: an open profile
 *
 * Every enabled account goes online.
 */
void
wt_profile_start (WtProfile *self)
{
  g_return_if_fail (WT_IS_PROFILE (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sessions)); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (G_LIST_MODEL (self->sessions), i);

      if (wt_account_get_record (wt_session_get_account (session))->enabled)
        wt_session_start (session);
    }
}

/**
 * wt_profile_network_changed:
 * @self: an open profile
 *
 * Tells every session that the network may be another than before, see wt_session_network_changed().
 */
void
wt_profile_network_changed (WtProfile *self)
{
  g_return_if_fail (WT_IS_PROFILE (self));

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sessions)); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (G_LIST_MODEL (self->sessions), i);

      wt_session_network_changed (session);
    }
}

/* All of them close at the same time. */
static void
wait_closed (WtProfile *self)
{
  gint64 deadline = g_get_monotonic_time () + LONGEST_CLOSE_US;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sessions)); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (G_LIST_MODEL (self->sessions), i);

      wt_session_wait_closed (session, deadline);
    }
}

/**
 * wt_profile_close:
 * @self: a profile
 *
 * Closes the connections in good order and finishes what is being written. Blocks, until the servers have answered, but not
 * much longer than a second. The profile is of no further use.
 */
void
wt_profile_close (WtProfile *self)
{
  g_return_if_fail (WT_IS_PROFILE (self));

  if (self->closed)
    return;

  self->closed = TRUE;
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->sessions)); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (G_LIST_MODEL (self->sessions), i);

      wt_session_close (session);
    }
  wait_closed (self);
  wt_worker_stop (self->worker);
  wt_database_close (self->database);
}

/**
 * wt_profile_get_sessions:
 * @self: a profile
 *
 * Returns: (transfer none): the accounts' sessions, of #WtSession, in the accounts' order
 */
GListModel *
wt_profile_get_sessions (WtProfile *self)
{
  g_return_val_if_fail (WT_IS_PROFILE (self), NULL);

  return G_LIST_MODEL (self->sessions);
}

/**
 * wt_profile_get_conversations:
 * @self: a profile
 *
 * Returns: (transfer none): the conversations of all accounts
 */
WtConversationList *
wt_profile_get_conversations (WtProfile *self)
{
  g_return_val_if_fail (WT_IS_PROFILE (self), NULL);

  return self->conversations;
}

/**
 * wt_profile_get_session:
 * @self: a profile
 * @account: an account
 *
 * Returns: (transfer none) (nullable): the account's session
 */
WtSession *
wt_profile_get_session (WtProfile *self, WtAccount *account)
{
  g_return_val_if_fail (WT_IS_PROFILE (self), NULL);

  return find_session (self, wt_account_get_id (account));
}

/**
 * wt_profile_get_database:
 * @self: a profile
 *
 * Returns: (transfer none): its database
 */
WtDatabase *
wt_profile_get_database (WtProfile *self)
{
  g_return_val_if_fail (WT_IS_PROFILE (self), NULL);

  return self->database;
}

/**
 * wt_profile_get_secrets:
 * @self: a profile
 *
 * Returns: (transfer none): its keys
 */
WtSecrets *
wt_profile_get_secrets (WtProfile *self)
{
  g_return_val_if_fail (WT_IS_PROFILE (self), NULL);

  return self->secrets;
}

/**
 * wt_profile_get_blobs:
 * @self: a profile
 *
 * Returns: (transfer none): its pictures and files
 */
WtBlobs *
wt_profile_get_blobs (WtProfile *self)
{
  g_return_val_if_fail (WT_IS_PROFILE (self), NULL);

  return self->blobs;
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
  session = find_session (self, id);
  if (session == NULL)
    session = add_session (self, saving->record);
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

static void
on_account_deleted (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtProfile *self = g_task_get_source_object (task);
  WtAccount *account = g_task_get_task_data (task);
  GError *error = NULL;
  g_auto (GStrv) secrets = wt_account_store_delete_finish (WT_DATABASE (source), result, &error);
  WtSession *session = find_session (self, wt_account_get_id (account));
  guint position;

  if (secrets == NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  for (gsize i = 0; secrets[i] != NULL; i++)
    wt_secrets_forget_async (self->secrets, secrets[i], NULL, NULL, NULL);
  wt_conversation_list_remove_account (self->conversations, account);
  if (session != NULL && g_list_store_find (self->sessions, session, &position))
    g_list_store_remove (self->sessions, position);
  g_task_return_boolean (task, TRUE);
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

  g_task_set_source_tag (task, wt_profile_remove_account_async);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
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
