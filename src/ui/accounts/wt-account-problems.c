/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-account-problems.h"

#include "wt-diagnosis.h"
#include "wt-error-words.h"

/**
 * wt_account_problems_endpoint:
 * @error: an error of wt_profile_make_endpoint_finish()
 *
 * Returns: (transfer full): why nothing can be checked, and what to do about it
 */
char *
wt_account_problems_endpoint (const GError *error)
{
  g_autoptr (WtDiagnosis) diagnosis = NULL;
  g_autofree char *sentence = NULL, *remedy = NULL;

  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_NOT_FOUND))
    return wt_error_words_sentence (error);
  diagnosis = wt_diagnosis_new (WT_DIAGNOSIS_NO_KEY, 0, NULL);
  sentence = wt_diagnosis_get_sentence (diagnosis);
  remedy = wt_diagnosis_get_remedy (diagnosis);
  return g_strconcat (sentence, " ", remedy, NULL);
}
