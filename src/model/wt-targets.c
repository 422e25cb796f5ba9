/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-targets.h"

#include "wt-conversation-store.h"

/* A learned target's secret is named so; one that the user set has another name, and is not learned over. */
#define LEARNED "reply:"

struct _WtTargets
{
  GObject parent_instance;

  WtAccount *account;
  WtDatabase *database;
  WtSecrets *secrets;
  GHashTable *keys;     /* secret's name → key, as looked up or learned */
  GHashTable *learning; /* secret's name → WtConversation: the key is not on the disk yet */
};

G_DEFINE_FINAL_TYPE (WtTargets, wt_targets, G_TYPE_OBJECT)

/**
 * wt_target_free:
 * @self: (transfer full): a target
 */
void
wt_target_free (WtTarget *self)
{
  g_free (self->key);
  g_free (self->platform);
  g_free (self);
}

static void
wt_targets_finalize (GObject *object)
{
  WtTargets *self = WT_TARGETS (object);

  g_clear_object (&self->account);
  g_clear_object (&self->database);
  g_clear_object (&self->secrets);
  g_clear_pointer (&self->keys, g_hash_table_unref);
  g_clear_pointer (&self->learning, g_hash_table_unref);

  G_OBJECT_CLASS (wt_targets_parent_class)->finalize (object);
}

static void
wt_targets_class_init (WtTargetsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = wt_targets_finalize;
}

static void
wt_targets_init (WtTargets *self)
{
  self->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->learning = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
}

/**
 * wt_targets_new:
 * @account: whose targets they are
 * @database: where conversations are
 * @secrets: where keys are
 *
 * Returns: (transfer full): the account's targets
 */
WtTargets *
wt_targets_new (WtAccount *account, WtDatabase *database, WtSecrets *secrets)
{
  WtTargets *self = g_object_new (WT_TYPE_TARGETS, NULL);

  self->account = g_object_ref (account);
  self->database = g_object_ref (database);
  self->secrets = g_object_ref (secrets);
  return self;
}

static const char *
non_empty (const char *text, const char *fallback)
{
  return text != NULL && *text != '\0' ? text : fallback;
}

/* NULL where the account has none. */
static char *
choose_of_account (WtTargets *self, char **platform)
{
  const WtAccountRecord *account = wt_account_get_record (self->account);

  if (account->has_target)
    {
      *platform = g_strdup (non_empty (account->target_platform, account->platform));
      return wt_account_dup_target_name (self->account);
    }
  if (account->dialect != WT_DIALECT_MAIBOT)
    return NULL;

  /* MaiBot takes every message for itself; the routing has only to be there. */
  *platform = g_strdup (account->platform);
  return wt_account_dup_key_name (self->account);
}

/* Fills in the platform; returns the secret's name, NULL where nothing is set. */
static char *
choose (WtTargets *self, WtConversation *conversation, char **platform)
{
  const WtConversationRecord *record = wt_conversation_get_record (conversation);

  if (record->target_secret != NULL)
    {
      *platform = g_strdup (non_empty (record->target_platform, record->platform));
      return g_strdup (record->target_secret);
    }
  return choose_of_account (self, platform);
}

typedef struct
{
  char *name;
  char *platform;
} Lookup;

static void
lookup_free (gpointer data)
{
  Lookup *lookup = data;

  g_free (lookup->name);
  g_free (lookup->platform);
  g_free (lookup);
}

static void
return_target (GTask *task, const char *key)
{
  Lookup *lookup = g_task_get_task_data (task);
  WtTarget *target = g_new0 (WtTarget, 1);

  target->key = g_strdup (key);
  target->platform = g_strdup (lookup->platform);
  g_task_return_pointer (task, target, (GDestroyNotify) wt_target_free);
}

static void look_up (WtTargets *self, GTask *task);

/* A learned key that is gone is no reason not to send where there is another target. Returns whether there is one. */
static gboolean
fall_back (WtTargets *self, Lookup *lookup)
{
  g_autofree char *platform = NULL;
  g_autofree char *name = NULL;

  if (!g_str_has_prefix (lookup->name, LEARNED))
    return FALSE;
  name = choose_of_account (self, &platform);
  if (name == NULL)
    return FALSE;

  g_free (lookup->name);
  g_free (lookup->platform);
  lookup->name = g_steal_pointer (&name);
  lookup->platform = g_steal_pointer (&platform);
  return TRUE;
}

static void
on_looked_up (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtTargets *self = g_task_get_source_object (task);
  Lookup *lookup = g_task_get_task_data (task);
  GError *error = NULL;
  g_autofree char *key = wt_secrets_lookup_finish (WT_SECRETS (source), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }
  if (key != NULL)
    {
      g_hash_table_insert (self->keys, g_strdup (lookup->name), g_strdup (key));
      return_target (task, key);
    }
  else if (fall_back (self, lookup))
    look_up (self, task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "the target's key is gone");
}

static void
look_up (WtTargets *self, GTask *task)
{
  Lookup *lookup = g_task_get_task_data (task);
  const char *known = g_hash_table_lookup (self->keys, lookup->name);

  if (known != NULL)
    return_target (task, known);
  else
    wt_secrets_lookup_async (self->secrets, lookup->name, g_task_get_cancellable (task),
                             on_looked_up, g_object_ref (task));
}

/**
 * wt_targets_lookup_async:
 * @self: an account's targets
 * @conversation: one of the account's
 * @cancellable: (nullable): stops it
 * @callback: called with the result
 * @data: for @callback
 *
 * Looks up where the conversation's messages are routed to. May wait for the keyring to be unlocked.
 */
void
wt_targets_lookup_async (WtTargets *self,
                         WtConversation *conversation,
                         GCancellable *cancellable,
                         GAsyncReadyCallback callback,
                         gpointer data)
{
  g_return_if_fail (WT_IS_TARGETS (self));

  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, data);
  Lookup *lookup = g_new0 (Lookup, 1);

  g_task_set_source_tag (task, wt_targets_lookup_async);
  g_task_set_task_data (task, lookup, lookup_free);
  lookup->name = choose (self, conversation, &lookup->platform);
  if (lookup->name != NULL)
    look_up (self, task);
  else
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_NOT_FOUND, "no target is set");
}

/**
 * wt_targets_lookup_finish:
 * @self: an account's targets
 * @result: the result
 * @error: return location: %G_IO_ERROR_NOT_FOUND where no target is set or its key is gone, or the keyring's error
 *
 * Returns: (transfer full) (nullable): the target
 */
WtTarget *
wt_targets_lookup_finish (WtTargets *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
write_conversation (WtTargets *self, WtConversation *conversation)
{
  wt_conversation_store_update_async (self->database, wt_conversation_get_record (conversation),
                                      NULL, NULL, NULL);
}

static char *
make_learned_name (WtTargets *self, WtConversation *conversation)
{
  return g_strdup_printf (LEARNED "%s:%" G_GINT64_FORMAT,
                          wt_account_get_record (self->account)->uuid,
                          wt_conversation_get_id (conversation));
}

/* Only now, so that no conversation on the disk names a key that is not there. */
static void
on_learned (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  WtTargets *self = g_task_get_source_object (task);
  WtConversation *conversation = g_task_get_task_data (task);
  g_autofree char *name = make_learned_name (self, conversation);
  g_autoptr (GError) error = NULL;

  g_hash_table_remove (self->learning, name);
  /* A message after the next start teaches it again. */
  if (wt_secrets_store_finish (WT_SECRETS (source), result, &error))
    write_conversation (self, conversation);
  else
    g_message ("A reply key was not stored: %s", error->message);
  g_task_return_boolean (task, error == NULL);
}

static void
store_learned (WtTargets *self,
               WtConversation *conversation,
               const char *name,
               const char *reply_key)
{
  g_autoptr (GTask) task = g_task_new (self, NULL, NULL, NULL);

  g_task_set_source_tag (task, store_learned);
  g_task_set_task_data (task, g_object_ref (conversation), g_object_unref);
  g_hash_table_insert (self->keys, g_strdup (name), g_strdup (reply_key));
  g_hash_table_insert (self->learning, g_strdup (name), g_object_ref (conversation));
  wt_secrets_store_async (self->secrets, name, wt_conversation_get_title (conversation), reply_key,
                          NULL, on_learned, g_steal_pointer (&task));
}

/**
 * wt_targets_learn:
 * @self: an account's targets
 * @conversation: one of the account's
 * @reply_key: the key that its newest message came with; a secret
 *
 * Remembers where answers go, for a conversation to which the user set no target.
 */
void
wt_targets_learn (WtTargets *self, WtConversation *conversation, const char *reply_key)
{
  g_return_if_fail (WT_IS_TARGETS (self));
  g_return_if_fail (reply_key != NULL);

  const WtConversationRecord *record = wt_conversation_get_record (conversation);

  if (record->target_secret != NULL && !g_str_has_prefix (record->target_secret, LEARNED))
    return;

  g_autofree char *name = make_learned_name (self, conversation);
  gboolean is_known = g_strcmp0 (g_hash_table_lookup (self->keys, name), reply_key) == 0;
  gboolean is_named = record->target_secret != NULL;

  if (!is_named)
    {
      g_autoptr (WtConversationRecord) changed = wt_conversation_record_copy (record);

      changed->target_secret = g_strdup (name);
      wt_conversation_set_options (conversation, changed);
    }
  if (!is_known)
    store_learned (self, conversation, name, reply_key);
  else if (!is_named)
    write_conversation (self, conversation);
}

/**
 * wt_targets_finish:
 * @self: an account's targets
 *
 * Stores what was learned and is not on the disk yet: nothing comes back to this thread any more. Blocks. Before the
 * database is closed.
 */
void
wt_targets_finish (WtTargets *self)
{
  GHashTableIter iter;
  gpointer name, conversation;

  g_return_if_fail (WT_IS_TARGETS (self));

  g_hash_table_iter_init (&iter, self->learning);
  while (g_hash_table_iter_next (&iter, &name, &conversation))
    {
      const char *key = g_hash_table_lookup (self->keys, name);
      g_autoptr (GError) error = NULL;

      if (key == NULL)
        continue;
      if (wt_secrets_store_sync (self->secrets, name, wt_conversation_get_title (conversation), key,
                                 &error))
        write_conversation (self, conversation);
      else
        g_message ("A reply key was not stored: %s", error->message);
    }
  g_hash_table_remove_all (self->learning);
}

/**
 * wt_targets_forget:
 * @self: an account's targets
 *
 * Forgets the keys that are in memory: they are looked up again.
 */
void
wt_targets_forget (WtTargets *self)
{
  g_return_if_fail (WT_IS_TARGETS (self));

  g_hash_table_remove_all (self->keys);
}

/**
 * wt_targets_make_name:
 *
 * Returns: (transfer full): a fresh name for the secret of a target that the user sets
 */
char *
wt_targets_make_name (void)
{
  g_autofree char *uuid = g_uuid_string_random ();

  return g_strconcat ("target:", uuid, NULL);
}
