/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-account-checks.h"

#include <glib/gi18n-lib.h>

static gboolean
is_empty (const char *text)
{
  return text == NULL || *text == '\0';
}

static WtCheck
take_error (GError *error, char **words)
{
  *words = g_strdup (error->message);
  return WT_CHECK_BAD;
}

/**
 * wt_check_allows:
 * @check: what was found
 *
 * Returns: whether a form with that in it may be saved
 */
gboolean
wt_check_allows (WtCheck check)
{
  return check == WT_CHECK_GOOD || check == WT_CHECK_WARNING;
}

/**
 * wt_account_checks_url:
 * @url: the address as typed
 * @words: (out) (nullable): what to say
 *
 * Returns: what is to be said about it
 */
WtCheck
wt_account_checks_url (const char *url, char **words)
{
  g_autoptr (GError) error = NULL;

  *words = NULL;
  if (is_empty (url))
    return WT_CHECK_MISSING;
  if (!wt_endpoint_check_url (url, &error))
    return take_error (error, words);

  /* Key and platform do not matter for the question where the address leads. */
  g_autoptr (WtEndpoint) endpoint = wt_endpoint_new (url, WT_AUTH_HEADER, "key", "platform", NULL,
                                                     NULL);

  if (endpoint != NULL && !wt_endpoint_get_is_tls (endpoint)
      && !wt_endpoint_get_is_loopback (endpoint))
    {
      *words = g_strdup (
          _ ("Without TLS your key and all messages travel in the clear: everyone on the way "
             "can read them. Use wss:// if the server offers it."));
      return WT_CHECK_WARNING;
    }
  return WT_CHECK_GOOD;
}

/**
 * wt_account_checks_key:
 * @key: an API key as typed
 * @stored: whether one is stored already, so that empty means unchanged
 * @words: (out) (nullable): what to say
 *
 * Returns: what is to be said about it
 */
WtCheck
wt_account_checks_key (const char *key, gboolean stored, char **words)
{
  g_autoptr (GError) error = NULL;

  *words = NULL;
  if (is_empty (key))
    return stored ? WT_CHECK_GOOD : WT_CHECK_MISSING;
  if (!wt_endpoint_check_key (key, &error))
    return take_error (error, words);
  return WT_CHECK_GOOD;
}

static gboolean
has_uppercase (const char *text)
{
  for (const char *at = text; *at != '\0'; at++)
    if (g_ascii_isupper (*at))
      return TRUE;
  return FALSE;
}

/**
 * wt_account_checks_platform:
 * @platform: a platform's name as typed
 * @dialect: which kind of server it is for
 * @words: (out) (nullable): what to say
 *
 * Implements the operator's rules of wire.md, section 3, for MaiBot.
 *
 * Returns: what is to be said about it
 */
WtCheck
wt_account_checks_platform (const char *platform, WtDialect dialect, char **words)
{
  g_autoptr (GError) error = NULL;

  *words = NULL;
  if (is_empty (platform))
    return WT_CHECK_MISSING;
  if (!wt_endpoint_check_platform (platform, &error))
    return take_error (error, words);
  if (dialect != WT_DIALECT_MAIBOT)
    return WT_CHECK_GOOD;

  if (g_ascii_strcasecmp (platform, "qq") == 0 || g_ascii_strcasecmp (platform, "webui") == 0)
    {
      *words = g_strdup_printf (
          _ ("MaiBot uses “%s” for something else. Choose a name of your own, such as “wheatear”."),
          platform);
      return WT_CHECK_BAD;
    }
  if (has_uppercase (platform))
    {
      *words = g_strdup (_ ("MaiBot expects lowercase letters here."));
      return WT_CHECK_WARNING;
    }
  return WT_CHECK_GOOD;
}

/**
 * wt_account_checks_user_id:
 * @user_id: a user id as typed
 * @words: (out) (nullable): what to say
 *
 * Returns: what is to be said about it
 */
WtCheck
wt_account_checks_user_id (const char *user_id, char **words)
{
  *words = NULL;
  if (is_empty (user_id))
    return WT_CHECK_MISSING;

  for (const char *at = user_id; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (g_unichar_iscntrl (c) || g_unichar_isspace (c))
        {
          *words = g_strdup (_ ("A user id has no spaces in it."));
          return WT_CHECK_BAD;
        }
    }
  return WT_CHECK_GOOD;
}

/**
 * wt_account_checks_target_platform:
 * @platform: the platform of a target as typed
 * @words: (out) (nullable): what to say
 *
 * Returns: what is to be said about it; empty is good: the account's own platform
 */
WtCheck
wt_account_checks_target_platform (const char *platform, char **words)
{
  g_autoptr (GError) error = NULL;

  *words = NULL;
  if (!is_empty (platform) && !wt_endpoint_check_platform (platform, &error))
    return take_error (error, words);
  return WT_CHECK_GOOD;
}

/**
 * wt_account_checks_file:
 * @path: a file's path as typed
 * @words: (out) (nullable): what to say
 *
 * Returns: what is to be said about it; empty is good
 */
WtCheck
wt_account_checks_file (const char *path, char **words)
{
  *words = NULL;
  if (is_empty (path) || g_file_test (path, G_FILE_TEST_IS_REGULAR))
    return WT_CHECK_GOOD;
  *words = g_strdup (_ ("There is no such file."));
  return WT_CHECK_BAD;
}
