/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-safety-words.h"

#include <glib/gi18n-lib.h>

/**
 * wt_safety_of_account:
 * @record: an account
 *
 * Returns: how safe its connection is, whether or not there is one
 */
WtSafety
wt_safety_of_account (const WtAccountRecord *record)
{
  /* Where the address leads has nothing to do with the key, which is not at hand here. */
  g_autoptr (WtEndpoint) endpoint = wt_endpoint_new (record->url, (WtAuthMode) record->auth, NULL,
                                                     record->platform, NULL, NULL);

  if (endpoint == NULL)
    return WT_SAFETY_GOOD;
  if (wt_endpoint_get_is_tls (endpoint))
    return record->insecure ? WT_SAFETY_UNVERIFIED : WT_SAFETY_GOOD;
  return wt_endpoint_get_is_loopback (endpoint) ? WT_SAFETY_GOOD : WT_SAFETY_CLEAR;
}

/**
 * wt_safety_words_short:
 * @safety: how safe an account is
 *
 * Returns: (transfer none) (nullable): it in a few words; %NULL if there is nothing to say
 */
const char *
wt_safety_words_short (WtSafety safety)
{
  switch (safety)
    {
    case WT_SAFETY_CLEAR:
      return _ ("Not encrypted");
    case WT_SAFETY_UNVERIFIED:
      return _ ("Certificates are not verified");
    case WT_SAFETY_GOOD:
    default:
      return NULL;
    }
}

/**
 * wt_safety_words_notice:
 * @safety: how safe some accounts are
 * @names: (nullable): which ones, where there are others
 *
 * Returns: (transfer full) (nullable): what that means for them, in a sentence; %NULL if there is nothing to say
 */
char *
wt_safety_words_notice (WtSafety safety, const char *names)
{
  const char *sentence;

  switch (safety)
    {
    case WT_SAFETY_CLEAR:
      sentence = _ ("Not encrypted: the key and all messages travel in the clear.");
      break;
    case WT_SAFETY_UNVERIFIED:
      sentence = _ ("Certificates are not verified: anyone in between can read the key and all "
                    "messages.");
      break;
    case WT_SAFETY_GOOD:
    default:
      return NULL;
    }
  if (names == NULL)
    return g_strdup (sentence);
  /* TRANSLATORS: the accounts' names, and what is not safe about them */
  return g_strdup_printf (_ ("%s: %s"), names, sentence);
}

/**
 * wt_safety_acceptance:
 * @record: an account
 *
 * Returns: (transfer full): what the settings keep where its user has read the notice: it names the address, so
 *   that another one is another matter
 */
char *
wt_safety_acceptance (const WtAccountRecord *record)
{
  return g_strdup_printf ("%s %s", record->uuid != NULL ? record->uuid : "", record->url);
}
