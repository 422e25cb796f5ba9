/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-secret-keyring.h"

#include <libsecret/secret.h>

/* Secrets in the keyring: the Secret Service, or in a sandbox the file that its portal has a key
 * for. */

static const SecretSchema schema = {
  WT_APP_ID,
  SECRET_SCHEMA_NONE,
  {
      { "name", SECRET_SCHEMA_ATTRIBUTE_STRING },
      { "profile", SECRET_SCHEMA_ATTRIBUTE_STRING },
  },
};

static GHashTable *
build_attributes (const char *profile, const char *name)
{
  return secret_attributes_build (&schema, "name", name, "profile", profile, NULL);
}

static void
on_retrieved (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  SecretValue *value = secret_retrievable_retrieve_secret_finish (SECRET_RETRIEVABLE (source),
                                                                  result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (value == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else
    g_task_return_pointer (task, g_strdup (secret_value_get_text (value)), g_free);
  g_clear_pointer (&value, secret_value_unref);
}

static void
on_found (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (GError) error = NULL;
  g_autolist (SecretRetrievable) found = secret_password_search_finish (result, &error);

  if (error != NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else if (found == NULL)
    g_task_return_pointer (task, NULL, NULL);
  else if (SECRET_IS_ITEM (found->data) && secret_item_get_locked (found->data))
    g_task_return_new_error (task, SECRET_ERROR, SECRET_ERROR_IS_LOCKED, "The keyring is locked");
  else
    secret_retrievable_retrieve_secret (found->data, g_task_get_cancellable (task), on_retrieved,
                                        g_object_ref (task));
}

/**
 * wt_secret_keyring_lookup_async:
 * @profile: the profile's name
 * @name: the secret's name
 * @cancellable: (nullable): a cancellable
 * @callback: called when it was looked for
 * @data: for @callback
 *
 * Looks for a secret; the user may be asked to unlock the keyring. It is a search, because a
 * look-up does not tell what is locked from what is not there.
 */
void
wt_secret_keyring_lookup_async (const char *profile,
                                const char *name,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  GTask *task = g_task_new (NULL, cancellable, callback, data);
  g_autoptr (GHashTable) attributes = build_attributes (profile, name);

  g_task_set_source_tag (task, wt_secret_keyring_lookup_async);
  secret_password_searchv (&schema, attributes, SECRET_SEARCH_UNLOCK | SECRET_SEARCH_LOAD_SECRETS,
                           cancellable, on_found, task);
}

/**
 * wt_secret_keyring_lookup_finish:
 * @result: the result
 * @value: (out) (nullable) (transfer full): the value, or %NULL where there is none
 * @error: return location for an error
 *
 * Returns: whether @value is what the keyring says; else %SECRET_ERROR_IS_LOCKED or another error
 */
gboolean
wt_secret_keyring_lookup_finish (GAsyncResult *result, char **value, GError **error)
{
  g_autoptr (GError) failure = NULL;

  *value = g_task_propagate_pointer (G_TASK (result), &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * wt_secret_keyring_store_async:
 * @profile: the profile's name
 * @name: the secret's name
 * @label: what the keyring's own tools show
 * @value: the value
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is stored
 * @data: for @callback
 *
 * Stores a secret, in place of one with the same name; the user may be asked to unlock the keyring.
 */
void
wt_secret_keyring_store_async (const char *profile,
                               const char *name,
                               const char *label,
                               const char *value,
                               GCancellable *cancellable,
                               GAsyncReadyCallback callback,
                               gpointer data)
{
  g_autoptr (GHashTable) attributes = build_attributes (profile, name);

  secret_password_storev (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, value, cancellable,
                          callback, data);
}

/**
 * wt_secret_keyring_store_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is stored
 */
gboolean
wt_secret_keyring_store_finish (GAsyncResult *result, GError **error)
{
  return secret_password_store_finish (result, error);
}

/**
 * wt_secret_keyring_store_sync:
 * @profile: the profile's name
 * @name: the secret's name
 * @label: what the keyring's own tools show
 * @value: the value
 * @error: return location for an error
 *
 * Stores a secret and waits for it: for the last moments of a program.
 *
 * Returns: whether it is stored
 */
gboolean
wt_secret_keyring_store_sync (const char *profile,
                              const char *name,
                              const char *label,
                              const char *value,
                              GError **error)
{
  g_autoptr (GHashTable) attributes = build_attributes (profile, name);

  return secret_password_storev_sync (&schema, attributes, SECRET_COLLECTION_DEFAULT, label, value,
                                      NULL, error);
}

/**
 * wt_secret_keyring_forget_async:
 * @profile: the profile's name
 * @name: the secret's name
 * @cancellable: (nullable): a cancellable
 * @callback: called when it is gone
 * @data: for @callback
 *
 * Forgets a secret.
 */
void
wt_secret_keyring_forget_async (const char *profile,
                                const char *name,
                                GCancellable *cancellable,
                                GAsyncReadyCallback callback,
                                gpointer data)
{
  g_autoptr (GHashTable) attributes = build_attributes (profile, name);

  secret_password_clearv (&schema, attributes, cancellable, callback, data);
}

/**
 * wt_secret_keyring_forget_finish:
 * @result: the result
 * @error: return location for an error
 *
 * Returns: whether it is gone; %TRUE too where there was none
 */
gboolean
wt_secret_keyring_forget_finish (GAsyncResult *result, GError **error)
{
  g_autoptr (GError) failure = NULL;

  secret_password_clear_finish (result, &failure);
  if (failure == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&failure));
  return FALSE;
}

/**
 * wt_secret_keyring_is_missing:
 * @error: an error of these functions
 *
 * Returns: whether it says that there is no keyring at all: no bus, no service, no portal, no place
 *   in it for new secrets. One that is locked, slow or broken is there.
 */
gboolean
wt_secret_keyring_is_missing (const GError *error)
{
  static const int codes[] = {
    G_DBUS_ERROR_SERVICE_UNKNOWN, G_DBUS_ERROR_NAME_HAS_NO_OWNER, G_DBUS_ERROR_NO_SERVER,
    G_DBUS_ERROR_DISCONNECTED,    G_DBUS_ERROR_NO_NETWORK,        G_DBUS_ERROR_ACCESS_DENIED,
    G_DBUS_ERROR_AUTH_FAILED,     G_DBUS_ERROR_FILE_NOT_FOUND,    G_DBUS_ERROR_UNKNOWN_METHOD,
    G_DBUS_ERROR_UNKNOWN_OBJECT,  G_DBUS_ERROR_UNKNOWN_INTERFACE,
  };

  if (error->domain == SECRET_ERROR)
    return error->code == SECRET_ERROR_NO_SUCH_OBJECT;
  if (error->domain == G_IO_ERROR)
    return error->code != G_IO_ERROR_CANCELLED && error->code != G_IO_ERROR_TIMED_OUT;
  if (error->domain != G_DBUS_ERROR)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (codes); i++)
    {
      if (error->code == codes[i])
        return TRUE;
    }

  return error->code >= G_DBUS_ERROR_SPAWN_EXEC_FAILED
         && error->code <= G_DBUS_ERROR_SPAWN_NO_MEMORY;
}
