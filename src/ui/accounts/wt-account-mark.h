/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-account.h"

G_BEGIN_DECLS

/**
 * WtAccountMark:
 *
 * An account's initial on its colour, which tells what belongs to it from what belongs to others.
 *
 * Properties: `account` (#WtAccount, nullable), `only-several`: whether it shows only where there are several accounts.
 * Style classes: `medium` and `large`.
 */
#define WT_TYPE_ACCOUNT_MARK (wt_account_mark_get_type ())
G_DECLARE_FINAL_TYPE (WtAccountMark, wt_account_mark, WT, ACCOUNT_MARK, GtkWidget)

GtkWidget *wt_account_mark_new (WtAccount *account);
void wt_account_mark_set_account (WtAccountMark *self, WtAccount *account);
void wt_account_mark_show (WtAccountMark *self, const char *name, guint colour);

G_END_DECLS
