/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "wt-profile.h"

G_BEGIN_DECLS

/**
 * WtStoragePage:
 *
 * What the messages take on the disk and what for; removing downloads, compacting the database, exporting.
 */
#define WT_TYPE_STORAGE_PAGE (wt_storage_page_get_type ())
G_DECLARE_FINAL_TYPE (WtStoragePage, wt_storage_page, WT, STORAGE_PAGE, AdwPreferencesPage)

GtkWidget *wt_storage_page_new (WtProfile *profile);

G_END_DECLS
