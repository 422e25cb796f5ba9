/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "wt-profile.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtStorageBar:
 *
 * Says what is wrong with the disk or the file of the messages, for as long as it is, and what to do about it.
 */
#define WT_TYPE_STORAGE_BAR (wt_storage_bar_get_type ())
G_DECLARE_FINAL_TYPE (WtStorageBar, wt_storage_bar, WT, STORAGE_BAR, GtkWidget)

void wt_storage_bar_set_profile (WtStorageBar *self, WtProfile *profile);

G_END_DECLS
