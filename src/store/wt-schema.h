/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>
#include <sqlite3.h>

G_BEGIN_DECLS

/* The newest schema this program knows: the number of migrations. */
#define WT_SCHEMA_VERSION 6

/* "Whea", in the file's header: tells a Wheatear database from any other. */
#define WT_SCHEMA_APPLICATION_ID 0x57686561

GStrv wt_schema_load_migrations (void);
gboolean wt_schema_check_file (const char *path, int newest, GError **error);
gboolean
wt_schema_check (sqlite3 *handle, const char *path, int newest, int *version, GError **error);
gboolean wt_schema_upgrade (sqlite3 *handle,
                            const char *path,
                            const char *const *migrations,
                            GError **error);

G_END_DECLS
