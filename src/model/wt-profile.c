/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-profile-private.h"

#include "wt-session-private.h"

/* A little more than an engine takes by itself. */
#define LONGEST_CLOSE_US (1500 * G_TIME_SPAN_MILLISECOND)

G_DEFINE_FINAL_TYPE (WtProfile, wt_profile, G_TYPE_OBJECT)

enum
{
  TROUBLE,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

enum
{
  PROP_STORAGE_PROBLEM = 1,
  N_PROPS,
};

static GParamSpec *properties[N_PROPS];

static void
on_session_trouble (WtSession *session, const GError *error, WtProfile *self)
{
  wt_profile_note_trouble (self, error);
  g_signal_emit (self, signals[TROUBLE], 0, error);
}

static void
on_sessions_changed (WtProfile *self)
{
  guint count = g_list_model_get_n_items (G_LIST_MODEL (self->sessions));

  for (guint i = 0; i < count; i++)
    {
      g_autoptr (WtSession) session = g_list_model_get_item (G_LIST_MODEL (self->sessions), i);

      wt_account_set_several (wt_session_get_account (session), count > 1);
    }
}

WtSession *
wt_profile_add_session (WtProfile *self, const WtAccountRecord *record)
{
  g_autoptr (WtAccount) account = wt_account_new (record);
  g_autoptr (WtSession) session = wt_session_new (account, self->database, self->secrets,
                                                  self->blobs, self->worker, self->conversations);

  g_signal_connect_object (session, "trouble", G_CALLBACK (on_session_trouble), self, 0);
  g_list_store_append (self->sessions, session);
  return session;
}

WtSession *
wt_profile_find_session (WtProfile *self, gint64 account_id)
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
wt_profile_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtProfile *self = WT_PROFILE (object);

  switch (id)
    {
    case PROP_STORAGE_PROBLEM:
      g_value_set_boxed (value, self->problem);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_profile_dispose (GObject *object)
{
  WtProfile *self = WT_PROFILE (object);

  wt_profile_close (self);
  g_clear_error (&self->problem);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->sessions);
  g_clear_object (&self->conversations);
  g_clear_object (&self->stickers);
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

  object_class->get_property = wt_profile_get_property;
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

  /**
   * WtProfile:storage-problem:
   *
   * Why nothing can be stored, or not everything read, at the moment; %NULL while all is well. See
   * wt_profile_get_storage_problem().
   */
  properties[PROP_STORAGE_PROBLEM] = g_param_spec_boxed (
      "storage-problem", NULL, NULL, G_TYPE_ERROR,
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wt_profile_init (WtProfile *self)
{
  self->sessions = g_list_store_new (WT_TYPE_SESSION);
  g_signal_connect_object (self->sessions, "items-changed", G_CALLBACK (on_sessions_changed), self,
                           G_CONNECT_SWAPPED);
  self->conversations = wt_conversation_list_new ();
  self->cancellable = g_cancellable_new ();
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
  wt_profile_watch_storage (self);
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
  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->probe_source, g_source_remove);
  g_clear_handle_id (&self->sweep_source, g_source_remove);
  g_clear_handle_id (&self->left_source, g_source_remove);
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

  return wt_profile_find_session (self, wt_account_get_id (account));
}

static void
on_sticker_trouble (WtStickerList *stickers, const GError *error, WtProfile *self)
{
  wt_profile_note_trouble (self, error);
  g_signal_emit (self, signals[TROUBLE], 0, error);
}

/**
 * wt_profile_get_stickers:
 * @self: an open profile
 *
 * Returns: (transfer none): one's own stickers, filled within moments after it is first asked for
 */
WtStickerList *
wt_profile_get_stickers (WtProfile *self)
{
  g_return_val_if_fail (WT_IS_PROFILE (self), NULL);

  if (self->stickers == NULL)
    {
      self->stickers = wt_sticker_list_new (self->database, self->blobs);
      g_signal_connect_object (self->stickers, "trouble", G_CALLBACK (on_sticker_trouble), self, 0);
    }
  return self->stickers;
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
