/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-connection-check.h"

G_BEGIN_DECLS

/**
 * WtCheckList:
 *
 * Checks a connection and shows each step as it goes on, and what to do about the one that fails.
 *
 * Signals: `finished` (a boolean: whether every step was passed): not for a check that was cleared.
 */
#define WT_TYPE_CHECK_LIST (wt_check_list_get_type ())
G_DECLARE_FINAL_TYPE (WtCheckList, wt_check_list, WT, CHECK_LIST, AdwPreferencesGroup)

GtkWidget *wt_check_list_new (void);
void wt_check_list_run (WtCheckList *self, WtEndpoint *endpoint);
void wt_check_list_tell (WtCheckList *self, const char *problem);
void wt_check_list_clear (WtCheckList *self);
gboolean wt_check_list_is_running (WtCheckList *self);
WtDiagnosis *wt_check_list_get_diagnosis (WtCheckList *self);

G_END_DECLS
