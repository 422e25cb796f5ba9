/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

void wt_window_handle_export_async (GtkWindow *window, GAsyncReadyCallback callback, gpointer data);
char *wt_window_handle_export_finish (GAsyncResult *result);
void wt_window_handle_unexport (GtkWindow *window);

G_END_DECLS
