/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-conversation-store.h"

#include "wt-row.h"
#include "wt-search-find.h"

/* Who wrote in a conversation. Members are learnt in wt-message-add.c. */

static void
free_member (gpointer data)
{
  wt_member_record_free (data);
}

static void
free_array (gpointer data)
{
  g_ptr_array_unref (data);
}

static WtMemberRecord *
read_member (sqlite3_stmt *statement)
{
  WtMemberRecord *member = wt_member_record_new ();

  member->conversation_id = sqlite3_column_int64 (statement, 0);
  member->platform = wt_row_dup_text (statement, 1);
  member->user_id = wt_row_dup_text (statement, 2);
  member->nickname = wt_row_dup_text (statement, 3);
  member->cardname = wt_row_dup_text (statement, 4);
  member->last_seen = sqlite3_column_int64 (statement, 5);

  return member;
}

typedef struct
{
  gint64 conversation_id;
  guint limit;
  char *pattern; /* for LIKE */
} Wanted;

static void
wanted_free (gpointer data)
{
  Wanted *wanted = data;

  g_free (wanted->pattern);
  g_free (wanted);
}

/* Somebody who writes in many groups is one. */
#define FIND_MEMBERS(where)                                                                        \
  "SELECT conversation_id, platform, user_id, nickname, cardname, max (last_seen) FROM member"     \
  " WHERE " where "(nickname LIKE ?2 ESCAPE '\\'"                                                  \
  " OR cardname LIKE ?2 ESCAPE '\\' OR user_id LIKE ?2 ESCAPE '\\')"                               \
  " GROUP BY platform, user_id ORDER BY 6 DESC LIMIT ?3"

/* One conversation's members are found by an index, which a condition for both cases would keep SQLite from using. */
static gpointer
find_members (WtDatabase *db, gpointer data, GError **error)
{
  const Wanted *wanted = data;
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (free_member);
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      wanted->conversation_id != 0 ? FIND_MEMBERS ("conversation_id = ?1 AND ") : FIND_MEMBERS (""),
      error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  if (wanted->conversation_id != 0)
    sqlite3_bind_int64 (statement, 1, wanted->conversation_id);
  wt_row_bind_text (statement, 2, wanted->pattern);
  sqlite3_bind_int64 (statement, 3, wanted->limit);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (members, read_member (statement));

  return code == SQLITE_DONE ? g_steal_pointer (&members) : NULL;
}

static gpointer
list_members (WtDatabase *db, gpointer data, GError **error)
{
  const gint64 *conversation_id = data;
  g_autoptr (GPtrArray) members = g_ptr_array_new_with_free_func (free_member);
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT conversation_id, platform, user_id, nickname, cardname, last_seen FROM member"
      " WHERE conversation_id = ?1 ORDER BY last_seen DESC, platform, user_id",
      error);
  int code = SQLITE_ROW;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, *conversation_id);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    g_ptr_array_add (members, read_member (statement));

  return code == SQLITE_DONE ? g_steal_pointer (&members) : NULL;
}

/**
 * wt_conversation_store_list_members_async:
 * @db: the database
 * @conversation_id: the conversation's row id
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads everybody who has written in a conversation.
 */
void
wt_conversation_store_list_members_async (WtDatabase *db,
                                          gint64 conversation_id,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer data)
{
  wt_database_run_with_flags_async (
      db, WT_DATABASE_READ, list_members, g_memdup2 (&conversation_id, sizeof conversation_id),
      g_free, free_array, cancellable, wt_conversation_store_list_members_async, callback, data);
}

/**
 * wt_conversation_store_list_members_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtMemberRecord): the one seen last first, or %NULL
 */
GPtrArray *
wt_conversation_store_list_members_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_conversation_store_list_members_async),
                        NULL);

  return wt_database_run_finish (db, result, error);
}

/**
 * wt_conversation_store_find_members_async:
 * @db: the database
 * @conversation_id: the only conversation to look in, or 0
 * @typed: (nullable): a part of a nickname, card name or id; %NULL or blank: anybody
 * @limit: how many at most
 * @cancellable: (nullable): a cancellable
 * @callback: called when they were read
 * @data: for @callback
 *
 * Looks for people who have written, for who types a name.
 */
void
wt_conversation_store_find_members_async (WtDatabase *db,
                                          gint64 conversation_id,
                                          const char *typed,
                                          guint limit,
                                          GCancellable *cancellable,
                                          GAsyncReadyCallback callback,
                                          gpointer data)
{
  Wanted *wanted = g_new0 (Wanted, 1);

  wanted->conversation_id = conversation_id;
  wanted->limit = limit;
  wanted->pattern = wt_search_store_make_pattern (typed);
  if (wanted->pattern == NULL)
    wanted->pattern = g_strdup ("%");
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, find_members, wanted, wanted_free,
                                    free_array, cancellable,
                                    wt_conversation_store_find_members_async, callback, data);
}

/**
 * wt_conversation_store_find_members_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full) (element-type WtMemberRecord): the one seen last first, or %NULL
 */
GPtrArray *
wt_conversation_store_find_members_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_conversation_store_find_members_async),
                        NULL);

  return wt_database_run_finish (db, result, error);
}
