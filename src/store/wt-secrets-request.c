/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-secrets-private.h"

#include <libsecret/secret.h>

#include "wt-log.h"
#include "wt-secret-file.h"
#include "wt-secret-keyring.h"

/* The keyring is asked first. Only if it is not there at all, and was not there before, the file
 * takes its place: a keyring that is locked or fails now and then must not scatter keys over two
 * places. */

typedef enum
{
  REQUEST_LOOKUP,
  REQUEST_STORE,
  REQUEST_FORGET,
} RequestKind;

/* A GTask's data. */
typedef struct
{
  RequestKind kind;
  char *path;
  char *name;
  char *label;
  char *value; /* to be stored, or what was found */
} Request;

static void
wipe (char *value)
{
  if (value == NULL)
    return;

  secret_password_wipe (value);
  g_free (value);
}

static void
request_free (gpointer data)
{
  Request *request = data;

  g_free (request->path);
  g_free (request->name);
  g_free (request->label);
  wipe (request->value);
  g_free (request);
}

static void
run_file (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  if (g_task_return_error_if_cancelled (task))
    return;
  if (request->kind == REQUEST_LOOKUP)
    done = wt_secret_file_lookup (request->path, request->name, &request->value, &error);
  else
    done = wt_secret_file_change (request->path, request->name,
                                  request->kind == REQUEST_STORE ? request->value : NULL, &error);

  if (done)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* After the keyring did its part: what an earlier time without a keyring left in the file. */
static void
run_leftover (GTask *task, gpointer source, gpointer data, GCancellable *cancellable)
{
  Request *request = data;
  g_autoptr (GError) error = NULL;
  gboolean done = FALSE;

  if (request->kind == REQUEST_LOOKUP)
    done = wt_secret_file_lookup (request->path, request->name, &request->value, &error);
  else
    done = wt_secret_file_change (request->path, request->name, NULL, &error);
  if (!done)
    g_debug ("Secrets left in a file: %s", error->message);

  g_task_return_boolean (task, TRUE);
}

static void
fail_keyring (GTask *task, GError *error)
{
  WtSecrets *self = g_task_get_source_object (task);

  if (!self->keyring_works && wt_secret_keyring_is_missing (error))
    {
      wt_secrets_fall_back (self, error);
      g_error_free (error);
      g_task_run_in_thread (task, run_file);
    }
  else
    {
      g_task_return_error (task, error);
    }
}

static void
on_keyring_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtSecrets *self = g_task_get_source_object (task);
  Request *request = g_task_get_task_data (task);
  GError *error = NULL;

  if (request->kind == REQUEST_LOOKUP)
    wt_secret_keyring_lookup_finish (result, &request->value, &error);
  else if (request->kind == REQUEST_STORE)
    wt_secret_keyring_store_finish (result, &error);
  else
    wt_secret_keyring_forget_finish (result, &error);
  if (error != NULL)
    {
      fail_keyring (task, error);
      return;
    }

  self->keyring_works = TRUE;
  if (request->kind == REQUEST_LOOKUP && request->value != NULL)
    g_task_return_boolean (task, TRUE);
  else
    g_task_run_in_thread (task, run_leftover);
}

static void
start_keyring (WtSecrets *self, GTask *task)
{
  const Request *request = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);

  if (request->kind == REQUEST_LOOKUP)
    wt_secret_keyring_lookup_async (self->profile, request->name, cancellable, on_keyring_done,
                                    g_object_ref (task));
  else if (request->kind == REQUEST_STORE)
    wt_secret_keyring_store_async (self->profile, request->name, request->label, request->value,
                                   cancellable, on_keyring_done, g_object_ref (task));
  else
    wt_secret_keyring_forget_async (self->profile, request->name, cancellable, on_keyring_done,
                                    g_object_ref (task));
}

static void
start (WtSecrets *self,
       Request *request,
       GCancellable *cancellable,
       gpointer source_tag,
       GAsyncReadyCallback callback,
       gpointer data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);

  request->path = g_strdup (self->path);
  g_task_set_source_tag (task, source_tag);
  /* What was stored was stored. */
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, request, request_free);

  if (self->backend == WT_SECRETS_FILE)
    g_task_run_in_thread (task, run_file);
  else
    start_keyring (self, task);
}

/**
 * wt_secrets_lookup_async:
 * @self: a store of secrets
 * @name: the secret's name
 * @cancellable: (nullable): a cancellable
 * @callback: called when it was looked for; the user may be asked to unlock the keyring first
 * @data: for @callback
 *
 * Looks for a secret.
 */
void
wt_secrets_lookup_async (WtSecrets *self,
                         const char *name,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  Request *request = NULL;

  g_return_if_fail (WT_IS_SECRETS (self));
  g_return_if_fail (name != NULL && *name != '\0');

  request = g_new0 (Request, 1);
  request->kind = REQUEST_LOOKUP;
  request->name = g_strdup (name);
  start (self, request, cancellable, wt_secrets_lookup_async, callback, data);
}

/**
 * wt_secrets_lookup_finish:
 * @self: a store of secrets
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (nullable) (transfer full): the value; %NULL without error where there is none; %NULL
 *   with %SECRET_ERROR_IS_LOCKED where the keyring stayed locked, or another error
 */
char *
wt_secrets_lookup_finish (WtSecrets *self, GAsyncResult *result, GError **error)
{
  Request *request = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_secrets_lookup_async), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  request = g_task_get_task_data (G_TASK (result));
  if (request->value != NULL)
    wt_log_add_secret (request->value);

  return g_steal_pointer (&request->value);
}

/**
 * wt_secrets_store_async:
 * @self: a store of secrets
 * @name: the secret's name
 * @label: (nullable): what the keyring's own tools show; never the value
 * @value: the value, UTF-8
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is stored; the user may be asked to unlock the keyring first
 * @data: for @callback
 *
 * Stores a secret, in place of one with the same name.
 */
void
wt_secrets_store_async (WtSecrets *self,
                        const char *name,
                        const char *label,
                        const char *value,
                        GCancellable *cancellable,
                        GAsyncReadyCallback callback,
                        gpointer data)
{
  Request *request = NULL;

  g_return_if_fail (WT_IS_SECRETS (self));
  g_return_if_fail (name != NULL && *name != '\0');
  g_return_if_fail (value != NULL);

  wt_log_add_secret (value);
  request = g_new0 (Request, 1);
  request->kind = REQUEST_STORE;
  request->name = g_strdup (name);
  request->label = g_strdup (label != NULL ? label : name);
  request->value = g_strdup (value);
  start (self, request, cancellable, wt_secrets_store_async, callback, data);
}

/**
 * wt_secrets_store_finish:
 * @self: a store of secrets
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is stored
 */
gboolean
wt_secrets_store_finish (WtSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_secrets_store_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * wt_secrets_store_sync:
 * @self: secrets
 * @name: the secret's name
 * @label: (nullable): what the keyring's own tools show
 * @value: the value
 * @error: return location for an error
 *
 * Stores a secret and waits for it: for what is still on its way when the program ends. Blocks.
 *
 * Returns: whether it is stored
 */
gboolean
wt_secrets_store_sync (WtSecrets *self,
                       const char *name,
                       const char *label,
                       const char *value,
                       GError **error)
{
  g_return_val_if_fail (WT_IS_SECRETS (self), FALSE);
  g_return_val_if_fail (name != NULL && *name != '\0', FALSE);
  g_return_val_if_fail (value != NULL, FALSE);

  if (self->backend == WT_SECRETS_FILE)
    return wt_secret_file_change (self->path, name, value, error);
  return wt_secret_keyring_store_sync (self->profile, name, label != NULL ? label : name, value,
                                       error);
}

/**
 * wt_secrets_forget_async:
 * @self: a store of secrets
 * @name: the secret's name
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Forgets a secret, in the keyring and in the file.
 */
void
wt_secrets_forget_async (WtSecrets *self,
                         const char *name,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  Request *request = NULL;

  g_return_if_fail (WT_IS_SECRETS (self));
  g_return_if_fail (name != NULL && *name != '\0');

  request = g_new0 (Request, 1);
  request->kind = REQUEST_FORGET;
  request->name = g_strdup (name);
  start (self, request, cancellable, wt_secrets_forget_async, callback, data);
}

/**
 * wt_secrets_forget_finish:
 * @self: a store of secrets
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is gone; %TRUE too where there was none
 */
gboolean
wt_secrets_forget_finish (WtSecrets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_secrets_forget_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
