/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Blocking: for a worker thread. */
gboolean wt_secret_file_lookup (const char *path, const char *name, char **value, GError **error);
gboolean
wt_secret_file_change (const char *path, const char *name, const char *value, GError **error);

G_END_DECLS
