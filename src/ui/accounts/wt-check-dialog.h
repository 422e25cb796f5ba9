/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtCheckDialog:
 *
 * Checks the connection of an account as it is stored.
 */
#define WT_TYPE_CHECK_DIALOG (wt_check_dialog_get_type ())
G_DECLARE_FINAL_TYPE (WtCheckDialog, wt_check_dialog, WT, CHECK_DIALOG, AdwWindow)

GtkWidget *wt_check_dialog_new (WtProfile *profile, WtAccount *account);

G_END_DECLS
