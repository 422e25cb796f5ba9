/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtWelcomePage:
 *
 * What a new user sees: what this is, and the ways to begin: a server that is found on this computer, the form, the demo.
 */
#define WT_TYPE_WELCOME_PAGE (wt_welcome_page_get_type ())
G_DECLARE_FINAL_TYPE (WtWelcomePage, wt_welcome_page, WT, WELCOME_PAGE, GtkWidget)

void wt_welcome_page_focus (WtWelcomePage *self);

G_END_DECLS
