/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtCheckList:
 *
 * Checks a connection and shows each step as it goes on, and what to do about the one that fails.
 *
 * Signals: `finished` (a boolean: whether every step was passed): also where there could be no check, but not for one that was
 * cleared.
 */
#define WT_TYPE_CHECK_LIST (wt_check_list_get_type ())
G_DECLARE_FINAL_TYPE (WtCheckList, wt_check_list, WT, CHECK_LIST, AdwPreferencesGroup)

GtkWidget *wt_check_list_new (void);
void wt_check_list_run (WtCheckList *self,
                        WtProfile *profile,
                        const WtAccountRecord *record,
                        const char *api_key);
void wt_check_list_clear (WtCheckList *self);
gboolean wt_check_list_is_running (WtCheckList *self);
const char *wt_check_list_get_problem (WtCheckList *self);

G_END_DECLS
