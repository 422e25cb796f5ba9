/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtOpeningPage:
 *
 * What a window shows before there are chats to show: that the profile is being opened, or why it cannot be.
 */
#define WT_TYPE_OPENING_PAGE (wt_opening_page_get_type ())
G_DECLARE_FINAL_TYPE (WtOpeningPage, wt_opening_page, WT, OPENING_PAGE, GtkWidget)

GtkWidget *wt_opening_page_new (void);
void wt_opening_page_show_opening (WtOpeningPage *self);
void wt_opening_page_show_failure (WtOpeningPage *self, const char *title, const char *advice);

G_END_DECLS
