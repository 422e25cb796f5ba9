/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-cli-profile.h"

#include <errno.h>
#include <glib/gi18n-lib.h>
#include <glib/gstdio.h>
#include <string.h>

#include "wt-cli-find.h"
#include "wt-cli-error.h"
#include "wt-cli-output.h"
#include "wt-cli-words.h"

#define TEMPORARY_NAME "wheatear-cli-XXXXXX"

static void
on_trouble (WtProfile *profile, const GError *error, gpointer data)
{
  g_autofree char *words = wt_cli_words_error (error);

  wt_cli_output_note ("%s", words);
}

/* Everything in it is ours; a symbolic link is removed, not followed. */
static void
remove_folder (const char *path)
{
  GDir *folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);

      if (g_file_test (child, G_FILE_TEST_IS_DIR) && !g_file_test (child, G_FILE_TEST_IS_SYMLINK))
        remove_folder (child);
      else
        g_unlink (child);
    }
  g_clear_pointer (&folder, g_dir_close);
  g_rmdir (path);
}

static gboolean
open_profile (WtCliProfile *self, WtCliLoop *loop, const char *folder, GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  self->profile = wt_profile_new (folder);
  g_signal_connect (self->profile, "trouble", G_CALLBACK (on_trouble), NULL);
  wt_profile_open_async (self->profile, wt_cli_loop_get_cancellable (loop), wt_cli_loop_keep_result,
                         &result);
  return wt_profile_open_finish (self->profile, wt_cli_loop_await (loop, &result), error);
}

/**
 * wt_cli_profile_save_account:
 * @self: a profile
 * @loop: the program's loop
 * @record: an account
 * @api_key: (nullable): its key
 * @target_key: (nullable): its default target's key
 * @error: return location for an error of the database's, the keyring's or the endpoint's
 *
 * Returns: (transfer none) (nullable): its session
 */
WtSession *
wt_cli_profile_save_account (WtCliProfile *self,
                             WtCliLoop *loop,
                             const WtAccountRecord *record,
                             const char *api_key,
                             const char *target_key,
                             GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  wt_profile_save_account_async (self->profile, record, api_key != NULL ? api_key : "", target_key,
                                 wt_cli_loop_get_cancellable (loop), wt_cli_loop_keep_result,
                                 &result);
  return wt_profile_save_account_finish (self->profile, wt_cli_loop_await (loop, &result), error);
}

static gboolean
open_temporary (WtCliProfile *self, WtCliLoop *loop, const WtCliWho *who, GError **error)
{
  g_autoptr (WtAccountRecord) record = wt_cli_who_make_record (who);
  WtSession *session;

  self->temporary = g_dir_make_tmp (TEMPORARY_NAME, error);
  if (self->temporary == NULL || !open_profile (self, loop, self->temporary, error))
    return FALSE;
  session = wt_cli_profile_save_account (self, loop, record, who->key, NULL, error);
  g_set_object (&self->session, session);
  return session != NULL;
}

/**
 * wt_cli_profile_check_folder:
 * @folder: (nullable) (type filename): a profile's folder; %NULL: the window's own
 * @error: return location for %WT_CLI_ERROR_FAILED
 *
 * Returns: whether there is a profile: a mistyped folder must not become one
 */
gboolean
wt_cli_profile_check_folder (const char *folder, GError **error)
{
  g_autofree char *own = g_build_filename (g_get_user_data_dir (), "wheatear", NULL);
  g_autofree char *database = g_build_filename (folder != NULL ? folder : own, "wheatear.db", NULL);

  if (g_file_test (database, G_FILE_TEST_EXISTS))
    return TRUE;
  return wt_cli_error_set (error, WT_CLI_ERROR_FAILED,
                           _ ("There is no profile in %s: “wheatear-cli account add” makes one."),
                           folder != NULL ? folder : own);
}

/**
 * wt_cli_profile_open_stored:
 * @loop: the program's loop
 * @folder: (nullable) (type filename): its folder, made where it does not exist; %NULL: the window's own
 * @error: return location for a #WtDatabaseError
 *
 * Returns: (transfer full) (nullable): the profile; nobody in it goes online
 */
WtCliProfile *
wt_cli_profile_open_stored (WtCliLoop *loop, const char *folder, GError **error)
{
  g_autoptr (WtCliProfile) self = g_new0 (WtCliProfile, 1);

  return open_profile (self, loop, folder, error) ? g_steal_pointer (&self) : NULL;
}

/**
 * wt_cli_profile_open:
 * @loop: the program's loop
 * @who: who connects, checked
 * @error: return location for an error
 *
 * Opens the stored profile and finds the account, or makes a profile for this one time.
 *
 * Returns: (transfer full) (nullable): the profile, with its session, offline
 */
WtCliProfile *
wt_cli_profile_open (WtCliLoop *loop, const WtCliWho *who, GError **error)
{
  g_autoptr (WtCliProfile) self = g_new0 (WtCliProfile, 1);

  if (who->account == NULL)
    return open_temporary (self, loop, who, error) ? g_steal_pointer (&self) : NULL;

  if (!wt_cli_profile_check_folder (who->profile, error)
      || !open_profile (self, loop, who->profile, error))
    return NULL;

  WtSession *session = wt_cli_profile_find_session (self, who->account, error);

  g_set_object (&self->session, session);
  return session != NULL ? g_steal_pointer (&self) : NULL;
}

/**
 * wt_cli_profile_close:
 * @self: (transfer full): a profile
 *
 * Closes it in good order, and deletes a temporary one.
 */
void
wt_cli_profile_close (WtCliProfile *self)
{
  g_clear_object (&self->session);
  if (self->profile != NULL)
    {
      g_signal_handlers_disconnect_by_func (self->profile, on_trouble, NULL);
      wt_profile_close (self->profile);
    }
  g_clear_object (&self->profile);
  wt_cli_loop_settle ();
  if (self->temporary != NULL)
    remove_folder (self->temporary);
  g_clear_pointer (&self->temporary, g_free);
  g_free (self);
}

/**
 * wt_cli_profile_find_session:
 * @self: a profile
 * @name: an account's name or id
 * @error: return location for %WT_CLI_ERROR_FAILED
 *
 * Returns: (transfer none) (nullable): the account's session
 */
WtSession *
wt_cli_profile_find_session (WtCliProfile *self, const char *name, GError **error)
{
  GListModel *sessions = wt_profile_get_sessions (self->profile);
  g_autoptr (GPtrArray) records = g_ptr_array_new ();
  gssize index;

  for (guint i = 0; i < g_list_model_get_n_items (sessions); i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (sessions, i);

      g_ptr_array_add (records,
                       (gpointer) wt_account_get_record (wt_session_get_account (session)));
    }
  index = wt_cli_find_account (records, name, error);
  if (index < 0)
    return NULL;

  /* The list holds it. */
  g_autoptr (WtSession) found = g_list_model_get_item (sessions, (guint) index);

  return found;
}
