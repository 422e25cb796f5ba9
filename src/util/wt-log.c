/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-log.h"

#include <string.h>

/* Shorter ones are words rather than secrets: hiding them would make logs unreadable and protect nothing. */
#define SHORTEST_SECRET 4
#define MASK "•••"

static GMutex mutex;
static GHashTable *secrets; /* value → how many times it was added */

static GLogWriterOutput
write_redacted (GLogLevelFlags level, const GLogField *fields, gsize n_fields, gpointer data)
{
  g_autofree GLogField *copy = g_memdup2 (fields, n_fields * sizeof *fields);
  g_autoptr (GPtrArray) texts = g_ptr_array_new_with_free_func (g_free);

  for (gsize i = 0; i < n_fields; i++)
    {
      if (g_strcmp0 (copy[i].key, "MESSAGE") != 0)
        continue;

      g_autofree char *message = copy[i].length < 0
                                     ? g_strdup (copy[i].value)
                                     : g_strndup (copy[i].value, (gsize) copy[i].length);
      char *redacted = wt_log_redact (message);

      g_ptr_array_add (texts, redacted);
      copy[i].value = redacted;
      copy[i].length = -1;
    }
  return g_log_writer_default (level, copy, n_fields, data);
}

/**
 * wt_log_init:
 *
 * Makes GLib's log writer redact what it writes. Call once, first thing in main(), before any thread.
 */
void
wt_log_init (void)
{
  g_log_set_writer_func (write_redacted, NULL, NULL);
}

/**
 * wt_log_add_secret:
 * @secret: (nullable): a key that must not be shown; short ones (under four bytes) are ignored
 *
 * Remembers a secret for wt_log_redact(). Thread-safe; counted: each call wants one wt_log_remove_secret()
 * to be forgotten.
 */
void
wt_log_add_secret (const char *secret)
{
  if (secret == NULL || strlen (secret) < SHORTEST_SECRET)
    return;

  g_mutex_lock (&mutex);
  if (secrets == NULL)
    secrets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint count = GPOINTER_TO_UINT (g_hash_table_lookup (secrets, secret));
  g_hash_table_insert (secrets, g_strdup (secret), GUINT_TO_POINTER (count + 1));
  g_mutex_unlock (&mutex);
}

/**
 * wt_log_remove_secret:
 * @secret: (nullable): what wt_log_add_secret() was told
 */
void
wt_log_remove_secret (const char *secret)
{
  if (secret == NULL)
    return;

  g_mutex_lock (&mutex);
  if (secrets != NULL)
    {
      guint count = GPOINTER_TO_UINT (g_hash_table_lookup (secrets, secret));

      if (count > 1)
        g_hash_table_insert (secrets, g_strdup (secret), GUINT_TO_POINTER (count - 1));
      else
        g_hash_table_remove (secrets, secret);
    }
  g_mutex_unlock (&mutex);
}

static gint
compare_length (gconstpointer a, gconstpointer b)
{
  gsize length_a = strlen (a), length_b = strlen (b);

  return length_a < length_b ? 1 : length_a > length_b ? -1 : 0;
}

/**
 * wt_log_redact:
 * @text: (nullable): text that may hold secrets
 *
 * Returns: (transfer full): @text with every known secret, plain or percent-encoded, masked. Thread-safe.
 */
char *
wt_log_redact (const char *text)
{
  g_autoptr (GString) result = g_string_new (text);
  g_autoptr (GList) longest_first = NULL;

  g_mutex_lock (&mutex);
  if (secrets != NULL)
    longest_first = g_list_sort (g_hash_table_get_keys (secrets), compare_length);
  for (GList *l = longest_first; l != NULL; l = l->next)
    {
      const char *secret = l->data;
      g_autofree char *escaped = g_uri_escape_string (secret, NULL, FALSE);

      g_string_replace (result, secret, MASK, 0);
      if (strcmp (escaped, secret) != 0)
        g_string_replace (result, escaped, MASK, 0);
    }
  g_mutex_unlock (&mutex);
  return g_string_free (g_steal_pointer (&result), FALSE);
}
