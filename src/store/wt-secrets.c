/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-secrets-private.h"

#include <glib/gi18n-lib.h>

enum
{
  PROP_PATH = 1,
  PROP_PROFILE,
  PROP_FILE_ONLY,
  PROP_BACKEND,
  PROP_FALLBACK_REASON,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

G_DEFINE_FINAL_TYPE (WtSecrets, wt_secrets, G_TYPE_OBJECT)

/*
 * wt_secrets_fall_back:
 * @self: secrets
 * @error: why there is no keyring
 *
 * Takes the file from now on.
 */
void
wt_secrets_fall_back (WtSecrets *self, GError *error)
{
  if (self->backend == WT_SECRETS_FILE)
    return;

  g_dbus_error_strip_remote_error (error);
  self->backend = WT_SECRETS_FILE;
  self->fallback_reason = g_strdup_printf (_ ("No keyring could be reached (%s)."), error->message);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_BACKEND]);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FALLBACK_REASON]);
}

static void
wt_secrets_get_property (GObject *object, guint id, GValue *value, GParamSpec *pspec)
{
  WtSecrets *self = WT_SECRETS (object);

  switch (id)
    {
    case PROP_PATH:
      g_value_set_string (value, self->path);
      break;
    case PROP_PROFILE:
      g_value_set_string (value, self->profile);
      break;
    case PROP_FILE_ONLY:
      g_value_set_boolean (value, self->file_only);
      break;
    case PROP_BACKEND:
      g_value_set_int (value, self->backend);
      break;
    case PROP_FALLBACK_REASON:
      g_value_set_string (value, self->fallback_reason);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_secrets_set_property (GObject *object, guint id, const GValue *value, GParamSpec *pspec)
{
  WtSecrets *self = WT_SECRETS (object);

  switch (id)
    {
    case PROP_PATH:
      self->path = g_value_dup_string (value);
      break;
    case PROP_PROFILE:
      self->profile = g_value_dup_string (value);
      break;
    case PROP_FILE_ONLY:
      self->file_only = g_value_get_boolean (value);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, id, pspec);
    }
}

static void
wt_secrets_constructed (GObject *object)
{
  WtSecrets *self = WT_SECRETS (object);

  if (self->profile == NULL)
    self->profile = g_strdup ("default");
  if (self->file_only)
    {
      self->backend = WT_SECRETS_FILE;
      self->fallback_reason = g_strdup (_ ("This profile keeps its keys in its own folder."));
    }

  G_OBJECT_CLASS (wt_secrets_parent_class)->constructed (object);
}

static void
wt_secrets_finalize (GObject *object)
{
  WtSecrets *self = WT_SECRETS (object);

  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->profile, g_free);
  g_clear_pointer (&self->fallback_reason, g_free);

  G_OBJECT_CLASS (wt_secrets_parent_class)->finalize (object);
}

static void
wt_secrets_class_init (WtSecretsClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags construct = G_PARAM_READWRITE | G_PARAM_CONSTRUCT_ONLY | G_PARAM_EXPLICIT_NOTIFY
                          | G_PARAM_STATIC_STRINGS;
  GParamFlags readable = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = wt_secrets_get_property;
  object_class->set_property = wt_secrets_set_property;
  object_class->constructed = wt_secrets_constructed;
  object_class->finalize = wt_secrets_finalize;

  properties[PROP_PATH] = g_param_spec_string ("path", NULL, NULL, NULL, construct);
  properties[PROP_PROFILE] = g_param_spec_string ("profile", NULL, NULL, NULL, construct);
  properties[PROP_FILE_ONLY] = g_param_spec_boolean ("file-only", NULL, NULL, FALSE, construct);
  properties[PROP_BACKEND] = g_param_spec_int ("backend", NULL, NULL, WT_SECRETS_KEYRING,
                                               WT_SECRETS_FILE, WT_SECRETS_KEYRING, readable);
  properties[PROP_FALLBACK_REASON] = g_param_spec_string ("fallback-reason", NULL, NULL, NULL,
                                                          readable);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
wt_secrets_init (WtSecrets *self)
{
}

/**
 * wt_secrets_new:
 * @path: the file to use where there is no keyring
 * @profile: (nullable): names this profile's items in the keyring; "default" for %NULL
 * @file_only: never ask the keyring: nothing is sent on D-Bus
 *
 * Returns: (transfer full): a store of secrets, for one thread
 */
WtSecrets *
wt_secrets_new (const char *path, const char *profile, gboolean file_only)
{
  g_return_val_if_fail (path != NULL, NULL);

  return g_object_new (WT_TYPE_SECRETS, "path", path, "profile", profile, "file-only", file_only,
                       NULL);
}

/**
 * wt_secrets_get_backend:
 * @self: a store of secrets
 *
 * Returns: what is in use; the keyring until a first call found that there is none
 */
WtSecretsBackend
wt_secrets_get_backend (WtSecrets *self)
{
  g_return_val_if_fail (WT_IS_SECRETS (self), WT_SECRETS_FILE);

  return self->backend;
}

/**
 * wt_secrets_get_fallback_reason:
 * @self: a store of secrets
 *
 * Returns: (nullable) (transfer none): why it is the file, in words for the user, or %NULL where it
 *   is the keyring
 */
const char *
wt_secrets_get_fallback_reason (WtSecrets *self)
{
  g_return_val_if_fail (WT_IS_SECRETS (self), NULL);

  return self->fallback_reason;
}
