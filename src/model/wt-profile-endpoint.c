/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile-private.h"

/* An account's endpoint, with the key that is stored for it. */

static void
on_key_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtAccount *account = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *key = wt_secrets_lookup_finish (WT_SECRETS (source), result, &error);
  WtEndpoint *endpoint;

  if (key == NULL && error == NULL)
    g_set_error_literal (&error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no key is stored");
  endpoint = key != NULL ? wt_account_make_endpoint (account, key, &error) : NULL;
  if (endpoint == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, endpoint, (GDestroyNotify) wt_endpoint_unref);
}

/**
 * wt_profile_make_endpoint_async:
 * @self: a profile
 * @record: an account, perhaps not stored as it is
 * @api_key: (nullable): its key; %NULL: the one that is stored for it
 * @cancellable: (nullable): stops it
 * @callback: called with the result
 * @data: for @callback
 *
 * For checking a connection: changes nothing.
 */
void
wt_profile_make_endpoint_async (WtProfile *self,
                                const WtAccountRecord *record,
                                const char *api_key,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_return_if_fail (WT_IS_PROFILE (self));
  g_return_if_fail (record != NULL);

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  g_autoptr (WtAccount) account = wt_account_new (record);
  g_autofree char *name = NULL;
  GError *error = NULL;

  g_task_set_source_tag (task, wt_profile_make_endpoint_async);
  g_task_set_task_data (task, g_object_ref (account), g_object_unref);
  if (api_key == NULL && record->uuid != NULL)
    {
      name = wt_account_dup_key_name (account);
      wt_secrets_lookup_async (self->secrets, name, cancellable, on_key_looked_up,
                               g_object_ref (task));
      return;
    }

  WtEndpoint *endpoint = wt_account_make_endpoint (account, api_key, &error);

  if (endpoint == NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, endpoint, (GDestroyNotify) wt_endpoint_unref);
}

/**
 * wt_profile_make_endpoint_finish:
 * @self: a profile
 * @result: the result
 * @error: return location for a #WtEndpointError, the keyring's error, or %G_IO_ERROR_NOT_FOUND where no key is stored
 *
 * Returns: (transfer full) (nullable): where and as whom to connect
 */
WtEndpoint *
wt_profile_make_endpoint_finish (WtProfile *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
