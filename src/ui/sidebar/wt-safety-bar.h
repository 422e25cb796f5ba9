/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-session-watch.h"

G_BEGIN_DECLS

/**
 * WtSafetyBar:
 *
 * What is not safe about the accounts, standing under the list for as long as it is so: certificates that are not
 * verified, which cannot be put aside, and connections in the clear, which can.
 */
#define WT_TYPE_SAFETY_BAR (wt_safety_bar_get_type ())
G_DECLARE_FINAL_TYPE (WtSafetyBar, wt_safety_bar, WT, SAFETY_BAR, GtkWidget)

void wt_safety_bar_set_watch (WtSafetyBar *self, WtSessionWatch *watch, GSettings *settings);

G_END_DECLS
