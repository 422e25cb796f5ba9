/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-session-watch.h"

G_BEGIN_DECLS

/**
 * WtAccountButton:
 *
 * Who one is here, and in a dot and in words how the connection is; opens the list of all accounts.
 */
#define WT_TYPE_ACCOUNT_BUTTON (wt_account_button_get_type ())
G_DECLARE_FINAL_TYPE (WtAccountButton, wt_account_button, WT, ACCOUNT_BUTTON, GtkWidget)

void wt_account_button_set_watch (WtAccountButton *self, WtSessionWatch *watch);
void wt_account_button_set_note (WtAccountButton *self, const char *note);

G_END_DECLS
