/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-account.h"

G_BEGIN_DECLS

/**
 * WtSafety:
 * @WT_SAFETY_GOOD: encrypted and verified, or it does not leave this computer
 * @WT_SAFETY_CLEAR: the key and all messages travel in the clear
 * @WT_SAFETY_UNVERIFIED: encrypted, but for whoever answers: the developer's switch is on
 *
 * Who else can read what an account says.
 */
typedef enum
{
  WT_SAFETY_GOOD,
  WT_SAFETY_CLEAR,
  WT_SAFETY_UNVERIFIED,
} WtSafety;

WtSafety wt_safety_of_account (const WtAccountRecord *record);
const char *wt_safety_words_short (WtSafety safety);
char *wt_safety_words_notice (WtSafety safety, const char *names);
char *wt_safety_acceptance (const WtAccountRecord *record);

G_END_DECLS
