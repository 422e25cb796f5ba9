/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"

#include "wt-target-check.h"

#include "wt-account-checks.h"

/* What is typed about the target of a conversation is checked as the form of an account checks it. */

static WtCheck
check_platform (GtkEditable *field, char **words)
{
  return wt_account_checks_target_platform (gtk_editable_get_text (field), words);
}

/* No new key is none that is wrong. */
static WtCheck
check_key (GtkEditable *field, char **words)
{
  return wt_account_checks_key (gtk_editable_get_text (field), TRUE, words);
}

static void
show (WtHintRow *hint, WtCheck check, const char *words)
{
  wt_hint_row_tell (hint, check == WT_CHECK_BAD ? WT_HINT_ERROR : WT_HINT_EXPLANATION, words);
}

static void
on_platform_changed (GtkEditable *field, WtHintRow *hint)
{
  g_autofree char *words = NULL;
  WtCheck check = check_platform (field, &words);

  show (hint, check, words);
}

static void
on_key_changed (GtkEditable *field, WtHintRow *hint)
{
  g_autofree char *words = NULL;
  WtCheck check = check_key (field, &words);

  show (hint, check, words);
}

/**
 * wt_target_check_follow:
 * @platform: where the target's platform is typed
 * @platform_hint: the line under it
 * @key: where the target's key is typed
 * @key_hint: the line under it
 *
 * Says under each field what is wrong with what is typed there, as one types.
 */
void
wt_target_check_follow (GtkEditable *platform,
                        WtHintRow *platform_hint,
                        GtkEditable *key,
                        WtHintRow *key_hint)
{
  g_return_if_fail (GTK_IS_EDITABLE (platform) && GTK_IS_EDITABLE (key));
  g_return_if_fail (WT_IS_HINT_ROW (platform_hint) && WT_IS_HINT_ROW (key_hint));

  g_signal_connect_object (platform, "changed", G_CALLBACK (on_platform_changed), platform_hint, 0);
  g_signal_connect_object (key, "changed", G_CALLBACK (on_key_changed), key_hint, 0);
}

/**
 * wt_target_check_allows:
 * @platform: where the target's platform is typed
 * @key: where the target's key is typed
 *
 * Returns: whether what is typed there may be kept
 */
gboolean
wt_target_check_allows (GtkEditable *platform, GtkEditable *key)
{
  g_return_val_if_fail (GTK_IS_EDITABLE (platform) && GTK_IS_EDITABLE (key), FALSE);

  g_autofree char *platform_words = NULL;
  g_autofree char *key_words = NULL;

  return wt_check_allows (check_platform (platform, &platform_words))
         && wt_check_allows (check_key (key, &key_words));
}
