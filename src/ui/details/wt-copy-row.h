/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * WtCopyRow:
 *
 * A row with something to copy, such as an id: its title says what it is, its subtitle what it says.
 */
#define WT_TYPE_COPY_ROW (wt_copy_row_get_type ())
G_DECLARE_FINAL_TYPE (WtCopyRow, wt_copy_row, WT, COPY_ROW, AdwActionRow)

void wt_copy_row_set_text (WtCopyRow *self, const char *text);

G_END_DECLS
