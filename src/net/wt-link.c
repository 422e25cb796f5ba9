/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-link.h"

#include "wt-endpoint.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Room for every part at its longest, in Chinese, percent-encoded. */
#define MAX_LENGTH 16384
#define MAX_PARAMETERS 64
#define MAX_CHARACTERS 256
#define ACTION "add"
#define KIND "kind"

#define ZERO_WIDTH_NON_JOINER 0x200c
#define ZERO_WIDTH_JOINER 0x200d

typedef gboolean (*Check) (const char *value, GError **error);

static gboolean check_address (const char *value, GError **error);
static gboolean check_short (const char *value, GError **error);

/* What a link may say besides its kind; whatever else it says is left to later versions. */
static const struct
{
  const char *name;
  gsize offset;
  Check check;
} parameters[] = {
  { "url", G_STRUCT_OFFSET (WtLink, url), check_address },
  { "key", G_STRUCT_OFFSET (WtLink, key), wt_endpoint_check_key },
  { "platform", G_STRUCT_OFFSET (WtLink, platform), wt_endpoint_check_platform },
  { "user_id", G_STRUCT_OFFSET (WtLink, user_id), check_short },
  { "nickname", G_STRUCT_OFFSET (WtLink, nickname), check_short },
  { "label", G_STRUCT_OFFSET (WtLink, label), check_short },
  { "target_key", G_STRUCT_OFFSET (WtLink, target_key), wt_endpoint_check_key },
  { "target_platform", G_STRUCT_OFFSET (WtLink, target_platform), wt_endpoint_check_platform },
};

G_DEFINE_QUARK (wt_link_error_quark, wt_link_error)

static gboolean
refuse (GError **error, WtLinkError code, const char *words)
{
  g_set_error_literal (error, WT_LINK_ERROR, (int) code, words);
  return FALSE;
}

static gboolean
refuse_syntax (GError **error)
{
  return refuse (error, WT_LINK_ERROR_SYNTAX,
                 _ ("It is damaged, or was not copied whole: ask for it again."));
}

/* The form's own words would repeat the address, and where a link is damaged the key may hang on it. */
static gboolean
check_address (const char *value, GError **error)
{
  if (wt_endpoint_check_url (value, NULL))
    return TRUE;
  return refuse (error, WT_LINK_ERROR_VALUE,
                 _ ("The server’s address in it is none: it must be like "
                    "ws://192.168.1.5:18040/ws, percent-encoded."));
}

static gboolean
check_short (const char *value, GError **error)
{
  if (g_utf8_strlen (value, -1) <= MAX_CHARACTERS)
    return TRUE;
  return refuse (error, WT_LINK_ERROR_LENGTH, _ ("A name in it is too long."));
}

/* Nothing invisible may stand in the form. Emoji are joined by what else would be. */
static gboolean
is_clean (const char *text)
{
  for (const char *p = text; *p != '\0'; p = g_utf8_next_char (p))
    {
      gunichar c = g_utf8_get_char (p);

      if (c == ZERO_WIDTH_JOINER || c == ZERO_WIDTH_NON_JOINER)
        continue;
      if (g_unichar_iscntrl (c) || g_unichar_type (c) == G_UNICODE_FORMAT
          || g_unichar_type (c) == G_UNICODE_LINE_SEPARATOR
          || g_unichar_type (c) == G_UNICODE_PARAGRAPH_SEPARATOR)
        return FALSE;
    }
  return TRUE;
}

/* As web forms write it: + is a space, and a plus sign is %2B. */
static char *
decode (const char *text)
{
  g_autofree char *spaced = g_strdelimit (g_strdup (text), "+", ' ');
  g_autofree char *value = g_uri_unescape_string (spaced, NULL);

  if (value == NULL || !g_utf8_validate (value, -1, NULL) || !is_clean (value))
    return NULL;
  return g_steal_pointer (&value);
}

static gboolean
take_kind (WtLink *self, const char *value, GError **error)
{
  self->has_kind = wt_dialect_from_string (value, &self->kind);
  if (self->has_kind)
    return TRUE;
  return refuse (error, WT_LINK_ERROR_VALUE,
                 _ ("It is for a kind of server that this version does not know."));
}

static gboolean
take_text (WtLink *self, guint i, const char *value, GError **error)
{
  char **field = G_STRUCT_MEMBER_P (self, parameters[i].offset);

  if (!parameters[i].check (value, error))
    return FALSE;
  *field = g_strdup (value);
  return TRUE;
}

/* Returns: the place among the parameters, the one after them for the kind, or -1. */
static int
look_up (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    if (g_str_equal (name, parameters[i].name))
      return (int) i;
  return g_str_equal (name, KIND) ? (int) G_N_ELEMENTS (parameters) : -1;
}

static gboolean
take_parameter (WtLink *self, const char *parameter, guint *seen, GError **error)
{
  gsize length = strcspn (parameter, "=");
  const char *typed = parameter[length] == '=' ? parameter + length + 1 : "";
  g_autofree char *typed_name = g_strndup (parameter, length);
  g_autofree char *name = decode (typed_name);
  g_autofree char *value = decode (typed);
  int i;

  if (name == NULL || value == NULL)
    return refuse_syntax (error);
  i = look_up (name);
  if (i < 0)
    return TRUE;
  if ((*seen & (1u << i)) != 0)
    return refuse (error, WT_LINK_ERROR_REPEATED, _ ("It says the same thing twice."));
  *seen |= 1u << i;
  /* Some mean a space by it, some a plus sign; a key that is nearly right helps nobody. */
  if (g_str_has_suffix (name, "key") && strchr (typed, '+') != NULL)
    return refuse (error, WT_LINK_ERROR_VALUE,
                   _ ("There is a plus sign in its key, which must be written as %2B."));
  if (*value == '\0')
    return TRUE;
  return i < (int) G_N_ELEMENTS (parameters) ? take_text (self, (guint) i, value, error)
                                             : take_kind (self, value, error);
}

static gboolean
take_query (WtLink *self, const char *query, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (query, "&", MAX_PARAMETERS + 1);
  guint seen = 0;

  if (g_strv_length (parts) > MAX_PARAMETERS)
    return refuse (error, WT_LINK_ERROR_LENGTH, _ ("It is too long."));
  for (guint i = 0; parts[i] != NULL; i++)
    if (!take_parameter (self, parts[i], &seen, error))
      return FALSE;
  if (self->url == NULL)
    return refuse (error, WT_LINK_ERROR_VALUE, _ ("It names no server."));
  return TRUE;
}

/* Returns what follows the scheme and its slashes. */
static const char *
skip_scheme (const char *text, GError **error)
{
  static const char prefix[] = WT_LINK_SCHEME "://";

  if (strlen (text) > MAX_LENGTH)
    {
      refuse (error, WT_LINK_ERROR_LENGTH, _ ("It is too long."));
      return NULL;
    }
  if (g_ascii_strncasecmp (text, prefix, strlen (prefix)) != 0)
    {
      refuse (error, WT_LINK_ERROR_SYNTAX, _ ("It does not begin with wheatear://."));
      return NULL;
    }
  if (!g_utf8_validate (text, -1, NULL) || !is_clean (text) || strpbrk (text, " #") != NULL)
    {
      refuse_syntax (error);
      return NULL;
    }
  return text + strlen (prefix);
}

/**
 * wt_link_parse:
 * @text: a link, bytes of any kind
 * @error: return location for a #GError of the domain %WT_LINK_ERROR or %WT_ENDPOINT_ERROR, translated
 *
 * Reads `wheatear://add?url=…` strictly (wire.md, section 6): what it knows must be right and be there once, what it
 * does not know is skipped.
 *
 * Returns: (transfer full) (nullable): what the link says, or %NULL with @error set
 */
WtLink *
wt_link_parse (const char *text, GError **error)
{
  g_autoptr (WtLink) self = NULL;
  g_autofree char *action = NULL;
  const char *rest;
  gsize length;

  g_return_val_if_fail (text != NULL, NULL);

  rest = skip_scheme (text, error);
  if (rest == NULL)
    return NULL;
  length = strcspn (rest, "?");
  action = g_strndup (rest, length);
  /* Programs on the way add a slash, as to a host. */
  if (g_str_has_suffix (action, "/"))
    action[strlen (action) - 1] = '\0';
  if (g_ascii_strcasecmp (action, ACTION) != 0)
    {
      refuse (error, WT_LINK_ERROR_ACTION,
              _ ("It asks for something that this version does not know."));
      return NULL;
    }
  self = g_new0 (WtLink, 1);
  if (!take_query (self, rest[length] == '?' ? rest + length + 1 : "", error))
    return NULL;
  return g_steal_pointer (&self);
}

/**
 * wt_link_free:
 * @self: (transfer full): a link
 */
void
wt_link_free (WtLink *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (parameters); i++)
    {
      char **field = G_STRUCT_MEMBER_P (self, parameters[i].offset);

      g_clear_pointer (field, g_free);
    }
  g_free (self);
}
