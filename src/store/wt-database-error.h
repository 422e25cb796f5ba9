/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <sqlite3.h>

#include "wt-database.h"

G_BEGIN_DECLS

gboolean wt_database_error_is_fatal (int code);
WtDatabaseError wt_database_error_from_errno (int errnum);
void wt_database_error_set (GError **error, const char *path, int code, int errnum);
void wt_database_error_set_from (GError **error, const char *path, sqlite3 *handle);
void wt_database_error_set_sql (GError **error, const char *path, sqlite3 *handle);

G_END_DECLS
