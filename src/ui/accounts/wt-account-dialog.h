/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-link.h"
#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtAccountDialog:
 *
 * The form for an account: a new one, or one that exists. Explains each field, checks as one types.
 */
#define WT_TYPE_ACCOUNT_DIALOG (wt_account_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WtAccountDialog, wt_account_dialog, WT, ACCOUNT_DIALOG, AdwWindow)

GtkWidget *wt_account_dialog_new (WtProfile *profile, WtAccount *account);
void wt_account_dialog_set_remote_pictures (WtAccountDialog *self, WtRemotePictures setting);
void wt_account_dialog_set_url (WtAccountDialog *self, const char *url);
void wt_account_dialog_fill_in (WtAccountDialog *self, const WtLink *link);
gboolean wt_account_dialog_get_linked (WtAccountDialog *self);
gboolean wt_account_dialog_get_valid (WtAccountDialog *self);
WtAccountRecord *wt_account_dialog_dup_record (WtAccountDialog *self);

G_END_DECLS
