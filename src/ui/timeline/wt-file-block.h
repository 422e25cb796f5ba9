/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * WtFileBlock:
 *
 * A #WtMessageBlock: a file with its name, kind and size, and what can be done with it. Always of the same height.
 *
 * Actions: `file.activate` (open, download, or cancel, whichever fits), `file.save`, `file.copy`, `file.show`.
 */
#define WT_TYPE_FILE_BLOCK (wt_file_block_get_type ())
G_DECLARE_FINAL_TYPE (WtFileBlock, wt_file_block, WT, FILE_BLOCK, GtkWidget)

G_END_DECLS
