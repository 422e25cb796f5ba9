/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-account.h"

struct _WtAccount
{
  GObject parent_instance;

  WtAccountRecord *record;
  gboolean several;
};

G_DEFINE_FINAL_TYPE (WtAccount, wt_account, G_TYPE_OBJECT)

typedef enum
{
  PROP_LABEL = 1,
  PROP_URL,
  PROP_PLATFORM,
  PROP_USER_ID,
  PROP_NICKNAME,
  PROP_CARDNAME,
  PROP_ENABLED,
  PROP_INSECURE,
  PROP_TRUSTED_FINGERPRINT,
  PROP_REMOTE_PICTURES,
  PROP_COLOUR,
  PROP_DIALECT,
  PROP_SEVERAL,
} WtAccountProperty;

static GParamSpec *properties[PROP_SEVERAL + 1];

static void
wt_account_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtAccount *self = WT_ACCOUNT (object);

  switch ((WtAccountProperty) id)
    {
    case PROP_LABEL:
      g_value_set_string (value, self->record->label);
      break;
    case PROP_URL:
      g_value_set_string (value, self->record->url);
      break;
    case PROP_PLATFORM:
      g_value_set_string (value, self->record->platform);
      break;
    case PROP_USER_ID:
      g_value_set_string (value, self->record->user_id);
      break;
    case PROP_NICKNAME:
      g_value_set_string (value, self->record->nickname);
      break;
    case PROP_CARDNAME:
      g_value_set_string (value, self->record->cardname);
      break;
    case PROP_ENABLED:
      g_value_set_boolean (value, self->record->enabled);
      break;
    case PROP_INSECURE:
      g_value_set_boolean (value, self->record->insecure);
      break;
    case PROP_TRUSTED_FINGERPRINT:
      g_value_set_string (value, self->record->trusted_fingerprint);
      break;
    case PROP_REMOTE_PICTURES:
      g_value_set_int (value, (int) self->record->remote_pictures);
      break;
    case PROP_COLOUR:
      g_value_set_int (value, self->record->colour);
      break;
    case PROP_DIALECT:
      g_value_set_int (value, (int) self->record->dialect);
      break;
    case PROP_SEVERAL:
      g_value_set_boolean (value, self->several);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_account_finalize (GObject *object)
{
  WtAccount *self = WT_ACCOUNT (object);

  g_clear_pointer (&self->record, wt_account_record_free);

  G_OBJECT_CLASS (wt_account_parent_class)->finalize (object);
}

static GParamSpec *
string_property (const char *name)
{
  return g_param_spec_string (name, NULL, NULL, NULL,
                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
}

static void
wt_account_class_init (WtAccountClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->get_property = wt_account_get_property;
  object_class->finalize = wt_account_finalize;

  properties[PROP_LABEL] = string_property ("label");
  properties[PROP_URL] = string_property ("url");
  properties[PROP_PLATFORM] = string_property ("platform");
  properties[PROP_USER_ID] = string_property ("user-id");
  properties[PROP_NICKNAME] = string_property ("nickname");
  properties[PROP_CARDNAME] = string_property ("cardname");
  properties[PROP_ENABLED] = g_param_spec_boolean ("enabled", NULL, NULL, TRUE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                       | G_PARAM_STATIC_STRINGS);
  properties[PROP_INSECURE] = g_param_spec_boolean ("insecure", NULL, NULL, FALSE,
                                                    G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                        | G_PARAM_STATIC_STRINGS);
  properties[PROP_TRUSTED_FINGERPRINT] = string_property ("trusted-fingerprint");
  properties[PROP_REMOTE_PICTURES] = g_param_spec_int (
      "remote-pictures", NULL, NULL, WT_REMOTE_ASK, WT_REMOTE_NEVER, WT_REMOTE_ASK,
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_COLOUR] = g_param_spec_int ("colour", NULL, NULL, G_MININT, G_MAXINT, 0,
                                              G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                  | G_PARAM_STATIC_STRINGS);
  properties[PROP_DIALECT] = g_param_spec_int (
      "dialect", NULL, NULL, WT_DIALECT_GUIDE, WT_DIALECT_MAIBOT, WT_DIALECT_GUIDE,
      G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS);
  properties[PROP_SEVERAL] = g_param_spec_boolean ("several", NULL, NULL, FALSE,
                                                   G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY
                                                       | G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, G_N_ELEMENTS (properties), properties);
}

static void
wt_account_init (WtAccount *self)
{
}

/**
 * wt_account_new:
 * @record: the account as stored
 *
 * Returns: (transfer full): an account
 */
WtAccount *
wt_account_new (const WtAccountRecord *record)
{
  WtAccount *self = g_object_new (WT_TYPE_ACCOUNT, NULL);

  self->record = wt_account_record_copy (record);
  return self;
}

/**
 * wt_account_get_id:
 * @self: an account
 *
 * Returns: its row id
 */
gint64
wt_account_get_id (WtAccount *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT (self), 0);

  return self->record->id;
}

/**
 * wt_account_get_record:
 * @self: an account
 *
 * Returns: (transfer none): the account as stored; good until wt_account_update()
 */
const WtAccountRecord *
wt_account_get_record (WtAccount *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT (self), NULL);

  return self->record;
}

/**
 * wt_account_update:
 * @self: an account
 * @record: the account as it is stored now
 *
 * Notifies of what changed.
 */
void
wt_account_update (WtAccount *self, const WtAccountRecord *record)
{
  g_return_if_fail (WT_IS_ACCOUNT (self));
  g_return_if_fail (record != NULL);

  g_autoptr (WtAccountRecord) old = g_steal_pointer (&self->record);

  self->record = wt_account_record_copy (record);
  g_object_freeze_notify (G_OBJECT (self));
  if (g_strcmp0 (old->label, record->label) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_LABEL]);
  if (g_strcmp0 (old->url, record->url) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_URL]);
  if (g_strcmp0 (old->platform, record->platform) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PLATFORM]);
  if (g_strcmp0 (old->user_id, record->user_id) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_USER_ID]);
  if (g_strcmp0 (old->nickname, record->nickname) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_NICKNAME]);
  if (g_strcmp0 (old->cardname, record->cardname) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CARDNAME]);
  if (old->enabled != record->enabled)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_ENABLED]);
  if (old->insecure != record->insecure)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_INSECURE]);
  if (g_strcmp0 (old->trusted_fingerprint, record->trusted_fingerprint) != 0)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_TRUSTED_FINGERPRINT]);
  if (old->remote_pictures != record->remote_pictures)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_REMOTE_PICTURES]);
  if (old->colour != record->colour)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COLOUR]);
  if (old->dialect != record->dialect)
    g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_DIALECT]);
  g_object_thaw_notify (G_OBJECT (self));
}

/**
 * wt_account_get_label:
 * @self: an account
 *
 * Returns: (nullable): the name the user gave it
 */
const char *
wt_account_get_label (WtAccount *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT (self), NULL);

  return self->record->label;
}

static gboolean
is_blank (const char *text)
{
  return text == NULL || *text == '\0';
}

/**
 * wt_account_dup_display_name:
 * @self: an account
 *
 * Returns: (transfer full): its label, else the nickname, else the user id; never empty
 */
char *
wt_account_dup_display_name (WtAccount *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT (self), NULL);

  if (!is_blank (self->record->label))
    return g_strdup (self->record->label);
  if (!is_blank (self->record->nickname))
    return g_strdup (self->record->nickname);
  if (!is_blank (self->record->user_id))
    return g_strdup (self->record->user_id);
  return g_strdup (self->record->url);
}

/**
 * wt_account_get_colour:
 * @self: an account
 *
 * Returns: the colour that tells it from others, from 1 to %WT_ACCOUNT_N_COLOURS; where the user chose none, one by its age,
 *   so that the first accounts differ
 */
guint
wt_account_get_colour (WtAccount *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT (self), 1);

  int colour = self->record->colour;

  if (colour >= 1 && colour <= WT_ACCOUNT_N_COLOURS)
    return (guint) colour;
  return (guint) ((guint64) MAX (self->record->id - 1, 0) % WT_ACCOUNT_N_COLOURS) + 1;
}

/**
 * wt_account_get_several:
 * @self: an account
 *
 * Returns: whether there are other accounts beside it, so that what belongs to it has to be marked
 */
gboolean
wt_account_get_several (WtAccount *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT (self), FALSE);

  return self->several;
}

/**
 * wt_account_set_several:
 * @self: an account
 * @several: whether there are other accounts
 *
 * For the profile.
 */
void
wt_account_set_several (WtAccount *self, gboolean several)
{
  g_return_if_fail (WT_IS_ACCOUNT (self));

  if (self->several == several)
    return;
  self->several = several;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SEVERAL]);
}

/**
 * wt_account_dup_key_name:
 * @self: an account
 *
 * Returns: (transfer full): the name in #WtSecrets of the account's own key
 */
char *
wt_account_dup_key_name (WtAccount *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT (self), NULL);

  return wt_account_record_dup_key_secret (self->record);
}

/**
 * wt_account_dup_target_name:
 * @self: an account
 *
 * Returns: (transfer full): the name in #WtSecrets of the default target's key
 */
char *
wt_account_dup_target_name (WtAccount *self)
{
  g_return_val_if_fail (WT_IS_ACCOUNT (self), NULL);

  return wt_account_record_dup_target_secret (self->record);
}

/**
 * wt_account_make_endpoint:
 * @self: an account
 * @api_key: its key
 * @error: return location for a #WtEndpointError
 *
 * Returns: (transfer full) (nullable): where and as whom to connect
 */
WtEndpoint *
wt_account_make_endpoint (WtAccount *self, const char *api_key, GError **error)
{
  g_return_val_if_fail (WT_IS_ACCOUNT (self), NULL);

  const WtAccountRecord *record = self->record;
  WtTlsOptions tls = {
    .ca_file = record->ca_file,
    .certificate_file = record->certificate_file,
    .key_file = record->key_file,
    .trusted_fingerprint = record->trusted_fingerprint,
    .insecure = record->insecure,
  };

  return wt_endpoint_new (record->url, (WtAuthMode) record->auth, api_key, record->platform, &tls,
                          error);
}

/**
 * wt_account_check_record:
 * @record: an account, perhaps as typed by the user
 * @error: return location for a #WtEndpointError
 *
 * Returns: whether an account like this can connect
 */
gboolean
wt_account_check_record (const WtAccountRecord *record, GError **error)
{
  g_return_val_if_fail (record != NULL, FALSE);

  return wt_endpoint_check_url (record->url, error)
         && wt_endpoint_check_platform (record->platform, error);
}
