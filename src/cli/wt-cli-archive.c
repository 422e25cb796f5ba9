/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-archive.h"

#include <glib/gi18n-lib.h>

#include "wt-account-store.h"
#include "wt-account.h"
#include "wt-cli-error.h"
#include "wt-cli-find.h"
#include "wt-cli-line.h"
#include "wt-cli-output.h"
#include "wt-cli-profile.h"
#include "wt-conversation-store.h"
#include "wt-export-json.h"
#include "wt-message-store.h"
#include "wt-secrets.h"

static gboolean
open_database (WtCliArchive *self, WtCliLoop *loop, GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "wheatear.db", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  self->database = wt_database_new_read_only (path);
  wt_database_open_async (self->database, wt_cli_loop_get_cancellable (loop),
                          wt_cli_loop_keep_result, &result);
  return wt_database_open_finish (self->database, wt_cli_loop_await (loop, &result), error);
}

static gboolean
choose_account (WtCliArchive *self, const char *name, GError **error)
{
  gssize index = wt_cli_find_account (self->accounts, name, error);

  if (index < 0)
    return FALSE;
  for (guint i = self->accounts->len; i > 0; i--)
    {
      if ((gssize) i - 1 != index)
        g_ptr_array_remove_index (self->accounts, i - 1);
    }
  return TRUE;
}

static gboolean
list_accounts (WtCliArchive *self, WtCliLoop *loop, const char *account, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wt_account_store_list_async (self->database, wt_cli_loop_get_cancellable (loop),
                               wt_cli_loop_keep_result, &result);
  self->accounts = wt_account_store_list_finish (self->database, wt_cli_loop_await (loop, &result),
                                                 error);
  return self->accounts != NULL && (account == NULL || choose_account (self, account, error));
}

static gboolean
list_conversations (WtCliArchive *self, WtCliLoop *loop, GError **error)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const WtAccountRecord *account = g_ptr_array_index (self->accounts, i);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GPtrArray) records = NULL;

      wt_conversation_store_list_async (self->database, account->id,
                                        wt_cli_loop_get_cancellable (loop), wt_cli_loop_keep_result,
                                        &result);
      records = wt_conversation_store_list_finish (self->database,
                                                   wt_cli_loop_await (loop, &result), error);
      if (records == NULL)
        return FALSE;
      for (guint j = 0; j < records->len; j++)
        g_ptr_array_add (self->conversations,
                         wt_conversation_record_copy (g_ptr_array_index (records, j)));
    }
  return TRUE;
}

/**
 * wt_cli_archive_open:
 * @loop: the program's loop
 * @folder: (nullable) (type filename): the profile's folder; %NULL: the window's own
 * @account: (nullable): the name or id of the one account that is looked at
 * @error: return location for an error
 *
 * Returns: (transfer full) (nullable): the profile, to read in
 */
WtCliArchive *
wt_cli_archive_open (WtCliLoop *loop, const char *folder, const char *account, GError **error)
{
  g_autoptr (WtCliArchive) self = g_new0 (WtCliArchive, 1);
  g_autofree char *blobs = NULL;

  self->folder = folder != NULL ? g_canonicalize_filename (folder, NULL)
                                : g_build_filename (g_get_user_data_dir (), "wheatear", NULL);
  blobs = g_build_filename (self->folder, "blobs", NULL);
  self->blobs = wt_blobs_new (blobs);
  self->conversations = g_ptr_array_new_with_free_func (
      (GDestroyNotify) wt_conversation_record_free);
  if (!wt_cli_profile_check_folder (folder, error) || !open_database (self, loop, error)
      || !list_accounts (self, loop, account, error) || !list_conversations (self, loop, error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * wt_cli_archive_close:
 * @self: (transfer full): a profile
 */
void
wt_cli_archive_close (WtCliArchive *self)
{
  if (self->database != NULL)
    wt_database_close (self->database);
  wt_cli_loop_settle ();
  g_clear_object (&self->database);
  g_clear_object (&self->blobs);
  g_clear_pointer (&self->accounts, g_ptr_array_unref);
  g_clear_pointer (&self->conversations, g_ptr_array_unref);
  g_clear_pointer (&self->folder, g_free);
  g_free (self);
}

/**
 * wt_cli_archive_find:
 * @self: a profile
 * @name: a conversation's name, as wt_cli_find_conversation() takes it
 * @error: return location for an error
 *
 * Returns: (transfer none) (nullable): the conversation
 */
const WtConversationRecord *
wt_cli_archive_find (WtCliArchive *self, const char *name, GError **error)
{
  gssize index = wt_cli_find_conversation (self->conversations, name, error);

  return index >= 0 ? g_ptr_array_index (self->conversations, (guint) index) : NULL;
}

/**
 * wt_cli_archive_lookup:
 * @self: a profile
 * @conversation_id: a row id
 *
 * Returns: (transfer none) (nullable): the conversation
 */
const WtConversationRecord *
wt_cli_archive_lookup (WtCliArchive *self, gint64 conversation_id)
{
  for (guint i = 0; i < self->conversations->len; i++)
    {
      const WtConversationRecord *conversation = g_ptr_array_index (self->conversations, i);

      if (conversation->id == conversation_id)
        return conversation;
    }
  return NULL;
}

/**
 * wt_cli_archive_lookup_account:
 * @self: a profile
 * @account_id: a row id
 *
 * Returns: (transfer none) (nullable): the account
 */
const WtAccountRecord *
wt_cli_archive_lookup_account (WtCliArchive *self, gint64 account_id)
{
  for (guint i = 0; i < self->accounts->len; i++)
    {
      const WtAccountRecord *account = g_ptr_array_index (self->accounts, i);

      if (account->id == account_id)
        return account;
    }
  return NULL;
}

/**
 * wt_cli_archive_load:
 * @self: a profile
 * @loop: the program's loop
 * @conversation: one of its conversations
 * @first: the first message's position, from 1
 * @count: how many
 * @error: return location for a #WtDatabaseError
 *
 * Returns: (transfer full) (element-type WtMessageRecord) (nullable): the messages, oldest first
 */
GPtrArray *
wt_cli_archive_load (WtCliArchive *self,
                     WtCliLoop *loop,
                     const WtConversationRecord *conversation,
                     gint64 first,
                     guint count,
                     GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wt_message_store_load_async (self->database, conversation->id, first, count,
                               wt_cli_loop_get_cancellable (loop), wt_cli_loop_keep_result,
                               &result);
  return wt_message_store_load_finish (self->database, wt_cli_loop_await (loop, &result), error);
}

/**
 * wt_cli_archive_lookup_key:
 * @self: a profile
 * @loop: the program's loop
 * @account: one of its accounts
 * @own_folder: whether the profile has a folder of its own, and so its keys in it instead of in the keyring
 * @key: (out) (transfer full): the account's API key; a secret
 * @error: return location for an error
 *
 * Returns: whether there is a key
 */
gboolean
wt_cli_archive_lookup_key (WtCliArchive *self,
                           WtCliLoop *loop,
                           const WtAccountRecord *account,
                           gboolean own_folder,
                           char **key,
                           GError **error)
{
  g_autofree char *path = g_build_filename (self->folder, "secrets.ini", NULL);
  g_autoptr (WtSecrets) secrets = wt_secrets_new (path, "default", own_folder);
  g_autoptr (WtAccount) names = wt_account_new (account);
  g_autofree char *name = wt_account_dup_key_name (names);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) problem = NULL;

  wt_secrets_lookup_async (secrets, name, wt_cli_loop_get_cancellable (loop),
                           wt_cli_loop_keep_result, &result);
  *key = wt_secrets_lookup_finish (secrets, wt_cli_loop_await (loop, &result), &problem);
  if (*key != NULL)
    return TRUE;
  return wt_cli_error_set (error, WT_CLI_ERROR_FAILED,
                           _ ("The account's API key is not available: %s."),
                           problem != NULL ? problem->message : _ ("it is not stored"));
}

/**
 * wt_cli_archive_print:
 * @self: an archive
 * @conversation: one of its conversations
 * @message: a message there
 * @is_named: whether a line for eyes names the conversation
 * @is_json: whether to print a JSON value rather than a line for eyes
 * @error: return location for an error of wt_cli_output_line()
 *
 * Returns: whether it was printed
 */
gboolean
wt_cli_archive_print (WtCliArchive *self,
                      const WtConversationRecord *conversation,
                      const WtMessageRecord *message,
                      gboolean is_named,
                      gboolean is_json,
                      GError **error)
{
  g_autofree char *line = NULL;

  if (is_json)
    {
      g_autoptr (WtJsonValue) node = wt_export_json_new (
          wt_cli_archive_lookup_account (self, conversation->account_id), conversation, message);

      line = wt_json_value_to_text (node);
      return wt_cli_output_json (line, error);
    }
  line = wt_cli_line_format (is_named ? conversation : NULL, message);
  return wt_cli_output_line (line, error);
}
