/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int wt_file_io_open_regular (const char *path, gsize *size, GError **error);
gssize wt_file_io_read_full (int fd, void *buffer, gsize length, GError **error);
gboolean wt_file_io_write_all (int fd, const void *data, gsize length, GError **error);
gboolean wt_file_io_sync_folder (const char *folder, GError **error);
char *wt_file_io_copy (int from, int to, gint64 *size, GCancellable *cancellable, GError **error);
void wt_file_io_set_error (GError **error, int saved_errno, const char *doing, const char *path);

G_END_DECLS
