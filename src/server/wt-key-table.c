/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-key-table.h"

#include <string.h>

#define LABEL_DIGITS 8
#define LONGEST_LABEL 64

struct _WtKeyTable
{
  GHashTable *users; /* key → user */
  GHashTable *named; /* the users that were named by the operator */
  char *salt;
  gboolean allow_all;
};

/**
 * wt_key_table_new:
 *
 * Returns: (transfer full): a table that knows no key
 */
WtKeyTable *
wt_key_table_new (void)
{
  WtKeyTable *self = g_new0 (WtKeyTable, 1);

  self->users = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->named = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->salt = g_uuid_string_random ();
  return self;
}

void
wt_key_table_free (WtKeyTable *self)
{
  g_clear_pointer (&self->users, g_hash_table_unref);
  g_clear_pointer (&self->named, g_hash_table_unref);
  g_clear_pointer (&self->salt, g_free);
  g_free (self);
}

/**
 * wt_key_table_add:
 * @self: a table
 * @key: an API key
 * @user: whose it is; one user may have several
 */
void
wt_key_table_add (WtKeyTable *self, const char *key, const char *user)
{
  g_hash_table_insert (self->users, g_strdup (key), g_strdup (user));
  g_hash_table_add (self->named, g_strdup (user));
}

/**
 * wt_key_table_set_allow_all:
 * @self: a table
 * @allow_all: whether a key that is not in the table is its own user, as it is on a real server without keys
 */
void
wt_key_table_set_allow_all (WtKeyTable *self, gboolean allow_all)
{
  self->allow_all = allow_all;
}

gboolean
wt_key_table_get_allow_all (WtKeyTable *self)
{
  return self->allow_all;
}

/**
 * wt_key_table_dup_user:
 * @self: a table
 * @key: (nullable): a key
 *
 * Returns: (transfer full) (nullable): whose it is, or %NULL for nobody's
 */
char *
wt_key_table_dup_user (WtKeyTable *self, const char *key)
{
  const char *user = key != NULL ? g_hash_table_lookup (self->users, key) : NULL;

  if (user == NULL && key != NULL && *key != '\0' && self->allow_all)
    user = key;
  return g_strdup (user);
}

/**
 * wt_key_table_dup_label:
 * @self: a table
 * @user: a user
 *
 * Returns: (transfer full): what a log may call them: the name the operator gave, or, where the key is
 *   the name, a hash that means nothing in another run
 */
char *
wt_key_table_dup_label (WtKeyTable *self, const char *user)
{
  g_autofree char *digest = NULL;
  g_autofree char *valid = NULL;

  if (g_hash_table_contains (self->named, user) || g_str_has_prefix (user, "anonymous:"))
    {
      valid = g_utf8_make_valid (user, LONGEST_LABEL < strlen (user) ? LONGEST_LABEL : -1);
      return g_strescape (valid, NULL);
    }
  digest = g_compute_hmac_for_string (G_CHECKSUM_SHA256, (const guchar *) self->salt,
                                      strlen (self->salt), user, -1);
  digest[LABEL_DIGITS] = '\0';
  return g_strconcat ("key-", digest, NULL);
}
