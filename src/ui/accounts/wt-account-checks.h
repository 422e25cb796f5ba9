/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-account.h"

G_BEGIN_DECLS

/**
 * WtCheck:
 * @WT_CHECK_GOOD: can be saved
 * @WT_CHECK_WARNING: can be saved, but the user should know
 * @WT_CHECK_MISSING: required, and empty: no error as long as the user has not been there
 * @WT_CHECK_BAD: cannot be saved
 *
 * What is to be said about one field of the account form.
 */
typedef enum
{
  WT_CHECK_GOOD,
  WT_CHECK_WARNING,
  WT_CHECK_MISSING,
  WT_CHECK_BAD,
} WtCheck;

WtCheck wt_account_checks_url (const char *url, char **words);
WtCheck wt_account_checks_key (const char *key, gboolean stored, char **words);
WtCheck wt_account_checks_platform (const char *platform, WtDialect dialect, char **words);
WtCheck wt_account_checks_user_id (const char *user_id, char **words);
WtCheck wt_account_checks_target_platform (const char *platform, char **words);
WtCheck wt_account_checks_file (const char *path, char **words);
gboolean wt_check_allows (WtCheck check);

G_END_DECLS
