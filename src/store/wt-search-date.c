/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-search-find.h"

#include <sqlite3.h>

/* Positions are dense and messages are appended as they come, so that their times by our clock ascend and the day is
 * found by halving: some twenty look-ups in a million messages, and no index. Where our own clock was set back
 * meanwhile the answer is a message beside that place. */

typedef struct
{
  gint64 conversation_id;
  gint64 time;
} Date;

static gboolean
read_last (WtDatabase *db, gint64 conversation_id, gint64 *last, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db, "SELECT coalesce (max (seq), 0) FROM message WHERE conversation_id = ?1", error);

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, conversation_id);
  if (wt_database_step (db, statement, error) != SQLITE_ROW)
    return FALSE;

  *last = sqlite3_column_int64 (statement, 0);
  return TRUE;
}

/* Whether the message at @seq, or the next one that is there, is at or after the time. */
static gboolean
read_reached (WtDatabase *db, const Date *date, gint64 seq, gboolean *reached, GError **error)
{
  sqlite3_stmt *statement = wt_database_prepare (
      db, "SELECT time FROM message WHERE conversation_id = ?1 AND seq >= ?2 ORDER BY seq LIMIT 1",
      error);
  int code;

  if (statement == NULL)
    return FALSE;
  sqlite3_bind_int64 (statement, 1, date->conversation_id);
  sqlite3_bind_int64 (statement, 2, seq);
  code = wt_database_step (db, statement, error);
  if (code != SQLITE_ROW && code != SQLITE_DONE)
    return FALSE;

  *reached = code == SQLITE_DONE || sqlite3_column_int64 (statement, 0) >= date->time;
  return TRUE;
}

static gpointer
find_date (WtDatabase *db, gpointer data, GError **error)
{
  const Date *date = data;
  gint64 low = 1, last = 0, high;

  if (!read_last (db, date->conversation_id, &last, error))
    return NULL;

  high = last + 1;
  while (low < high)
    {
      gint64 middle = low + (high - low) / 2;
      gboolean reached = FALSE;

      if (!read_reached (db, date, middle, &reached, error))
        return NULL;
      if (reached)
        high = middle;
      else
        low = middle + 1;
    }

  low = low <= last ? low : 0;
  return g_memdup2 (&low, sizeof low);
}

/**
 * wt_search_store_find_date_async:
 * @db: the database
 * @conversation_id: a conversation's row id
 * @time: microseconds since the epoch, by our clock
 * @cancellable: (nullable): a cancellable, heeded before it starts
 * @callback: called when it was looked for
 * @data: for @callback
 *
 * Looks for the first message that came or was written at that time or later, by our clock: the peers' clocks do
 * not matter. Deleted ones keep their places.
 */
void
wt_search_store_find_date_async (WtDatabase *db,
                                 gint64 conversation_id,
                                 gint64 time,
                                 GCancellable *cancellable,
                                 GAsyncReadyCallback callback,
                                 gpointer data)
{
  Date *date = g_new0 (Date, 1);

  date->conversation_id = conversation_id;
  date->time = time;
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, find_date, date, g_free, g_free,
                                    cancellable, wt_search_store_find_date_async, callback, data);
}

/**
 * wt_search_store_find_date_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: the message's position, 1…; 0 where all are older; -1 with @error
 */
gint64
wt_search_store_find_date_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_autofree gint64 *seq = NULL;

  g_return_val_if_fail (g_async_result_is_tagged (result, wt_search_store_find_date_async), -1);

  seq = wt_database_run_finish (db, result, error);
  return seq != NULL ? *seq : -1;
}
