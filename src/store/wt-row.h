/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sqlite3.h>

G_BEGIN_DECLS

void wt_row_bind_text (sqlite3_stmt *statement, int parameter, const char *text);
void wt_row_bind_key (sqlite3_stmt *statement, int parameter, const char *text);
char *wt_row_dup_text (sqlite3_stmt *statement, int column);
guint wt_row_get_count (sqlite3_stmt *statement, int column);
int wt_row_get_int (sqlite3_stmt *statement, int column);
int wt_row_get_enum (sqlite3_stmt *statement, int column, int last);
gboolean wt_row_get_flag (sqlite3_stmt *statement, int column);

G_END_DECLS
