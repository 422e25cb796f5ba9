/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtAccountsPage:
 *
 * All accounts, to be ordered, switched on and off, edited, checked, added and removed. A page of the preferences, by the name
 * `accounts`.
 */
#define WT_TYPE_ACCOUNTS_PAGE (wt_accounts_page_get_type ())
G_DECLARE_FINAL_TYPE (WtAccountsPage, wt_accounts_page, WT, ACCOUNTS_PAGE, AdwPreferencesPage)

GtkWidget *wt_accounts_page_new (WtProfile *profile);
void wt_accounts_page_set_remote_pictures (WtAccountsPage *self, WtRemotePictures setting);

G_END_DECLS
