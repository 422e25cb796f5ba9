/* SPDX-License-Identifier: GPL-3.0-or-later */

/* Trees without secrets and without contents, for eyes, logs and the disk. */

#include "wt-redact.h"

#include <string.h>

#include "wt-json-fields.h"
#include "wt-log.h"

#define DOTS "•••"
/* Base64 beyond this is contents, however short a text may still be shown. */
#define MAX_BASE64_BYTES 200

static const char *const secret_parts[] = {
  "apikey", "secret", "password", "passwd", "authorization", "privatekey", "accesskey", "token",
};

/* Letters and digits only, in lower case: `X-ApiKey` and `api_key` are the same name. */
static char *
fold_name (const char *name)
{
  g_autoptr (GString) folded = g_string_new (NULL);

  for (; *name != '\0'; name++)
    {
      if (g_ascii_isalnum (*name))
        g_string_append_c (folded, g_ascii_tolower (*name));
    }

  return g_string_free (g_steal_pointer (&folded), FALSE);
}

/**
 * wt_redact_is_secret:
 * @name: a member's name
 *
 * Returns: whether its value is, or may be, a key
 */
gboolean
wt_redact_is_secret (const char *name)
{
  g_autofree char *folded = fold_name (name);

  if (g_str_has_suffix (folded, "key"))
    return TRUE;

  for (guint i = 0; i < G_N_ELEMENTS (secret_parts); i++)
    {
      if (strstr (folded, secret_parts[i]) != NULL)
        return TRUE;
    }

  return FALSE;
}

static gboolean
looks_like_base64 (const char *text)
{
  const char *comma = g_str_has_prefix (text, "data:") ? strchr (text, ',') : NULL;

  if (comma != NULL)
    text = comma + 1;

  return text[strspn (text, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"
                            "+/-_=\r\n")]
         == '\0';
}

/* "apikey" as peers spell it in queries and in JSON within strings; the length of the name. */
static gsize
match_key_name (const char *text)
{
  static const char *const names[] = { "api_key", "apikey", "api-key" };

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      if (g_ascii_strncasecmp (text, names[i], strlen (names[i])) == 0)
        return strlen (names[i]);
    }

  return 0;
}

/* How much stands between a key's name and the key, as in `=`, `": "` or `': '`; 0 where no key follows. */
static gsize
match_separator (const char *text)
{
  gsize length = strspn (text, "\\\"': =\t");
  gsize before = strcspn (text, ":=");

  return before < length ? length : 0;
}

/* Hides what follows `api_key=` and the like within a text. */
static char *
hide_inner_keys (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);

  while (*text != '\0')
    {
      gsize name = match_key_name (text);
      gsize separator = name > 0 ? match_separator (text + name) : 0;

      if (separator == 0)
        {
          g_string_append_c (out, *text++);
          continue;
        }

      g_string_append_len (out, text, (gssize) (name + separator));
      text += name + separator;
      name = strcspn (text, "&\"'\\ \t\r\n,;}#");
      if (name > 0)
        g_string_append (out, DOTS);
      text += name;
    }

  return g_string_free (g_steal_pointer (&out), FALSE);
}

static WtJsonValue *
redact_string (WtJson *document, WtJsonValue *node, gsize longest)
{
  const char *text = wt_json_value_get_string (node);
  GBytes *lifted = document != NULL ? wt_json_get_lifted (document, text) : NULL;
  gsize length = lifted != NULL ? g_bytes_get_size (lifted) : strlen (text);
  g_autofree char *shown = NULL;

  if (lifted != NULL || length > longest || (length > MAX_BASE64_BYTES && looks_like_base64 (text)))
    shown = g_strdup_printf ("<%" G_GSIZE_FORMAT " bytes>", length);
  else
    shown = hide_inner_keys (text);

  /* What JSON writes with escapes is not found in the text afterwards. */
  if (strpbrk (shown, "\"\\") != NULL)
    {
      g_autofree char *known_hidden = wt_log_redact (shown);

      return wt_json_value_new_string (known_hidden);
    }
  return wt_json_value_new_string (shown);
}

static gboolean
is_sender (const char *name, WtJsonValue *value)
{
  if (strcmp (name, "sender_user") != 0 && strcmp (name, "target_user") != 0)
    return FALSE;

  return !wt_json_value_is (value, WT_JSON_KIND_STRING)
         || strcmp (wt_json_value_get_string (value), "server") != 0;
}

/**
 * wt_redact_object:
 * @document: (nullable): the document that knows the lifted strings in @object
 * @object: an object
 * @longest: as for wt_redact_tree()
 * @flags: what to hide, and how
 *
 * Returns: (transfer full): as wt_redact_tree()
 */
WtJsonValue *
wt_redact_object (WtJson *document, WtJsonValue *object, gsize longest, WtRedactFlags flags)
{
  g_autoptr (WtJsonValue) copy = wt_json_value_new (WT_JSON_KIND_OBJECT);

  for (guint i = 0; i < wt_json_value_get_length (object); i++)
    {
      const char *name = wt_json_value_get_name (object, i);
      WtJsonValue *member = wt_json_value_get_element (object, i);
      g_autofree char *long_name = NULL;
      gboolean is_secret = wt_redact_is_secret (name)
                           || ((flags & WT_REDACT_SENDERS) != 0 && is_sender (name, member));

      if (is_secret && (flags & WT_REDACT_REMOVE) != 0)
        continue;

      if (strlen (name) > longest)
        long_name = g_strdup_printf ("<%" G_GSIZE_FORMAT " bytes>", strlen (name));
      wt_json_value_set_member (copy, long_name != NULL ? long_name : name,
                                is_secret && !wt_json_value_is (member, WT_JSON_KIND_NULL)
                                    ? wt_json_value_new_string (DOTS)
                                    : wt_redact_tree (document, member, longest, flags));
    }

  return g_steal_pointer (&copy);
}

static WtJsonValue *
redact_array (WtJson *document, WtJsonValue *array, gsize longest, WtRedactFlags flags)
{
  WtJsonValue *copy = wt_json_value_new (WT_JSON_KIND_ARRAY);

  for (guint i = 0; i < wt_json_value_get_length (array); i++)
    wt_json_value_append (
        copy, wt_redact_tree (document, wt_json_value_get_element (array, i), longest, flags));

  return copy;
}

/**
 * wt_redact_tree:
 * @document: (nullable): the document that knows the lifted strings in @node
 * @node: a tree
 * @longest: strings of more bytes are replaced by `<N bytes>`, as base64 always is
 * @flags: what to hide, and how
 *
 * Returns: (transfer full): a copy without the values of members whose names say key, of `api_key=` in
 *   texts, and without long strings
 */
WtJsonValue *
wt_redact_tree (WtJson *document, WtJsonValue *node, gsize longest, WtRedactFlags flags)
{
  if (wt_json_value_is (node, WT_JSON_KIND_OBJECT))
    return wt_redact_object (document, node, longest, flags);
  if (wt_json_value_is (node, WT_JSON_KIND_ARRAY))
    return redact_array (document, node, longest, flags);
  if (wt_json_value_is (node, WT_JSON_KIND_STRING))
    return redact_string (document, node, longest);

  return wt_json_copy (document, node, NULL);
}
