/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

int wt_export_file_open (const char *folder,
                         const char *name,
                         const char *ending,
                         char **path,
                         GError **error);
char *wt_export_file_make_folder (const char *folder, const char *name, GError **error);

G_END_DECLS
