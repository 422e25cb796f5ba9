/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "wt-session-watch.h"

G_BEGIN_DECLS

/**
 * WtTroubleBar:
 *
 * One line under the list, there only while an account has no connection: what is wrong, and the action that has a chance to mend it.
 */
#define WT_TYPE_TROUBLE_BAR (wt_trouble_bar_get_type ())
G_DECLARE_FINAL_TYPE (WtTroubleBar, wt_trouble_bar, WT, TROUBLE_BAR, GtkWidget)

void wt_trouble_bar_set_watch (WtTroubleBar *self, WtSessionWatch *watch);

G_END_DECLS
