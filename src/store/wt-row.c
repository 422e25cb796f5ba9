/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-row.h"

/* A row may have been written by anything: what is read here is made valid, never trusted. */

/**
 * wt_row_bind_text:
 * @statement: a statement
 * @parameter: its parameter, from 1
 * @text: (nullable): the value; must live until the statement was run
 *
 * Binds @text without copying it.
 */
void
wt_row_bind_text (sqlite3_stmt *statement, int parameter, const char *text)
{
  sqlite3_bind_text (statement, parameter, text, -1, SQLITE_STATIC);
}

/**
 * wt_row_bind_key:
 * @statement: a statement
 * @parameter: its parameter, from 1
 * @text: (nullable): the value; must live until the statement was run
 *
 * Binds @text to a column that is part of a key: %NULL is the empty string there, because SQL's
 * NULL equals nothing.
 */
void
wt_row_bind_key (sqlite3_stmt *statement, int parameter, const char *text)
{
  sqlite3_bind_text (statement, parameter, text != NULL ? text : "", -1, SQLITE_STATIC);
}

/**
 * wt_row_dup_text:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * Returns: (nullable) (transfer full): valid UTF-8, or %NULL for NULL
 */
char *
wt_row_dup_text (sqlite3_stmt *statement, int column)
{
  const char *text = (const char *) sqlite3_column_text (statement, column);
  gssize length = sqlite3_column_bytes (statement, column);

  if (text == NULL)
    return NULL;
  if (g_utf8_validate (text, length, NULL))
    return g_strndup (text, length);

  return g_utf8_make_valid (text, length);
}

/**
 * wt_row_get_count:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * Returns: the value, brought into the range of a #guint
 */
guint
wt_row_get_count (sqlite3_stmt *statement, int column)
{
  return (guint) CLAMP (sqlite3_column_int64 (statement, column), 0, G_MAXUINT);
}

/**
 * wt_row_get_int:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * Returns: the value, brought into the range of an int
 */
int
wt_row_get_int (sqlite3_stmt *statement, int column)
{
  return (int) CLAMP (sqlite3_column_int64 (statement, column), G_MININT, G_MAXINT);
}

/**
 * wt_row_get_enum:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 * @last: the enumeration's last value
 *
 * Returns: the value, or 0 where it is not in 0…@last
 */
int
wt_row_get_enum (sqlite3_stmt *statement, int column, int last)
{
  gint64 value = sqlite3_column_int64 (statement, column);

  return value >= 0 && value <= last ? (int) value : 0;
}

/**
 * wt_row_get_flag:
 * @statement: a statement that stands on a row
 * @column: the column, from 0
 *
 * Returns: whether the value is not 0
 */
gboolean
wt_row_get_flag (sqlite3_stmt *statement, int column)
{
  return sqlite3_column_int64 (statement, column) != 0;
}
