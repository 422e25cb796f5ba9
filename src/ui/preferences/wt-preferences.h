/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtPreferences:
 *
 * The settings that have an effect, and no others; the accounts, and what is stored.
 */
#define WT_TYPE_PREFERENCES (wt_preferences_get_type ())
G_DECLARE_FINAL_TYPE (WtPreferences, wt_preferences, WT, PREFERENCES, AdwPreferencesWindow)

GtkWidget *wt_preferences_new (GSettings *settings, WtProfile *profile);
void wt_preferences_show_page (WtPreferences *self, const char *name);

G_END_DECLS
