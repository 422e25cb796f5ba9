/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * WtFileDesk:
 *
 * The files of one window that other programs see: private copies of what was opened, in a folder that goes with
 * the desk, and where the user saved things.
 */
#define WT_TYPE_FILE_DESK (wt_file_desk_get_type ())
G_DECLARE_FINAL_TYPE (WtFileDesk, wt_file_desk, WT, FILE_DESK, GObject)

WtFileDesk *wt_file_desk_new (void);
void wt_file_desk_copy_async (WtFileDesk *self,
                              const char *path,
                              const char *name,
                              GCancellable *cancellable,
                              GAsyncReadyCallback callback,
                              gpointer data);
char *wt_file_desk_copy_finish (WtFileDesk *self, GAsyncResult *result, GError **error);
void wt_file_desk_set_saved (WtFileDesk *self, const char *blob, GFile *file);
GFile *wt_file_desk_get_saved (WtFileDesk *self, const char *blob);

G_END_DECLS
