/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-session.h"

G_BEGIN_DECLS

/**
 * WtAccountRow:
 *
 * An account in the account button's list: who, where, in which state, with the actions that fit it.
 */
#define WT_TYPE_ACCOUNT_ROW (wt_account_row_get_type ())
G_DECLARE_FINAL_TYPE (WtAccountRow, wt_account_row, WT, ACCOUNT_ROW, GtkListBoxRow)

GtkWidget *wt_account_row_new (WtSession *session);

G_END_DECLS
