/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtAccountsRow:
 *
 * An account where accounts are managed: its mark, name and state, a switch, a menu. To be used in a widget with the actions
 * `accounts.edit`, `.check`, `.remove`, `.up` and `.down`, whose targets are the account's row id, and `accounts.drop`, of the one
 * that is dropped here and this one's.
 */
#define WT_TYPE_ACCOUNTS_ROW (wt_accounts_row_get_type ())
G_DECLARE_FINAL_TYPE (WtAccountsRow, wt_accounts_row, WT, ACCOUNTS_ROW, AdwActionRow)

GtkWidget *wt_accounts_row_new (WtProfile *profile, WtSession *session);
WtSession *wt_accounts_row_get_session (WtAccountsRow *self);

G_END_DECLS
