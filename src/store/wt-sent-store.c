/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "wt-sent-store.h"

#include <sqlite3.h>

#include "wt-records.h"
#include "wt-row.h"
#include "wt-segment.h"

/* So many positions are looked through, from the newest: in a busy group one's own words are far apart. */
#define DEPTH 5000

typedef struct
{
  gint64 conversation_id;
  guint limit;
} Query;

static const char *
name_mentioned (const WtMention *mention)
{
  if (mention->cardname != NULL && *mention->cardname != '\0')
    return mention->cardname;
  if (mention->nickname != NULL && *mention->nickname != '\0')
    return mention->nickname;

  return mention->user_id != NULL ? mention->user_id : "";
}

/* What was typed of a message: neither pictures nor what it replied to. */
static void
append_typed (GString *typed, WtSegment *segment)
{
  const WtMention *mention;

  switch (wt_segment_get_kind (segment))
    {
    case WT_SEGMENT_TEXT:
      g_string_append (typed, wt_segment_get_text (segment));
      break;
    case WT_SEGMENT_AT:
      mention = wt_segment_get_mention (segment);
      g_string_append_c (typed, '@');
      g_string_append (typed, name_mentioned (mention));
      break;
    case WT_SEGMENT_SEGLIST:
      for (guint i = 0; i < wt_segment_get_n_children (segment); i++)
        append_typed (typed, wt_segment_get_child (segment, i));
      break;
    default:
      break;
    }
}

static char *
dup_typed (const WtMessageRecord *message)
{
  g_autoptr (WtSegment) segment = wt_message_record_dup_segment (message, NULL);
  GString *typed = g_string_new (NULL);

  if (segment != NULL)
    append_typed (typed, segment);
  return g_strstrip (g_string_free (typed, FALSE));
}

static gpointer
list_sent (WtDatabase *db, gpointer data, GError **error)
{
  const Query *query = data;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  sqlite3_stmt *statement = wt_database_prepare (
      db,
      "SELECT segments, text FROM message WHERE conversation_id = ?1 AND direction = ?2 AND "
      "deleted = 0 "
      "AND seq > (SELECT max (seq) FROM message WHERE conversation_id = ?1) - ?3 "
      "ORDER BY seq DESC LIMIT ?4",
      error);
  int code;

  if (statement == NULL)
    return NULL;
  sqlite3_bind_int64 (statement, 1, query->conversation_id);
  sqlite3_bind_int (statement, 2, WT_DIRECTION_OUT);
  sqlite3_bind_int (statement, 3, DEPTH);
  sqlite3_bind_int64 (statement, 4, query->limit);
  while ((code = wt_database_step (db, statement, error)) == SQLITE_ROW)
    {
      g_autoptr (WtMessageRecord) message = wt_message_record_new ();
      g_autofree char *typed = NULL;

      message->segments = wt_row_dup_text (statement, 0);
      message->text = wt_row_dup_text (statement, 1);
      typed = dup_typed (message);

      if (*typed != '\0')
        g_strv_builder_add (builder, typed);
    }
  return code == SQLITE_DONE ? g_strv_builder_end (builder) : NULL;
}

/**
 * wt_sent_store_list_async:
 * @db: the database
 * @conversation_id: a conversation's row id
 * @limit: so many messages at most
 * @cancellable: (nullable): a cancellable, heeded before it starts
 * @callback: called when they were read
 * @data: for @callback
 *
 * Reads what the user typed in the conversation's last messages.
 */
void
wt_sent_store_list_async (WtDatabase *db,
                          gint64 conversation_id,
                          guint limit,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer data)
{
  Query *query = g_new0 (Query, 1);

  query->conversation_id = conversation_id;
  query->limit = limit;
  wt_database_run_with_flags_async (db, WT_DATABASE_READ, list_sent, query, g_free,
                                    (GDestroyNotify) g_strfreev, cancellable,
                                    wt_sent_store_list_async, callback, data);
}

/**
 * wt_sent_store_list_finish:
 * @db: the database
 * @result: the result
 * @error: return location for an error
 *
 * Returns: (transfer full): texts, the newest first, without those of messages that had none; %NULL with @error
 */
GStrv
wt_sent_store_list_finish (WtDatabase *db, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_async_result_is_tagged (result, wt_sent_store_list_async), NULL);

  return wt_database_run_finish (db, result, error);
}
